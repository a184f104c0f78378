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
from typing import TYPE_CHECKING

import structlog
from dbos import DBOS, DBOSClient, DBOSConfig

from backend.db.session import sync_engine
from backend.schemas.base import JobId

if TYPE_CHECKING:
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
QUIET_S = 20.0
"""After so long without new work the queue is looked at less often."""

_work: list[Work] = []


@DBOS.workflow(name=WORKFLOW, max_recovery_attempts=None)
async def _run_job(workspace: WorkspaceId, job: JobId) -> None:
    await _work[-1](workspace, job)


class DbosEngine:
    """Durable jobs on DBOS, in this process."""

    def __init__(self, database_url: str, *, running: int, poll_busy_s: float, poll_idle_s: float) -> None:
        self._engine = sync_engine(database_url)
        self._running = running
        self._busy_s = poll_busy_s
        self._idle_s = poll_idle_s
        self._client: DBOSClient | None = None
        self._stirred = asyncio.Event()
        self._pace: asyncio.Task[None] | None = None

    async def launch(self, work: Work) -> None:
        """Begin to run jobs. Must be called on the event loop that the jobs are to run on."""
        _work.append(work)
        url = self._engine.url.render_as_string(hide_password=False)
        DBOS(
            config=DBOSConfig(
                name=APPLICATION,
                system_database_url=url,
                system_database_engine=self._engine,
                application_version=WORKFLOW_VERSION,
                executor_id="local",
                log_level="ERROR",
                scheduler_polling_interval_sec=300,
                notification_listener_polling_interval_sec=1,
            )
        )
        DBOS.launch()
        await DBOS.register_queue_async(QUEUE, worker_concurrency=self._running, polling_interval_sec=self._idle_s)
        self._client = DBOSClient(system_database_url=url, system_database_engine=self._engine)
        self._pace = asyncio.create_task(self._keep_pace())

    async def enqueue(self, session: AsyncSession, workspace: WorkspaceId, job: JobId, run: str = "0") -> None:
        """Hand a job over in the caller's transaction; another `run` hands over again one that fell out."""
        if self._client is None:
            msg = "the engine was not launched"
            raise RuntimeError(msg)
        client = self._client
        options = {
            "queue_name": QUEUE,
            "workflow_name": WORKFLOW,
            "workflow_id": f"{job}-{run}",
            "app_version": WORKFLOW_VERSION,
        }
        await session.run_sync(
            lambda sync: client.enqueue_in_transaction(sync, options, workspace, job)  # pyright: ignore[reportArgumentType, reportUnknownLambdaType] - a TypedDict, built above
        )

    def stir(self) -> None:
        """Look at the queue often for a while."""
        self._stirred.set()

    async def unfinished(self) -> frozenset[JobId]:
        """Return the jobs that are still queued or at work."""
        found = await DBOS.list_workflows_async(status=list(UNFINISHED), name=WORKFLOW, load_input=False)
        return frozenset(JobId(status.workflow_id.rsplit("-", 1)[0]) for status in found)

    async def alive(self) -> bool:
        """Say whether the queue is being looked at."""
        return self._pace is not None and not self._pace.done()

    async def _keep_pace(self) -> None:
        """Poll fast while there is work, slowly when there was none for a while: each poll costs about 3 ms of CPU."""
        queue = await DBOS.retrieve_queue_async(QUEUE)
        if queue is None:
            msg = f"queue {QUEUE} is gone"
            raise RuntimeError(msg)
        while True:
            await self._stirred.wait()
            await queue.set_polling_interval_sec_async(self._busy_s)
            while self._stirred.is_set():
                self._stirred.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._stirred.wait(), QUIET_S)
            await queue.set_polling_interval_sec_async(self._idle_s)

    async def aclose(self) -> None:
        """Stop taking jobs and interrupt what runs; it goes on at the next launch."""
        if self._pace:
            self._pace.cancel()
            await asyncio.gather(self._pace, return_exceptions=True)
        if self._client:
            self._client.destroy()
        await asyncio.to_thread(_destroy, self._engine)
        # DBOS made its own threads the loop's and has just ended them; whatever closes after it still needs some.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())
        _work.clear()


def _destroy(engine: sa.Engine) -> None:
    DBOS.destroy()
    engine.dispose()
