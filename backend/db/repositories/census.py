"""What the one who runs the machine counts, over all workspaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from backend.db.models import Job
from backend.db.people import Workspace
from backend.db.repositories.jobs import IS_WORK, OPEN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncSession


async def jobs_by_status(session: AsyncSession) -> dict[str, int]:
    """Return how many jobs there are in each state that any is in."""
    rows = await session.execute(sa.select(Job.status, sa.func.count()).group_by(Job.status))
    return {row[0]: row[1] for row in rows}


async def oldest_open_job(session: AsyncSession) -> datetime | None:
    """Return when the oldest job was admitted that has not ended."""
    query = sa.select(Job.created_at).where(Job.status.in_(OPEN), IS_WORK).order_by(Job.created_at).limit(1)
    return (await session.execute(query)).scalar()


async def workspaces(session: AsyncSession) -> Sequence[Workspace]:
    """Return every workspace, oldest first."""
    rows = await session.execute(sa.select(Workspace).order_by(Workspace.created_at, Workspace.id))
    return rows.scalars().all()
