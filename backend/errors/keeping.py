"""What goes wrong when a studio is backed up, restored or brought up to date."""

from __future__ import annotations

from dataclasses import dataclass

from backend.errors.base import StudioError


@dataclass(eq=False, kw_only=True)
class BackupUnusable(StudioError):
    """The backup is damaged, not whole, or no backup at all. Nothing was changed in the database.

    Use another backup. `image-studio restore --check` tells of each whether it is whole.
    """

    slug = "backup-unusable"
    status = 422
    title = "The backup can't be used"


@dataclass(eq=False, kw_only=True)
class MadeByNewer(StudioError):
    """The database or the backup was made by a newer version of the studio than this one. Nothing was changed.

    Use that version or one after it.
    """

    slug = "made-by-newer"
    status = 422
    title = "This was made by a newer version"

    revision: str = ""


@dataclass(eq=False, kw_only=True)
class StudioNotEmpty(StudioError):
    """A backup is restored into an empty studio only, and this one has something in it. Nothing was changed.

    Restore into another data folder, or into an empty database.
    """

    slug = "studio-not-empty"
    status = 409
    title = "There is a studio already"


@dataclass(eq=False, kw_only=True)
class ContentLost(StudioError):
    """Files that the library names are missing from the storage, or are not what they were. No backup was made.

    Put the files back from an older backup, or go on without them with `image-studio backup --without-lost`, which
    notes them in the backup.
    """

    slug = "content-lost"
    status = 500
    title = "Files of the library are lost"

    keys: tuple[str, ...] = ()
