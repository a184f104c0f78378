"""The job engine on DBOS: one workflow for each job, in the database that holds the job itself.

The workflow has no steps of its own: what must not happen twice is written in our tables before and after it happens,
so that the whole of it can be run again from the start. DBOS brings what is left: the queue that is part of our
transaction, and taking up after a crash what was at work.

Source: https://docs.dbos.dev/python/reference/queues (read 2026-11-22)
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from dbos import DBOS, DBOSClient, DBOSConfig
from dbos._error import DBOSException
from sqlalchemy.exc import SQLAlchemyError

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
PRUNED_AT_ONCE = 500

_work: list[Work] = []


@DBOS.workflow(name=WORKFLOW, max_recovery_attempts=None)
async def _run_job(workspace: WorkspaceId, job: JobId) -> None:
    await _work[-1](workspace, job)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How much is run at once, and how often the queue is looked at, in seconds."""

    running: int
    look_s: float
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
        self._looking: asyncio.Task[None] | None = None

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
        self._looking = asyncio.create_task(self._look())

    async def _make_queue(self) -> None:
        """Make the queue before the engine looks for queues: at its next look, a second later, it was too late."""
        if not self._shared:  # elsewhere `bring_up` has made the tables
            await asyncio.to_thread(DBOS.migrate, self._url)
        await self._opened().register_queue_async(
            QUEUE,
            worker_concurrency=self._pace_of.running,
            polling_interval_sec=self._pace_of.look_s,
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
        """Look at the queue now."""
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
        return self._looking is not None and not self._looking.done()

    async def _look(self) -> None:
        """Look at the queue whenever there is something new in it, besides the looks that DBOS takes by itself.

        Where several processes share the queue, it is left to their own looks who takes what.
        """
        while True:
            await self._stirred.wait()
            self._stirred.clear()
            if self._shared or self._dbos is None or self._is_stopping(self._dbos):
                continue
            try:
                await asyncio.to_thread(dbos_private.look, self._dbos, QUEUE)
            except (SQLAlchemyError, DBOSException) as error:  # the next look of DBOS takes it
                log.info("queue.not_looked_at", error=type(error).__name__)

    @staticmethod
    def _is_stopping(dbos: DBOS) -> bool:
        return any(event.is_set() for event in dbos.background_thread_stop_events)

    def stop_taking(self) -> None:
        """Begin no more jobs; those at work go on."""
        if self._dbos:
            for event in self._dbos.background_thread_stop_events:
                event.set()

    async def halt(self) -> None:
        """Stop running jobs; what runs is interrupted and goes on at the next launch, here or elsewhere."""
        if self._looking:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
            self._looking = None
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
