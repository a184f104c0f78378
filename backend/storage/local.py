"""What a local folder needs beyond what every store does: bytes that last, and no leavings."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def settle(path: Path) -> None:
    """Wait until a file and the entries that lead to it are on the disk, where a power cut can't take them."""
    for each in (path, path.parent, path.parent.parent):
        handle = os.open(each, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def clear_unfinished(folder: Path, older_than: datetime) -> int:
    """Remove the `name#1` files that a killed write leaves beside its target; return how many.

    Source: https://docs.rs/object_store/latest/object_store/local/struct.LocalFileSystem.html (read 2026-11-22): a
    write goes to a staging file with `#` and a number at its end, which listings leave out.
    """
    old = [path for path in folder.glob("*/*#*") if _modified(path) <= older_than]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _modified(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
