"""Jobs, what became of their parts, and what their watchers hear."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from backend.db.models import IdempotencyKey, Job, JobEvent, JobResult
from backend.db.upsert import bare, insert, prepared, values_of
from backend.schemas.base import JobId, WorkspaceId

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncSession

    from backend.db.base import JsonObject
    from backend.schemas.jobs import JobQuery, JobStatus

OPEN: tuple[JobStatus, ...] = ("queued", "running", "waiting")
RUN = "recipe"
"""The operation of a run of a recipe: a job that nobody works on, for its steps are jobs of their own."""
IS_WORK = Job.operation != RUN
"""Whether a job is one that somebody works on."""
News = tuple[str, "JsonObject"]
"""A kind of event, and what it says."""

_jobs, _results = bare(Job), bare(JobResult)
_this = (_jobs.c.id == sa.bindparam("job"), _jobs.c.workspace_id == sa.bindparam("workspace"))
ADD = sa.insert(_jobs)
HOLD_RUN = sa.select(_jobs.c.id).where(*_this, _jobs.c.attempts == sa.bindparam("run")).with_for_update()
CHANGE_OPEN = sa.update(_jobs).where(*_this, _jobs.c.status.in_(OPEN)).returning(_jobs.c.id)
SETTLE = prepared(JobResult, lambda row: row.on_conflict_do_nothing().returning(_results.c.ordinal))
TELL = sa.insert(bare(JobEvent))


class Jobs:
    """The jobs of one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, job: Job) -> None:
        """Insert a new job."""
        await self._session.execute(ADD, values_of(job))

    async def get(self, workspace: WorkspaceId, job: JobId) -> Job | None:
        """Return a job of the workspace."""
        found = await self._session.execute(sa.select(Job).where(Job.id == job, Job.workspace_id == workspace))
        return found.scalar()

    async def held(self, workspace: WorkspaceId, job: JobId) -> Job | None:
        """Return a job as it is now, locked until the transaction ends."""
        query = sa.select(Job).where(Job.id == job, Job.workspace_id == workspace)
        locked = query.with_for_update().execution_options(populate_existing=True)
        return (await self._session.execute(locked)).scalar()

    async def hold_run(self, workspace: WorkspaceId, job: JobId, run: int) -> bool:
        """Lock a job until the transaction ends; False if somebody has begun it since that run."""
        mine = {"job": job, "workspace": workspace, "run": run}
        return (await self._session.execute(HOLD_RUN, mine)).scalar() is not None

    async def status(self, workspace: WorkspaceId, job: JobId) -> str | None:
        """Return the status of a job of the workspace."""
        found = await self._session.execute(sa.select(Job.status).where(Job.id == job, Job.workspace_id == workspace))
        return found.scalar()

    async def listed(self, workspace: WorkspaceId, asked: JobQuery, *, before: Job | None) -> Sequence[Job]:
        """Return jobs, newest first; those after `before`, the last one of the page before.

        Steps of runs are only among those that are asked for by their run.
        """
        query = sa.select(Job).where(Job.workspace_id == workspace, Job.parent_id == asked.parent)
        if asked.status:
            query = query.where(Job.status == asked.status)
        if asked.operation:
            query = query.where(Job.operation == asked.operation)
        if before:
            query = query.where(sa.tuple_(Job.created_at, Job.id) < sa.tuple_(before.created_at, sa.literal(before.id)))
        query = query.order_by(Job.created_at.desc(), Job.id.desc()).limit(asked.limit)
        return (await self._session.execute(query)).scalars().all()

    async def open_count(self, workspace: WorkspaceId) -> int:
        """Return how many jobs of the workspace have not ended."""
        query = sa.select(sa.func.count()).where(Job.workspace_id == workspace, Job.status.in_(OPEN), IS_WORK)
        return int((await self._session.execute(query)).scalar_one())

    async def queued_count(self, workspace: WorkspaceId) -> int:
        """Return how many jobs of the workspace have not begun."""
        query = sa.select(sa.func.count()).where(Job.workspace_id == workspace, Job.status == "queued")
        return int((await self._session.execute(query)).scalar_one())

    async def change(self, workspace: WorkspaceId, job: JobId, **values: object) -> bool:
        """Write facts about an open job: status, progress, message, provider; False if it is not open."""
        done = await self._session.execute(CHANGE_OPEN, {"job": job, "workspace": workspace, **values})
        return done.scalar() is not None

    async def results(self, workspace: WorkspaceId, jobs: Sequence[str]) -> dict[str, list[JobResult]]:
        """Return what became of the parts of some jobs, by job, in order."""
        rows = await self._session.execute(
            sa.select(JobResult)
            .where(JobResult.workspace_id == workspace, JobResult.job_id.in_(jobs))
            .order_by(JobResult.job_id, JobResult.ordinal)
        )
        found: dict[str, list[JobResult]] = {job: [] for job in jobs}
        for row in rows.scalars():
            found[row.job_id].append(row)
        return found

    async def settle(self, *results: JobResult) -> bool:
        """Write what became of some parts; False if that of any was written before, and stands."""
        written = await self._session.scalars(SETTLE.on(self._session), [values_of(result) for result in results])
        return len(written.all()) == len(results)

    async def tell(self, workspace: WorkspaceId, job: JobId, news: Sequence[News], now: datetime) -> None:
        """Append events for the job's watchers, in order."""
        whose = {"workspace_id": workspace, "job_id": job, "created_at": now}
        await self._session.execute(TELL, [{**whose, "type": kind, "data": data} for kind, data in news])

    async def events(
        self, workspace: WorkspaceId, *, job: JobId | None, after: int, limit: int = 200
    ) -> Sequence[JobEvent]:
        """Return the events after an id, of one job or of the whole workspace, oldest first."""
        query = sa.select(JobEvent).where(JobEvent.workspace_id == workspace, JobEvent.id > after)
        if job:
            query = query.where(JobEvent.job_id == job)
        return (await self._session.execute(query.order_by(JobEvent.id).limit(limit))).scalars().all()

    async def last_event(self, workspace: WorkspaceId) -> int:
        """Return the id of the workspace's newest event, 0 if there is none."""
        query = sa.select(sa.func.coalesce(sa.func.max(JobEvent.id), 0)).where(JobEvent.workspace_id == workspace)
        return int((await self._session.execute(query)).scalar_one())

    async def claim_key(
        self, workspace: WorkspaceId, key: IdempotencyKey, *, kept_since: datetime
    ) -> IdempotencyKey | None:
        """Take an idempotency key for a request; the row of the earlier request if it is taken."""
        mine = (
            IdempotencyKey.workspace_id == workspace,
            IdempotencyKey.path == key.path,
            IdempotencyKey.key == key.key,
        )
        await self._session.execute(sa.delete(IdempotencyKey).where(*mine, IdempotencyKey.created_at < kept_since))
        row = insert(self._session, IdempotencyKey).values(
            workspace_id=workspace,
            path=key.path,
            key=key.key,
            body_hash=key.body_hash,
            job_id=key.job_id,
            created_at=key.created_at,
        )
        taken = await self._session.execute(row.on_conflict_do_nothing().returning(IdempotencyKey.job_id))
        if taken.scalar() is not None:
            return None
        return (await self._session.execute(sa.select(IdempotencyKey).where(*mine))).scalar_one()


async def open_jobs(session: AsyncSession, before: datetime) -> list[tuple[WorkspaceId, JobId]]:
    """Return the jobs of all workspaces that were admitted before a moment and have not ended, oldest first."""
    query = sa.select(Job.workspace_id, Job.id).where(Job.status.in_(OPEN), Job.created_at <= before, IS_WORK)
    found = await session.execute(query.order_by(Job.created_at, Job.id))
    return [(WorkspaceId(workspace), JobId(job)) for workspace, job in found]
