"""How much of the studio one workspace may use: jobs at once, jobs in the queue, bytes in the library."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from backend.db.repositories.jobs import Jobs
from backend.db.repositories.library_sizes import drift, size_of
from backend.db.repositories.trash import Removed, remove
from backend.errors import NotFound, QuotaExceeded, StorageQuotaExceeded
from backend.schemas.assets import TrashAnswer
from backend.schemas.limits import LimitsView, StorageView
from backend.utils.audit import Act, note

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.db.session import AsyncSession, Database
    from backend.schemas.base import Caller, WorkspaceId
    from backend.services.image_studio.plans import Plan
    from backend.services.image_studio.pricing import Tier
    from backend.services.tiers import TierLookup

PICTURE = 2_000_000
"""What a picture that is still to be made is taken for, in bytes: a PNG of 1024 x 1024 pixels with much in it."""
AT_A_TIME = 500
"""How many assets leave the trash in one transaction."""
COUNTED_S = 1.0
"""How long a count of a workspace's queue is believed."""
FAR = 100
"""One in so many of the places left in a queue may be filled without counting: so little that servers add up."""
MOST_COUNTED = 10_000
"""How many workspaces' counts are remembered, before all are counted again."""
DELETED = NotFound(detail="This picture was deleted for good.").problem()
GB = 1_000_000_000


class Load:
    """How many jobs the workspaces have open and waiting, as far as that matters to their tiers."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._room: dict[WorkspaceId, tuple[float, int]] = {}
        """Until when a workspace's queue needs no counting, and for how many more jobs."""

    async def check(self, session: AsyncSession, workspace: WorkspaceId, tier: Tier) -> None:
        """Check that a workspace may have one more job, which is among its jobs already.

        Raises:
            QuotaExceeded: it has as many as its tier allows; `limit` says which limit that is.
        """
        if tier.concurrent_jobs is not None and await Jobs(session).open_count(workspace) > tier.concurrent_jobs:
            detail = f"The tier {tier.label} runs {tier.concurrent_jobs} jobs at once; wait for one to end."
            raise QuotaExceeded(detail=detail, limit="concurrent_jobs")
        if tier.queued_jobs is not None and not await self._has_room(session, workspace, tier.queued_jobs):
            detail = (
                f"{tier.queued_jobs} jobs of this workspace wait for their turn, which is the most; send more later."
            )
            raise QuotaExceeded(detail=detail, limit="queued_jobs", retry_after=30)

    async def _has_room(self, session: AsyncSession, workspace: WorkspaceId, most: int) -> bool:
        """Count the queue, but not for every job while it is far from full: that takes the longer the longer it is."""
        now = self._clock()
        until, left = self._room.get(workspace, (now, 0))
        if left > 0 and now < until:
            self._room[workspace] = (until, left - 1)
            return True
        room = most - await Jobs(session).queued_count(workspace)
        if len(self._room) >= MOST_COUNTED:
            self._room.clear()
        self._room[workspace] = (now + COUNTED_S, room // FAR)
        return room >= 0


async def check_room(session: AsyncSession, workspace: WorkspaceId, tier: Tier, needed: int) -> None:
    """Check that so many bytes more fit into a workspace's library.

    What jobs have been admitted for is recorded even where it no longer fits: it is paid for.

    Raises:
        StorageQuotaExceeded: they don't.
    """
    allowed = tier.storage_bytes
    if allowed is None:
        return
    used = await size_of(session, workspace)
    if used + needed > allowed:
        detail = (
            f"The library takes up {used / GB:.4g} of {allowed / GB:.4g} GB, and this needs {needed / GB:.2g} more. "
            "Empty the trash, or change the tier."
        )
        raise StorageQuotaExceeded(detail=detail, used=used, allowed=allowed)


def needed_by(plan: Plan) -> int:
    """Return about how many bytes a plan's pictures will take up."""
    return plan.parts * PICTURE


class Quotas:
    """What the workspaces of the studio may use, by their tiers, and what they do."""

    def __init__(self, db: Database, tiers: TierLookup) -> None:
        self._db = db
        self._tiers = tiers

    async def check_upload(self, workspace: WorkspaceId, needed: int) -> None:
        """Check that what somebody brings along fits into the library, before it is kept.

        Raises:
            StorageQuotaExceeded: it doesn't.
        """
        async with self._db.read() as session:
            await self.check_record(session, workspace, needed)

    async def check_record(self, session: AsyncSession, workspace: WorkspaceId, needed: int) -> None:
        """Check the same within the transaction that records it.

        Raises:
            StorageQuotaExceeded: it doesn't fit.
        """
        await check_room(session, workspace, await self._tiers.of(workspace, session), needed)

    async def view(self, caller: Caller) -> LimitsView:
        """Return what the caller's workspace may use, and what its library takes up."""
        async with self._db.read() as session:
            tier = await self._tiers.of(caller.workspace_id, session)
            used = await size_of(session, caller.workspace_id)
        return LimitsView(
            requests=tier.requests,
            concurrent_jobs=tier.concurrent_jobs,
            queued_jobs=tier.queued_jobs,
            storage=StorageView(used=used, limit=tier.storage_bytes),
        )

    async def empty_trash(self, caller: Caller) -> TrashAnswer:
        """Remove for good what lies in the trash of the caller's workspace."""
        assets = freed = 0
        while True:
            batch = await self._remove(caller)
            assets, freed = assets + batch.assets, freed + batch.bytes
            if batch.assets < AT_A_TIME:
                return TrashAnswer(deleted=assets, bytes=freed)

    async def _remove(self, caller: Caller) -> Removed:
        async with self._db.begin() as session:
            gone = await remove(session, caller.workspace_id, most=AT_A_TIME, told=DELETED)
            if gone.assets:
                emptied = Act(verb="trash.emptied", facts={"assets": gone.assets, "bytes": gone.bytes})
                await note(session, caller, emptied)
            return gone

    async def drift(self) -> int:
        """Return by how many bytes the studio's own sums are off, for `doctor`: 0 where all is well."""
        async with self._db.read() as session:
            return await drift(session)
