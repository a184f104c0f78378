"""Removes content that no asset refers to: what was stored just before a crash, or for a record that then failed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.db.repositories.assets import orphans

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from backend.db.session import Database
    from backend.storage import ContentKey, ContentStore

BATCH = 50_000
"""How many keys are held against the database at a time: about 10 MB of memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """What a sweep removed; `bytes` counts the content alone."""

    deleted: int
    bytes: int
    unfinished: int
    """Leavings of writes that were cut off."""


async def sweep(db: Database, store: ContentStore, older_than: datetime) -> Swept:
    """Remove content that was last put before a moment and that no row of any workspace refers to.

    `older_than` should lie an hour back: what is stored and about to be recorded is younger, and storing old content
    again makes it young. Each key is held against the database once more right before it goes.
    """
    sizes: list[int] = []
    async for keys in _batches(store, older_than):
        for key in await _orphans(db, await _orphans(db, keys)):
            size = await store.delete_unless_renewed(key, older_than)
            sizes += [] if size is None else [size]
    return Swept(deleted=len(sizes), bytes=sum(sizes), unfinished=await store.clear_unfinished(older_than))


async def _batches(store: ContentStore, older_than: datetime) -> AsyncIterator[AbstractSet[ContentKey]]:
    keys: set[ContentKey] = set()
    async for key in store.keys(older_than):
        keys.add(key)
        if len(keys) >= BATCH:
            yield keys
            keys = set()
    if keys:
        yield keys


async def _orphans(db: Database, keys: AbstractSet[ContentKey]) -> AbstractSet[ContentKey]:
    if not keys:
        return keys
    async with db.read(streaming=True) as session:
        return await orphans(session, keys)
