"""Calls to engines: intent before, ticket while waiting, outcome after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import sqlalchemy as sa

from backend.db.models import ProviderCall
from backend.db.upsert import bare, prepared, values_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

    from backend.schemas.base import JobId, WorkspaceId

CallState = Literal["intent", "pending", "finished", "failed", "unknown", "abandoned"]
"""`intent`: about to be made, or made and not heard of. `pending`: the engine gave a ticket. `abandoned`: was cut off,
free of charge, and is made again. `unknown`: was cut off and may have been billed, so it is never repeated."""

_calls = bare(ProviderCall)
INTEND = prepared(ProviderCall, lambda row: row.on_conflict_do_nothing(index_elements=["id"]))
MOVE = sa.update(_calls).where(_calls.c.id == sa.bindparam("call"), _calls.c.workspace_id == sa.bindparam("workspace"))


class Calls:
    """The provider calls of one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, call: ProviderCall) -> None:
        """Write the intent to call an engine, once; a second call of the same attempt is an error."""
        await self._session.execute(INTEND.on(self._session), values_of(call))

    async def of_job(self, workspace: WorkspaceId, job: JobId) -> Sequence[ProviderCall]:
        """Return a job's calls in the order they were meant."""
        query = (
            sa.select(ProviderCall)
            .where(ProviderCall.workspace_id == workspace, ProviderCall.job_id == job)
            .order_by(ProviderCall.ordinal, ProviderCall.attempt)
        )
        return (await self._session.execute(query)).scalars().all()

    async def move(self, workspace: WorkspaceId, call: str, to: CallState, **values: object) -> None:
        """Write what became of a call."""
        await self._session.execute(MOVE, {"call": call, "workspace": workspace, "state": to, **values})
