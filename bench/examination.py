"""What the tables, the ledger and the store of a studio say after whatever was done to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.db.session import Database
from backend.storage import ContentKey, ContentStore
from backend.utils.origin import utc_now
from backend.utils.sweep import sweep
from bench import ledger_facts

if TYPE_CHECKING:
    from backend.storage import S3


async def examine(database: str, files: str, s3: S3 | None = None) -> dict[str, Any]:
    """Return what they say; what nobody refers to is swept away. `files` is the store's URL."""
    db = Database(database)
    store = ContentStore(files, clock=utc_now, s3=s3)
    try:
        facts = await ledger_facts.read(db)
        swept = await sweep(db, store, utc_now())
        kept = {key async for key in store.keys(utc_now())}
        missing = [key for key in facts.pop("content") if ContentKey(key) not in kept]
        again = await sweep(db, store, utc_now())
    finally:
        await db.aclose()
    return {
        **facts,
        "swept": swept.deleted,
        "orphans after the sweep": again.deleted,
        "content missing": len(missing),
    }
