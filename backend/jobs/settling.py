"""How the outcome of a part, and with the last one that of its job, is written: within the transaction of the caller.

As few statements as there can be, and the purse's balances last: all jobs of a workspace wait for those rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.db.models import JobResult
from backend.db.repositories.calls import Calls
from backend.db.repositories.jobs import Jobs
from backend.jobs.outcomes import SettledBefore, failed_part, new_asset, outcome_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from backend.db.repositories.jobs import News
    from backend.db.session import AsyncSession
    from backend.jobs.outcomes import Batch, Delivery, Outcome
    from backend.jobs.work import JobAtWork
    from backend.schemas.base import JobId, WorkspaceId
    from backend.utils.asset_tracker import AssetTracker
    from backend.utils.purse import Drawing, Purse


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What one transaction writes about a job, and draws from what is held for it."""

    session: AsyncSession
    jobs: Jobs
    workspace: WorkspaceId
    job: JobId
    drawing: Drawing


class Settling:
    """Writes outcomes, charges and the news of them."""

    def __init__(self, tracker: AssetTracker, purse: Purse, clock: Callable[[], datetime]) -> None:
        self._tracker = tracker
        self._purse = purse
        self._clock = clock

    async def delivered(self, session: AsyncSession, job: JobAtWork, delivery: Delivery) -> bool:
        """Record a finished part and charge it; return whether the job is over with it.

        Raises:
            SettledBefore: it was written before what became of the part, and that stands.
        """
        async with self._purse.drawing(session, job.workspace, job.id) as drawing:
            page = Page(session=session, jobs=Jobs(session), workspace=job.workspace, job=job.id, drawing=drawing)
            result = await self._recorded(page, job, delivery)
            return await self._told(page, job, [result])

    async def delivered_all(self, session: AsyncSession, job: JobAtWork, batch: Batch) -> bool:
        """Record parts of one call, those that can't be made among them; return whether the job is over with them.

        Raises:
            SettledBefore: it was written before what became of them, and that stands.
        """
        async with self._purse.drawing(session, job.workspace, job.id) as drawing:
            page = Page(session=session, jobs=Jobs(session), workspace=job.workspace, job=job.id, drawing=drawing)
            results = [await self._recorded(page, job, delivery) for delivery in batch.deliveries]
            for ordinal, error in batch.failed.items():
                failure = failed_part(job.workspace, job.id, ordinal, error, self._clock())
                failure.provider, failure.model = batch.choice.provider, batch.choice.model
                await self._settled(page, failure)
                results.append(failure)
            if batch.finished:
                await Calls(session).move(job.workspace, batch.finished, "finished", finished_at=self._clock())
            return await self._told(page, job, results)

    async def _recorded(self, page: Page, job: JobAtWork, delivery: Delivery) -> JobResult:
        """Charge a part, record its asset and write that it is ready."""
        charged = await page.drawing.charge(delivery.ordinal, delivery.choice.milli_credits)
        asset = await self._tracker.record(page.session, new_asset(job, delivery, charged), delivery.stored)
        result = JobResult(
            job_id=job.id,
            ordinal=delivery.ordinal,
            workspace_id=job.workspace,
            asset_id=asset,
            provider=delivery.choice.provider,
            model=delivery.choice.model,
            captured_milli=charged,
            created_at=self._clock(),
        )
        await self._settled(page, result)
        if delivery.call:
            await Calls(page.session).move(job.workspace, delivery.call, "finished", finished_at=self._clock())
        return result

    @staticmethod
    async def _settled(page: Page, result: JobResult) -> None:
        if not await page.jobs.settle(result):
            raise SettledBefore(page.job)

    async def failed(self, session: AsyncSession, job: JobAtWork, failure: JobResult) -> bool:
        """Write that a part can't be made, unless that is known; return whether the job is over with it."""
        async with self._purse.drawing(session, job.workspace, job.id) as drawing:
            page = Page(session=session, jobs=Jobs(session), workspace=job.workspace, job=job.id, drawing=drawing)
            return await page.jobs.settle(failure) and await self._told(page, job, [failure])

    async def closed(self, session: AsyncSession, workspace: WorkspaceId, job: JobId, *, cancelled: bool) -> None:
        """End a job with the parts that are settled."""
        async with self._purse.drawing(session, workspace, job) as drawing:
            page = Page(session=session, jobs=Jobs(session), workspace=workspace, job=job, drawing=drawing)
            results = (await page.jobs.results(workspace, [job]))[job]
            if ending := await self._end(page, outcome_of(results, job, cancelled=cancelled)):
                await page.jobs.tell(workspace, job, [ending], self._clock())

    async def _told(self, page: Page, job: JobAtWork, new: list[JobResult]) -> bool:
        """Write how far the job is with some parts' outcomes, and tell the news; return whether it is over."""
        parts, provider = job.spec.parts, new[-1].provider
        results = new if parts == 1 else (await page.jobs.results(job.workspace, [job.id]))[job.id]
        ready = sum(1 for one in results if one.asset_id)
        progress, message = len(results) / parts, f"{ready} of {parts} ready"
        news: list[News] = [
            (
                "job.result",
                {
                    "ordinal": result.ordinal,
                    "asset_id": result.asset_id,
                    "problem": result.problem,
                    "progress": progress,
                    "message": message,
                },
            )
            for result in new
        ]
        over = len(results) == parts
        if over:
            outcome = outcome_of(results, job.id, cancelled=False)
            ending = await self._end(page, outcome, message=message, provider=provider)
            news += [ending] if ending else []
        else:
            await page.jobs.change(job.workspace, job.id, progress=progress, message=message, provider=provider)
        await page.jobs.tell(job.workspace, job.id, news, self._clock())
        return over

    async def _end(self, page: Page, outcome: Outcome, **facts: object) -> News | None:
        """Give back what is still held and write how the job ended; return the news of it, None if it had ended."""
        await page.drawing.give_back()
        ended = {"status": outcome.status, "problem": outcome.problem, "progress": 1.0, "finished_at": self._clock()}
        if not await page.jobs.change(page.workspace, page.job, **ended, **facts):
            return None
        told = {"status": outcome.status, "problem": outcome.problem, "asset_ids": list(outcome.assets)}
        return f"job.{outcome.status}", told
