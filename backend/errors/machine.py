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
    """Another program holds the database, or it is too busy, so this was not done in time. Nothing was changed.

    Try again. With SQLite, close the program that has the file open; with PostgreSQL, look at how many connections
    it allows and which of its transactions stand still.
    """

    slug = "database-busy"
    status = 503
    title = "The database is locked"


@dataclass(eq=False, kw_only=True)
class DatabaseUnavailable(MachineTrouble):
    """The database can't be reached: it is stopped, restarting, or its network is down.

    Try again; the studio goes on by itself when the database is back. Where `outcome_open` is true, it went away while
    it wrote: look whether what you asked for is there, or send the request again with the same Idempotency-Key.
    """

    slug = "database-unavailable"
    status = 503
    title = "The database can't be reached"

    outcome_open: bool = False


@dataclass(eq=False, kw_only=True)
class TablesOutdated(MachineTrouble):
    """The database's tables are older than this program, and it may not change them.

    Run `image-studio migrate` as a database user who may create tables, then start again.
    """

    slug = "tables-outdated"
    status = 503
    title = "The database's tables are not up to date"

    found: str = ""
    wanted: str = ""


@dataclass(eq=False, kw_only=True)
class Misconfigured(MachineTrouble):
    """What the settings say can't work, so the studio does not start.

    The detail names the setting and what it should be. `image-studio settings` shows those that are in force.
    """

    slug = "misconfigured"
    status = 503
    title = "The settings can't work"


@dataclass(eq=False, kw_only=True)
class NotReady(MachineTrouble):
    """This server can't answer requests at the moment; `missing` names what it lacks.

    `database`: it does not answer. `tables`: they are older than the program, run `image-studio migrate`. `storage`:
    it can't be reached, or not written to. `serving`: the server is being stopped. It recovers by itself once what is
    missing is back; the log says more.
    """

    slug = "not-ready"
    status = 503
    title = "The server is not ready"

    missing: tuple[str, ...] = ()


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


@dataclass(eq=False, kw_only=True)
class SealLost(MachineTrouble):
    """A key of an engine that a workspace gave can't be opened: the studio's secret changed, or its row was.

    List the former secret behind the new one, or give the key anew. Pictures and credits are not concerned.
    """

    slug = "seal-lost"
    status = 503
    title = "A kept key can't be opened"
