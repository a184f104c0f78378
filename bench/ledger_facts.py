"""What the tables say after a storm."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from backend.db.models import Asset, AssetFile, ProviderCall
from backend.db.repositories.ledger import prove

if TYPE_CHECKING:
    from backend.db.session import Database


async def read(db: Database) -> dict[str, Any]:
    """Return the ledger's proof, calls made after a ticket was saved, duplicate assets, and all content referred to."""
    async with db.read() as session:
        proof = await prove(session)
        calls = (await session.execute(sa.select(ProviderCall).order_by(ProviderCall.attempt))).scalars().all()
        assets = (await session.execute(sa.select(Asset))).scalars().all()
        files = (await session.execute(sa.select(AssetFile))).scalars().all()
    ticketed: set[tuple[str, int]] = set()
    repeated = 0
    for call in calls:
        part = (call.job_id, call.ordinal)
        repeated += part in ticketed
        if call.ticket:
            ticketed.add(part)
    made = Counter((asset.job_id, asset.ordinal) for asset in assets if asset.job_id)
    content = {key for asset in assets for key in (asset.content_key, asset.thumbnail_key) if key}
    return {
        "ledger sum": proof.sum,
        "ledger drift": proof.drift,
        "reserved": proof.reserved,
        "calls": len(calls),
        "calls by state": dict(Counter(call.state for call in calls)),
        "tickets repeated": repeated,
        "assets": len(assets),
        "assets made": sum(asset.job_id is not None for asset in assets),
        "duplicate assets": sum(count - 1 for count in made.values()),
        "content": content | {file.content_key for file in files},
    }
