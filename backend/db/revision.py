"""Whether the database is there, and its tables are those that this program knows: asked often, and cheaply."""

from __future__ import annotations

import asyncio
import functools
from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic.script import ScriptDirectory

from backend.db.migrate import config
from backend.errors import TablesOutdated

if TYPE_CHECKING:
    from backend.db.session import Database


async def prove_reachable(db: Database) -> None:
    """Ask the database for anything at all."""
    async with db.read() as session:
        await session.execute(sa.text("SELECT 1"))


async def prove_current(db: Database) -> None:
    """Compare the tables' revision with the program's.

    Tables that are newer than the program count as current: while servers are replaced one by one, the old ones go on.

    Raises:
        TablesOutdated: the tables are older than the program.
    """
    known = await asyncio.to_thread(_revisions)
    async with db.read() as session:
        found = (await session.execute(sa.text("SELECT version_num FROM alembic_version"))).scalar()
    if found is None or found in known[1:]:
        detail = "The tables are older than the program: run `image-studio migrate`."
        raise TablesOutdated(detail=detail, found=found or "", wanted=known[0])


@functools.cache
def _revisions() -> tuple[str, ...]:
    """Return every revision that this program knows, the newest first."""
    return tuple(script.revision for script in ScriptDirectory.from_config(config()).walk_revisions())
