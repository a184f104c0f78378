"""What was made from what."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import sqlalchemy as sa

from backend.db.models import Asset, Lineage
from backend.db.upsert import insert
from backend.errors import NotFound
from backend.schemas.base import AssetId

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

    from backend.schemas.base import WorkspaceId


class Edges:
    """The edges between a workspace's assets, within one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(
        self, workspace: WorkspaceId, child: AssetId, parents: Mapping[AssetId, str], *, operation: str
    ) -> None:
        """Note that `child` was made from each of `parents`, in the role that it maps to.

        Raises:
            NotFound: a parent is not in the workspace.
        """
        if not parents:
            return
        here = await self._session.scalars(
            sa.select(Asset.id).where(Asset.workspace_id == workspace, Asset.id.in_(parents))
        )
        if missing := set(parents) - set(here):
            raise NotFound(detail=f"There is no asset {min(missing)} in this workspace.")
        rows = [
            {"child_id": child, "parent_id": parent, "workspace_id": workspace, "operation": operation, "role": role}
            for parent, role in parents.items()
        ]
        await self._session.execute(insert(self._session, Lineage).on_conflict_do_nothing(), rows)

    async def parents(self, workspace: WorkspaceId, children: Sequence[str]) -> Mapping[str, list[AssetId]]:
        """Return what each of some assets was made from; an asset without parents is left out."""
        found = await self._session.execute(
            sa.select(Lineage.child_id, Lineage.parent_id)
            .where(Lineage.workspace_id == workspace, Lineage.child_id.in_(children))
            .order_by(Lineage.parent_id)
        )
        edges: defaultdict[str, list[AssetId]] = defaultdict(list)
        for child, parent in found.all():
            edges[child].append(AssetId(parent))
        return edges
