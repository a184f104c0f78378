"""Removing for good what lies in the trash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from backend.db.models import Asset, AssetFile, JobResult, Lineage
from backend.db.repositories.library_sizes import grow

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from backend.db.base import JsonObject
    from backend.schemas.base import WorkspaceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """What was removed; `bytes` counts content and files."""

    assets: int
    bytes: int


async def remove(session: AsyncSession, workspace: WorkspaceId, *, most: int, told: JsonObject) -> Removed:
    """Remove up to so many assets from a workspace's trash, those that lie there longest first.

    Jobs that made them tell `told` instead, a problem. What was made from them stays and forgets it. Their content goes
    with the next sweep, unless another asset has the same.
    """
    oldest = (
        sa.select(Asset.id, Asset.file_size)
        .where(Asset.workspace_id == workspace, Asset.trashed_at.is_not(None))
        .order_by(Asset.trashed_at, Asset.id)
        .limit(most)
        .with_for_update()
    )
    rows = (await session.execute(oldest)).all()
    gone = [row[0] for row in rows]
    if not gone:
        return Removed(assets=0, bytes=0)
    files = sa.delete(AssetFile).where(AssetFile.workspace_id == workspace, AssetFile.asset_id.in_(gone))
    freed = sum((await session.scalars(files.returning(AssetFile.file_size))).all()) + sum(row[1] for row in rows)
    await session.execute(
        sa.update(JobResult)
        .where(JobResult.workspace_id == workspace, JobResult.asset_id.in_(gone))
        .values(asset_id=None, problem=told)
    )
    edges = sa.or_(Lineage.child_id.in_(gone), Lineage.parent_id.in_(gone))
    await session.execute(sa.delete(Lineage).where(Lineage.workspace_id == workspace, edges))
    await session.execute(sa.delete(Asset).where(Asset.workspace_id == workspace, Asset.id.in_(gone)))
    await grow(session, workspace, -freed)
    return Removed(assets=len(gone), bytes=freed)
