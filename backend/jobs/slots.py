"""How many calls to each engine may run at once: in this process, or over all that share the database."""

from __future__ import annotations

import asyncio
import contextlib
import random
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import structlog

from backend.db.repositories.machines import Machines
from backend.errors import MachineTrouble
from backend.tracing import apart

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Mapping

    from backend.db.session import Database

log = structlog.get_logger()


class Slots:
    """Places at each engine, first come first served, within this process."""

    def __init__(self, limits: Mapping[str, int], *, default: int) -> None:
        self.limits = limits
        self.default = default
        self._places: dict[str, asyncio.Semaphore] = {}

    def limit(self, provider: str) -> int:
        """Return how many calls to an engine may run at once."""
        return self.limits.get(provider, self.default)

    @asynccontextmanager
    async def at(self, provider: str, *, local: bool) -> AsyncGenerator[None]:  # noqa: ARG002 - for those who share
        """Wait for a place at an engine and hold it; a `local` one computes on this machine."""
        if provider not in self._places:
            self._places[provider] = asyncio.Semaphore(self.limit(provider))
        async with self._places[provider]:
            yield

    async def tidy(self) -> None:
        """Give back what is held by nobody; here that can't be."""


class SharedSlots(Slots):
    """Places that all processes share. An engine that computes on this machine is still this process's own affair.

    A place is a row in the name of a worker, so that those of a dead one become free with its burial.
    """

    def __init__(self, alone: Slots, db: Database, worker: Callable[[], str], *, poll_s: float, stale_s: float) -> None:
        super().__init__(alone.limits, default=alone.default)
        self._db = db
        self._worker = worker
        self._poll_s = poll_s
        self._stale_s = stale_s
        self._heads: dict[str, asyncio.Lock] = {}
        self._held: set[tuple[str, int]] = set()

    @asynccontextmanager
    async def at(self, provider: str, *, local: bool) -> AsyncGenerator[None]:
        """Wait for a place at an engine and hold it; a `local` one computes on this machine."""
        async with super().at(provider, local=local):
            if local:
                yield
                return
            async with self._heads.setdefault(provider, asyncio.Lock()):
                place = await self._take(provider)
            self._held.add((provider, place))
            try:
                yield
            finally:
                self._held.discard((provider, place))
                await asyncio.shield(self._leave(provider, place))

    async def _take(self, provider: str) -> int:
        while True:
            # As if none were free where it can't be asked; the job's own time bounds the waiting.
            with contextlib.suppress(MachineTrouble), apart():
                place = await self._try(provider)
                if place is not None:
                    return place
            await asyncio.sleep(self._poll_s * random.uniform(0.5, 1.5))  # noqa: S311 - no secret

    async def _try(self, provider: str) -> int | None:
        async with self._db.begin() as session:
            return await Machines(session).take_place(provider, self._worker(), self.limit(provider))

    async def _leave(self, provider: str, place: int) -> None:
        with contextlib.suppress(MachineTrouble):  # `tidy` finds what could not be given back
            await self._give_back([(provider, place)])

    async def _give_back(self, places: list[tuple[str, int]]) -> None:
        async with self._db.begin() as session:
            await Machines(session).leave_places(self._worker(), places)

    async def tidy(self) -> None:
        """Give back what is held in this worker's name and used by nobody here."""
        async with self._db.read() as session:
            named = await Machines(session).places(self._worker(), older_than_s=self._stale_s)
        if left := [place for place in named if place not in self._held]:
            log.warning("places.tidied", count=len(left))
            await self._give_back(left)
