"""The keys of engines that a workspace keeps, sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from backend.db.engine_keys import EngineKey, WorkspaceSeal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

    from backend.schemas.base import WorkspaceId


class EngineKeys:
    """The keys of engines of one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def all(self, workspace: WorkspaceId) -> Sequence[EngineKey]:
        """Return the workspace's keys, by engine."""
        rows = sa.select(EngineKey).where(EngineKey.workspace_id == workspace).order_by(EngineKey.provider)
        return (await self._session.scalars(rows)).all()

    async def get(self, workspace: WorkspaceId, provider: str) -> EngineKey | None:
        """Return the workspace's key of an engine; None if it has none."""
        rows = sa.select(EngineKey).where(EngineKey.workspace_id == workspace, EngineKey.provider == provider)
        return await self._session.scalar(rows)

    async def put(self, row: EngineKey) -> None:
        """Keep a key, in place of the one before."""
        await self._session.merge(row)
        await self._session.flush()

    async def remove(self, workspace: WorkspaceId, provider: str) -> bool:
        """Delete a key for good; False if there was none."""
        rows = sa.delete(EngineKey).where(EngineKey.workspace_id == workspace, EngineKey.provider == provider)
        return (await self._session.execute(rows.returning(EngineKey.provider))).scalar() is not None

    async def seal(self, workspace: WorkspaceId) -> WorkspaceSeal | None:
        """Return the workspace's wrapped key; None if it never sealed anything."""
        rows = sa.select(WorkspaceSeal).where(WorkspaceSeal.workspace_id == workspace)
        return await self._session.scalar(rows)

    async def put_seal(self, row: WorkspaceSeal) -> None:
        """Keep a wrapped key, in place of the one before."""
        await self._session.merge(row)
        await self._session.flush()
