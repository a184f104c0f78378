"""How much a workspace's library takes up: one running number for each, proved against the rows that it sums up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from backend.db.limits import LibrarySize
from backend.db.models import Asset, AssetFile
from backend.db.upsert import bare, prepared

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from backend.schemas.base import WorkspaceId

GROW = prepared(
    LibrarySize,
    lambda row: row.on_conflict_do_update(
        index_elements=["workspace_id"], set_={"bytes": bare(LibrarySize).c.bytes + row.excluded.bytes}
    ),
)


async def grow(session: AsyncSession, workspace: WorkspaceId, by: int) -> None:
    """Add so many bytes to a workspace's library, or take them off, in the transaction that adds or removes rows.

    The row stays locked until the transaction ends, before any of the ledger's.
    """
    await session.execute(GROW.on(session), {"workspace_id": workspace, "bytes": by})


async def hold(session: AsyncSession, workspace: WorkspaceId) -> None:
    """Let nobody else change the size of a workspace's library until the transaction ends."""
    await session.execute(sa.select(LibrarySize.bytes).where(LibrarySize.workspace_id == workspace).with_for_update())


async def size_of(session: AsyncSession, workspace: WorkspaceId) -> int:
    """Return what a workspace's library takes up, in bytes."""
    return await session.scalar(sa.select(LibrarySize.bytes).where(LibrarySize.workspace_id == workspace)) or 0


async def drift(session: AsyncSession) -> int:
    """Return by how many bytes the running numbers of all workspaces are off; 0 where all is well."""
    real = sa.union_all(
        sa.select(Asset.workspace_id, sa.func.sum(Asset.file_size).label("bytes")).group_by(Asset.workspace_id),
        sa.select(AssetFile.workspace_id, sa.func.sum(AssetFile.file_size)).group_by(AssetFile.workspace_id),
        sa.select(LibrarySize.workspace_id, -LibrarySize.bytes),
    ).subquery()
    off = sa.select(sa.func.abs(sa.func.sum(real.c.bytes)).label("off")).group_by(real.c.workspace_id).subquery()
    return int(await session.scalar(sa.select(sa.func.coalesce(sa.func.sum(off.c.off), 0))) or 0)
