"""The recipes of a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from backend.db.models import Asset
from backend.db.recipes import Recipe
from backend.errors import Conflict, NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

    from backend.schemas.base import WorkspaceId


class Recipes:
    """The recipes of one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def all(self, workspace: WorkspaceId) -> Sequence[Recipe]:
        """Return the recipes of the workspace, in the order of their names."""
        rows = sa.select(Recipe).where(Recipe.workspace_id == workspace)
        return (await self._session.scalars(rows.order_by(sa.func.lower(Recipe.name), Recipe.id))).all()

    async def get(self, workspace: WorkspaceId, recipe: str) -> Recipe:
        """Return a recipe.

        Raises:
            NotFound: it is not in the workspace.
        """
        rows = sa.select(Recipe).where(Recipe.workspace_id == workspace, Recipe.id == recipe)
        found = await self._session.scalar(rows) if recipe.isalnum() else None
        if found is None:
            raise NotFound(detail=f"There is no recipe {recipe[:64]} in this workspace.")
        return found

    async def count(self, workspace: WorkspaceId) -> int:
        """Return how many recipes the workspace has."""
        rows = sa.select(sa.func.count()).select_from(Recipe).where(Recipe.workspace_id == workspace)
        return await self._session.scalar(rows) or 0

    async def add(self, recipe: Recipe) -> None:
        """Insert a recipe.

        Raises:
            Conflict: another recipe of the workspace is called so.
        """
        self._session.add(recipe)
        await self.save(recipe)

    async def save(self, recipe: Recipe) -> None:
        """Write what was changed about a recipe.

        Raises:
            Conflict: another recipe of the workspace is called so.
        """
        name = recipe.name
        try:
            await self._session.flush()
        except IntegrityError as error:
            raise Conflict(detail=f"Another recipe of this workspace is called “{name}” already.") from error

    async def remove(self, recipe: Recipe) -> None:
        """Delete a recipe for good."""
        await self._session.delete(recipe)
        await self._session.flush()


async def called(session: AsyncSession, workspace: WorkspaceId, names: Sequence[str]) -> dict[str, str]:
    """Return the ids of the pictures of the workspace that have these file names, the newest of each name.

    What lies in the trash does not count.
    """
    rows = await session.execute(
        sa.select(Asset.filename, Asset.id)
        .where(Asset.workspace_id == workspace, Asset.trashed_at.is_(None), Asset.filename.in_(names))
        .order_by(Asset.created_at, Asset.id)
    )
    return {row[0]: row[1] for row in rows}
