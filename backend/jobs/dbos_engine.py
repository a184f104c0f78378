"""The job engine on DBOS: one workflow for each job, in the database that holds the job itself.

The workflow has no steps of its own: what must not happen twice is written in our tables before and after it happens,
so that the whole of it can be run again from the start. DBOS brings what is left: the queue that is part of our
transaction, and taking up after a crash what was at work.

Source: https://docs.dbos.dev/python/reference/queues (read 2026-11-22)
"""

from __future__ import annotations

import asyncio
import contextlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from dbos import DBOS, DBOSClient, DBOSConfig

from backend.db.session import POOLING, Pooling, sync_engine
from backend.db.trouble import translated
from backend.jobs import dbos_private
from backend.schemas.base import JobId

if TYPE_CHECKING:
    from datetime import datetime

    import sqlalchemy as sa

    from backend.db.session import AsyncSession
    from backend.jobs.engine import Work
    from backend.schemas.base import WorkspaceId

log = structlog.get_logger()

QUEUE = "jobs"
WORKFLOW = "run_job"
APPLICATION = "image-studio"
WORKFLOW_VERSION = "1"
"""Raised only when a running job of the old code can't be finished by the new one."""
UNFINISHED = ("ENQUEUED", "PENDING", "DELAYED")
FINISHED = ("SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED")
QUIET_S = 20.0
"""After so long without new work the queue is looked at less often."""
PRUNED_AT_ONCE = 500

_work: list[Work] = []


@DBOS.workflow(name=WORKFLOW, max_recovery_attempts=None)
async def _run_job(workspace: WorkspaceId, job: JobId) -> None:
    await _work[-1](workspace, job)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How much is run at once, and how often the queue is looked at, in seconds."""

    running: int
    busy_s: float
    idle_s: float
    version: str = WORKFLOW_VERSION


WAKING_S = 0.1
"""How often the engine's idle threads look whether they are to end."""


class DbosEngine:
    """Durable jobs on DBOS, in this process or in others on the same database."""

    def __init__(self, database_url: str, pace: Pace, pooling: Pooling = POOLING) -> None:
        self._engine = sync_engine(database_url, pooling)
        self._shared = self._engine.dialect.name != "sqlite"
        self._pace_of = pace
        self._dbos: DBOS | None = None
        self._client: DBOSClient | None = None
        self._stirred = asyncio.Event()
        self._pace: asyncio.Task[None] | None = None

    @property
    def version(self) -> str:
        """Return which jobs this code runs: those that were admitted under the same version."""
        return self._pace_of.version

    @property
    def _url(self) -> str:
        return self._engine.url.render_as_string(hide_password=False)

    async def open(self) -> None:
        """Be ready to take jobs in; none is run yet."""
        self._client = await asyncio.to_thread(
            DBOSClient, system_database_url=self._url, system_database_engine=self._engine, lazy=True
        )

    async def launch(self, work: Work, worker: str) -> None:
        """Begin to run jobs. Must be called on the event loop that the jobs are to run on.

        Raises:
            DatabaseUnavailable: the database can't be reached.
        """
        _work.append(work)
        with translated():
            await self._launched(worker)
        self._pace = asyncio.create_task(self._keep_pace())

    async def _make_queue(self) -> None:
        """Make the queue before the engine looks for queues: at its next look, a second later, it was too late."""
        if not self._shared:  # elsewhere `bring_up` has made the tables
            await asyncio.to_thread(DBOS.migrate, self._url)
        await self._opened().register_queue_async(
            QUEUE,
            worker_concurrency=self._pace_of.running,
            polling_interval_sec=self._pace_of.idle_s,
            application_name=APPLICATION,
        )

    async def _launched(self, worker: str) -> None:
        await self._make_queue()
        self._dbos = DBOS(
            config=DBOSConfig(
                name=APPLICATION,
                system_database_url=self._url,
                system_database_engine=self._engine,
                application_version=self.version,
                executor_id=worker,
                log_level="ERROR",
                scheduler_polling_interval_sec=300,
                # No workflow of ours has anything to say, so these two only wake up; stopping waits for that.
                notification_listener_polling_interval_sec=WAKING_S,
                notification_coalesce_sec=WAKING_S,
            )
        )
        DBOS.launch()

    async def enqueue(self, session: AsyncSession, workspace: WorkspaceId, job: JobId, run: str = "0") -> None:
        """Hand a job over in the caller's transaction; another `run` hands over again one that fell out."""
        client = self._opened()
        options = {
            "queue_name": QUEUE,
            "workflow_name": WORKFLOW,
            "workflow_id": f"{job}-{run}",
            "app_version": self.version,
        }
        await session.run_sync(
            lambda sync: client.enqueue_in_transaction(sync, options, workspace, job)  # pyright: ignore[reportArgumentType, reportUnknownLambdaType] - a TypedDict, built above
        )

    def _opened(self) -> DBOSClient:
        if self._client is None:
            msg = "the engine was not opened"
            raise RuntimeError(msg)
        return self._client

    def stir(self) -> None:
        """Look at the queue often for a while."""
        self._stirred.set()

    async def unfinished(self) -> frozenset[JobId]:
        """Return the jobs that are still queued or at work."""
        found = await DBOS.list_workflows_async(status=list(UNFINISHED), name=WORKFLOW, load_input=False)
        return frozenset(JobId(status.workflow_id.rsplit("-", 1)[0]) for status in found)

    async def workers(self) -> frozenset[str]:
        """Return in whose names something is at work."""
        found = await DBOS.list_workflows_async(status=["PENDING"], name=WORKFLOW, load_input=False)
        return frozenset(one.executor_id for one in found if one.executor_id)

    async def take_over(self, worker: str) -> int:
        """Queue again what a dead worker had begun, and return how much of it is still in its name."""
        await asyncio.to_thread(dbos_private.recover, worker)
        left = await DBOS.list_workflows_async(status=["PENDING"], executor_id=worker, load_input=False)
        return len(left)

    async def prune(self, before: datetime) -> int:
        """Forget the workflows that were finished before a moment; return how many."""
        count = 0
        while True:
            found = await DBOS.list_workflows_async(
                status=list(FINISHED),
                completed_before=before.isoformat(),
                limit=PRUNED_AT_ONCE,
                load_input=False,
                load_output=False,
            )
            await DBOS.delete_workflows_async([one.workflow_id for one in found])
            count += len(found)
            if len(found) < PRUNED_AT_ONCE:
                return count

    async def alive(self) -> bool:
        """Say whether the queue is being looked at."""
        return self._pace is not None and not self._pace.done()

    async def _keep_pace(self) -> None:
        """Poll fast while there is work, slowly when there was none for a while: each poll costs about 3 ms of CPU.

        The pace belongs to the queue, so where several processes share it, it stays as it is.
        """
        if self._shared:
            await asyncio.Event().wait()
        queue = await DBOS.retrieve_queue_async(QUEUE)
        if queue is None:
            msg = f"queue {QUEUE} is gone"
            raise RuntimeError(msg)
        while True:
            await self._stirred.wait()
            await queue.set_polling_interval_sec_async(self._pace_of.busy_s)
            while self._stirred.is_set():
                self._stirred.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._stirred.wait(), QUIET_S)
            await queue.set_polling_interval_sec_async(self._pace_of.idle_s)

    def stop_taking(self) -> None:
        """Begin no more jobs; those at work go on."""
        if self._dbos:
            for event in self._dbos.background_thread_stop_events:
                event.set()

    async def halt(self) -> None:
        """Stop running jobs; what runs is interrupted and goes on at the next launch, here or elsewhere."""
        if self._pace:
            self._pace.cancel()
            await asyncio.gather(self._pace, return_exceptions=True)
            self._pace = None
        if self._dbos:
            self._dbos = None
            await asyncio.to_thread(DBOS.destroy)
            # DBOS made its own threads the loop's and has just ended them; whatever comes after it still needs some.
            asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())
            _work.clear()

    async def aclose(self) -> None:
        """Stop running jobs and taking them in."""
        await self.halt()
        if self._client:
            self._client.destroy()
            self._client = None
        await asyncio.to_thread(_dispose, self._engine)


def _dispose(engine: sa.Engine) -> None:
    engine.dispose()
