"""Bring the database's tables up to date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from backend.db.session import sync_engine, translated

if TYPE_CHECKING:
    import sqlalchemy as sa

FOLDER = Path(__file__).parent / "migrations"


def config(connection: sa.Connection | None = None) -> Config:
    """Return Alembic's configuration, bound to a connection."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    made.attributes["connection"] = connection
    return made


def upgrade(url: str, revision: str = "head") -> None:
    """Apply what is missing, in one transaction where the database can.

    Raises:
        DatabaseBusy: another program holds the database.
    """
    engine = sync_engine(url)
    try:
        with translated(), engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                # The driver would commit each CREATE by itself, and two first starts would both see an empty file.
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            command.upgrade(config(connection), revision)
    finally:
        engine.dispose()


def pending(url: str) -> tuple[str | None, str | None]:
    """Return the revision of the database and the newest one; they differ when an upgrade is due."""
    engine = sync_engine(url)
    try:
        with engine.connect() as connection:
            now = MigrationContext.configure(connection).get_current_revision()
        return now, ScriptDirectory.from_config(config()).get_current_head()
    finally:
        engine.dispose()
