"""Whether the database can be read and written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from backend.db.session import Database

LATELY_S = 5.0


async def probe(db: Database) -> None:
    """Read, and write without effect unless something was written lately: a busy studio needs no more writers.

    Raises:
        DatabaseBusy: another program holds the database.
        StorageFull: its disk is full.
    """
    async with db.read() as session:
        await session.execute(sa.text("SELECT id FROM workspaces LIMIT 1"))
    if not db.wrote_within(LATELY_S):
        async with db.begin() as session:
            await session.execute(sa.text("UPDATE workspaces SET name = name WHERE 1 = 0"))
