"""The purse's three moves in the life of a job: reserve, capture for each delivered picture, release the rest.

Each is booked once however often it is asked for, within the transaction of the caller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.db.repositories.ledger import Funding, Ledger, Movement
from backend.errors import InsufficientCredits

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from backend.db.session import AsyncSession
    from backend.schemas.base import JobId, WorkspaceId

MILLI = 1000
"""Milli-credits in a credit."""


class Purse:
    """Reservations and what becomes of them."""

    def __init__(self, *, clock: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        self._clock = clock
        self._new_id = new_id

    async def grant(
        self, session: AsyncSession, workspace: WorkspaceId, amount: int, *, reason: str, key: str | None = None
    ) -> None:
        """Add milli-credits to what a workspace has; with a `key`, once for that key."""
        made = self._new_id()
        lines = Movement(
            id=made,
            key=f"grant:{workspace}:{key or made}",
            kind="grant",
            lines={"granted": -amount, "available": amount},
            reason=reason,
        )
        await Ledger(session, self._clock()).book(workspace, lines)

    async def reserve(
        self, session: AsyncSession, workspace: WorkspaceId, job: JobId, amount: int, *, funding: Funding
    ) -> None:
        """Hold milli-credits for a job; nothing happens for work that costs nothing.

        Raises:
            InsufficientCredits: the workspace is metered and has less.
        """
        if amount == 0:
            return
        ledger = Ledger(session, self._clock())
        if funding == "available" and not await ledger.take(workspace, amount):
            has = (await ledger.balances(workspace)).get("available", 0)
            raise InsufficientCredits(
                detail=f"This costs {amount / MILLI:g} credits; there are {has / MILLI:g}. Nothing was charged.",
                needed=amount / MILLI,
                available=has / MILLI,
            )
        await ledger.hold(workspace, job, amount, funding=funding)
        await ledger.book(
            workspace,
            Movement(
                id=self._new_id(),
                key=f"reserve:{job}",
                kind="reserve",
                lines={funding: -amount, "reserved": amount},
                job=job,
            ),
            more_to_come=False,
        )

    async def capture(
        self, session: AsyncSession, workspace: WorkspaceId, job: JobId, ordinal: int, *, amount: int
    ) -> int:
        """Charge one delivered picture and return what was charged: never more than is still held."""
        ledger = Ledger(session, self._clock())
        held = await ledger.reservation(workspace, job)
        if held is None or held.state != "held":
            return 0
        charged = min(amount, held.amount_milli - held.captured_milli - held.released_milli)
        movement = Movement(
            id=self._new_id(),
            key=f"capture:{job}:{ordinal}",
            kind="capture",
            lines={"reserved": -charged, "spent": charged},
            job=job,
        )
        if charged == 0 or not await ledger.book(workspace, movement):
            return 0
        held.captured_milli += charged
        return charged

    async def release(self, session: AsyncSession, workspace: WorkspaceId, job: JobId) -> None:
        """Give back what was held and not charged, and close the reservation."""
        ledger = Ledger(session, self._clock())
        held = await ledger.reservation(workspace, job)
        if held is None or held.state != "held":
            return
        rest = held.amount_milli - held.captured_milli - held.released_milli
        funding: Funding = "unmetered" if held.funding == "unmetered" else "available"
        if rest:
            movement = Movement(
                id=self._new_id(),
                key=f"release:{job}",
                kind="release",
                lines={"reserved": -rest, funding: rest},
                job=job,
            )
            await ledger.book(workspace, movement)
        held.released_milli += rest
        held.state = "closed"
        await session.flush()
