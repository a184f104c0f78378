"""All rows as they were at one moment, while others go on writing."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext

from backend.db.safety import embedded_file
from backend.db.session import Pooling, sync_engine
from backend.db.shapes import shapes
from backend.db.trouble import translated

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from backend.db.shapes import Shape

AT_ONCE = 500
"""How many rows are held in memory."""

UNHURRIED = Pooling(idle_s=0)
"""A disk or a pipe that is slow may let the transaction stand still for a while."""


class Named(NamedTuple):
    """A file that rows name; `size` in bytes, 0 where the rows don't say."""

    key: str
    size: int


class Snapshot:
    """What a database held at one moment."""

    def __init__(self, connection: sa.Connection, revision: str) -> None:
        self._connection = connection
        self._embedded = connection.dialect.name == "sqlite"
        self.revision = revision
        self.shapes = shapes(revision)

    def lines(self, shape: Shape) -> Iterator[bytes]:
        """Yield the rows of a table in the order of its key, each as a JSON object in a line of its own.

        Moments are in UTC with microseconds. JSON columns hold their text: NULL is `null`, JSON's own null `"null"`.
        """
        table = shape.table(embedded=self._embedded)
        rows = sa.select(*table.c).order_by(*(table.c[name] for name in shape.order))
        for row in self._stream(rows):
            values = {name: _plain(value) for name, value in zip(shape.columns, row, strict=True)}
            yield json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"

    def content(self) -> Iterator[Named]:
        """Yield every file that any row names, once, in the order of the keys."""
        named = sa.union_all(*(one for shape in self.shapes for one in self._named(shape))).subquery()
        key = named.c.key if self._embedded else sa.collate(named.c.key, "C")
        rows = sa.select(named.c.key, sa.func.max(named.c.size)).group_by(named.c.key).order_by(key)
        for found, size in self._stream(rows):
            yield Named(found, size)

    def _named(self, shape: Shape) -> Iterator[sa.Select[Any, int]]:
        table = shape.table(embedded=self._embedded)
        for name in shape.content:
            known = name == "content_key" and "file_size" in shape.columns
            size = table.c["file_size"] if known else sa.literal(0, sa.BigInteger)
            key = table.c[name]
            yield sa.select(key.label("key"), size.label("size")).where(key.is_not(None))

    def _stream(self, query: sa.Executable) -> sa.Result[*tuple[Any, ...]]:  # Any: whatever the columns hold
        return self._connection.execute(query, execution_options={"yield_per": AT_ONCE})


def _plain(value: object) -> object:
    return value.isoformat(timespec="microseconds") if isinstance(value, datetime) else value


@contextmanager
def snapshot(url: str) -> Generator[Snapshot | None]:
    """Yield what the database holds now, None if it has no tables; nothing can be written through it.

    Raises:
        MadeByNewer: this version doesn't know the tables.
    """
    path = embedded_file(url)
    if path is not None and not path.exists():
        yield None
        return
    engine = sync_engine(url, UNHURRIED)
    try:
        with translated(), engine.connect() as connection:
            reading = _reading(connection)
            revision = MigrationContext.configure(reading).get_current_revision()
            yield Snapshot(reading, revision) if revision else None
    finally:
        engine.dispose()


def _reading(connection: sa.Connection) -> sa.Connection:
    """Return the connection in a transaction that sees one moment and takes no lock that others would wait for."""
    if connection.dialect.name != "sqlite":
        return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    connection.exec_driver_sql("PRAGMA query_only=ON")
    connection.exec_driver_sql("BEGIN")
    return connection
