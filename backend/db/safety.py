"""A copy of a SQLite database as it was before its tables are changed."""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from backend.db.migrate import pending
from backend.db.session import parse, sync_engine
from backend.db.trouble import translated


def keep_copy(url: str, *, keep: int) -> Path | None:
    """Copy a database beside itself if its tables are about to change, and return the copy; only so many are kept.

    The name says which revision it is of. On PostgreSQL, which has tools of its own for that, nothing is done.

    Raises:
        DatabaseBusy: another program holds the database.
        StorageFull: its disk is full.
    """
    path = embedded_file(url)
    if path is None or not path.exists() or keep == 0:
        return None
    found, newest = pending(url)
    if found is None or found == newest:
        return None
    copy = path.with_name(f"{path.name}.{found}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    _copy(url, copy)
    for old in sorted(path.parent.glob(f"{path.name}.[0-9]*-*Z"), key=lambda one: one.stat().st_mtime)[:-keep]:
        old.unlink(missing_ok=True)
    return copy


def embedded_file(url: str) -> Path | None:
    """Return the file that a SQLite database is; None of another database."""
    found = parse(url)
    return Path(found.database) if found.get_backend_name() == "sqlite" and found.database else None


def _copy(url: str, target: Path) -> None:
    """Write a copy for its owner alone, whole or not at all; writers are not held up."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    engine = sync_engine(url)
    try:
        with translated(), engine.connect() as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (name,))
        os.fsync(handle)
        Path(name).replace(target)
    finally:
        engine.dispose()
        os.close(handle)
        Path(name).unlink(missing_ok=True)
