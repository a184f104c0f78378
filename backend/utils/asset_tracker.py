"""The library's only writer: bytes are inspected and kept first, then recorded within the caller's transaction."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from backend.db.models import Asset, AssetFile
from backend.db.repositories.assets import Assets
from backend.db.repositories.library_words import searchable
from backend.db.repositories.lineage import Edge, Edges
from backend.schemas.base import AssetId
from backend.utils.filenames import layer_name, with_extension
from backend.utils.marks import ORIGINAL, facts_of, original_of, taken_over, told_of, with_original

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from backend.db.session import AsyncSession
    from backend.imaging.provenance.types import Statement
    from backend.imaging.types import Inspected, Size
    from backend.imaging.workbench import Workbench
    from backend.schemas.assets import AssetType, Purpose
    from backend.schemas.base import Facts, JobId, UserId, WorkspaceId
    from backend.storage import ContentKey, ContentStore
    from backend.utils.marks import Marks

UPLOAD = "upload"
"""The source module of what people bring along."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file that belongs to an asset, kept. `size` is in bytes."""

    name: str
    key: ContentKey
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Content that is kept and not yet recorded, with what was seen in it."""

    key: ContentKey
    mime: str
    length: int
    """In bytes."""
    size: Size | None = None
    """In pixels; None where it is not a picture."""
    has_alpha: bool = False
    """True if any pixel is see-through."""
    thumbnail: ContentKey | None = None
    thumbhash: str | None = None
    colour: str | None = None
    files: tuple[StoredFile, ...] = ()
    removed: tuple[str, ...] = ()
    """The kinds of metadata that were taken out, such as the place where a photo was taken."""
    origin: Facts = field(default_factory=dict)
    """What is known of how it was made, by the names that `backend.utils.marks` gives."""
    original: ContentKey | None = None
    """Of an upload that came with marks: what it said of itself, which is the same whenever it comes again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAsset:
    """What is known about an asset besides its bytes."""

    workspace_id: WorkspaceId
    user_id: UserId | None
    job_id: JobId | None = None
    ordinal: int | None = None
    asset_type: AssetType = "image"
    source_module: str = "image_studio"
    filename: str = ""
    title: str = ""
    description: str = ""
    prompt: str | None = None
    tags: tuple[str, ...] = ()
    facts: Facts = field(default_factory=dict)
    provider: str | None = None
    model: str | None = None
    cost_milli: int = 0
    generation_time: float | None = None
    """In seconds."""
    parents: tuple[tuple[AssetId, str], ...] = ()
    """What it was made from, each with its role, such as `image` or `mask`."""
    operation: str = ""
    purpose: Purpose | None = None
    """What it only serves; None of what is there for itself."""


class AssetTracker:
    """Keeps bytes and records them as assets."""

    def __init__(
        self,
        store: ContentStore,
        workbench: Workbench,
        marks: Marks,
        *,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> None:
        self._store = store
        self._workbench = workbench
        self._marks = marks
        self._clock = clock
        self._new_id = new_id

    async def store(self, data: bytes, files: Mapping[str, bytes] | None = None) -> Stored:
        """Inspect a picture, then keep it, its thumbnail and its files. What is refused leaves nothing behind.

        Content that is not recorded within the sweep's grace of an hour is removed; calling this again is safe.

        Raises:
            RequestRefused: the bytes are not a picture that the studio takes.
            StorageFull: there is no space left.
            StorageUnavailable: the storage can't be reached or written to.
        """
        seen = await self._workbench.inspect(data)
        if seen.marks is None:
            return await self._kept(seen, seen.data, files)
        original, said = original_of(seen), taken_over(seen)
        stored = await self._kept(seen, await self._marks.put(seen, said), {**(files or {}), ORIGINAL: original})
        kept = next(file.key for file in stored.files if file.name == ORIGINAL)
        return replace(stored, origin=told_of(seen), original=kept)

    async def store_made(self, data: bytes, said: Statement, files: Mapping[str, bytes] | None = None) -> Stored:
        """Keep what an engine made, with its marks, as `store` keeps what comes from outside; it may be larger."""
        seen = await self._workbench.inspect_made(data)
        if seen.marks is None:
            return await self.store_seen(seen, said, files)
        return await self.store_seen(seen, with_original(said, seen), {**(files or {}), ORIGINAL: original_of(seen)})

    async def store_seen(self, seen: Inspected, said: Statement, files: Mapping[str, bytes] | None = None) -> Stored:
        """Keep what a child of the studio's own wrote and looked at already, with its marks."""
        stored = await self._kept(seen, await self._marks.put(seen, said), files)
        return replace(stored, origin=facts_of(said))

    async def store_again(self, seen: Inspected, said: Statement) -> Stored:
        """Keep a file of the library once more, byte for byte."""
        return replace(await self._kept(seen, seen.data, None), origin=facts_of(said))

    async def _kept(self, seen: Inspected, data: bytes, files: Mapping[str, bytes] | None) -> Stored:
        """Keep the bytes of a picture, which may have got marks since it was looked at."""
        named = {layer_name(name): content for name, content in (files or {}).items()}
        key, thumbnail = await asyncio.gather(self._store.put(data), self._store.put(seen.thumbnail))
        return Stored(
            key=key,
            mime=seen.mime,
            length=len(data),
            size=seen.size,
            has_alpha=seen.has_alpha,
            thumbnail=thumbnail,
            thumbhash=seen.thumbhash,
            colour=seen.colour,
            files=tuple([await self._file(name, content) for name, content in named.items()]),
            removed=seen.removed,
        )

    async def store_text(self, text: str) -> Stored:
        """Keep a text. It needs no inspection: it is only ever served as plain text, for download."""
        data = text.encode()
        return Stored(key=await self._store.put(data), mime="text/plain; charset=utf-8", length=len(data))

    async def record(self, session: AsyncSession, asset: NewAsset, stored: Stored) -> AssetId:
        """Record kept content as an asset, within the caller's transaction, and return its id.

        What is recorded already gives the same id: a part of a job, or an upload of bytes that the library holds as an
        upload.

        Raises:
            NotFound: a parent is not in the workspace.
        """
        is_part = asset.job_id is not None and asset.ordinal is not None
        if asset.source_module == UPLOAD and not is_part:
            known = await self._uploaded(Assets(session), asset.workspace_id, stored)
            if known is not None:
                known.purpose = known.purpose and asset.purpose
                return AssetId(known.id)
        return (await self.record_all(session, asset.workspace_id, [(asset, stored)]))[0]

    async def record_all(
        self, session: AsyncSession, workspace: WorkspaceId, new: Sequence[tuple[NewAsset, Stored]]
    ) -> list[AssetId]:
        """Record contents as assets of one workspace, all at once; parts of jobs that are recorded keep their ids.

        Raises:
            NotFound: a parent is not in the workspace.
        """
        if not new:
            return []
        rows = [self._row(asset, stored) for asset, stored in new]
        files = [_file_row(row, file) for row, (_, stored) in zip(rows, new, strict=True) for file in stored.files]
        known = await Assets(session).add(workspace, rows, files)
        edges = [
            Edge(AssetId(row.id), parent, asset.operation, role)
            for row, (asset, _) in zip(rows, new, strict=True)
            for parent, role in dict(reversed(asset.parents)).items()
            if known[AssetId(row.id)] == row.id
        ]
        await Edges(session).add(workspace, edges)
        return [known[AssetId(row.id)] for row in rows]

    async def _file(self, name: str, content: bytes) -> StoredFile:
        return StoredFile(name=name, key=await self._store.put(content), size=len(content))

    @staticmethod
    async def _uploaded(assets: Assets, workspace: WorkspaceId, stored: Stored) -> Asset | None:
        await assets.queue(workspace)
        if stored.original is not None:  # each signature is another: it is known again by what it said of itself
            return await assets.with_file(workspace, stored.original, name=ORIGINAL, source_module=UPLOAD)
        return await assets.with_content(workspace, stored.key, source_module=UPLOAD)

    def _row(self, asset: NewAsset, stored: Stored) -> Asset:
        now, facts, size = self._clock(), _facts(asset, stored), stored.size
        row = Asset(
            id=self._new_id(),
            workspace_id=asset.workspace_id,
            user_id=asset.user_id,
            job_id=asset.job_id,
            ordinal=asset.ordinal,
            asset_type=asset.asset_type,
            source_module=asset.source_module,
            status="completed",
            filename=with_extension(asset.filename or asset.title or asset.source_module, stored.mime),
            title=asset.title,
            description=asset.description,
            prompt=asset.prompt,
            tags=list(asset.tags),
            facts=facts,
            content_key=stored.key,
            thumbnail_key=stored.thumbnail,
            mime_type=stored.mime,
            file_size=stored.length,
            width=size and size.width,
            height=size and size.height,
            thumbhash=stored.thumbhash,
            colour=stored.colour,
            provider=asset.provider,
            model=asset.model,
            cost_milli=asset.cost_milli,
            generation_time=asset.generation_time,
            is_favorite=False,
            download_count=0,
            share_count=0,
            created_at=now,
            updated_at=now,
            trashed_at=None,
            operation=asset.operation or None,
            platform=_platform_in(facts),
            purpose=asset.purpose,
        )
        return searchable(row)


def _facts(asset: NewAsset, stored: Stored) -> Facts:
    """Return what is remembered of an asset besides its columns."""
    facts: Facts = dict(asset.facts)
    if stored.removed:
        facts["removed_metadata"] = list(stored.removed)
    if stored.origin:
        facts["provenance"] = dict(stored.origin)
    return facts


def _platform_in(facts: Facts) -> str | None:
    """Return the platform that the facts of an export name."""
    platform = facts.get("platform") if "format_id" in facts else None
    return platform if isinstance(platform, str) else None


def _file_row(asset: Asset, file: StoredFile) -> AssetFile:
    return AssetFile(
        asset_id=asset.id,
        name=file.name,
        workspace_id=asset.workspace_id,
        content_key=file.key,
        file_size=file.size,
    )
