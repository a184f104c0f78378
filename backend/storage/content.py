"""Bytes under the name of their own hash: written once, never changed, shared by all who have the same."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, NewType

import obstore
from obstore.exceptions import AlreadyExistsError
from obstore.store import LocalStore, from_url

from backend.errors import StorageUnavailable
from backend.storage.local import clear_unfinished, settle
from backend.storage.trouble import translated

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable
    from datetime import datetime
    from pathlib import Path

    from obstore import ObjectMeta

ContentKey = NewType("ContentKey", str)
"""`cas/sha256/ab/<hash>`: where bytes lie, and what they are."""

ROOT = "cas/sha256"
RENEWED_AFTER = timedelta(minutes=30)
"""Content older than this is written anew when it is put again, so that the sweep sees that it is wanted."""
_CHUNK = 512 * 1024


def key_of(data: bytes) -> ContentKey:
    """Return the key that these bytes have."""
    digest = hashlib.sha256(data).hexdigest()
    return ContentKey(f"{ROOT}/{digest[:2]}/{digest}")


class ContentStore:
    """Content on `file:///folder`, `memory:///` or any address that obstore knows, such as `s3://bucket/folder`.

    Media types stand in the database, since a local folder can't keep them. Every method raises StorageFull or
    StorageUnavailable when the machine can't go on.
    """

    def __init__(self, url: str, *, clock: Callable[[], datetime]) -> None:
        with translated():
            self._store = from_url(url, mkdir=True) if url.startswith("file:") else from_url(url)
        self._folder: Path | None = self._store.prefix if isinstance(self._store, LocalStore) else None
        self._clock = clock
        self._turn = asyncio.Lock()

    async def put(self, data: bytes) -> ContentKey:
        """Keep bytes and return their key; bytes that are there already are fine. They survive a power cut."""
        key = key_of(data)
        with translated():
            try:
                await obstore.put_async(self._store, key, data, mode="create")
            except AlreadyExistsError:
                await self._renew(key, data)
            await self._settle(key)
        return key

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
            return _chunks(None)
        with translated():
            return _chunks(await obstore.get_async(self._store, key, options={"range": (start, end)}))

    async def size(self, key: ContentKey) -> int:
        """Return the length of the bytes under a key."""
        with translated():
            return (await obstore.head_async(self._store, key))["size"]

    async def delete(self, key: ContentKey) -> None:
        """Remove the bytes under a key; nothing happens where there are none."""
        with translated():
            await self._remove(key)

    async def delete_unless_renewed(self, key: ContentKey, since: datetime) -> int | None:
        """Remove bytes that nobody has put since a moment; return how many there were, None if they stay.

        No put of this process comes between the look and the removal. For another process on the same store the
        moment between the two is all that is left.
        """
        async with self._turn:
            with translated():
                found = await self._head(key)
                if found is None or found["last_modified"] > since:
                    return None
                await self._remove(key)
                return found["size"]

    async def keys(self, older_than: datetime) -> AsyncGenerator[ContentKey]:
        """Yield the keys that nobody has put since a moment, in no order."""
        with translated():
            found = obstore.list(self._store, ROOT, chunk_size=1000)  # pyright: ignore[reportUnknownMemberType] - its Arrow form is untyped
            async for batch in found:
                for entry in batch:
                    if entry["last_modified"] <= older_than:
                        yield ContentKey(entry["path"])

    async def clear_unfinished(self, older_than: datetime) -> int:
        """Remove what writes that were cut off left in a local folder; return how many files that were.

        Object stores show no unfinished writes.
        """
        if self._folder is None:
            return 0
        with translated():
            return await asyncio.to_thread(clear_unfinished, self._folder / ROOT, older_than)

    async def probe(self) -> None:
        """Write, read and remove a small object, to know that all three work."""
        said = secrets.token_bytes(16)
        path = f"probe/{said.hex()}"
        with translated():
            await obstore.put_async(self._store, path, said)
            found = await obstore.get_async(self._store, path)
            heard = bytes(await found.bytes_async())
            await obstore.delete_async(self._store, path)
        if heard != said:
            raise StorageUnavailable(detail="The place where pictures are kept gave back other bytes than it got.")

    async def _renew(self, key: ContentKey, data: bytes) -> None:
        async with self._turn:
            found = await self._head(key)
            stale = found is None or found["last_modified"] < self._clock() - RENEWED_AFTER
            if found is None or stale or found["size"] != len(data):
                await obstore.put_async(self._store, key, data, use_multipart=False)

    async def _settle(self, key: ContentKey) -> None:
        if self._folder is not None:
            await asyncio.to_thread(settle, self._folder / key)

    async def _head(self, key: ContentKey) -> ObjectMeta | None:
        try:
            return await obstore.head_async(self._store, key)
        except FileNotFoundError:
            return None

    async def _remove(self, key: ContentKey) -> None:
        try:
            await obstore.delete_async(self._store, key)
        except FileNotFoundError:
            return


async def _chunks(found: obstore.GetResult | None) -> AsyncGenerator[bytes]:
    if found is None:
        return
    with translated():
        async for chunk in found.stream(min_chunk_size=_CHUNK):
            yield bytes(chunk)
