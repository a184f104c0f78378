"""The personas of a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from backend.db.personas import Persona
from backend.errors import Conflict, NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

    from backend.schemas.base import WorkspaceId


class Personas:
    """The personas of one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def all(self, workspace: WorkspaceId) -> Sequence[Persona]:
        """Return the personas of the workspace, in the order of their names."""
        rows = sa.select(Persona).where(Persona.workspace_id == workspace)
        return (await self._session.scalars(rows.order_by(sa.func.lower(Persona.name), Persona.id))).all()

    async def find(self, workspace: WorkspaceId, persona: str) -> Persona | None:
        """Return a persona of the workspace."""
        if not persona.isalnum():
            return None
        rows = sa.select(Persona).where(Persona.workspace_id == workspace, Persona.id == persona)
        return await self._session.scalar(rows)

    async def get(self, workspace: WorkspaceId, persona: str) -> Persona:
        """Return a persona.

        Raises:
            NotFound: it is not in the workspace.
        """
        found = await self.find(workspace, persona)
        if found is None:
            raise NotFound(detail=f"There is no persona {persona[:64]} in this workspace.")
        return found

    async def default(self, workspace: WorkspaceId) -> Persona | None:
        """Return the workspace's default persona."""
        rows = sa.select(Persona).where(Persona.workspace_id == workspace, Persona.is_default)
        return await self._session.scalar(rows)

    async def count(self, workspace: WorkspaceId) -> int:
        """Return how many personas the workspace has."""
        rows = sa.select(sa.func.count()).select_from(Persona).where(Persona.workspace_id == workspace)
        return await self._session.scalar(rows) or 0

    async def clear_default(self, workspace: WorkspaceId) -> None:
        """Let no persona of the workspace be the default."""
        query = sa.update(Persona).where(Persona.workspace_id == workspace, Persona.is_default)
        await self._session.execute(query.values(is_default=False))

    async def add(self, persona: Persona) -> None:
        """Insert a persona.

        Raises:
            Conflict: another persona of the workspace is called so.
        """
        self._session.add(persona)
        await self.save(persona)

    async def save(self, persona: Persona) -> None:
        """Write what was changed about a persona.

        Raises:
            Conflict: another persona of the workspace is called so.
        """
        name = persona.name
        try:
            await self._session.flush()
        except IntegrityError as error:
            raise Conflict(detail=f"Another persona of this workspace is called “{name}” already.") from error

    async def remove(self, persona: Persona) -> None:
        """Delete a persona for good."""
        await self._session.delete(persona)
        await self._session.flush()
