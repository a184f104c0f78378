"""The purse's three moves in the life of a job: reserve, capture for each delivered picture, release the rest.

Each is booked once however often it is asked for, within the transaction of the caller.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from backend.db.repositories.ledger import Ledger, Movement
from backend.errors import InsufficientCredits

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable
    from datetime import datetime

    from backend.db.repositories.ledger import Account, Funding, Held, Kind
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

    async def release(self, session: AsyncSession, workspace: WorkspaceId, job: JobId) -> None:
        """Give back what was held and not charged, and close the reservation."""
        async with self.drawing(session, workspace, job) as drawing:
            await drawing.give_back()

    @asynccontextmanager
    async def drawing(self, session: AsyncSession, workspace: WorkspaceId, job: JobId) -> AsyncGenerator[Drawing]:
        """Yield what draws on a job's reservation, which is locked; what was drawn is moved at the end, all at once.

        The balances are what all jobs of a workspace wait for: whatever else the transaction writes is written within.
        """
        ledger = Ledger(session, self._clock())
        drawing = Drawing(ledger, workspace, job, await ledger.reservation(workspace, job), self._new_id)
        yield drawing
        await drawing.move()


class Drawing:
    """What one transaction draws from a job's reservation."""

    def __init__(
        self, ledger: Ledger, workspace: WorkspaceId, job: JobId, held: Held | None, new_id: Callable[[], str]
    ) -> None:
        self._ledger = ledger
        self._workspace = workspace
        self._job = job
        self._held = held
        self._new_id = new_id
        self._moved: dict[Account, int] = {}

    async def charge(self, ordinal: int, amount: int) -> int:
        """Charge one delivered picture, once; return what was charged: never more than is still held."""
        held = self._held
        charged = min(amount, held.left) if held else 0
        lines: dict[Account, int] = {"reserved": -charged, "spent": charged}
        if held is None or charged == 0 or not await self._enter("capture", f"capture:{self._job}:{ordinal}", lines):
            return 0
        held.captured += charged
        return charged

    async def give_back(self) -> None:
        """Give back what is held and not charged, and close the reservation."""
        held = self._held
        if held is None:
            return
        rest = held.left
        if rest:
            await self._enter("release", f"release:{self._job}", {"reserved": -rest, held.funding: rest})
        held.released += rest
        held.state = "closed"

    async def _enter(self, kind: Kind, key: str, lines: dict[Account, int]) -> bool:
        movement = Movement(id=self._new_id(), key=key, kind=kind, lines=lines, job=self._job)
        if not await self._ledger.enter(self._workspace, movement):
            return False
        for account, amount in lines.items():
            self._moved[account] = self._moved.get(account, 0) + amount
        return True

    async def move(self) -> None:
        """Write to the reservation and the balances what was drawn."""
        if self._held and (self._moved or self._held.state == "closed"):
            await self._ledger.draw(self._workspace, self._job, self._held)
        if self._moved:
            await self._ledger.move(self._workspace, self._moved)
