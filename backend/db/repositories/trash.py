"""Removing for good what lies in the trash."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from backend.db.collections import Collected
from backend.db.models import Asset, AssetFile, Job, JobResult, Lineage
from backend.db.repositories.jobs import OPEN
from backend.db.repositories.library_sizes import grow, hold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

    from backend.db.base import JsonObject
    from backend.schemas.base import WorkspaceId

ID = re.compile(r"\b[0-9a-f]{32}\b")
PORTION = 10_000
"""How many ids one statement names: databases take so many, and not any number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """What was removed; `bytes` counts content and files."""

    ids: frozenset[str] = frozenset()
    bytes: int = 0

    @property
    def assets(self) -> int:
        """Return how many assets were removed."""
        return len(self.ids)


async def remove(
    session: AsyncSession,
    workspace: WorkspaceId,
    *,
    most: int,
    told: JsonObject,
    among: Sequence[str] | None = None,
) -> Removed:
    """Remove up to so many assets from a workspace's trash, of all or `among` some, those that lie there longest first.

    Jobs that made them tell `told` instead, a problem. What was made from them stays and forgets it. Their content goes
    with the next sweep, unless another asset has the same. What an open job works on stays until it has ended.
    """
    await hold(session, workspace)  # before any asset, as whoever records one does
    rows = (await session.execute(await _oldest(session, workspace, among, most))).all()
    gone = [row[0] for row in rows]
    if not gone:
        return Removed()
    files = sa.delete(AssetFile).where(AssetFile.workspace_id == workspace, AssetFile.asset_id.in_(gone))
    freed = sum((await session.scalars(files.returning(AssetFile.file_size))).all()) + sum(row[1] for row in rows)
    await session.execute(
        sa.update(JobResult)
        .where(JobResult.workspace_id == workspace, JobResult.asset_id.in_(gone))
        .values(asset_id=None, problem=told)
    )
    edges = sa.or_(Lineage.child_id.in_(gone), Lineage.parent_id.in_(gone))
    await session.execute(sa.delete(Lineage).where(Lineage.workspace_id == workspace, edges))
    kept = sa.delete(Collected).where(Collected.workspace_id == workspace, Collected.asset_id.in_(gone))
    await session.execute(kept)
    await session.execute(sa.delete(Asset).where(Asset.workspace_id == workspace, Asset.id.in_(gone)))
    await grow(session, workspace, -freed)
    return Removed(ids=frozenset(gone), bytes=freed)


async def _oldest(
    session: AsyncSession, workspace: WorkspaceId, among: Sequence[str] | None, most: int
) -> sa.Select[str, int]:
    """Return what finds the assets to remove, with their sizes."""
    oldest = (
        sa.select(Asset.id, Asset.file_size)
        .where(Asset.workspace_id == workspace, Asset.trashed_at.is_not(None))
        .where(Asset.id.not_in(await _in_use(session, workspace)))
        .order_by(Asset.trashed_at, Asset.id)
        .limit(most)
        .with_for_update()
    )
    return oldest if among is None else oldest.where(Asset.id.in_(among))


async def _in_use(session: AsyncSession, workspace: WorkspaceId) -> list[str]:
    """Return what lies in the trash and is named by the request of an open job."""
    specs = sa.select(Job.spec).where(Job.workspace_id == workspace, Job.status.in_(OPEN))
    named = sorted({found for spec in await session.scalars(specs) for found in ID.findall(str(spec))})
    thrown = sa.select(Asset.id).where(Asset.workspace_id == workspace, Asset.trashed_at.is_not(None))
    used: list[str] = []
    for start in range(0, len(named), PORTION):
        used += (await session.scalars(thrown.where(Asset.id.in_(named[start : start + PORTION])))).all()
    return used
