"""The audit log within one transaction: added to, read, and pruned by age; never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from backend.db.audit import AuditEntry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

    from backend.schemas.audit import AuditQuery
    from backend.schemas.base import WorkspaceId


class AuditLog:
    """The entries of one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, entry: AuditEntry) -> None:
        """Append an entry."""
        self._session.add(entry)
        await self._session.flush()

    async def listed(self, workspace: WorkspaceId | None, asked: AuditQuery) -> Sequence[AuditEntry]:
        """Return entries of a workspace, or of the whole studio, newest first."""
        query = sa.select(AuditEntry)
        if workspace is not None:
            query = query.where(AuditEntry.workspace_id == workspace)
        for column, value in (
            (AuditEntry.verb, asked.verb),
            (AuditEntry.outcome, asked.outcome),
            (AuditEntry.user_id, asked.user_id),
            (AuditEntry.target_id, asked.target),
        ):
            query = query if value is None else query.where(column == value)
        if asked.since:
            query = query.where(AuditEntry.at >= asked.since)
        if asked.until:
            query = query.where(AuditEntry.at < asked.until)
        if asked.cursor:
            query = query.where(_before(workspace, asked.cursor))
        query = query.order_by(AuditEntry.at.desc(), AuditEntry.id.desc()).limit(asked.limit)
        return (await self._session.execute(query)).scalars().all()


def _before(workspace: WorkspaceId | None, cursor: str) -> sa.ColumnElement[bool]:
    edge = sa.select(AuditEntry.at).where(AuditEntry.id == cursor)
    if workspace is not None:
        edge = edge.where(AuditEntry.workspace_id == workspace)
    return sa.tuple_(AuditEntry.at, AuditEntry.id) < sa.tuple_(edge.scalar_subquery(), sa.literal(cursor))
