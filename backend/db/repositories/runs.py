"""The runs of recipes: how far each of their items is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import sqlalchemy as sa

from backend.db.models import Job, JobResult
from backend.db.recipes import RecipeItem
from backend.db.repositories.jobs import OPEN
from backend.db.upsert import bare, values_of
from backend.errors import JobCancelled
from backend.schemas.base import JobId, WorkspaceId

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncSession

ItemStatus = Literal["waiting", "running", "done", "failed", "cancelled"]
GOING: tuple[ItemStatus, ...] = ("waiting", "running")
"""What an item is as long as something is still to be done for it."""

_changed = sa.update(RecipeItem).execution_options(synchronize_session=False)


class Runs:
    """The runs of one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, items: Sequence[RecipeItem]) -> None:
        """Insert the items of a new run."""
        await self._session.execute(sa.insert(bare(RecipeItem)), [values_of(item) for item in items])

    async def open(self) -> list[tuple[WorkspaceId, JobId]]:
        """Return the runs of all workspaces that something is still to be done for, oldest first."""
        going = sa.select(RecipeItem.run_id).where(RecipeItem.status.in_(GOING)).distinct()
        query = sa.select(Job.workspace_id, Job.id).where(Job.id.in_(going)).order_by(Job.created_at, Job.id)
        return [(WorkspaceId(row[0]), JobId(row[1])) for row in await self._session.execute(query)]

    async def items(self, workspace: WorkspaceId, run: JobId) -> Sequence[RecipeItem]:
        """Return the items of a run, in order."""
        return (await self._session.scalars(_of(workspace, run).order_by(RecipeItem.ordinal))).all()

    async def ended(self, workspace: WorkspaceId, run: JobId) -> Sequence[RecipeItem]:
        """Return the items of a run whose step has ended and is not written down yet."""
        over = sa.select(Job.id).where(Job.id == RecipeItem.job_id, Job.status.not_in(OPEN)).exists()
        query = _of(workspace, run).where(RecipeItem.status == "running", over).order_by(RecipeItem.ordinal)
        return (await self._session.scalars(query.execution_options(populate_existing=True))).all()

    async def running(self, workspace: WorkspaceId, run: JobId) -> Sequence[RecipeItem]:
        """Return the items of a run that a job is at work for."""
        return (await self._session.scalars(_of(workspace, run).where(RecipeItem.status == "running"))).all()

    async def next(self, workspace: WorkspaceId, run: JobId, most: int) -> Sequence[RecipeItem]:
        """Return items whose next step is to be admitted: those that are furthest, then in order."""
        query = _of(workspace, run).where(RecipeItem.status == "waiting")
        ordered = query.order_by(RecipeItem.step.desc(), RecipeItem.ordinal).limit(most)
        return (await self._session.scalars(ordered)).all()

    async def take(self, workspace: WorkspaceId, item: RecipeItem, job: JobId, now: datetime) -> JobId | None:
        """Write, in the transaction that admits a job, that it is the step an item waits for; None if it is.

        Where another job is that step already, its id is returned.

        Raises:
            JobCancelled: nothing is to be done for the item any more.
        """
        mine = (
            RecipeItem.workspace_id == workspace,
            RecipeItem.run_id == item.run_id,
            RecipeItem.ordinal == item.ordinal,
        )
        waits = (*mine, RecipeItem.status == "waiting", RecipeItem.step == item.step)
        going = sa.select(Job.id).where(Job.id == item.run_id, Job.status.in_(OPEN)).exists()
        jobs = [*item.job_ids, job]
        taken = _changed.where(*waits, going).values(status="running", job_id=job, job_ids=jobs)
        done = await self._session.execute(taken.values(updated_at=now).returning(RecipeItem.ordinal))
        if done.scalar() is not None:
            return None
        theirs = sa.select(RecipeItem.job_id).where(*mine, RecipeItem.step == item.step)
        found = (await self._session.execute(theirs)).scalar()
        if found is None:
            raise JobCancelled(detail="The run has ended; nothing more is begun for it.", job_id=item.run_id)
        return JobId(found)

    async def write(self, item: RecipeItem, **values: object) -> None:
        """Write how far an item is."""
        mine = (RecipeItem.run_id == item.run_id, RecipeItem.ordinal == item.ordinal)
        await self._session.execute(_changed.where(*mine).values(**values))

    async def end(self, workspace: WorkspaceId, run: JobId, now: datetime) -> list[JobId]:
        """Write that nothing more is done for a run that was called off; return the jobs at work for its items."""
        rest = (
            RecipeItem.workspace_id == workspace,
            RecipeItem.run_id == run,
            RecipeItem.status.in_(GOING),
        )
        ended = _changed.where(*rest).values(status="cancelled", updated_at=now).returning(RecipeItem.job_id)
        return [JobId(job) for job in (await self._session.execute(ended)).scalars() if job]

    async def counts(self, workspace: WorkspaceId, runs: Sequence[str]) -> dict[str, dict[str, int]]:
        """Return how many items of each run are in each state."""
        query = (
            sa.select(RecipeItem.run_id, RecipeItem.status, sa.func.count())
            .where(RecipeItem.workspace_id == workspace, RecipeItem.run_id.in_(runs))
            .group_by(RecipeItem.run_id, RecipeItem.status)
        )
        found: dict[str, dict[str, int]] = {run: {} for run in runs}
        for run, status, count in await self._session.execute(query):
            found[run][status] = int(count)
        return found

    async def steps_done(self, workspace: WorkspaceId, run: JobId) -> int:
        """Return how many steps the items of a run that are still going have behind them."""
        query = sa.select(sa.func.coalesce(sa.func.sum(RecipeItem.step), 0))
        going = (RecipeItem.workspace_id == workspace, RecipeItem.run_id == run, RecipeItem.status.in_(GOING))
        return int((await self._session.execute(query.where(*going))).scalar_one())

    async def charged(self, workspace: WorkspaceId, runs: Sequence[str]) -> dict[str, int]:
        """Return what the steps of each run have cost so far, in milli-credits."""
        query = (
            sa.select(Job.parent_id, sa.func.coalesce(sa.func.sum(JobResult.captured_milli), 0))
            .join(JobResult, JobResult.job_id == Job.id)
            .where(Job.workspace_id == workspace, Job.parent_id.in_(runs))
            .group_by(Job.parent_id)
        )
        return {str(row[0]): int(row[1]) for row in await self._session.execute(query)}


def _of(workspace: WorkspaceId, run: JobId) -> sa.Select[RecipeItem]:
    return sa.select(RecipeItem).where(RecipeItem.workspace_id == workspace, RecipeItem.run_id == run)
