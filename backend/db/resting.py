"""Connections that rested are asked whether they still stand before they are used again.

One that was in use a moment ago is not asked: that would be a trip to the database before every transaction. If the
database went away in that moment, the statement fails as it would in the middle of a transaction, and all connections
of the pool are made anew.

Source: https://docs.sqlalchemy.org/en/21/core/pooling.html#custom-legacy-pessimistic-ping (read 2026-11-22)
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.exc import InvalidatePoolError

if TYPE_CHECKING:
    import sqlalchemy as sa
    from sqlalchemy.pool import ConnectionPoolEntry

FRESH_S = 0.1
"""A connection that was given back so lately is not asked; a database takes longer to restart."""
BACK = "given back at"


def rested(engine: sa.Engine) -> sa.Engine:
    """Return the engine, which asks connections of its pool that rested before they are used again."""

    def given_back(_connection: object, entry: ConnectionPoolEntry) -> None:
        entry.info[BACK] = time.monotonic()

    def taken(connection: Any, entry: ConnectionPoolEntry, _taker: object) -> None:  # noqa: ANN401 - the driver's own
        if time.monotonic() - entry.info.get(BACK, time.monotonic()) < FRESH_S:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.dbapi.Error as error:  # pyright: ignore[reportOptionalMemberAccess] - it has a driver
            raise InvalidatePoolError from error

    event.listen(engine, "checkin", given_back)
    event.listen(engine, "checkout", taken)
    return engine
