"""Insert-or-leave and insert-or-update, which every database spells for itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from collections.abc import Callable

    import sqlalchemy as sa
    from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
    from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
    from sqlalchemy.ext.asyncio import AsyncSession

    from backend.db.base import Base

    Insert = SqliteInsert | PostgresInsert


def insert(session: AsyncSession, table: type[Base]) -> Insert:
    """Return an INSERT that has `on_conflict_do_nothing` and `on_conflict_do_update`, for the session's database."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(bare(table))
    return sqlite.insert(bare(table))


def bare(table: type[Base]) -> sa.Table:
    """Return the table of a model, for rows that need no objects: the same statement is compiled once."""
    return cast("sa.Table", table.__table__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An INSERT that is built once, for each database; its values come as parameters."""

    served: sa.Executable
    embedded: sa.Executable

    def on(self, session: AsyncSession) -> sa.Executable:
        """Return the statement for the session's database."""
        return self.served if session.get_bind().dialect.name == "postgresql" else self.embedded


def prepared(table: type[Base], finish: Callable[[Insert], sa.Executable]) -> Prepared:
    """Return an INSERT into a table, finished for each database: what is said with every job is not built each time."""
    return Prepared(served=finish(postgresql.insert(bare(table))), embedded=finish(sqlite.insert(bare(table))))


def values_of(row: Base) -> dict[str, Any]:
    """Return the values of a row that is not in the database yet, None where none was given: for such a statement."""
    return {column.name: getattr(row, column.name) for column in bare(type(row)).columns}
