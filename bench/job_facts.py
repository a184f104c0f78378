"""What the tables say of jobs after a storm: how they ended, why, and when."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from backend.db.models import Asset, Job, JobResult
from backend.db.session import Database

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFacts:
    """All jobs of a studio."""

    statuses: Mapping[str, str]
    """By id."""
    problems: Counter[str]
    """Parts that were not made, by what the problem is called; with its words where it is nobody's name."""
    made_at: tuple[float, ...]
    """When each picture was recorded, as seconds since 1970, in order."""
    uploads_twice: int
    """Uploaded pictures that the library has more than once."""


async def read(database: str) -> JobFacts:
    """Return what became of the jobs."""
    db = Database(database)
    try:
        async with db.read() as session:
            jobs = (await session.execute(sa.select(Job))).scalars().all()
            results = (await session.execute(sa.select(JobResult))).scalars().all()
            uploads = (await session.execute(sa.select(Asset.content_key).where(Asset.job_id.is_(None)))).scalars()
            sent = Counter(uploads)
    finally:
        await db.aclose()
    return JobFacts(
        statuses={job.id: job.status for job in jobs},
        problems=Counter(one.problem.get("code", "?") for one in results if one.problem),
        made_at=tuple(sorted(one.created_at.timestamp() for one in results if one.asset_id)),
        uploads_twice=sum(count - 1 for count in sent.values()),
    )
