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
    from collections.abc import Set as AbstractSet

    from sqlalchemy.ext.asyncio import AsyncSession
    from sqlalchemy.orm import InstrumentedAttribute

    from backend.schemas.base import WorkspaceId


MOST_KIN = 200
"""How many assets are told of at once."""
ADD = prepared(Lineage, lambda row: row.on_conflict_do_nothing())


@dataclass(frozen=True, slots=True)
class Edge:
    """One asset was made from another, which had a role in it, such as `image` or `mask`."""

    child: AssetId
    parent: AssetId
    operation: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """An asset with what it was made from and what was made from it, and what leads from one to the other."""

    assets: frozenset[str]
    edges: tuple[Edge, ...]
    truncated: bool
    """True where there is more."""


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

    async def kin(self, workspace: WorkspaceId, asset: str) -> Kin:
        """Return what an asset was made from, step by step back to the first, and what was made from it since."""
        found, edges, truncated = {asset}, set[Edge](), False
        for of, to in ((Lineage.child_id, Lineage.parent_id), (Lineage.parent_id, Lineage.child_id)):
            reached = {asset}
            while reached:
                steps = await self._steps(workspace, of, reached)
                new = {_end(edge, to) for edge in steps} - found
                kept = set(sorted(new)[: MOST_KIN - len(found)])
                truncated = truncated or len(kept) < len(new)
                found |= kept
                edges |= {edge for edge in steps if _end(edge, to) in found}
                reached = kept
        return Kin(assets=frozenset(found), edges=tuple(sorted(edges, key=_place)), truncated=truncated)

    async def _steps(
        self, workspace: WorkspaceId, of: InstrumentedAttribute[str], assets: AbstractSet[str]
    ) -> Sequence[Edge]:
        columns = (Lineage.child_id, Lineage.parent_id, Lineage.operation, Lineage.role)
        rows = sa.select(*columns).where(Lineage.workspace_id == workspace, of.in_(sorted(assets)))
        found = (await self._session.execute(rows)).all()
        return [Edge(AssetId(child), AssetId(parent), operation, role) for child, parent, operation, role in found]


def _end(edge: Edge, to: InstrumentedAttribute[str]) -> str:
    return edge.parent if to is Lineage.parent_id else edge.child


def _place(edge: Edge) -> tuple[str, str]:
    return edge.parent, edge.child
