"""The export sets of a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from backend.db.export_sets import ExportSet
from backend.errors import Conflict, NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

    from backend.schemas.base import WorkspaceId


class ExportSets:
    """The export sets of one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def all(self, workspace: WorkspaceId) -> Sequence[ExportSet]:
        """Return the sets of the workspace, in the order of their names."""
        rows = sa.select(ExportSet).where(ExportSet.workspace_id == workspace)
        return (await self._session.scalars(rows.order_by(sa.func.lower(ExportSet.name), ExportSet.id))).all()

    async def get(self, workspace: WorkspaceId, wanted: str) -> ExportSet:
        """Return a set.

        Raises:
            NotFound: it is not in the workspace.
        """
        rows = sa.select(ExportSet).where(ExportSet.workspace_id == workspace, ExportSet.id == wanted)
        found = await self._session.scalar(rows) if wanted.isalnum() else None
        if found is None:
            raise NotFound(detail=f"There is no export set {wanted[:64]} in this workspace.")
        return found

    async def count(self, workspace: WorkspaceId) -> int:
        """Return how many sets the workspace has."""
        rows = sa.select(sa.func.count()).select_from(ExportSet).where(ExportSet.workspace_id == workspace)
        return await self._session.scalar(rows) or 0

    async def add(self, row: ExportSet) -> None:
        """Insert a set.

        Raises:
            Conflict: another set of the workspace is called so.
        """
        self._session.add(row)
        await self.save(row)

    async def save(self, row: ExportSet) -> None:
        """Write what was changed about a set.

        Raises:
            Conflict: another set of the workspace is called so.
        """
        name = row.name
        try:
            await self._session.flush()
        except IntegrityError as error:
            raise Conflict(detail=f"Another export set of this workspace is called “{name}” already.") from error

    async def remove(self, row: ExportSet) -> None:
        """Delete a set for good."""
        await self._session.delete(row)
        await self._session.flush()
