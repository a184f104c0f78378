"""What a database says about the machine it runs on, turned into the studio's own errors."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import structlog
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree

from backend.errors import DatabaseBusy, DatabaseUnavailable, MachineTrouble, StorageFull

if TYPE_CHECKING:
    from collections.abc import Generator

log = structlog.get_logger()

CROWDED = frozenset({"40001", "40P01", "53300", "55P03", "57014"})
"""Two transactions stood in each other's way, there are too many connections, or a wait or statement took too long.

Source: https://www.postgresql.org/docs/current/errcodes-appendix.html (read 2026-11-22), as are those below.
"""
FULL = frozenset({"53100"})
AWAY = frozenset({"25006", "25P03", "53200"})
"""It is a standby now, ended a transaction that stood still, or has no memory left; and all of the classes below."""
AWAY_CLASSES = ("08", "57P", "58")
"""The connection is lost, the database is stopping or starting, its files can't be read or written."""

HELD = "The database is held by another program and did not become free in time; nothing was changed."
PRESSED = "The database is too busy to do this in time; nothing was changed. Try again."
NO_ROOM = "The disk that holds the database is full; nothing was changed."
GONE = "The database can't be reached; nothing was changed. Try again."
GONE_AT_THE_END = "The database went away in the last moment; whether this was done shows when it is back."


@contextlib.contextmanager
def translated(*, committing: bool = False) -> Generator[None]:
    """Turn what the database says about the machine into the studio's own errors.

    `committing` says that a connection which breaks now may leave the work done.

    Raises:
        DatabaseBusy: others hold it, or it is too busy.
        DatabaseUnavailable: it can't be reached.
        StorageFull: its disk is full.
    """
    try:
        yield
    except NoneFree as error:
        raise DatabaseBusy(detail=PRESSED) from error
    except DBAPIError as error:
        if found := _trouble(error, committing=committing):
            log.warning("database.trouble", slug=found.slug, reason=str(error.orig).strip().partition("\n")[0])
            raise found from error
        raise


def _trouble(error: DBAPIError, *, committing: bool) -> MachineTrouble | None:
    if type(error.orig).__module__ == "sqlite3":
        return _embedded_trouble(str(error.orig).lower())
    state = getattr(error.orig, "sqlstate", None)
    if state in CROWDED:
        return DatabaseBusy(detail=PRESSED)
    if state in FULL:
        return StorageFull(detail=NO_ROOM)
    # What PostgreSQL's library finds out by itself, such as that nobody listens, has no state.
    lost = error.connection_invalidated or (state is None and isinstance(error, OperationalError))
    if lost or state in AWAY or (state or "").startswith(AWAY_CLASSES):
        return DatabaseUnavailable(detail=GONE_AT_THE_END if committing else GONE, outcome_open=committing)
    return None


def _embedded_trouble(said: str) -> MachineTrouble | None:
    if "locked" in said or "busy" in said:
        return DatabaseBusy(detail=HELD)
    if "disk is full" in said or "no space" in said:
        return StorageFull(detail=NO_ROOM)
    return None
