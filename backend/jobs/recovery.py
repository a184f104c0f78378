"""Finds what a crash left open and closes it: jobs that fell out of the engine, credits still held for ended jobs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa
import structlog

from backend.db.models import Job, Reservation
from backend.db.repositories.jobs import OPEN, open_jobs
from backend.schemas.base import JobId, WorkspaceId

if TYPE_CHECKING:
    from backend.db.session import Database
    from backend.jobs.engine import JobEngine
    from backend.jobs.runner import JobRunner
    from backend.utils.origin import Origin
    from backend.utils.purse import Purse

log = structlog.get_logger()

GRACE = timedelta(seconds=10)
"""A job younger than this may be between its admission and the engine."""
EVERY_S = 30.0
"""How often to look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """What was put right."""

    requeued: int
    released: int


class Reconciler:
    """Puts right, again and again, what should not be wrong."""

    def __init__(self, db: Database, engine: JobEngine, runner: JobRunner, purse: Purse, origin: Origin) -> None:
        self._db = db
        self._engine = engine
        self._runner = runner
        self._purse = purse
        self._origin = origin

    async def reconcile(self) -> Reconciled:
        """Hand over again the jobs that nobody works on, and release what is held for jobs that have ended."""
        found = Reconciled(requeued=await self._requeue(), released=await self._release())
        if found.requeued or found.released:
            log.warning("reconciler.mended", requeued=found.requeued, released=found.released)
        return found

    async def _requeue(self) -> int:
        known = await self._engine.unfinished() | self._runner.running
        async with self._db.read() as session:
            found = await open_jobs(session, self._origin.clock() - GRACE)
        lost = [(workspace, job) for workspace, job in found if job not in known]
        if lost:
            async with self._db.begin() as session:
                for workspace, job in lost:
                    await self._engine.enqueue(session, workspace, job, self._origin.new_id()[:8])
            self._engine.stir()
        return len(lost)

    async def _release(self) -> int:
        left = sa.select(Reservation.workspace_id, Reservation.job_id).join(Job, Job.id == Reservation.job_id)
        async with self._db.read() as session:
            found = (await session.execute(left.where(Reservation.state == "held", Job.status.not_in(OPEN)))).all()
        for workspace, job in found:
            async with self._db.begin() as session:
                await self._purse.release(session, WorkspaceId(workspace), JobId(job))
        return len(found)
