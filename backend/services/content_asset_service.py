"""The library as its people use it: put in, found again, changed, thrown away, opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.db.repositories.assets import Assets
from backend.db.repositories.library_words import reword
from backend.errors import FieldError, InvalidRequest, RequestRefused, StudioError
from backend.schemas.assets import (
    AssetPage,
    DeleteAnswer,
    FavoriteAnswer,
    UploadAnswer,
    UploadProblem,
    UsageAnswer,
)
from backend.schemas.base import AssetId
from backend.services.asset_opening import Opened, asset_in, opened, workspace_of
from backend.services.asset_views import AssetViews
from backend.storage import ContentKey, key_of
from backend.utils.asset_tracker import UPLOAD, NewAsset
from backend.utils.audit import Act, note

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from datetime import datetime

    from backend.db.models import Asset
    from backend.db.session import Database
    from backend.schemas.assets import (
        AssetChange,
        AssetView,
        NewRecord,
        Purpose,
        SaveForm,
        SignedQuery,
        UsageAction,
    )
    from backend.schemas.base import Caller, WorkspaceId
    from backend.schemas.library_query import LibraryQuery
    from backend.services.asset_views import AssetUrls
    from backend.services.quotas import Quotas
    from backend.storage import ContentStore, Signer
    from backend.utils.asset_tracker import AssetTracker, Stored

COUNTERS = {"download": "download_count", "share": "share_count"}
"""What each counted use adds to."""


class ContentAssetService:
    """What callers may do with the library of their workspace; that of another one does not exist for them."""

    def __init__(  # noqa: PLR0913 - the rooms that a library stands on, each told apart by its type
        self,
        db: Database,
        tracker: AssetTracker,
        store: ContentStore,
        signer: Signer,
        *,
        quotas: Quotas,
        clock: Callable[[], datetime],
    ) -> None:
        self._db = db
        self._tracker = tracker
        self._store = store
        self._signer = signer
        self._views = AssetViews(signer)
        self._quotas = quotas
        self._clock = clock

    async def list(self, caller: Caller, query: LibraryQuery) -> AssetPage:
        """Return the part of the library that is asked for; what lies in the trash is left out.

        Raises:
            InvalidRequest: the cursor is not one of this order.
        """
        async with self._db.read() as session:
            page = await Assets(session).page(caller.workspace_id, query)
            views = await self._views.of(session, caller.workspace_id, page.rows)
        return AssetPage(
            assets=views, total=page.total, limit=query.limit, offset=query.offset, next_cursor=page.next_cursor
        )

    async def get(self, caller: Caller, asset: AssetId) -> AssetView:
        """Return an asset.

        Raises:
            NotFound: it is not in the workspace, or in the trash.
        """
        async with self._db.read() as session:
            row = await Assets(session).get(caller.workspace_id, asset)
            return (await self._views.of(session, caller.workspace_id, [row]))[0]

    async def views(self, caller: Caller, assets: Sequence[str]) -> dict[str, AssetView]:
        """Return assets by id, those in the trash too: what once was made can still be told. Others are left out."""
        async with self._db.read() as session:
            rows = await Assets(session).these(caller.workspace_id, assets)
            views = await self._views.of(session, caller.workspace_id, rows)
        return {view.id: view for view in views}

    async def read(self, caller: Caller, asset: AssetId) -> bytes:
        """Return the bytes of an asset.

        Raises:
            NotFound: it is not in the workspace, or in the trash.
        """
        async with self._db.read() as session:
            row = await Assets(session).get(caller.workspace_id, asset)
        return await self._store.get(ContentKey(row.content_key))

    async def open(self, caller: Caller | None, asset: AssetId, rendition: str, query: SignedQuery) -> Opened:
        """Return a rendition, ready to be streamed: `content`, `thumbnail` or `files/<name>`.

        A signed address opens by itself; without a signature the caller's credentials count. What lies in the trash
        still has its thumbnail for members of the workspace, who look for it there.

        Raises:
            SignInRequired: neither signature nor credentials.
            AccessRefused: the signature does not fit, or has expired.
            NotFound: it is not in the workspace, or in the trash, or has no such rendition.
        """
        if query.signed:
            self._signer.verify(asset, rendition, query)
        workspace = workspace_of(caller, query)
        member = caller is not None and caller.workspace_id == workspace
        async with self._db.read() as session:
            found = Assets(session).any if member and rendition == "thumbnail" else Assets(session).get
            row = await found(workspace, asset)
            files = await Assets(session).files(workspace, [asset])
        return opened(self._store, row, files.get(asset, []), rendition, query.disposition)

    def signed_urls(self, workspace: WorkspaceId, asset: AssetId) -> AssetUrls:
        """Return addresses of an asset that open without credentials."""
        return self._views.urls(workspace, asset)

    async def update(self, caller: Caller, asset: AssetId, change: AssetChange) -> AssetView:
        """Change the words that an asset is found by."""
        given = change.model_dump(exclude_none=True)

        def changed(row: Asset) -> None:
            for name, value in given.items():
                setattr(row, name, list(value) if name == "tags" else value)
            reword(row)

        return await self._change(caller, asset, changed)

    async def trash(self, caller: Caller, asset: AssetId) -> DeleteAnswer:
        """Put an asset into the trash: it is not shown any more and its addresses stop working."""
        async with self._db.begin() as session:
            row = await Assets(session).get(caller.workspace_id, asset)
            row.trashed_at = row.updated_at = self._clock()
            await note(session, caller, Act(verb="asset.deleted", kind="asset", target=asset))
        return DeleteAnswer(asset_id=asset, deleted=True)

    async def restore(self, caller: Caller, asset: AssetId) -> AssetView:
        """Take an asset out of the trash; one that does not lie there stays as it is."""
        async with self._db.begin() as session:
            row = await Assets(session).any(caller.workspace_id, asset)
            if row.trashed_at is not None:
                row.trashed_at, row.updated_at = None, self._clock()
            return (await self._views.of(session, caller.workspace_id, [row]))[0]

    async def toggle_favorite(self, caller: Caller, asset: AssetId) -> FavoriteAnswer:
        """Make an asset a favourite, or no longer one."""

        def turned(row: Asset) -> None:
            row.is_favorite = not row.is_favorite

        view = await self._change(caller, asset, turned)
        return FavoriteAnswer(asset_id=view.id, is_favorite=view.is_favorite)

    async def track_usage(self, caller: Caller, asset: AssetId, action: UsageAction) -> UsageAnswer:
        """Count a download or a share; an access is noted as `last_access` among the asset's facts."""
        async with self._db.begin() as session:
            assets = Assets(session)
            row = await assets.get(caller.workspace_id, asset)
            if action in COUNTERS:
                await assets.count_use(caller.workspace_id, asset, COUNTERS[action])
            else:
                row.facts = {**row.facts, "last_access": self._clock().isoformat()}
        return UsageAnswer(asset_id=asset, action=action, tracked=True)

    async def _change(self, caller: Caller, asset: AssetId, change: Callable[[Asset], None]) -> AssetView:
        async with self._db.begin() as session:
            row = await Assets(session).get(caller.workspace_id, asset)
            change(row)
            row.updated_at = self._clock()
            return (await self._views.of(session, caller.workspace_id, [row]))[0]

    async def upload(
        self, caller: Caller, files: AsyncIterator[tuple[str, bytes]], purpose: Purpose | None = None
    ) -> UploadAnswer:
        """Take files, each with its name, one after the other; what is there already is not taken twice.

        What they only serve is said by `purpose`; what once only served and comes again without stays for itself.

        Raises:
            StudioError: not one of the files could be taken; this is why the first one could not.
        """
        taken: list[AssetId] = []
        refused: list[tuple[int, str, StudioError]] = []
        index = 0
        async for name, data in files:
            try:
                taken.append(await self._uploaded(caller, data, name, purpose))
            except StudioError as error:
                refused.append((index, name, error))
            index += 1
        if refused and not taken:
            raise refused[0][2]
        views = await self.views(caller, taken)
        problems = [UploadProblem(filename=name, index=at, **error.problem()) for at, name, error in refused]
        return UploadAnswer(assets=[views[asset] for asset in dict.fromkeys(taken)], errors=problems)

    async def intake(
        self, caller: Caller, data: bytes, field: str, *, name: str = "", purpose: Purpose | None = None
    ) -> AssetId:
        """Put a picture that came in the body of a request into the library; one that is there already is that one.

        It is called `name`, or, without one, after the field that it came in.

        Raises:
            RequestRefused: it is no picture that the studio takes; `errors` points at the field.
        """
        known = await self._holding(caller, data)
        if known is not None:
            return known
        try:
            return await self._uploaded(caller, data, name or field, purpose)
        except RequestRefused as error:
            error.errors = error.errors or (FieldError(pointer=f"/{field}", detail=str(error)),)
            raise

    async def save_to_library(self, caller: Caller, form: SaveForm, image: bytes | None) -> AssetView:
        """Return the asset that a picture already is, or make it one; `image` is the form's picture, decoded.

        Raises:
            NotFound: there is no such asset.
            InvalidRequest: the form names no picture.
        """
        named = form.asset_id or asset_in(form.file_url or "")
        if named is not None:
            return await self.get(caller, named)
        if image is None:
            raise InvalidRequest(detail="Name the picture by asset_id, file_url or image_base64.")
        known = await self._holding(caller, image)
        if known is not None:
            return await self.get(caller, known)
        await self._quotas.check_upload(caller.workspace_id, len(image))
        made = NewAsset(
            workspace_id=caller.workspace_id,
            user_id=caller.user_id,
            **form.model_dump(include={"title", "description", "prompt", "tags"}),
        )
        return await self.get(caller, await self._recorded(made, await self._tracker.store(image)))

    async def record(self, caller: Caller, form: NewRecord, image: bytes | None) -> AssetView:
        """Put something of any module into the library; `image` is the form's picture, decoded.

        Raises:
            InvalidRequest: a text without its content, or a picture without its bytes.
        """
        if form.asset_type == "text" and form.content is not None:
            stored = await self._tracker.store_text(form.content)
        elif form.asset_type == "image" and image is not None:
            await self._quotas.check_upload(caller.workspace_id, len(image))
            stored = await self._tracker.store(image)
        else:
            raise InvalidRequest(detail="A text comes with content, an image with image_base64.")
        shared = form.model_dump(exclude={"content", "image_base64", "asset_metadata"})
        made = NewAsset(workspace_id=caller.workspace_id, user_id=caller.user_id, facts=form.asset_metadata, **shared)
        return await self.get(caller, await self._recorded(made, stored))

    async def _uploaded(self, caller: Caller, data: bytes, name: str, purpose: Purpose | None) -> AssetId:
        await self._quotas.check_upload(caller.workspace_id, len(data))
        asset = NewAsset(
            workspace_id=caller.workspace_id,
            user_id=caller.user_id,
            source_module=UPLOAD,
            filename=name,
            purpose=purpose,
        )
        return await self._recorded(asset, await self._tracker.store(data))

    async def _recorded(self, asset: NewAsset, stored: Stored) -> AssetId:
        async with self._db.begin() as session:
            await self._quotas.check_record(session, asset.workspace_id, stored.length)
            return await self._tracker.record(session, asset, stored)

    async def _holding(self, caller: Caller, data: bytes) -> AssetId | None:
        """Return the asset with exactly these bytes, whoever made it; this needs no look into them."""
        async with self._db.read() as session:
            row = await Assets(session).with_content(caller.workspace_id, key_of(data))
        return AssetId(row.id) if row else None
