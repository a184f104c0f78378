"""What the library tells of itself: figures, tags, months, and what was made from what."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from backend.db.repositories.assets import Assets
from backend.db.repositories.library_figures import Figures
from backend.db.repositories.lineage import Edges
from backend.schemas.base import AssetId
from backend.schemas.library import (
    LibraryStatistics,
    LineageEdge,
    LineageNode,
    LineageView,
    MonthCount,
    MonthFigures,
    MonthList,
    TagCount,
    TagList,
    TrashFigures,
)
from backend.schemas.library_query import LibraryFilter
from backend.services.asset_views import MILLI

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.db.models import Asset
    from backend.db.session import Database
    from backend.schemas.assets import Purpose
    from backend.schemas.base import Caller, WorkspaceId
    from backend.schemas.library_query import TagsQuery
    from backend.services.content_asset_service import ContentAssetService
    from backend.services.quotas import Quotas

TOP_TAGS = 50
"""How many tags the statistics name."""


class LibraryFigures:
    """Tells callers what there is in the library of their workspace."""

    def __init__(self, db: Database, library: ContentAssetService, quotas: Quotas) -> None:
        self._db = db
        self._library = library
        self._quotas = quotas

    async def statistics(self, caller: Caller) -> LibraryStatistics:
        """Return what the library holds, without its trash and without what only served."""
        workspace = caller.workspace_id
        async with self._db.read() as session:
            figures = Figures(session)
            sums = await figures.sums(workspace, LibraryFilter())
            trash = await figures.sums(workspace, LibraryFilter(trashed=True))
            kinds = await figures.grouped(workspace)
            months = await figures.by_month(workspace)
            tags = await figures.tags(workspace)
            collections = await figures.collections(workspace)
        return LibraryStatistics(
            **kinds,
            total=sums.count,
            by_month=[
                MonthFigures(month=one.name, count=one.count, bytes=one.size, credits=one.cost_milli / MILLI)
                for one in months
            ],
            tags=_counted(tags[:TOP_TAGS]),
            favorites=sums.favorites,
            collections=collections,
            downloads=sums.downloads,
            shares=sums.shares,
            total_size=sums.size,
            total_cost=sums.cost_milli / MILLI,
            trashed=TrashFigures(count=trash.count, bytes=trash.size),
            storage=(await self._quotas.view(caller)).storage,
        )

    async def tags(self, caller: Caller, query: TagsQuery) -> TagList:
        """Return the tags of the library, the most used first."""
        async with self._db.read() as session:
            found = await Figures(session).tags(caller.workspace_id)
        part = (query.search or "").casefold()
        matching = [one for one in found if part in one[0].casefold()]
        return TagList(tags=_counted(matching[: query.limit]), total=len(matching))

    async def months(self, caller: Caller, wanted: LibraryFilter) -> MonthList:
        """Return the months that a part of the library is of, the latest first."""
        async with self._db.read() as session:
            found = await Figures(session).months(caller.workspace_id, wanted)
        counted = [MonthCount(month=month, count=count) for month, count in found]
        return MonthList(months=counted, total=sum(one.count for one in counted))

    async def lineage(self, caller: Caller, asset: AssetId) -> LineageView:
        """Return what an asset was made from and what was made from it, in the trash or not.

        Raises:
            NotFound: it is not in the workspace.
        """
        async with self._db.read() as session:
            await Assets(session).any(caller.workspace_id, asset)
            kin = await Edges(session).kin(caller.workspace_id, asset)
            rows = await Assets(session).these(caller.workspace_id, sorted(kin.assets))
        ordered = sorted(rows, key=lambda row: (row.created_at, row.id))
        edges = [
            LineageEdge(parent_id=edge.parent, child_id=edge.child, role=edge.role, operation=edge.operation)
            for edge in kin.edges
        ]
        nodes = [self._node(caller.workspace_id, row) for row in ordered]
        return LineageView(asset_id=asset, nodes=nodes, edges=edges, truncated=kin.truncated)

    def _node(self, workspace: WorkspaceId, row: Asset) -> LineageNode:
        urls = self._library.signed_urls(workspace, AssetId(row.id))
        return LineageNode(
            id=AssetId(row.id),
            title=row.title,
            filename=row.filename,
            thumbnail_url=urls.thumbnail if row.thumbnail_key else None,
            operation=row.operation,
            provider=row.provider,
            model=row.model,
            cost=row.cost_milli / MILLI,
            width=row.width,
            height=row.height,
            is_favorite=row.is_favorite,
            purpose=cast("Purpose | None", row.purpose),  # pydantic checks it
            trashed=row.trashed_at is not None,
            created_at=row.created_at,
        )


def _counted(tags: Sequence[tuple[str, int]]) -> list[TagCount]:
    return [TagCount(tag=tag, count=count) for tag, count in tags]
