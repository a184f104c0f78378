"""Files of the library as one archive, with what there is to say of them; sent while it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.db.repositories.assets import Assets
from backend.db.repositories.collections import Collections
from backend.db.repositories.jobs import Jobs
from backend.db.repositories.runs import Runs
from backend.errors import FieldError, InvalidRequest, NotFound, StorageUnavailable
from backend.schemas.base import AssetId
from backend.schemas.exports import Manifest
from backend.schemas.library import MOST_AT_ONCE
from backend.schemas.library_query import LibraryQuery
from backend.services.export_manifest import (
    alt_texts_of,
    csv_of,
    entry_of,
    export_of,
    json_of,
    paths_of,
)
from backend.storage import ContentKey
from backend.utils.zip_stream import ZipStream

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Sequence
    from datetime import datetime

    from backend.db.models import Asset
    from backend.db.session import AsyncSession, Database
    from backend.imaging.workbench import Workbench
    from backend.schemas.base import Caller, JobId
    from backend.schemas.exports import ManifestEntry, ZipRequest
    from backend.schemas.library import ExportForm
    from backend.services.image_studio.format_shelf import FormatShelf
    from backend.storage import ContentStore

TILES_A_PAGE = 120
"""How many pictures a contact sheet holds; more of them make more sheets."""
_OTHERS = "Pictures"
"""What stands above those that are made for no platform."""
TileValues = tuple[bytes, str, str, str, tuple[str, ...], int]
"""A tile in values that any child can read: thumbnail, platform, title, line, broken rules, how many were checked."""


class ExportZips:
    """Makes archives of what lies in the library; nothing of them is kept."""

    def __init__(
        self,
        db: Database,
        store: ContentStore,
        workbench: Workbench,
        formats: FormatShelf,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        self._db = db
        self._store = store
        self._workbench = workbench
        self._names = {platform.key: platform.name for platform in formats.platforms}
        self._clock = clock

    async def open(self, caller: Caller, wanted: ZipRequest) -> Archive:
        """Return an archive, ready to be streamed: a folder for each platform, manifests, alt texts, contact sheets.

        Raises:
            NotFound: there is no such job or asset, or the job has made nothing that is still there.
        """
        async with self._db.read() as session:
            rows = await _rows(session, caller, wanted)
        return self._archive("exports", rows)

    async def library(self, caller: Caller, wanted: ExportForm) -> Archive:
        """Return an archive of any assets, ready to be streamed.

        Raises:
            NotFound: there is no such collection or asset, or nothing is in the collection.
            InvalidRequest: there is more in the collection than an archive holds.
        """
        async with self._db.read() as session:
            if wanted.collection_id is None:
                rows = await _named(session, caller, wanted.asset_ids)
            else:
                rows = await _collected(session, caller, wanted.collection_id)
        return self._archive("library", rows)

    def _archive(self, name: str, rows: Sequence[Asset]) -> Archive:
        moment = self._clock()
        return Archive(filename=f"{name}-{moment:%Y-%m-%d}.zip", stream=self._stream(rows, moment))

    async def _stream(self, rows: Sequence[Asset], moment: datetime) -> AsyncGenerator[bytes]:
        archive = ZipStream(moment)
        entries: list[ManifestEntry] = []
        unread: list[AssetId] = []
        for row, name in zip(rows, paths_of(rows), strict=True):
            try:
                data = await self._store.get(ContentKey(row.content_key))
            except StorageUnavailable:  # one lost file is told of; a store that gives nothing at all ends the answer
                unread.append(AssetId(row.id))
                if len(unread) == len(rows):
                    raise
                continue
            entries.append(entry_of(row, name, data))
            yield archive.add(name, data)
        manifest = Manifest(made=moment, files=tuple(entries), unread=tuple(unread))
        if texts := alt_texts_of(manifest):
            yield archive.add("alt-texts.txt", texts, packed=True)
        async for name, sheet in self._sheets([row for row in rows if row.id not in unread]):
            yield archive.add(name, sheet)
        yield archive.add("manifest.csv", csv_of(manifest), packed=True)
        yield archive.add("manifest.json", json_of(manifest), packed=True)
        yield archive.end()

    async def _sheets(self, rows: Sequence[Asset]) -> AsyncGenerator[tuple[str, bytes]]:
        """Yield contact sheets of the pictures, each with its name."""
        shown = [(row, row.thumbnail_key) for row in rows if row.thumbnail_key]
        for page, start in enumerate(range(0, len(shown), TILES_A_PAGE), 1):
            part = shown[start : start + TILES_A_PAGE]
            tiles = tuple([self._tile(row, await self._store.get(ContentKey(key))) for row, key in part])
            yield _sheet_name(page), await self._workbench.run(drawn_sheet, tiles)

    def _tile(self, row: Asset, thumbnail: bytes) -> TileValues:
        export = export_of(row)
        told = [check for check in export.checks if check.ok is not None] if export else []
        broken = tuple(check.rule.replace("_", " ") for check in told if not check.ok)
        title = export.format if export else row.filename
        platform = self._names.get(export.platform, export.platform) if export else _OTHERS
        line = f"{row.width} × {row.height} · {_size_words(row.file_size)}"  # noqa: RUF001 - the sign is meant
        return thumbnail, platform, title, line, broken, len(told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """A ZIP that is made while it is read."""

    filename: str
    stream: AsyncGenerator[bytes]


def drawn_sheet(tiles: tuple[TileValues, ...]) -> bytes:
    """Return the contact sheet of the tiles; runs in a child process."""
    from backend.imaging.contact import Tile, contact_sheet  # noqa: PLC0415 - the server never loads what draws

    return contact_sheet(
        [
            Tile(picture=picture, platform=platform, title=title, line=line, broken=broken, checked=checked)
            for picture, platform, title, line, broken, checked in tiles
        ]
    )


async def _rows(session: AsyncSession, caller: Caller, wanted: ZipRequest) -> Sequence[Asset]:
    workspace = caller.workspace_id
    if wanted.job_id is None:
        return await _named(session, caller, wanted.asset_ids)
    if await Jobs(session).get(workspace, wanted.job_id) is None:
        raise NotFound(detail="There is no such job.")
    made = await _made(session, caller, wanted.job_id)
    found = {row.id: row for row in await Assets(session).these(workspace, made) if row.trashed_at is None}
    if not found:
        raise NotFound(detail="This job has made no files that are still in the library.")
    return [found[asset] for asset in made if asset in found]


async def _named(session: AsyncSession, caller: Caller, assets: Sequence[AssetId]) -> Sequence[Asset]:
    found = {row.id: row for row in await Assets(session).these(caller.workspace_id, assets)}
    for asset in assets:
        if asset not in found:
            raise NotFound(detail=f"There is no asset {asset[:64]} in this workspace.")
        if found[asset].trashed_at is not None:
            raise NotFound(detail=f"The asset {asset} lies in the trash; restore it first.")
    return [found[asset] for asset in dict.fromkeys(assets)]


async def _collected(session: AsyncSession, caller: Caller, collection: str) -> Sequence[Asset]:
    row = await Collections(session).get(caller.workspace_id, collection)
    page = await Assets(session).page(caller.workspace_id, LibraryQuery(collection_id=row.id, limit=MOST_AT_ONCE))
    if not page.rows:
        raise NotFound(detail=f"There is nothing in the collection “{row.name}”.")
    if page.total > len(page.rows):
        detail = f"An archive holds at most {MOST_AT_ONCE} assets, and {page.total} are in “{row.name}”; name some."
        raise InvalidRequest(detail=detail, errors=(FieldError(pointer="/collection_id", detail=detail),))
    return page.rows


async def _made(session: AsyncSession, caller: Caller, job: JobId) -> Sequence[str]:
    """Return what a job has made so far, or what came out of each item of a run."""
    items = await Runs(session).items(caller.workspace_id, job)
    if items:
        return [asset for item in items if item.status == "done" for asset in item.asset_ids]
    results = (await Jobs(session).results(caller.workspace_id, [job]))[job]
    return [result.asset_id for result in results if result.asset_id]


def _sheet_name(page: int) -> str:
    return "contact-sheet.jpg" if page == 1 else f"contact-sheet-{page}.jpg"


def _size_words(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} KB"  # noqa: PLR2004 - a megabyte
