"""The library's rows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import sqlalchemy as sa

from backend.db.models import Asset, AssetFile
from backend.db.people import Workspace
from backend.db.repositories.library_query import Cursor, Sorting, conditions
from backend.db.repositories.library_sizes import grow
from backend.db.upsert import bare, prepared, values_of
from backend.errors import NotFound
from backend.schemas.base import AssetId

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from sqlalchemy.ext.asyncio import AsyncSession

    from backend.schemas.base import WorkspaceId
    from backend.schemas.library_query import LibraryQuery

Key = TypeVar("Key", bound=str)

ADD = prepared(
    Asset,
    lambda row: row.on_conflict_do_nothing(index_elements=["workspace_id", "job_id", "ordinal"]).returning(
        bare(Asset).c.id
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A part of the library's rows; `total` counts all that match."""

    rows: Sequence[Asset]
    total: int
    next_cursor: str | None


class Assets:
    """The assets of a workspace, within one session. What lies in the trash is only found by those that say so."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, workspace: WorkspaceId, asset: str) -> Asset:
        """Return an asset.

        Raises:
            NotFound: it is not in the workspace, or in the trash.
        """
        found = await self.any(workspace, asset)
        if found.trashed_at is not None:
            raise NotFound(detail=f"The asset {asset} lies in the trash; restore it first.")
        return found

    async def any(self, workspace: WorkspaceId, asset: str) -> Asset:
        """Return an asset, be it in the trash.

        Raises:
            NotFound: it is not in the workspace.
        """
        found = None
        if asset.isalnum():
            rows = sa.select(Asset).where(Asset.workspace_id == workspace, Asset.id == asset)
            found = await self._session.scalar(rows)
        if found is None:
            raise NotFound(detail=f"There is no asset {asset[:64]} in this workspace.")
        return found

    async def with_file(self, workspace: WorkspaceId, content: str, *, name: str, source_module: str) -> Asset | None:
        """Return the newest asset of a module that has a file of this name with these bytes, outside the trash."""
        wanted = (
            sa.select(Asset)
            .join(AssetFile, AssetFile.asset_id == Asset.id)
            .where(AssetFile.workspace_id == workspace, AssetFile.name == name, AssetFile.content_key == content)
            .where(Asset.workspace_id == workspace, Asset.source_module == source_module, Asset.trashed_at.is_(None))
        )
        return await self._session.scalar(wanted.order_by(Asset.created_at.desc(), Asset.id).limit(1))

    async def these(self, workspace: WorkspaceId, assets: Sequence[str]) -> Sequence[Asset]:
        """Return those of some assets that are in the workspace, be they in the trash."""
        rows = sa.select(Asset).where(Asset.workspace_id == workspace, Asset.id.in_(assets))
        return (await self._session.scalars(rows)).all()

    async def with_content(
        self, workspace: WorkspaceId, content: str, *, source_module: str | None = None
    ) -> Asset | None:
        """Return the newest asset with these bytes outside the trash, of one module or of any."""
        wanted = sa.select(Asset).where(
            Asset.workspace_id == workspace, Asset.content_key == content, Asset.trashed_at.is_(None)
        )
        if source_module is not None:
            wanted = wanted.where(Asset.source_module == source_module)
        return await self._session.scalar(wanted.order_by(Asset.created_at.desc(), Asset.id).limit(1))

    async def queue(self, workspace: WorkspaceId) -> None:
        """Let uploads into one library pass one after the other, until the transaction ends.

        SQLite has one writer anyway; elsewhere two uploads of the same file would not see each other.
        """
        await self._session.execute(
            sa.select(Workspace.id).where(Workspace.id == workspace).with_for_update(key_share=True)
        )

    async def add(
        self, workspace: WorkspaceId, assets: Sequence[Asset], files: Sequence[AssetFile]
    ) -> dict[AssetId, AssetId]:
        """Add assets and the files that belong to them; the library's size grows with them.

        Return by what id each is known. Where the same part of the same job is recorded already, nothing is added, and
        the id is that one's.
        """
        if {row.workspace_id for row in (*assets, *files)} != {workspace}:
            raise ValueError("assets and their files belong to one workspace")
        added = set(await self._session.scalars(ADD.on(self._session), [values_of(asset) for asset in assets]))
        known = {AssetId(one.id): AssetId(one.id) for one in assets if one.id in added}
        known.update([(AssetId(one.id), await self._part(one)) for one in assets if one.id not in added])
        new = [file for file in files if file.asset_id in added]
        if new:
            self._session.add_all(new)
            await self._session.flush()
        if added:
            rows = (*(one for one in assets if one.id in added), *new)
            await grow(self._session, workspace, sum(row.file_size for row in rows))
        return known

    async def _part(self, asset: Asset) -> AssetId:
        """Return the asset that is recorded already for the same part of the same job."""
        mine = (Asset.workspace_id == asset.workspace_id, Asset.job_id == asset.job_id, Asset.ordinal == asset.ordinal)
        return AssetId((await self._session.execute(sa.select(Asset.id).where(*mine))).scalar_one())

    async def files(self, workspace: WorkspaceId, assets: Sequence[str]) -> Mapping[str, list[AssetFile]]:
        """Return the files of each of some assets; an asset without files is left out."""
        found = await self._session.scalars(
            sa.select(AssetFile)
            .where(AssetFile.workspace_id == workspace, AssetFile.asset_id.in_(assets))
            .order_by(AssetFile.name)
        )
        owned: defaultdict[str, list[AssetFile]] = defaultdict(list)
        for file in found:
            owned[file.asset_id].append(file)
        return owned

    async def page(self, workspace: WorkspaceId, wanted: LibraryQuery) -> Page:
        """Return the part of the library that is asked for, outside the trash.

        Raises:
            InvalidRequest: the cursor is not one of this order.
        """
        where = conditions(workspace, wanted)
        total = await self._session.scalar(sa.select(sa.func.count()).select_from(Asset).where(*where)) or 0
        sorting = Sorting.of(wanted)
        rows = sa.select(Asset.id, sorting.value).where(*where).order_by(*sorting.order).limit(wanted.limit + 1)
        if wanted.cursor:
            rows = rows.where(sorting.after(Cursor.read(wanted.cursor, wanted)))
        else:
            rows = rows.offset(wanted.offset)
        found = (await self._session.execute(rows)).all()
        shown = found[: wanted.limit]
        more = len(found) > len(shown)
        cursor = Cursor(value=shown[-1][1], id=shown[-1][0]).write(wanted) if more else None
        whole = {row.id: row for row in await self.these(workspace, [asset for asset, _ in shown])}
        return Page(rows=[whole[asset] for asset, _ in shown if asset in whole], total=total, next_cursor=cursor)

    async def count_use(self, workspace: WorkspaceId, asset: str, column: str) -> None:
        """Add one to a counter: `download_count` or `share_count`."""
        counter = Asset.__table__.c[column]
        await self._session.execute(
            sa.update(Asset).where(Asset.workspace_id == workspace, Asset.id == asset).values({counter: counter + 1})
        )


async def orphans(session: AsyncSession, keys: AbstractSet[Key]) -> set[Key]:
    """Return those of some content keys that no row of any workspace refers to: bytes are shared by all."""
    left = {str(key): key for key in keys}
    for column in (Asset.content_key, Asset.thumbnail_key, AssetFile.content_key):
        async for key in await session.stream_scalars(sa.select(column).where(column.is_not(None))):
            left.pop(key or "", None)
    return set(left.values())
