"""The transactions in a job's life. Each may be run twice and counts once.

A job belongs to the run that began it last: all that a run writes is written while it holds the job's row, and only if
nobody has begun the job since. So a process that was taken for dead, and wakes, changes nothing any more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from backend.db.models import Job, JobResult, ProviderCall
from backend.db.repositories.calls import Calls, CallState
from backend.db.repositories.jobs import OPEN, Jobs
from backend.db.repositories.machines import Machines
from backend.errors import MachineTrouble, StudioError
from backend.jobs.outcomes import Overtaken, failed_part, new_asset, outcome_of
from backend.jobs.work import at_work
from backend.schemas.base import JobId

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from backend.db.session import AsyncSession, Database
    from backend.jobs.hub import Hub
    from backend.jobs.outcomes import Delivery, Outcome
    from backend.jobs.patience import Patience
    from backend.jobs.work import Choice, JobAtWork
    from backend.providers.base import Pending, Produced
    from backend.schemas.base import WorkspaceId
    from backend.schemas.jobs import JobStatus
    from backend.utils.asset_tracker import AssetTracker, Stored
    from backend.utils.origin import Origin
    from backend.utils.purse import Purse

T = TypeVar("T")

MAX_RUNS = 12
"""How often a job may be begun: one that takes the server down each time must end some day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What a job is written down in, and how long that is tried while the machine is in trouble."""

    db: Database
    tracker: AssetTracker
    purse: Purse
    hub: Hub
    origin: Origin
    patience: Patience


class JobState:
    """Reads and writes where a job stands."""

    def __init__(self, books: Books) -> None:
        self.db = books.db
        self._tracker = books.tracker
        self._purse = books.purse
        self._hub = books.hub
        self.patience = books.patience
        self.clock = books.origin.clock
        self._new_id = books.origin.new_id

    async def _write(self, job: JobAtWork, write: Callable[[AsyncSession], Awaitable[T]]) -> T:
        """Write in one transaction while the job is still this run's, waiting out what passes by itself.

        Raises:
            Overtaken: somebody else has begun the job since.
            MachineTrouble: the database did not come back in time.
        """

        async def once() -> T:
            async with self.db.begin() as session:
                if not await Jobs(session).hold_run(job.workspace, job.id, job.run):
                    raise Overtaken(job.id)
                return await write(session)

        return await self.patience(once)

    # --- the beginning ----------------------------------------------------------------------------------

    async def begin(self, workspace: WorkspaceId, job: JobId, worker: str) -> JobAtWork | None:
        """Mark a job as running here and return it.

        None if it has ended, was cancelled, was begun too often, or is at work at another worker that lives.
        """

        async def once() -> tuple[JobAtWork | None, bool]:
            async with self.db.begin() as session:
                row = await Jobs(session).held(workspace, job)
                if row is None or row.status not in OPEN or await _is_elsewhere(session, row, worker):
                    return None, False
                if await self._end_early(session, workspace, row):
                    return None, True
                return await self._taken_up(session, workspace, row, worker), False

        work, over = await self.patience(once)
        if work or over:
            self._hub.ring(workspace, job, over=over)
        return work

    async def _taken_up(self, session: AsyncSession, workspace: WorkspaceId, row: Job, worker: str) -> JobAtWork:
        if row.attempts == 0:  # the time that it waited for its turn is not the job's
            row.deadline_at += self.clock() - row.created_at
        row.status, row.attempts, row.worker_id = "running", row.attempts + 1, worker
        row.started_at = row.started_at or self.clock()
        work = at_work(row, frozenset(), ())
        if row.attempts == 1:
            row.message = "At work"
        else:
            found = await Jobs(session).results(workspace, [work.id])
            calls = tuple(await Calls(session).of_job(workspace, work.id))
            work = replace(work, settled=frozenset(one.ordinal for one in found[work.id]), calls=calls)
        data = {"progress": row.progress, "message": row.message}
        await Jobs(session).tell(workspace, work.id, "job.progress", data, self.clock())
        return work

    async def _end_early(self, session: AsyncSession, workspace: WorkspaceId, row: Job) -> bool:
        job = JobId(row.id)
        if row.cancel_requested_at:
            await self._close(session, workspace, job, cancelled=True)
            return True
        if row.attempts >= MAX_RUNS:
            detail = f"The job was begun {row.attempts} times and never came to its end; it is given up."
            await self._settle_missing(session, workspace, row, MachineTrouble(detail=detail))
            await self._close(session, workspace, job, cancelled=False)
            return True
        return False

    async def _settle_missing(
        self, session: AsyncSession, workspace: WorkspaceId, row: Job, error: StudioError
    ) -> None:
        for ordinal in range(row.parts):
            failure = failed_part(workspace, JobId(row.id), ordinal, error, self.clock())
            await Jobs(session).settle(failure)

    # --- calls ------------------------------------------------------------------------------------------

    async def intend(self, job: JobAtWork, ordinal: int, attempt: int, choice: Choice) -> str:
        """Write down that an engine is about to be called, and return the call's id."""
        made = self._new_id()
        values = {
            "id": made,
            "workspace_id": job.workspace,
            "job_id": job.id,
            "ordinal": ordinal,
            "attempt": attempt,
            "provider": choice.provider,
            "model": choice.model,
            "state": "intent",
            "price_milli": choice.milli_credits,
            "started_at": self.clock(),
        }
        await self._write(job, lambda session: Calls(session).add(ProviderCall(**values)))
        return made

    async def keep_ticket(self, job: JobAtWork, call: str, pending: Pending) -> None:
        """Save the engine's ticket, so that a crash while waiting asks for it instead of paying again."""
        await self._move(job, call, "pending", ticket=pending.ticket, request_id=pending.request_id)

    async def fail_call(self, job: JobAtWork, call: str, error: StudioError | None, *, unknown: bool = False) -> None:
        """Write that a call came to nothing: failed for `error`, cut off without one."""
        state: CallState = "unknown" if unknown else "failed" if error else "abandoned"
        await self._move(job, call, state, problem=error.problem() if error else None, finished_at=self.clock())

    async def _move(self, job: JobAtWork, call: str, to: CallState, **values: object) -> None:
        await self._write(job, lambda session: Calls(session).move(job.workspace, call, to, **values))

    # --- parts ------------------------------------------------------------------------------------------

    async def keep(self, produced: Produced) -> Stored:
        """Keep what an engine made, before anything is recorded; what is never recorded is swept away later."""
        return await self.patience(lambda: self._tracker.store_made(produced.data, produced.files))

    async def deliver(self, job: JobAtWork, delivery: Delivery) -> None:
        """Record a finished part, charge it and tell the news in one transaction; with the last part the job ends."""
        over = await self._write(job, lambda session: self._delivered(session, job, delivery))
        self._hub.ring(job.workspace, job.id, over=over)

    async def _delivered(self, session: AsyncSession, job: JobAtWork, delivery: Delivery) -> bool:
        if await Jobs(session).is_settled(job.workspace, job.id, delivery.ordinal):
            return False  # the answer to an earlier try was lost
        charged = await self._purse.capture(
            session, job.workspace, job.id, delivery.ordinal, amount=delivery.choice.milli_credits
        )
        asset = await self._tracker.record(session, new_asset(job, delivery, charged), delivery.stored)
        result = JobResult(
            job_id=job.id,
            ordinal=delivery.ordinal,
            workspace_id=job.workspace,
            asset_id=asset,
            provider=delivery.choice.provider,
            model=delivery.choice.model,
            captured_milli=charged,
            created_at=self.clock(),
        )
        await Calls(session).move(job.workspace, delivery.call, "finished", finished_at=self.clock())
        return await self._settled(session, job, result)

    async def give_up(self, job: JobAtWork, ordinal: int, error: StudioError, choice: Choice | None) -> None:
        """Write that a part can't be made, and why; with the last part the job ends."""
        failure = failed_part(job.workspace, job.id, ordinal, error, self.clock())
        if choice:
            failure.provider, failure.model = choice.provider, choice.model
        over = await self._write(job, lambda session: self._settled(session, job, failure))
        self._hub.ring(job.workspace, job.id, over=over)

    async def _settled(self, session: AsyncSession, job: JobAtWork, result: JobResult) -> bool:
        """Write a part's outcome and return whether the job is over with it."""
        jobs = Jobs(session)
        if not await jobs.settle(result):
            return False
        results = (await jobs.results(job.workspace, [job.id]))[job.id]
        ready = sum(1 for one in results if one.asset_id)
        progress, message = len(results) / job.spec.parts, f"{ready} of {job.spec.parts} ready"
        facts = {
            "ordinal": result.ordinal,
            "asset_id": result.asset_id,
            "problem": result.problem,
            "progress": progress,
            "message": message,
        }
        await jobs.note(job.workspace, job.id, progress=progress, message=message, provider=result.provider)
        await jobs.tell(job.workspace, job.id, "job.result", facts, self.clock())
        if len(results) < job.spec.parts:
            return False
        await self._end(session, job.workspace, job.id, outcome_of(results, job.id, cancelled=False))
        return True

    async def progress(self, job: JobAtWork, fraction: float, message: str) -> None:
        """Write how far an open job is, as a fraction 0..1, and tell its watchers."""

        async def write(session: AsyncSession) -> None:
            await Jobs(session).note(job.workspace, job.id, progress=fraction, message=message)
            data = {"progress": fraction, "message": message}
            await Jobs(session).tell(job.workspace, job.id, "job.progress", data, self.clock())

        await self._write(job, write)
        self._hub.ring(job.workspace, job.id)

    # --- the end ----------------------------------------------------------------------------------------

    async def open_calls(self, job: JobAtWork) -> list[ProviderCall]:
        """Return the job's calls whose outcome is not known."""
        async with self.db.read() as session:
            calls = await Calls(session).of_job(job.workspace, job.id)
        return [call for call in calls if call.state in {"intent", "pending"}]

    async def close(self, job: JobAtWork, *, cancelled: bool) -> None:
        """End a job: what was held and not charged is released, the status written, the watchers told."""
        await self._write(job, lambda session: self._close(session, job.workspace, job.id, cancelled=cancelled))
        self._hub.ring(job.workspace, job.id, over=True)

    async def _close(self, session: AsyncSession, workspace: WorkspaceId, job: JobId, *, cancelled: bool) -> None:
        results = (await Jobs(session).results(workspace, [job]))[job]
        await self._end(session, workspace, job, outcome_of(results, job, cancelled=cancelled))

    async def _end(self, session: AsyncSession, workspace: WorkspaceId, job: JobId, outcome: Outcome) -> None:
        jobs = Jobs(session)
        await self._purse.release(session, workspace, job)
        moved = await jobs.move(
            workspace, job, outcome.status, problem=outcome.problem, progress=1.0, finished_at=self.clock()
        )
        if moved:
            data = {"status": outcome.status, "problem": outcome.problem, "asset_ids": list(outcome.assets)}
            await jobs.tell(workspace, job, f"job.{outcome.status}", data, self.clock())

    async def request_cancel(self, workspace: WorkspaceId, job: JobId) -> JobStatus | None:
        """Write that a job is no longer wanted; return the status it had, None if there is no such job.

        A job that has not begun ends here; one that runs is ended by its runner.
        """
        async with self.db.begin() as session:
            row = await Jobs(session).held(workspace, job)
            if row is None:
                return None
            had: JobStatus = row.status  # pyright: ignore[reportAssignmentType] - only these are ever written
            if had in OPEN:
                row.cancel_requested_at = self.clock()
                await session.flush()
            if had == "queued":
                await self._close(session, workspace, job, cancelled=True)
        self._hub.ring(workspace, job, over=had == "queued")
        return had


async def _is_elsewhere(session: AsyncSession, row: Job, worker: str) -> bool:
    """Say whether a job is at work at another worker that lives."""
    if row.worker_id in {None, worker}:
        return False
    return await Machines(session).lives(row.worker_id or "")
