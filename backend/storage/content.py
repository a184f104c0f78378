"""Bytes under the name of their own hash: written once, never changed, shared by all who have the same."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NewType

import obstore
from obstore.store import LocalStore, S3Store

from backend.errors import StorageUnavailable
from backend.storage.creation import Creation
from backend.storage.local import clear_unfinished, settle
from backend.storage.places import S3, opened_place
from backend.storage.presigning import presigner
from backend.storage.removal import MARKS, head, outlast_removal, remove, remove_unless_renewed
from backend.storage.trouble import translated
from backend.tracing import stepped

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
    from datetime import datetime
    from pathlib import Path

ContentKey = NewType("ContentKey", str)
"""`cas/sha256/ab/<hash>`: where bytes lie, and what they are."""

ROOT = "cas/sha256"
PROBES = "probe"
RENEWED_AFTER = timedelta(minutes=30)
"""Content older than this is written anew when it is put again, so that the sweep sees that it is wanted."""
_CHUNK = 512 * 1024
_WINDOW = 4 * 1024 * 1024
"""What is read from an object store at once: nobody who reads slowly keeps a request to it open."""
_ONE_REQUEST = 32 * 1024 * 1024
"""More bytes than this go to an object store in parts, each with the time of a request."""
_PART = 8 * 1024 * 1024
_PARTS_AT_ONCE = 4
_SIZES = 20_000
"""How many sizes are remembered: about 5 MB of memory."""


def key_of(data: bytes) -> ContentKey:
    """Return the key that these bytes have."""
    digest = hashlib.sha256(data).hexdigest()
    return ContentKey(f"{ROOT}/{digest[:2]}/{digest}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """An address outside the studio that opens content by itself."""

    url: str
    holds_s: int
    """For how long it works at least, in seconds; it stays the same that long, too."""


class ContentStore:
    """Content on `file:///folder`, on `s3://bucket/folder`, or, for tests, in `memory:///`.

    Media types stand in the database, since a local folder can't keep them. Every method raises StorageFull or
    StorageUnavailable when the machine can't go on; every write may be repeated.
    """

    def __init__(self, url: str, *, clock: Callable[[], datetime], s3: S3 | None = None) -> None:
        with translated():
            self._store = opened_place(url, s3 or S3())
        self._folder: Path | None = self._store.prefix if isinstance(self._store, LocalStore) else None
        self._remote = isinstance(self._store, S3Store)
        self._presigner = presigner(url, s3) if s3 and self._remote else None
        self._clock = clock
        self._creation = Creation(self._store)
        self._sizes: dict[ContentKey, int] = {}

    @stepped("storage", "put")
    async def put(self, data: bytes) -> ContentKey:
        """Keep bytes and return their key; bytes that are there already are fine. They survive a power cut."""
        key = key_of(data)
        with translated():
            if not (self._fits(data) and await self._creation.create(key, data)):
                await self._renew(key, data)
            await self._settle(key)
        return key

    @stepped("storage", "get")
    async def get(self, key: ContentKey) -> bytes:
        """Return the bytes under a key."""
        with translated():
            found = await obstore.get_async(self._store, key)
            return bytes(await found.bytes_async())

    async def stream(self, key: ContentKey, start: int, end: int) -> AsyncIterator[bytes]:
        """Return the bytes from `start` up to, but not including, `end`, in chunks.

        They are opened before this returns, so a missing object is known before an answer has begun.
        """
        if start >= end:
            return _nothing()
        if self._remote:
            return self._windows(key, start, end, await self._window(key, start, end))
        with translated():
            return _chunks(await obstore.get_async(self._store, key, options={"range": (start, end)}))

    async def size(self, key: ContentKey) -> int:
        """Return the length of the bytes under a key; an object store is asked once, since it never changes."""
        known = self._sizes.get(key)
        if known is not None:
            return known
        with translated():
            found = (await obstore.head_async(self._store, key))["size"]
        if self._remote:
            self._sizes = self._sizes if len(self._sizes) < _SIZES else {}
            self._sizes[key] = found
        return found

    def address(self, key: ContentKey, answer: Mapping[str, str]) -> Elsewhere | None:
        """Return where a browser gets the bytes under a key, answered with these headers; None if only from us."""
        if self._presigner is None:
            return None
        url = self._presigner.address(key, answer, now=self._clock())
        return Elsewhere(url=url, holds_s=int(self._presigner.hold.total_seconds()))

    @stepped("storage", "delete")
    async def delete(self, key: ContentKey) -> None:
        """Remove the bytes under a key; nothing happens where there are none."""
        with translated():
            await remove(self._store, key)

    async def delete_unless_renewed(self, key: ContentKey, since: datetime) -> int | None:
        """Remove bytes that nobody has put since a moment; return how many there were, None if they stay.

        No put comes between the look and the removal, in this process or in another one on the same store.
        """
        with translated():
            return await remove_unless_renewed(self._creation, key, since, clock=self._clock)

    async def keys(self, older_than: datetime) -> AsyncGenerator[ContentKey]:
        """Yield the keys that nobody has put since a moment, in no order."""
        async for entry in self._listed(ROOT, older_than):
            yield ContentKey(entry)

    async def clear_unfinished(self, older_than: datetime) -> int:
        """Remove what writes, probes and sweeps that were cut off left behind; return how many objects that were.

        Parts of uploads to an object store can't be listed here: a rule of the bucket has to remove them.
        """
        left = [path for folder in (MARKS, PROBES) async for path in self._listed(folder, older_than)]
        with translated():
            for path in left:
                await remove(self._store, path)
            if self._folder is None:
                return len(left)
            return len(left) + await asyncio.to_thread(clear_unfinished, self._folder / ROOT, older_than)

    async def probe(self) -> None:
        """Write, read and remove a small object, to know that all three work."""
        said = secrets.token_bytes(16)
        path = f"{PROBES}/{said.hex()}"
        with translated():
            await obstore.put_async(self._store, path, said)
            found = await obstore.get_async(self._store, path)
            heard = bytes(await found.bytes_async())
            await obstore.delete_async(self._store, path)
        if heard != said:
            raise StorageUnavailable(detail="The place where pictures are kept gave back other bytes than it got.")

    def _fits(self, data: bytes) -> bool:
        """Say whether bytes are written in one request, which may depend on what is there."""
        return not self._remote or len(data) <= _ONE_REQUEST

    async def _renew(self, key: ContentKey, data: bytes) -> None:
        """Write bytes unless they were put lately, and until no sweep takes them away."""
        found = await head(self._store, key)
        if found and found["size"] == len(data) and found["last_modified"] >= self._clock() - RENEWED_AFTER:
            return
        await self._write(key, data)
        if not await outlast_removal(self._store, key, clock=self._clock):
            await self._write(key, data)

    async def _write(self, key: ContentKey, data: bytes) -> None:
        in_parts = not self._fits(data)
        await obstore.put_async(
            self._store, key, data, use_multipart=in_parts, chunk_size=_PART, max_concurrency=_PARTS_AT_ONCE
        )

    async def _settle(self, key: ContentKey) -> None:
        if self._folder is not None:
            await asyncio.to_thread(settle, self._folder / key)

    async def _listed(self, folder: str, older_than: datetime) -> AsyncGenerator[str]:
        with translated():
            found = obstore.list(self._store, folder, chunk_size=1000)  # pyright: ignore[reportUnknownMemberType] - its Arrow form is untyped
            async for batch in found:
                for entry in batch:
                    if entry["last_modified"] <= older_than:
                        yield entry["path"]

    async def _window(self, key: ContentKey, start: int, end: int) -> bytes:
        with translated():
            return bytes(await obstore.get_range_async(self._store, key, start=start, end=min(start + _WINDOW, end)))

    async def _windows(self, key: ContentKey, start: int, end: int, first: bytes) -> AsyncGenerator[bytes]:
        yield first
        for begin in range(start + _WINDOW, end, _WINDOW):
            yield await self._window(key, begin, end)


async def _nothing() -> AsyncGenerator[bytes]:
    for nothing in ():
        yield nothing


async def _chunks(found: obstore.GetResult) -> AsyncGenerator[bytes]:
    with translated():
        async for chunk in found.stream(min_chunk_size=_CHUNK):
            yield bytes(chunk)
