"""The collections of a workspace, and what is in them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from backend.db.collections import Collected, Collection
from backend.db.models import Asset
from backend.db.upsert import prepared
from backend.errors import Conflict, NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncSession

    from backend.schemas.base import WorkspaceId

ADD = prepared(Collected, lambda row: row.on_conflict_do_nothing())
COVERS = 4
"""How many of its assets stand for a collection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What is in a collection, without what lies in the trash."""

    total: int = 0
    covers: tuple[str, ...] = ()
    """The ids of those that came last and have thumbnails."""


class Collections:
    """The collections of one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def all(self, workspace: WorkspaceId) -> Sequence[Collection]:
        """Return the collections of the workspace, in the order of their names."""
        rows = sa.select(Collection).where(Collection.workspace_id == workspace)
        return (await self._session.scalars(rows.order_by(sa.func.lower(Collection.name), Collection.id))).all()

    async def get(self, workspace: WorkspaceId, wanted: str) -> Collection:
        """Return a collection.

        Raises:
            NotFound: it is not in the workspace.
        """
        rows = sa.select(Collection).where(Collection.workspace_id == workspace, Collection.id == wanted)
        found = await self._session.scalar(rows) if wanted.isalnum() else None
        if found is None:
            raise NotFound(detail=f"There is no collection {wanted[:64]} in this workspace.")
        return found

    async def count(self, workspace: WorkspaceId) -> int:
        """Return how many collections the workspace has."""
        rows = sa.select(sa.func.count()).select_from(Collection).where(Collection.workspace_id == workspace)
        return await self._session.scalar(rows) or 0

    async def add(self, row: Collection) -> None:
        """Insert a collection.

        Raises:
            Conflict: another one of the workspace is called so.
        """
        self._session.add(row)
        await self.save(row)

    async def save(self, row: Collection) -> None:
        """Write what was changed about a collection.

        Raises:
            Conflict: another one of the workspace is called so.
        """
        name = row.name
        try:
            await self._session.flush()
        except IntegrityError as error:
            raise Conflict(detail=f"Another collection of this workspace is called “{name}” already.") from error

    async def remove(self, row: Collection) -> None:
        """Delete a collection for good; what was in it stays."""
        await self._session.execute(
            sa.delete(Collected).where(Collected.workspace_id == row.workspace_id, Collected.collection_id == row.id)
        )
        await self._session.delete(row)
        await self._session.flush()

    async def put(self, row: Collection, assets: Sequence[str], now: datetime) -> None:
        """Put assets of the same workspace into a collection; those that are in it stay where they are."""
        values = [
            {"collection_id": row.id, "asset_id": asset, "workspace_id": row.workspace_id, "added_at": now}
            for asset in assets
        ]
        if values:
            await self._session.execute(ADD.on(self._session), values)

    async def take(self, row: Collection, assets: Sequence[str]) -> None:
        """Take assets out of a collection."""
        await self._session.execute(
            sa.delete(Collected).where(
                Collected.workspace_id == row.workspace_id,
                Collected.collection_id == row.id,
                Collected.asset_id.in_(assets),
            )
        )

    async def holding(self, workspace: WorkspaceId, assets: Sequence[str]) -> Mapping[str, list[str]]:
        """Return the collections that each of some assets is in; an asset in none is left out."""
        found = await self._session.execute(
            sa.select(Collected.asset_id, Collected.collection_id)
            .where(Collected.workspace_id == workspace, Collected.asset_id.in_(assets))
            .order_by(Collected.added_at, Collected.collection_id)
        )
        held: defaultdict[str, list[str]] = defaultdict(list)
        for asset, collection in found.all():
            held[asset].append(collection)
        return held

    async def content(self, workspace: WorkspaceId, wanted: Sequence[str]) -> Mapping[str, Content]:
        """Return what is in each of some collections."""
        inside = (
            sa.select(Collected.collection_id, Asset.id, Collected.added_at, Asset.thumbnail_key)
            .join(Asset, Asset.id == Collected.asset_id)
            .where(Collected.workspace_id == workspace, Asset.trashed_at.is_(None))
            .where(Collected.collection_id.in_(wanted))
        ).subquery()
        place = sa.func.row_number().over(
            partition_by=inside.c.collection_id, order_by=(inside.c.added_at.desc(), inside.c.id.desc())
        )
        shown = sa.select(inside.c.collection_id, inside.c.id, place.label("place")).where(
            inside.c.thumbnail_key.is_not(None)
        )
        ranked = shown.subquery()
        first = sa.select(ranked.c.collection_id, ranked.c.id).where(ranked.c.place <= COVERS).order_by(ranked.c.place)
        covers: defaultdict[str, list[str]] = defaultdict(list)
        for collection, asset in (await self._session.execute(first)).all():
            covers[collection].append(asset)
        counted = sa.select(inside.c.collection_id, sa.func.count()).group_by(inside.c.collection_id)
        totals = (await self._session.execute(counted)).all()
        return {name: Content(total=total, covers=tuple(covers[name])) for name, total in totals}
