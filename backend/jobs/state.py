"""The transactions in a job's life. Each may be run twice and counts once.

A job belongs to the run that began it last: all that a run writes is written while it holds the job's row, and only if
nobody has begun the job since. So a process that was taken for dead, and wakes, changes nothing any more.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from backend.db.models import Job, ProviderCall
from backend.db.repositories.calls import Calls, CallState
from backend.db.repositories.jobs import OPEN, RUN, Jobs
from backend.db.repositories.machines import Machines
from backend.errors import MachineTrouble, OutcomeUnknown, StudioError
from backend.jobs.outcomes import Overtaken, SettledBefore, failed_part
from backend.jobs.settling import Settling
from backend.jobs.work import at_work
from backend.schemas.base import JobId

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from backend.db.session import AsyncSession, Database
    from backend.jobs.hub import Hub
    from backend.jobs.outcomes import Batch, Delivery
    from backend.jobs.patience import Patience
    from backend.jobs.work import Choice, JobAtWork, Making, Say
    from backend.providers.base import Pending
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
    say: Say


class JobState:
    """Reads and writes where a job stands."""

    def __init__(self, books: Books) -> None:
        self.db = books.db
        self._tracker = books.tracker
        self._settling = Settling(books.tracker, books.purse, books.origin.clock)
        self._hub = books.hub
        self.patience = books.patience
        self.clock = books.origin.clock
        self._new_id = books.origin.new_id
        self._say = books.say

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
        session.expunge(row)  # it is written below, in one statement
        if row.attempts == 0:  # the time that it waited for its turn is not the job's
            row.deadline_at += self.clock() - row.created_at
            row.message = "At work"
        row.attempts += 1
        work = at_work(row, frozenset(), ())
        if row.attempts > 1:
            found = await Jobs(session).results(workspace, [work.id])
            calls = tuple(await Calls(session).of_job(workspace, work.id))
            work = replace(work, settled=frozenset(one.ordinal for one in found[work.id]), calls=calls)
        await Jobs(session).change(
            workspace,
            work.id,
            status="running",
            attempts=row.attempts,
            worker_id=worker,
            started_at=row.started_at or self.clock(),
            deadline_at=row.deadline_at,
            message=row.message,
        )
        news = ("job.progress", {"progress": row.progress, "message": row.message})
        await Jobs(session).tell(workspace, work.id, [news], self.clock())
        return work

    async def _end_early(self, session: AsyncSession, workspace: WorkspaceId, row: Job) -> bool:
        job = JobId(row.id)
        if row.cancel_requested_at:
            await self._settling.closed(session, workspace, job, cancelled=True)
            return True
        if row.attempts >= MAX_RUNS:
            detail = f"The job was begun {row.attempts} times and never came to its end; it is given up."
            await self._settle_missing(session, workspace, row, MachineTrouble(detail=detail))
            await self._settling.closed(session, workspace, job, cancelled=False)
            return True
        return False

    async def _settle_missing(
        self, session: AsyncSession, workspace: WorkspaceId, row: Job, error: StudioError
    ) -> None:
        for ordinal in range(row.parts):
            failure = failed_part(workspace, JobId(row.id), ordinal, error, self.clock())
            await Jobs(session).settle(failure)

    # --- calls ------------------------------------------------------------------------------------------

    async def intend(self, job: JobAtWork, ordinal: int, attempt: int, choice: Choice) -> ProviderCall:
        """Write down that an engine is about to be called, and return the call."""
        values = {
            "id": self._new_id(),
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
        return ProviderCall(**values)

    async def keep_ticket(self, job: JobAtWork, call: str, pending: Pending) -> None:
        """Save the engine's ticket, so that a crash while waiting asks for it instead of paying again."""
        await self._move(job, call, "pending", ticket=pending.ticket, request_id=pending.request_id)

    async def fail_call(self, job: JobAtWork, call: str, error: StudioError | None) -> None:
        """Write that a call came to nothing: failed for `error`, cut off without one."""
        unknown = isinstance(error, OutcomeUnknown)
        state: CallState = "unknown" if unknown else "failed" if error else "abandoned"
        await self._move(job, call, state, problem=error.problem() if error else None, finished_at=self.clock())

    async def _move(self, job: JobAtWork, call: str, to: CallState, **values: object) -> None:
        await self._write(job, lambda session: Calls(session).move(job.workspace, call, to, **values))

    # --- parts ------------------------------------------------------------------------------------------

    async def keep(self, making: Making) -> Stored:
        """Keep what an engine made, marked as such, before anything is recorded; what never is, is swept away later."""
        said, produced = self._say(making), making.produced
        seen = produced.seen
        if seen is not None and produced.is_input:
            return await self.patience(lambda: self._tracker.store_again(seen, said))
        if seen is not None:
            return await self.patience(lambda: self._tracker.store_seen(seen, said, produced.files))
        return await self.patience(lambda: self._tracker.store_made(produced.data, said, produced.files))

    async def deliver(self, job: JobAtWork, delivery: Delivery) -> None:
        """Record a finished part, charge it and tell the news in one transaction; with the last part the job ends."""
        over = False
        with contextlib.suppress(SettledBefore):
            over = await self._write(job, lambda session: self._settling.delivered(session, job, delivery))
        self._hub.ring(job.workspace, job.id, over=over)

    async def deliver_all(self, job: JobAtWork, batch: Batch) -> None:
        """Record parts of one call in one transaction; with the last part the job ends."""
        over = False
        with contextlib.suppress(SettledBefore):
            over = await self._write(job, lambda session: self._settling.delivered_all(session, job, batch))
        self._hub.ring(job.workspace, job.id, over=over)

    async def give_up(self, job: JobAtWork, ordinal: int, error: StudioError, choice: Choice | None) -> None:
        """Write that a part can't be made, and why; with the last part the job ends."""
        failure = failed_part(job.workspace, job.id, ordinal, error, self.clock())
        if choice:
            failure.provider, failure.model = choice.provider, choice.model
        over = await self._write(job, lambda session: self._settling.failed(session, job, failure))
        self._hub.ring(job.workspace, job.id, over=over)

    async def progress(self, job: JobAtWork, fraction: float, message: str) -> None:
        """Write how far an open job is, as a fraction 0..1, and tell its watchers."""

        async def write(session: AsyncSession) -> None:
            await Jobs(session).change(job.workspace, job.id, progress=fraction, message=message)
            news = ("job.progress", {"progress": fraction, "message": message})
            await Jobs(session).tell(job.workspace, job.id, [news], self.clock())

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
        await self._write(
            job, lambda session: self._settling.closed(session, job.workspace, job.id, cancelled=cancelled)
        )
        self._hub.ring(job.workspace, job.id, over=True)

    async def request_cancel(self, workspace: WorkspaceId, job: JobId) -> JobStatus | None:
        """Write that a job is no longer wanted; return the status it had, None if there is no such job.

        A job that has not begun ends here, and so does a run of a recipe, whose steps are called off after it; one
        that runs is ended by its runner.
        """
        async with self.db.begin() as session:
            row = await Jobs(session).held(workspace, job)
            if row is None:
                return None
            had: JobStatus = row.status  # pyright: ignore[reportAssignmentType] - only these are ever written
            if had in OPEN:
                await Jobs(session).change(workspace, job, cancel_requested_at=self.clock())
            ends = had == "queued" or (had in OPEN and row.operation == RUN)
            if ends:
                await self._settling.closed(session, workspace, job, cancelled=True)
        self._hub.ring(workspace, job, over=ends)
        return had


async def _is_elsewhere(session: AsyncSession, row: Job, worker: str) -> bool:
    """Say whether a job is at work at another worker that lives."""
    if row.worker_id in {None, worker}:
        return False
    return await Machines(session).lives(row.worker_id or "")
