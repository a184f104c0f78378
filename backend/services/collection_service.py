"""The collections of a workspace: made, renamed, filled, emptied, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from backend.db.collections import Collection
from backend.db.repositories.assets import Assets
from backend.db.repositories.collections import Collections, Content
from backend.db.repositories.people import People
from backend.errors import RequestRefused
from backend.schemas.base import AssetId
from backend.schemas.library import CollectionId, CollectionList, CollectionView
from backend.utils.audit import Act, note

if TYPE_CHECKING:
    from backend.db.session import AsyncSession, Database
    from backend.schemas.assets import AssetPage
    from backend.schemas.audit import Verb
    from backend.schemas.base import Caller, WorkspaceId
    from backend.schemas.library import CollectionForm
    from backend.schemas.library_query import LibraryQuery
    from backend.services.content_asset_service import ContentAssetService
    from backend.utils.origin import Origin

MOST = 500
"""How many collections a workspace keeps: they are listed on one page."""


class CollectionService:
    """What callers may do with the collections of their workspace."""

    def __init__(self, db: Database, origin: Origin, library: ContentAssetService) -> None:
        self._db = db
        self._origin = origin
        self._library = library

    async def listed(self, caller: Caller) -> CollectionList:
        """Return the workspace's collections."""
        async with self._db.read() as session:
            rows = await Collections(session).all(caller.workspace_id)
            content = await Collections(session).content(caller.workspace_id, [row.id for row in rows])
        found = [self._view(row, content.get(row.id, Content())) for row in rows]
        return CollectionList(collections=found, total=len(found))

    async def get(self, caller: Caller, wanted: str) -> CollectionView:
        """Return a collection.

        Raises:
            NotFound: it is not in the workspace.
        """
        async with self._db.read() as session:
            return await self._seen(session, await Collections(session).get(caller.workspace_id, wanted))

    async def assets(self, caller: Caller, wanted: str, query: LibraryQuery) -> AssetPage:
        """Return what is in a collection, narrowed and ordered as the library is.

        Raises:
            NotFound: it is not in the workspace.
            InvalidRequest: the cursor is not one of this order.
        """
        async with self._db.read() as session:
            row = await Collections(session).get(caller.workspace_id, wanted)
        return await self._library.list(caller, query.model_copy(update={"collection_id": row.id}))

    async def add(self, caller: Caller, form: CollectionForm) -> CollectionView:
        """Make a collection.

        Raises:
            Conflict: another one is called so.
            RequestRefused: the workspace has as many as it can keep.
        """
        now = self._origin.clock()
        row = Collection(
            id=self._origin.new_id(),
            workspace_id=caller.workspace_id,
            name=form.name,
            description=form.description,
            created_at=now,
            updated_at=now,
        )
        async with self._db.begin() as session:
            await People(session).hold_workspace(caller.workspace_id)
            if await Collections(session).count(caller.workspace_id) >= MOST:
                raise RequestRefused(detail=f"A workspace keeps at most {MOST} collections; delete one of them first.")
            await Collections(session).add(row)
            await note(session, caller, _act("collection.added", row))
            return self._view(row, Content())

    async def replace(self, caller: Caller, wanted: str, form: CollectionForm) -> CollectionView:
        """Change what a collection is called.

        Raises:
            NotFound: it is not in the workspace.
            Conflict: another one is called so.
        """
        async with self._db.begin() as session:
            row = await Collections(session).get(caller.workspace_id, wanted)
            row.name, row.description, row.updated_at = form.name, form.description, self._origin.clock()
            await Collections(session).save(row)
            await note(session, caller, _act("collection.changed", row))
            return await self._seen(session, row)

    async def remove(self, caller: Caller, wanted: str) -> None:
        """Delete a collection for good; what is in it stays.

        Raises:
            NotFound: it is not in the workspace.
        """
        async with self._db.begin() as session:
            row = await Collections(session).get(caller.workspace_id, wanted)
            await Collections(session).remove(row)
            await note(session, caller, _act("collection.deleted", row))

    async def take_out(self, caller: Caller, wanted: str, asset: AssetId) -> None:
        """Take an asset out of a collection; one that is not in it is not missed.

        Raises:
            NotFound: the collection or the asset is not in the workspace.
        """
        async with self._db.begin() as session:
            row = await Collections(session).get(caller.workspace_id, wanted)
            await Assets(session).any(caller.workspace_id, asset)
            await Collections(session).take(row, [asset])
            row.updated_at = self._origin.clock()

    async def _seen(self, session: AsyncSession, row: Collection) -> CollectionView:
        workspace = cast("WorkspaceId", row.workspace_id)  # a row holds the plain text of ids
        content = await Collections(session).content(workspace, [row.id])
        return self._view(row, content.get(row.id, Content()))

    def _view(self, row: Collection, content: Content) -> CollectionView:
        workspace = cast("WorkspaceId", row.workspace_id)  # as above
        return CollectionView(
            id=CollectionId(row.id),
            name=row.name,
            description=row.description,
            total=content.total,
            covers=[self._library.signed_urls(workspace, AssetId(asset)).thumbnail for asset in content.covers],
            created_at=row.created_at,
            updated_at=row.updated_at,
        )


def _act(verb: Verb, row: Collection) -> Act:
    return Act(verb=verb, kind="collection", target=row.id, facts={"name": row.name})
