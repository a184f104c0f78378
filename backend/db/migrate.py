"""Bring the database's tables up to date."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy.exc import ProgrammingError

from backend.db.session import sync_engine
from backend.db.trouble import translated
from backend.errors import MadeByNewer, TablesOutdated

if TYPE_CHECKING:
    from collections.abc import Generator

    import sqlalchemy as sa

FOLDER = Path(__file__).parent / "migrations"
MAY_NOT = "42501"
"""The SQLSTATE of a right that is missing."""
TURN = 4_842_102_013
"""The number of the lock under which one process after the other brings PostgreSQL's tables up to date."""


def config(connection: sa.Connection | None = None) -> Config:
    """Return Alembic's configuration, bound to a connection."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    made.attributes["connection"] = connection
    return made


def upgrade(url: str, revision: str = "head") -> None:
    """Apply what is missing, in one transaction; processes that start together do it one after the other.

    Raises:
        DatabaseBusy: another program holds the database.
        DatabaseUnavailable: it can't be reached.
        MadeByNewer: the tables are those of a newer program.
        TablesOutdated: they are older, and this database user may not change them.
    """
    engine = sync_engine(url)
    try:
        with translated(), engine.begin() as connection:
            _take_turn(connection)
            _upgrade(connection, revision)
    finally:
        engine.dispose()


def _take_turn(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        # The driver would commit each CREATE by itself, and two first starts would both see an empty file.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    # Another one's migration may take its time: wait for that as long as it takes, for other locks as ever.
    connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({TURN})")
    connection.exec_driver_sql("SET LOCAL lock_timeout TO DEFAULT")


def _upgrade(connection: sa.Connection, revision: str) -> None:
    found = _revision(connection)
    if found is not None and found == _newest():
        return
    try:
        with changing(found, _newest()):
            command.upgrade(config(connection), revision)
    except CommandError as error:
        detail = "A newer version of the studio has brought this database's tables up to date; use that one."
        raise MadeByNewer(detail=detail, revision=found or "") from error


@contextlib.contextmanager
def changing(found: str | None = None, wanted: str | None = None) -> Generator[None]:
    """Say it in the studio's words where the database's user may not change tables.

    Raises:
        TablesOutdated: it may not.
    """
    try:
        yield
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", None) != MAY_NOT:
            raise
        raise _outdated(found, wanted, said="This database user may not change the tables, which is due") from error


def pending(url: str) -> tuple[str | None, str | None]:
    """Return the revision of the database and the newest one; they differ when an upgrade is due.

    Raises:
        DatabaseUnavailable: it can't be reached.
    """
    engine = sync_engine(url)
    try:
        with translated(), engine.connect() as connection:
            return _revision(connection), _newest()
    finally:
        engine.dispose()


def require_current(url: str) -> None:
    """Look whether the tables are those of this program, and change nothing.

    Raises:
        DatabaseUnavailable: the database can't be reached.
        TablesOutdated: they are older, or not there.
    """
    found, wanted = pending(url)
    if found != wanted:
        raise _outdated(found, wanted, said="The tables are not up to date, and this start may not change them")


def _outdated(found: str | None, wanted: str | None, *, said: str) -> TablesOutdated:
    which = f" (they are {found or 'not there yet'}, {wanted} is needed)" if wanted != found else ""
    detail = f"{said}{which}. Run `image-studio migrate` as a user who may create tables."
    return TablesOutdated(detail=detail, found=found or "", wanted=wanted or "")


def _revision(connection: sa.Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _newest() -> str | None:
    return ScriptDirectory.from_config(config()).get_current_head()
