"""Assets as people see them: rows with their parents, their files and addresses that open by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from urllib.parse import quote

from backend.db.repositories.assets import Assets
from backend.db.repositories.collections import Collections
from backend.db.repositories.lineage import Edges
from backend.schemas.assets import ADDRESS, AssetFileView, AssetType, AssetView, Purpose
from backend.schemas.base import AssetId, JobId
from backend.storage import Grant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.db.models import Asset, AssetFile
    from backend.db.session import AsyncSession
    from backend.schemas.base import WorkspaceId
    from backend.storage import Signer

MILLI = 1000
SAME = (
    *("source_module", "filename", "file_size", "mime_type", "width", "height", "thumbhash", "colour"),
    *("title", "description", "prompt", "tags", "provider", "model", "operation", "platform", "generation_time"),
    *("is_favorite", "download_count", "share_count", "created_at", "updated_at", "trashed_at"),
)
"""What a view says just as the row does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetUrls:
    """Addresses of one asset on the studio's host, its base path included; they open without credentials."""

    content: str
    thumbnail: str


class AssetViews:
    """Makes views, and signs the addresses in them."""

    def __init__(self, signer: Signer) -> None:
        self._signer = signer

    async def of(self, session: AsyncSession, workspace: WorkspaceId, rows: Sequence[Asset]) -> list[AssetView]:
        """Return the views of rows, in their order."""
        ids = [row.id for row in rows]
        if not ids:
            return []
        parents = await Edges(session).parents(workspace, ids)
        files = await Assets(session).files(workspace, ids)
        held = await Collections(session).holding(workspace, ids)
        return [self._view(row, parents.get(row.id, []), files.get(row.id, []), held.get(row.id, [])) for row in rows]

    def urls(self, workspace: WorkspaceId, asset: str) -> AssetUrls:
        """Return the addresses of an asset."""
        return AssetUrls(
            content=self._url(Grant(workspace=workspace, asset=asset, rendition="content")),
            thumbnail=self._url(Grant(workspace=workspace, asset=asset, rendition="thumbnail")),
        )

    def _url(self, grant: Grant) -> str:
        return f"{self._signer.base}{ADDRESS}/{grant.asset}/{quote(grant.rendition)}?{self._signer.sign(grant)}"

    def _file(self, file: AssetFile) -> AssetFileView:
        grant = Grant(
            workspace=file.workspace_id,
            asset=file.asset_id,
            rendition=f"files/{file.name}",
            disposition="attachment",
        )
        return AssetFileView(name=file.name, file_size=file.file_size, url=self._url(grant))

    def _view(
        self, row: Asset, parents: Sequence[AssetId], files: Sequence[AssetFile], collections: Sequence[str]
    ) -> AssetView:
        urls = self.urls(cast("WorkspaceId", row.workspace_id), row.id)  # a row holds the plain text of ids
        return AssetView(
            **{name: getattr(row, name) for name in SAME},
            id=AssetId(row.id),
            asset_type=cast("AssetType", row.asset_type),  # pydantic checks it
            file_url=urls.content,
            url=urls.content,
            thumbnail_url=urls.thumbnail if row.thumbnail_key else None,
            asset_metadata=row.facts,
            cost=row.cost_milli / MILLI,
            status="trashed" if row.trashed_at else row.status,
            parent_ids=list(parents),
            job_id=JobId(row.job_id) if row.job_id else None,
            purpose=cast("Purpose | None", row.purpose),  # pydantic checks it
            collection_ids=list(collections),
            files=[self._file(file) for file in files],
        )
