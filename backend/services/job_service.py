"""Looking at jobs: one, many, as they happen; and calling one off."""

from __future__ import annotations

import asyncio
import contextlib
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from backend.db.repositories.jobs import OPEN, RUN, Jobs
from backend.db.repositories.ledger import reserved
from backend.errors import MachineTrouble, NotFound
from backend.jobs.hub import end_of
from backend.schemas.base import AssetId, JobId
from backend.schemas.jobs import JobCost, JobEventView, JobList, JobView
from backend.services.image_studio.answers import Outcome, Part, StudioAnswer, answer_of
from backend.services.image_studio.plans import Plan
from backend.services.recipes.views import job_view
from backend.services.watching import LATE, Heard
from backend.utils.purse import MILLI

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Sequence
    from datetime import datetime

    from backend.db.models import Job, JobEvent, JobResult
    from backend.db.session import AsyncSession, Database
    from backend.jobs.hub import Hub
    from backend.jobs.runner import JobRunner
    from backend.schemas.assets import AssetView
    from backend.schemas.base import Caller, Facts
    from backend.schemas.jobs import JobQuery
    from backend.services.content_asset_service import ContentAssetService

    Read = tuple[Job, Sequence[JobResult], int]
    """A job, what became of its parts, and what is still held for it, in thousandths of a credit."""

LOOK_S = 5.0
"""A waiting caller's job is looked at that often, whether or not there is news of it."""
MOST_EVENTS = 200
"""How many events are read at a time."""
HEARTBEAT_S = 15.0
"""A watcher hears something at least this often."""


class JobService:
    """What callers see of the jobs of their workspace."""

    def __init__(
        self, db: Database, hub: Hub, runner: JobRunner, library: ContentAssetService, *, clock: Callable[[], datetime]
    ) -> None:
        self._clock = clock
        self._db = db
        self._hub = hub
        self._runner = runner
        self._library = library

    async def get(self, caller: Caller, job: JobId) -> JobView:
        """Return a job.

        Raises:
            NotFound: no such job in the caller's workspace.
        """
        async with self._db.read() as session:
            read = await _read(session, caller, [await self._row(session, caller, job)])
        return (await self._views(caller, read))[0]

    async def answer(self, caller: Caller, job: JobId) -> StudioAnswer | None:
        """Return what the finished operation answers; None where nothing was made."""
        async with self._db.read() as session:
            row = await self._row(session, caller, job)
            results = await Jobs(session).results(caller.workspace_id, [job])
        assets = await self._assets(caller, results[job])
        return answer_of(_outcome(row, results[job], assets))

    async def _row(self, session: AsyncSession, caller: Caller, job: JobId) -> Job:
        row = await Jobs(session).get(caller.workspace_id, job)
        if row is None:
            raise NotFound(detail="There is no such job.")
        return row

    async def listed(self, caller: Caller, query: JobQuery) -> JobList:
        """Return jobs, newest first.

        Raises:
            NotFound: the cursor is no job of the workspace.
        """
        async with self._db.read() as session:
            before = await self._row(session, caller, query.cursor) if query.cursor else None
            rows = await Jobs(session).listed(caller.workspace_id, query, before=before)
            read = await _read(session, caller, rows)
        views = await self._views(caller, read)
        return JobList(jobs=tuple(views), next_cursor=JobId(rows[-1].id) if len(rows) == query.limit else None)

    async def _views(self, caller: Caller, read: Sequence[Read]) -> list[JobView]:
        """Return what callers see of jobs. The connection that they were read with is given back before."""
        assets = await self._assets(caller, [result for _, results, _ in read for result in results])
        return [_view(row, results, assets, held) for row, results, held in read]

    async def _assets(self, caller: Caller, results: Sequence[JobResult]) -> dict[str, AssetView]:
        ids = [result.asset_id for result in results if result.asset_id]
        return await self._library.views(caller, ids) if ids else {}

    async def cancel(self, caller: Caller, job: JobId) -> JobView:
        """Call a job off: what is ready stays, the rest is not charged.

        Raises:
            NotFound: no such job.
            JobFinished: it has ended already.
        """
        await self._runner.cancel(caller.workspace_id, job)
        return await self.get(caller, job)

    async def wait(self, caller: Caller, job: JobId, *, seconds: float) -> bool:
        """Return whether the job has ended, waiting for that at most so many seconds.

        Raises:
            NotFound: no such job in the caller's workspace.
        """
        deadline = time.monotonic() + seconds
        with self._hub.listen(end_of(job)) as news:
            while not await self._ended(caller, job, news):
                left = deadline - time.monotonic()
                if left <= 0:
                    return False
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(news.wait(), min(left, LOOK_S))
        return True

    async def _ended(self, caller: Caller, job: JobId, news: asyncio.Event) -> bool:
        news.clear()
        try:
            async with self._db.read() as session:
                status = await Jobs(session).status(caller.workspace_id, job)
        except MachineTrouble:  # the job goes on, and so does the waiting for it
            return False
        if status is None:
            raise NotFound(detail="There is no such job.")
        return status not in OPEN

    async def events(
        self, caller: Caller, job: JobId | None, *, after: int | None
    ) -> AsyncGenerator[JobEventView | None]:
        """Yield events as they happen, from `after` on; None now and then where nothing does.

        For one job the stream ends with the job, and begins at its first event unless told otherwise; for the whole
        workspace it never ends, and begins now.
        """
        if job:
            await self.get(caller, job)
        # The events of one job are written one after the other, and so are all on an embedded database.
        late = timedelta(0) if job or self._db.embedded else LATE
        heard = Heard(await self._position(caller, job, after), late=late)
        with self._hub.listen(job or caller.workspace_id) as news:
            while True:
                news.clear()
                rows = await self._news_of(caller, job, heard)
                for view in await self._event_views(caller, rows):
                    yield view
                    if job and view.ends_job:
                        return
                if not rows and not await _news(news):
                    yield None

    async def _news_of(self, caller: Caller, job: JobId | None, heard: Heard) -> list[JobEvent]:
        async with self._db.read() as session:
            found = await Jobs(session).events(
                caller.workspace_id, job=job, after=heard.floor, limit=MOST_EVENTS + heard.waiting
            )
        rows = heard.new(found)
        heard.had(rows, self._clock())
        return rows

    async def _position(self, caller: Caller, job: JobId | None, after: int | None) -> int:
        if after is not None or job:
            return after or 0
        async with self._db.read() as session:
            return await Jobs(session).last_event(caller.workspace_id)

    async def _event_views(self, caller: Caller, rows: Sequence[JobEvent]) -> list[JobEventView]:
        ids = [row.data["asset_id"] for row in rows if row.data.get("asset_id")]
        assets = await self._library.views(caller, ids) if ids else {}
        return [_event_view(row, assets) for row in rows]


async def _read(session: AsyncSession, caller: Caller, rows: Sequence[Job]) -> list[Read]:
    begun = [row.id for row in rows if row.status != "queued"]
    results = await Jobs(session).results(caller.workspace_id, begun) if begun else {}
    priced = [row.id for row in rows if row.estimated_milli and row.finished_at is None]
    held = await reserved(session, caller.workspace_id, priced) if priced else {}
    return [(row, results.get(row.id, []), held.get(row.id, 0)) for row in rows]


async def _news(news: asyncio.Event) -> bool:
    """Wait for news; False if there were none for a heartbeat."""
    try:
        await asyncio.wait_for(news.wait(), HEARTBEAT_S)
    except TimeoutError:
        return False
    return True


def _event_view(row: JobEvent, assets: dict[str, AssetView]) -> JobEventView:
    data: Facts = {"job_id": row.job_id, **row.data}
    asset = assets.get(str(data.get("asset_id")))
    if asset:
        data["asset"] = asset.model_dump(mode="json")
    return JobEventView(id=row.id, type=row.type, data=data)


def _outcome(row: Job, results: Sequence[JobResult], assets: dict[str, AssetView]) -> Outcome:
    parts = tuple(
        Part(
            ordinal=result.ordinal,
            asset=assets.get(result.asset_id or ""),
            problem=result.problem,
            captured_milli=result.captured_milli,
        )
        for result in results
    )
    return Outcome(job=JobId(row.id), plan=Plan.model_validate(row.plan), parts=parts)


def _view(row: Job, results: Sequence[JobResult], assets: dict[str, AssetView], reserved: int) -> JobView:
    if row.operation == RUN:
        return job_view(row, results, assets)
    outcome = _outcome(row, results, assets)
    answer = answer_of(outcome) if results else None
    captured = sum(result.captured_milli for result in results)
    return JobView(
        id=JobId(row.id),
        parent_id=JobId(row.parent_id) if row.parent_id else None,
        operation=row.operation,
        status=row.status,  # pyright: ignore[reportArgumentType] - only these are ever written
        progress=row.progress,
        message=row.message,
        request=row.spec,
        result=answer.model_dump(mode="json") if answer else None,
        problem=row.problem,
        cost=JobCost(estimated=row.estimated_milli / MILLI, reserved=reserved / MILLI, captured=captured / MILLI),
        asset_ids=tuple(AssetId(result.asset_id) for result in results if result.asset_id),
        provider=row.provider,
        fallback=_fallback(outcome, results),
        seconds=outcome.plan.seconds,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )


def _fallback(outcome: Outcome, results: Sequence[JobResult]) -> Facts | None:
    """Return whom the plan meant to serve and that another did, where that is so."""
    for one in results:
        meant = outcome.plan.meant_for(one.ordinal)
        if one.asset_id and (one.provider, one.model) != (meant.provider, meant.model):
            reason = f"{meant.label} could not do it this time."
            return {"from": meant.provider, "to": one.provider, "reason": reason}
    return None
