"""What a workspace's tier is, asked for once by all who need to know."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from backend.db.repositories.people import People
from backend.errors import MachineTrouble

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.db.session import AsyncSession, Database
    from backend.schemas.base import WorkspaceId
    from backend.services.image_studio.pricing import Tier

MOST_TIERS = 100_000
"""How many workspaces' tiers are remembered, before all are asked for again."""


class TierLookup:
    """Finds out a workspace's tier, and remembers it for a while."""

    def __init__(self, db: Database, tiers: Mapping[str, Tier], *, kept_s: float) -> None:
        self._db = db
        self._tiers = tiers
        self._kept_s = kept_s
        self._known: dict[str, tuple[float, Tier]] = {}

    async def of(self, workspace: WorkspaceId, session: AsyncSession | None = None) -> Tier:
        """Return a workspace's tier, as it was so many seconds ago, or when the database was last to be asked.

        Whoever is in a transaction gives its `session`, so as not to wait for a second connection.

        Raises:
            MachineTrouble: the database can't be asked, and never was about this workspace, or not in `session`.
        """
        known = self._known.get(workspace)
        now = time.monotonic()
        if known and known[0] > now:
            return known[1]
        try:
            tier = await self._asked(workspace, session)
        except MachineTrouble:
            if known is None or session is not None:  # a transaction that broke is of no more use
                raise
            return known[1]
        if len(self._known) >= MOST_TIERS:
            self._known.clear()
        self._known[workspace] = (now + self._kept_s, tier)
        return tier

    async def _asked(self, workspace: WorkspaceId, session: AsyncSession | None) -> Tier:
        if session is None:
            async with self._db.read() as own:
                return await self._asked(workspace, own)
        return self._tiers[(await People(session).workspace(workspace)).tier]
