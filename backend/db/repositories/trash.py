"""Removing for good what lies in the trash."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from backend.db.models import Asset, AssetFile, Job, JobResult, Lineage
from backend.db.repositories.jobs import OPEN
from backend.db.repositories.library_sizes import grow, hold

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from backend.db.base import JsonObject
    from backend.schemas.base import WorkspaceId

ID = re.compile(r"\b[0-9a-f]{32}\b")
PORTION = 10_000
"""How many ids one statement names: databases take so many, and not any number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """What was removed; `bytes` counts content and files."""

    assets: int
    bytes: int


async def remove(session: AsyncSession, workspace: WorkspaceId, *, most: int, told: JsonObject) -> Removed:
    """Remove up to so many assets from a workspace's trash, those that lie there longest first.

    Jobs that made them tell `told` instead, a problem. What was made from them stays and forgets it. Their content goes
    with the next sweep, unless another asset has the same. What an open job works on stays until it has ended.
    """
    await hold(session, workspace)  # before any asset, as whoever records one does
    oldest = (
        sa.select(Asset.id, Asset.file_size)
        .where(Asset.workspace_id == workspace, Asset.trashed_at.is_not(None))
        .where(Asset.id.not_in(await _in_use(session, workspace)))
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


async def _in_use(session: AsyncSession, workspace: WorkspaceId) -> list[str]:
    """Return what lies in the trash and is named by the request of an open job."""
    specs = sa.select(Job.spec).where(Job.workspace_id == workspace, Job.status.in_(OPEN))
    named = sorted({found for spec in await session.scalars(specs) for found in ID.findall(str(spec))})
    thrown = sa.select(Asset.id).where(Asset.workspace_id == workspace, Asset.trashed_at.is_not(None))
    used: list[str] = []
    for start in range(0, len(named), PORTION):
        used += (await session.scalars(thrown.where(Asset.id.in_(named[start : start + PORTION])))).all()
    return used
