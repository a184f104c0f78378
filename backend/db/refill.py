"""Rows back into empty tables: all of them, or none."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic import command
from alembic.runtime.migration import MigrationContext
from sqlalchemy.exc import DataError, IntegrityError

from backend.db.migrate import config, upgrade
from backend.db.session import sync_engine
from backend.db.shapes import require_known, shapes
from backend.db.snapshot import UNHURRIED
from backend.db.trouble import translated
from backend.errors import BackupUnusable, Conflict, StudioNotEmpty

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from backend.db.shapes import Shape

AT_ONCE = 500
"""How many rows are inserted together."""
FULL = (
    "{} has rows already. Restore into another data folder (IMAGE_STUDIO_DATA_DIR) or an empty database (DATABASE_URL)."
)


class Refill:
    """Takes rows into empty tables, in one transaction."""

    def __init__(self, connection: sa.Connection, revision: str) -> None:
        self._connection = connection
        self._embedded = connection.dialect.name == "sqlite"
        self._shapes = {shape.name: shape for shape in shapes(revision)}

    def take(self, name: str, lines: Sequence[bytes]) -> None:
        """Insert rows of a table, each given as the line that `Snapshot.lines` made of it.

        Raises:
            BackupUnusable: there is no such table, or a line is no row of it.
        """
        shape = self._shapes.get(name)
        if shape is None:
            raise BackupUnusable(detail=f"The backup has rows of {name}, and there is no such table.")
        insert = sa.insert(shape.table(embedded=self._embedded))
        for first in range(0, len(lines), AT_ONCE):
            rows = [_row(shape, line) for line in lines[first : first + AT_ONCE]]
            try:
                self._connection.execute(insert, rows)
            except (IntegrityError, DataError) as error:
                raise BackupUnusable(detail=f"Rows of {name} can't be taken in: {error.orig}") from error

    def end(self) -> None:
        """Let what counts up go on after the rows that came."""
        for shape in self._shapes.values():
            if not self._embedded and shape.order == ("id",) and shape.columns["id"] == "integer":
                sequence = sa.func.pg_get_serial_sequence(shape.name, "id")
                table = shape.table(embedded=False)
                last = sa.select(sa.func.max(table.c.id)).scalar_subquery()
                given = sa.func.setval(sequence, sa.func.coalesce(last, 1), last.is_not(None))
                self._connection.execute(sa.select(given))

    def count(self, name: str) -> int:
        """Return how many rows a table has."""
        table = sa.table(name)
        return self._connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()

    def hold(self) -> None:
        """Keep others from writing until the end.

        Raises:
            StudioNotEmpty: there are rows already.
        """
        if not self._embedded:
            names = ", ".join(self._shapes)
            self._connection.exec_driver_sql(f"LOCK TABLE {names} IN EXCLUSIVE MODE")
        _need_empty(self._connection)


def _row(shape: Shape, line: bytes) -> dict[str, Any]:
    try:
        values: dict[str, Any] = json.loads(line)
        if values.keys() != shape.columns.keys():
            raise BackupUnusable(detail=f"A row of {shape.name} has other columns than its table.")
        return {name: _typed(shape.columns[name], value) for name, value in values.items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise BackupUnusable(detail=f"A row of {shape.name} can't be read.") from error


def _typed(kind: str, value: Any) -> Any:  # noqa: ANN401 - whatever the column holds
    return datetime.fromisoformat(value) if kind == "instant" and value is not None else value


def need_empty(url: str, *, lease_s: float) -> None:
    """Return if there is nothing in the database yet and nobody works on it.

    Raises:
        StudioNotEmpty: there are rows.
        Conflict: a server or a worker runs on it.
        MadeByNewer: its tables are newer than this version.
    """
    engine = sync_engine(url)
    try:
        with translated(), engine.connect() as connection:
            _need_quiet(connection, lease_s)
            _need_empty(connection)
    finally:
        engine.dispose()


def _need_empty(connection: sa.Connection) -> None:
    revision = MigrationContext.configure(connection).get_current_revision()
    for shape in shapes(revision) if revision else ():
        if connection.execute(sa.select(sa.literal(1)).select_from(sa.table(shape.name)).limit(1)).first():
            raise StudioNotEmpty(detail=FULL.format(f"The table {shape.name}"))


def _need_quiet(connection: sa.Connection, lease_s: float) -> None:
    """See to it that nobody else works on the database. On SQLite the data folder's lock says so."""
    if connection.dialect.name == "sqlite" or not sa.inspect(connection).has_table("workers"):
        return
    lately = "SELECT host, pid FROM workers WHERE state <> 'dead' AND seen_at > now() - make_interval(secs => :lease)"
    found = connection.execute(sa.text(lately), {"lease": lease_s}).first()
    if found:
        host, pid = found
        raise Conflict(detail=f"Process {pid} on {host} works on this database. Stop every server and worker first.")


def tables_at(url: str, revision: str) -> None:
    """Bring empty tables to a revision, be it older than they are.

    Raises:
        MadeByNewer: this version doesn't know the revision.
    """
    require_known(revision)
    upgrade(url, revision)
    engine = sync_engine(url)
    try:
        with translated(), engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            if MigrationContext.configure(connection).get_current_revision() != revision:
                _need_empty(connection)
                command.downgrade(config(connection), revision)
    finally:
        engine.dispose()


@contextmanager
def refilling(url: str, revision: str) -> Generator[Refill]:
    """Yield what takes rows into empty tables; they stay if the block ends well, and none of them otherwise.

    Raises:
        StudioNotEmpty: there are rows already.
    """
    engine = sync_engine(url, UNHURRIED)
    try:
        with translated(), engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            taking = Refill(connection, revision)
            taking.hold()
            yield taking
            taking.end()
    finally:
        engine.dispose()
