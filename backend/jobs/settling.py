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
            return await self._told(page, job, await self._recorded(page, job, (delivery,)))

    async def delivered_all(self, session: AsyncSession, job: JobAtWork, batch: Batch) -> bool:
        """Record parts of one call, those that can't be made among them; return whether the job is over with them.

        Raises:
            SettledBefore: it was written before what became of them, and that stands.
        """
        async with self._purse.drawing(session, job.workspace, job.id) as drawing:
            page = Page(session=session, jobs=Jobs(session), workspace=job.workspace, job=job.id, drawing=drawing)
            results = await self._recorded(page, job, batch.deliveries, *self._failures(job, batch))
            if batch.finished:
                await Calls(session).move(job.workspace, batch.finished, "finished", finished_at=self._clock())
            return await self._told(page, job, results)

    def _failures(self, job: JobAtWork, batch: Batch) -> list[JobResult]:
        """Return what is written of a batch's parts that can't be made."""
        failures = [failed_part(job.workspace, job.id, n, error, self._clock()) for n, error in batch.failed.items()]
        for failure in failures:
            failure.provider, failure.model = batch.choice.provider, batch.choice.model
        return failures

    async def _recorded(
        self, page: Page, job: JobAtWork, deliveries: tuple[Delivery, ...], *failures: JobResult
    ) -> list[JobResult]:
        """Charge parts, record their assets, and write that they are ready, and that others can't be made."""
        charged = [await page.drawing.charge(one.ordinal, one.choice.milli_credits) for one in deliveries]
        new = [(new_asset(job, one, paid), one.stored) for one, paid in zip(deliveries, charged, strict=True)]
        assets = await self._tracker.record_all(page.session, job.workspace, new)
        results = [
            JobResult(
                job_id=job.id,
                ordinal=one.ordinal,
                workspace_id=job.workspace,
                asset_id=asset,
                provider=one.choice.provider,
                model=one.choice.model,
                captured_milli=paid,
                created_at=self._clock(),
            )
            for one, asset, paid in zip(deliveries, assets, charged, strict=True)
        ]
        if not await page.jobs.settle(*results, *failures):
            raise SettledBefore(page.job)
        for call in filter(None, (one.call for one in deliveries)):
            await Calls(page.session).move(job.workspace, call, "finished", finished_at=self._clock())
        return [*results, *failures]

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
