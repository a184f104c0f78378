"""What a library amounts to: counts by whatever its assets are told apart by, tags, and months."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import sqlalchemy as sa

from backend.db.collections import Collection
from backend.db.models import Asset
from backend.db.repositories.library_query import conditions
from backend.schemas.library_query import LibraryFilter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

    from backend.schemas.base import WorkspaceId

GROUPED = {
    "by_type": Asset.asset_type,
    "by_source": Asset.source_module,
    "by_provider": Asset.provider,
    "by_model": Asset.model,
    "by_operation": Asset.operation,
    "by_platform": Asset.platform,
}
"""What assets are counted by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What a month brought; sizes in bytes, costs in milli-credits."""

    name: str
    count: int
    size: int
    cost_milli: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What everything comes to; sizes in bytes, costs in milli-credits."""

    count: int
    size: int
    cost_milli: int
    favorites: int
    downloads: int
    shares: int


class Figures:
    """The figures of a workspace's library, within one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def sums(self, workspace: WorkspaceId, wanted: LibraryFilter) -> Sums:
        """Return what a part of the library comes to."""
        parts = (Asset.file_size, Asset.cost_milli, sa.cast(Asset.is_favorite, sa.Integer))
        counters = (Asset.download_count, Asset.share_count)
        sums = [sa.func.coalesce(sa.func.sum(column), 0) for column in (*parts, *counters)]
        rows = sa.select(sa.func.count(), *sums).where(*conditions(workspace, wanted))
        count, size, cost, favorites, downloads, shares = map(int, (await self._session.execute(rows)).one())
        return Sums(count=count, size=size, cost_milli=cost, favorites=favorites, downloads=downloads, shares=shares)

    async def grouped(self, workspace: WorkspaceId) -> Mapping[str, dict[str, int]]:
        """Return how many assets there are of each kind, by each thing that tells kinds apart."""
        columns = tuple(GROUPED.values())
        where = conditions(workspace, LibraryFilter())
        rows = await self._session.execute(sa.select(*columns, sa.func.count()).where(*where).group_by(*columns))
        found: dict[str, Counter[str]] = {name: Counter() for name in GROUPED}
        for row in rows.all():
            *kinds, count = cast("tuple[str | None, ...]", tuple(row))  # the count comes last
            for name, kind in zip(GROUPED, kinds, strict=True):
                if kind is not None:
                    found[name][kind] += int(count or 0)
        return {name: dict(counted.most_common()) for name, counted in found.items()}

    async def tags(self, workspace: WorkspaceId) -> Sequence[tuple[str, int]]:
        """Return each tag with how many assets have it, the most used first."""
        as_text = sa.cast(Asset.tags, sa.Text)
        where = conditions(workspace, LibraryFilter())
        rows = await self._session.execute(sa.select(as_text, sa.func.count()).where(*where).group_by(as_text))
        counted: Counter[str] = Counter()
        for text, count in rows.all():
            counted.update(dict.fromkeys(cast("list[str]", json.loads(text)), count))  # tags are written as such
        return sorted(counted.items(), key=lambda one: (-one[1], one[0].casefold(), one[0]))

    async def months(self, workspace: WorkspaceId, wanted: LibraryFilter) -> Sequence[tuple[str, int]]:
        """Return each month with how many assets of a part of the library are of it, the latest first."""
        month = self._month()
        rows = sa.select(month, sa.func.count()).where(*conditions(workspace, wanted)).group_by(month)
        return [(name, count) for name, count in (await self._session.execute(rows.order_by(month.desc()))).all()]

    async def by_month(self, workspace: WorkspaceId) -> Sequence[Month]:
        """Return what each month brought, the latest first."""
        month = self._month()
        sums = (sa.func.sum(Asset.file_size), sa.func.sum(Asset.cost_milli))
        where = conditions(workspace, LibraryFilter())
        rows = sa.select(month, sa.func.count(), *sums).where(*where).group_by(month).order_by(month.desc())
        found = (await self._session.execute(rows)).all()
        return [Month(name=name, count=n, size=int(size), cost_milli=int(cost)) for name, n, size, cost in found]

    def _month(self) -> sa.ColumnElement[str]:
        """Return the month of an asset in UTC, as `2026-11`."""
        # Without parameters, which would make the month that is grouped by another than the one that is selected.
        if self._session.get_bind().dialect.name == "postgresql":
            here = sa.func.timezone(sa.literal_column("'UTC'"), Asset.created_at)
            return sa.func.to_char(here, sa.literal_column("'YYYY-MM'"), type_=sa.Text())
        first: sa.ColumnElement[int] = sa.literal_column("1", sa.Integer)
        length: sa.ColumnElement[int] = sa.literal_column("7", sa.Integer)
        return sa.func.substr(Asset.created_at, first, length, type_=sa.Text())

    async def collections(self, workspace: WorkspaceId) -> int:
        """Return how many collections the workspace has."""
        rows = sa.select(sa.func.count()).select_from(Collection).where(Collection.workspace_id == workspace)
        return await self._session.scalar(rows) or 0
