"""Whether the database can be written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from backend.db.session import Database


async def probe(db: Database) -> None:
    """Open a writing transaction and undo it.

    Raises:
        DatabaseBusy: another program holds the database.
        StorageFull: its disk is full.
    """
    async with db.begin() as session:
        await session.execute(sa.text("UPDATE workspaces SET name = name WHERE 1 = 0"))
