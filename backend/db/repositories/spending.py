"""What a workspace's jobs brought and cost, by day, engine and operation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from backend.db.models import Job, JobResult

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncSession
    from sqlalchemy.sql.compiler import SQLCompiler

    from backend.schemas.base import WorkspaceId


class day_of(GenericFunction[str]):  # noqa: N801 - it reads as the function that it is
    """A moment's day in UTC, as `2026-11-23`."""

    type = sa.Text()
    inherit_cache = True


@compiles(day_of, "sqlite")
def _cut(element: day_of, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - SQLAlchemy passes anything
    return f"substr({compiler.process(element.clauses, **how)}, 1, 10)"


@compiles(day_of, "postgresql")
def _told(element: day_of, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - as above
    return f"to_char({compiler.process(element.clauses, **how)} AT TIME ZONE 'UTC', 'YYYY-MM-DD')"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """The pictures of one kind that one engine made on one day, and what they cost in milli-credits."""

    day: str
    provider: str
    operation: str
    pictures: int
    milli: int


async def work_between(session: AsyncSession, workspace: WorkspaceId, begin: datetime, end: datetime) -> Sequence[Work]:
    """Return what jobs begun from `begin` until before `end` brought, in the order of days."""
    day = day_of(Job.created_at).label("day")
    named = (day, JobResult.provider, Job.operation)
    counted = (sa.func.count(JobResult.asset_id), sa.func.coalesce(sa.func.sum(JobResult.captured_milli), 0))
    query = (
        sa.select(*named, *counted)
        .join(JobResult, JobResult.job_id == Job.id)
        .where(Job.workspace_id == workspace, JobResult.workspace_id == workspace, JobResult.provider.is_not(None))
        .where(Job.created_at >= begin, Job.created_at < end)
        .group_by("day", JobResult.provider, Job.operation)
        .order_by("day", JobResult.provider, Job.operation)
    )
    return [
        Work(day=str(of), provider=str(provider), operation=str(kind), pictures=int(pictures), milli=int(milli))
        for of, provider, kind, pictures, milli in await session.execute(query)
    ]
