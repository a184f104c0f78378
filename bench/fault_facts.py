"""What the tables say of charges after a storm of faults."""

from __future__ import annotations

import sqlalchemy as sa

from backend.db.models import Job, JobResult
from backend.db.session import Database


async def wrong_charges(database: str) -> int:
    """Return how many parts were charged wrongly.

    That is without a picture, or more than the plan says for the engine that made it, or nothing for one with a price.
    """
    db = Database(database)
    try:
        async with db.read() as session:
            jobs = {job.id: job for job in (await session.execute(sa.select(Job))).scalars()}
            results = (await session.execute(sa.select(JobResult))).scalars().all()
    finally:
        await db.aclose()
    return sum(_is_wrong(jobs[one.job_id], one) for one in results)


def _is_wrong(job: Job, result: JobResult) -> bool:
    if result.asset_id is None:
        return result.captured_milli != 0
    prices = {(one["provider"], one["model"]): one["milli_credits"] for one in job.plan["choices"]}
    price = prices[result.provider or "", result.model or ""]
    return not (0 < result.captured_milli <= price if price else result.captured_milli == 0)
