"""Insert-or-leave and insert-or-update, which every database spells for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    import sqlalchemy as sa
    from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
    from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
    from sqlalchemy.ext.asyncio import AsyncSession

    from backend.db.base import Base


def insert(session: AsyncSession, table: type[Base]) -> SqliteInsert | PostgresInsert:
    """Return an INSERT that has `on_conflict_do_nothing` and `on_conflict_do_update`, for the session's database."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(bare(table))
    return sqlite.insert(bare(table))


def bare(table: type[Base]) -> sa.Table:
    """Return the table of a model, for rows that need no objects: the same statement is compiled once."""
    return cast("sa.Table", table.__table__)
