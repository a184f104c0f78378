"""Runs one job from its beginning, or from wherever a crash left it, to its end."""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

import structlog
from structlog.contextvars import bound_contextvars

from backend.db.repositories.assets import Assets
from backend.db.repositories.jobs import OPEN
from backend.errors import JobFinished, NotFound, ProviderTimeout, StudioError
from backend.imaging.types import Size
from backend.jobs.outcomes import Overtaken
from backend.jobs.work import Inputs
from backend.storage import ContentKey
from backend.tracing import continued
from backend.utils.marks import origin_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator, Mapping

    from backend.imaging.provenance.types import Ingredient
    from backend.jobs.calling import Engines
    from backend.jobs.membership import Membership
    from backend.jobs.parts import PartMaker
    from backend.jobs.series import SeriesMaker
    from backend.jobs.state import JobState
    from backend.jobs.work import JobAtWork, Task
    from backend.schemas.base import JobId, WorkspaceId
    from backend.storage import ContentStore
    from backend.tracing import Fact

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Makers:
    """What makes the parts of jobs, one by one or all in one call, and the engines it calls."""

    engines: Engines
    parts: PartMaker
    series: SeriesMaker


class JobRunner:
    """Runs jobs, and interrupts those that are cancelled."""

    def __init__(
        self, state: JobState, makers: Makers, *, tasks: Mapping[str, Task], store: ContentStore, here: Membership
    ) -> None:
        self._state = state
        self._maker = makers.parts
        self._makers = makers
        self._tasks = tasks
        self._store = store
        self._here = here
        self._running: dict[JobId, asyncio.Task[None]] = {}
        self._cancelled: set[JobId] = set()
        self._callers: set[asyncio.Task[object]] = set()
        self._finishing: set[asyncio.Task[object]] = set()

    @property
    def running(self) -> frozenset[JobId]:
        """Return the jobs at work in this process."""
        return frozenset(self._running)

    async def run(self, workspace: WorkspaceId, job_id: JobId) -> None:
        """Run a job to its end. Safe to call again after a crash; does nothing for a job that has ended."""
        if job_id in self._running:
            return
        with bound_contextvars(job_id=job_id, workspace_id=workspace), self._interruptible():
            await self._here.permit()
            job = await self._state.begin(workspace, job_id, self._here.worker)
            if job is None or job_id in self._running:
                return
            with continued(job.traceparent, f"run {job.spec.operation}", self._facts(job)):
                self._running[job_id] = asyncio.create_task(self._work(job))
                try:
                    await self._to_the_end(job)
                finally:
                    del self._running[job_id]
                    self._cancelled.discard(job_id)

    def _facts(self, job: JobAtWork) -> dict[str, Fact]:
        """Return what is told of a run."""
        facts: dict[str, Fact] = {
            "studio.job_id": job.id,
            "studio.operation": job.spec.operation,
            "studio.parts": job.spec.parts,
            "studio.run": job.run,
        }
        if job.run == 1:
            facts["studio.queued_s"] = max((self._state.clock() - job.admitted).total_seconds(), 0)
        return facts

    @contextmanager
    def _interruptible(self) -> Generator[None]:
        caller = asyncio.current_task()
        if caller is None:
            raise RuntimeError("jobs run in tasks")
        self._callers.add(caller)
        # The engine still writes down that the job is over; until then nobody may close what it writes to.
        self._finishing.add(caller)
        caller.add_done_callback(self._finishing.discard)
        try:
            yield
        finally:
            self._callers.discard(caller)

    async def interrupt(self) -> None:
        """Stop all work because the server stops; it is taken up again at the next start."""
        for caller in tuple(self._callers):
            caller.cancel()
        await asyncio.gather(*self._finishing, return_exceptions=True)

    async def drained(self, seconds: float) -> bool:
        """Return whether all that was at work has ended, waiting for that at most so long."""
        until = time.monotonic() + seconds
        while self._running and time.monotonic() < until:
            await asyncio.wait(tuple(self._running.values()), timeout=until - time.monotonic())
            await asyncio.sleep(0)
        return not self._running

    async def _to_the_end(self, job: JobAtWork) -> None:
        try:
            await self._in_time(job)
        except* Overtaken:
            log.warning("job.overtaken", operation=job.spec.operation)
        else:
            log.info("job.closed", operation=job.spec.operation, cancelled=job.id in self._cancelled)

    async def _in_time(self, job: JobAtWork) -> None:
        work = self._running[job.id]
        left = (job.deadline - self._state.clock()).total_seconds()
        try:
            async with asyncio.timeout(max(left, 0.01)):
                await work
        except TimeoutError:
            await self._maker.call_off(job)
            await self._out_of_time(job)
        except asyncio.CancelledError:
            if job.id not in self._cancelled:  # the server is stopping: the job goes on at the next start
                work.cancel()
                await asyncio.gather(work, return_exceptions=True)
                raise
            await self._maker.call_off(job)
            await self._state.close(job, cancelled=True)

    async def _work(self, job: JobAtWork) -> None:
        task = self._tasks[job.spec.operation]
        if not job.missing:
            await self._state.close(job, cancelled=False)
        try:
            inputs = await self._state.patience(lambda: self._inputs(job))
        except StudioError as error:
            for ordinal in job.missing:
                await self._state.give_up(job, ordinal, error, None)
            return
        if self._makers.engines.makes_series(job):
            await self._guarded(job, job.missing, partial(self._makers.series.make, job, inputs, task))
            return
        async with asyncio.TaskGroup() as group:
            for ordinal in job.missing:
                making = partial(self._maker.make, job, ordinal, inputs, task)
                group.create_task(self._guarded(job, (ordinal,), making))

    async def _guarded(self, job: JobAtWork, ordinals: tuple[int, ...], make: Callable[[], Awaitable[None]]) -> None:
        """Have parts made; what breaks there ends them and nothing else."""
        try:
            await make()
        except Exception as error:  # the runner's own: one part that breaks must not take the job with it
            if not _is_unforeseen(error):
                raise  # it could not even be written down; the job is taken up again later
            log.exception("part.broke", ordinals=ordinals)
            unexpected = StudioError(detail="Something unexpected went wrong; the log has the details.")
            for ordinal in ordinals:
                await self._state.give_up(job, ordinal, unexpected, None)

    async def _inputs(self, job: JobAtWork) -> Inputs:
        """Return what the job reads.

        Raises:
            NotFound: one of them is no longer in the library.
        """
        images: dict[str, bytes] = {}
        sizes: dict[str, Size] = {}
        origins: dict[str, Ingredient] = {}
        for field, asset in job.spec.inputs().items():
            async with self._state.db.read() as session:
                row = await Assets(session).get(job.workspace, asset)
            images[field] = await self._store.get(ContentKey(row.content_key))
            if row.width and row.height:
                sizes[field] = Size(row.width, row.height)
            origins[field] = origin_of(row, field)
        return Inputs(images=images, sizes=sizes, origins=origins)

    async def _out_of_time(self, job: JobAtWork) -> None:
        for ordinal in job.missing:
            error = ProviderTimeout(detail="The job's time was up before this picture was ready.")
            await self._state.give_up(job, ordinal, error, None)

    async def cancel(self, workspace: WorkspaceId, job: JobId) -> None:
        """End a job: what is ready stays, what is being made is interrupted, the rest is not charged.

        Raises:
            NotFound: no such job in the workspace.
            JobFinished: it has ended already.
        """
        had = await self._state.request_cancel(workspace, job)
        if had is None:
            raise NotFound(detail="There is no such job.")
        if had not in OPEN:
            raise JobFinished(detail=f"The job has already ended: it is {had}.", job_id=job)
        self.stop(job)

    def stop(self, job: JobId) -> None:
        """End a job that is at work here and was called off; nothing happens if it is not."""
        if job in self._running:
            self._cancelled.add(job)
            self._running[job].cancel()


def _is_unforeseen(error: Exception) -> bool:
    """Say whether an error is neither the studio's own nor, where several came at once, made of such alone."""
    if isinstance(error, ExceptionGroup):
        return any(map(_is_unforeseen, cast("ExceptionGroup[Exception]", error).exceptions))
    return not isinstance(error, StudioError | Overtaken)
