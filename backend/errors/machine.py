"""What goes wrong with the machine that the studio runs on."""

from __future__ import annotations

from dataclasses import dataclass

from backend.errors.base import StudioError


@dataclass(eq=False, kw_only=True)
class MachineTrouble(StudioError):
    """The machine that runs the studio can't go on: no space, no memory, or a file in use.

    The detail says what to mend.
    """

    slug = "machine-trouble"
    status = 503
    title = "The machine can't go on"


@dataclass(eq=False, kw_only=True)
class StorageFull(MachineTrouble):
    """The disk is full. What was stored before is safe; this was not stored.

    Free some space, then try again.
    """

    slug = "storage-full"
    status = 507
    title = "The disk is full"


@dataclass(eq=False, kw_only=True)
class StorageUnavailable(MachineTrouble):
    """The place where pictures are kept can't be reached or written to.

    Check the storage address, its rights and its network.
    """

    slug = "storage-unavailable"
    status = 503
    title = "The storage is not available"


@dataclass(eq=False, kw_only=True)
class DatabaseBusy(MachineTrouble):
    """Another program holds the database, so this could not be written. Nothing was changed.

    Close the program that has the file open, then try again.
    """

    slug = "database-busy"
    status = 503
    title = "The database is locked"


@dataclass(eq=False, kw_only=True)
class DataFolderInUse(MachineTrouble):
    """Another server already runs on this data folder.

    Use that one, stop it, or set IMAGE_STUDIO_DATA_DIR to another folder.
    """

    slug = "data-folder-in-use"
    status = 503
    title = "The data folder is in use"

    folder: str = ""
    pid: int = 0


@dataclass(eq=False, kw_only=True)
class WorkerOverrun(MachineTrouble):
    """The work on a picture took more time or memory than it may, and was stopped.

    Send a smaller or simpler picture.
    """

    slug = "worker-overrun"
    status = 422
    title = "The picture takes too much work"
