"""What the tables look like at each revision, and what of them a backup keeps.

The shapes come from the migrations themselves, run on an empty database in memory: so a backup is read the same way on
every database, and one that an old version made is understood as that version meant it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, assert_never

import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory

from backend.db.migrate import config
from backend.db.types import Instant
from backend.errors import MadeByNewer

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["text", "integer", "real", "boolean", "instant", "json"]

LEFT_OUT = frozenset(
    {
        *("alembic_version", "workers", "provider_places", "request_counts"),
        *("sessions", "sign_in_links", "sign_in_attempts"),
    }
)
"""What ends with the machine that it is on: processes, counts of the minute, and ways in that may be closed by now."""
CONTENT_COLUMNS = frozenset({"content_key", "thumbnail_key"})
"""Columns that name files in the storage, in whatever table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A table: the kinds of its columns by name, and the names that order its rows."""

    name: str
    columns: Mapping[str, Kind]
    order: tuple[str, ...]

    @property
    def content(self) -> tuple[str, ...]:
        """Return the columns that name files."""
        return tuple(name for name in self.columns if name in CONTENT_COLUMNS)

    def table(self, *, embedded: bool) -> sa.TableClause:
        """Return what statements about the table are made of; its JSON is text, so that it stays as it is."""
        return sa.table(self.name, *(sa.column(name, _typed(kind, embedded)) for name, kind in self.columns.items()))


class _JsonText(sa.TypeDecorator[str]):
    """JSON as the text that it is stored as: NULL is None, JSON's own null is `null`."""

    impl = sa.Text
    cache_ok = True

    def column_expression(self, column: sa.ColumnElement[str]) -> sa.ColumnElement[Any]:
        """Return it as text; SQLite would make numbers of texts that look like one."""
        return sa.cast(column, sa.Text())


class _JsonTyped(_JsonText):
    """The same for a database that has a type for it."""

    cache_ok = True

    def bind_expression(self, bindparam: sa.BindParameter[str]) -> sa.ColumnElement[Any]:
        """Return a text as JSON."""
        return sa.cast(bindparam, sa.JSON())


def _typed(kind: Kind, embedded: bool) -> sa.types.TypeEngine[Any]:  # noqa: FBT001 - which of the two databases; Any: each has values of its own
    match kind:
        case "text":
            return sa.Text()
        case "integer":
            return sa.BigInteger()
        case "real":
            return sa.Double[float]()
        case "boolean":
            return sa.Boolean()
        case "instant":
            return Instant()
        case "json":
            return _JsonText() if embedded else _JsonTyped()
        case _:
            assert_never(kind)


KINDS: tuple[tuple[type[sa.types.TypeEngine[Any]], Kind], ...] = (
    (sa.Boolean, "boolean"),
    (sa.DateTime, "instant"),
    (sa.JSON, "json"),
    (sa.Integer, "integer"),
    (sa.Float, "real"),
    (sa.String, "text"),
)


def _kind(column: sa.Column[object]) -> Kind:
    for known, kind in KINDS:
        if isinstance(column.type, known):
            return kind
    msg = f"{column} is of a type that no backup can keep: {column.type!r}"
    raise TypeError(msg)


@cache
def shapes(revision: str) -> tuple[Shape, ...]:
    """Return the tables that a backup keeps at a revision, those first that others refer to.

    Raises:
        MadeByNewer: this version doesn't know the revision.
    """
    require_known(revision)
    engine, metadata = sa.create_engine("sqlite://"), sa.MetaData()
    try:
        with engine.begin() as connection:
            command.upgrade(config(connection), revision)
            metadata.reflect(connection)
    finally:
        engine.dispose()
    return tuple(_shape(table) for table in metadata.sorted_tables if table.name not in LEFT_OUT)


def _shape(table: sa.Table) -> Shape:
    return Shape(
        name=table.name,
        columns={column.name: _kind(column) for column in table.columns},
        order=tuple(column.name for column in table.primary_key),
    )


def newest() -> str:
    """Return the newest revision that this version knows."""
    return ScriptDirectory.from_config(config()).get_current_head() or ""


def is_known(revision: str) -> bool:
    """Say whether this version knows a revision."""
    return any(one.revision == revision for one in ScriptDirectory.from_config(config()).walk_revisions())


def require_known(revision: str) -> None:
    """Return if this version knows the revision of a database.

    Raises:
        MadeByNewer: it doesn't.
    """
    if not is_known(revision):
        detail = "A newer version of the studio has brought this database's tables up to date; use that one."
        raise MadeByNewer(detail=detail, revision=revision)
