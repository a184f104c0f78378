"""Counts of requests that several servers share, each taken by one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from backend.db.limits import RequestCount
from backend.db.upsert import insert

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

ROUNDING = 1e-6
"""Of a unit: moments are kept to less than a microsecond."""


async def take(
    session: AsyncSession, name: str, *, window_s: float, interval_s: float, units: int
) -> tuple[int, float]:
    """Take up to so many units from a bucket; return how many it gave and in how many seconds it is full again.

    A unit grows every `interval_s`, and the bucket is full after `window_s`. `units` are no more than it can hold.
    """
    now = _now(session)
    begin = sa.case((RequestCount.clear_at > now, RequestCount.clear_at), else_=now)
    # The type is cut, not rounded, by floor() alone: CAST rounds on PostgreSQL and cuts on SQLite.
    room = sa.func.floor((now + window_s - begin) / interval_s + ROUNDING)
    given = sa.case((room >= units, units), (room > 0, room), else_=0)
    row = insert(session, RequestCount).values(name=name, clear_at=now + units * interval_s, granted=units)
    taken = row.on_conflict_do_update(
        index_elements=[RequestCount.name], set_={"clear_at": begin + given * interval_s, "granted": given}
    ).returning(RequestCount.granted, RequestCount.clear_at - now)
    granted, debt_s = (await session.execute(taken)).one()
    return int(granted), max(0.0, float(debt_s))


async def forget_full(session: AsyncSession) -> int:
    """Remove the buckets that are full again, which changes nothing; return how many there were."""
    gone = sa.delete(RequestCount).where(RequestCount.clear_at < _now(session)).returning(RequestCount.name)
    return len((await session.scalars(gone)).all())


def _now(session: AsyncSession) -> sa.ColumnElement[float]:
    """Return the database's clock, in seconds since 1970: servers need not agree about the time."""
    if session.get_bind().dialect.name == "postgresql":
        return sa.cast(sa.func.extract("epoch", sa.func.clock_timestamp()), sa.Double)
    return sa.literal_column("((julianday('now') - 2440587.5) * 86400.0)", sa.Double)
