"""What was made from what."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from backend.db.models import Asset, Lineage
from backend.db.upsert import prepared
from backend.errors import NotFound
from backend.schemas.base import AssetId

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

    from backend.schemas.base import WorkspaceId


ADD = prepared(Lineage, lambda row: row.on_conflict_do_nothing())


@dataclass(frozen=True, slots=True)
class Edge:
    """One asset was made from another, which had a role in it, such as `image` or `mask`."""

    child: AssetId
    parent: AssetId
    operation: str
    role: str


class Edges:
    """The edges between a workspace's assets, within one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, workspace: WorkspaceId, edges: Sequence[Edge]) -> None:
        """Note what was made from what.

        Raises:
            NotFound: a parent is not in the workspace.
        """
        if not edges:
            return
        parents = {edge.parent for edge in edges}
        here = await self._session.scalars(
            sa.select(Asset.id).where(Asset.workspace_id == workspace, Asset.id.in_(parents))
        )
        if missing := parents - set(here):
            raise NotFound(detail=f"There is no asset {min(missing)} in this workspace.")
        rows = [
            {
                "child_id": edge.child,
                "parent_id": edge.parent,
                "workspace_id": workspace,
                "operation": edge.operation,
                "role": edge.role,
            }
            for edge in edges
        ]
        await self._session.execute(ADD.on(self._session), rows)

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
