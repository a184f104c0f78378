"""One count for several servers, which asks the database for a handful of units at a time."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import structlog

from backend.db.repositories.rates import take
from backend.errors import MachineTrouble
from backend.services.rates import Taken, taken

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.db.session import Database
    from backend.services.rates import Buckets, Counter, Rate

log = structlog.get_logger()

SHARE = 20
"""A server takes a twentieth of a quota at a time, so that the database hears of one request in so many."""
PAUSE = 5
"""After a database that did not answer in time, a server counts alone for so many times that time."""


class DatabaseCounter:
    """Counts in the database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def take(self, name: str, rate: Rate, units: int) -> Taken:
        """Return how many of so many units a bucket grants.

        Raises:
            MachineTrouble: the database can't be reached.
        """
        async with self._db.begin() as session:
            granted, debt_s = await take(session, name, window_s=rate.window_s, interval_s=rate.interval_s, units=units)
        return taken(debt_s, rate, granted)


@dataclass(slots=True, kw_only=True)
class _Handful:
    """Units taken from the shared bucket and not spent yet, which lapse at `until`."""

    units: int
    until: float
    empty: bool
    """There was nothing to be had: nobody asks again before `until`."""
    left: int
    """What the shared bucket had left after it gave these."""


class SharedCounter:
    """Counts for several servers together; alone, as long as the database can't be asked.

    What one server has taken and not spent lapses after a twentieth of the window, so together they never grant more
    than the quota, and a little less when requests are spread thinly over many servers.
    """

    def __init__(
        self,
        shared: Counter,
        alone: Buckets,
        *,
        wait_s: float,
        most: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._shared = shared
        self._alone = alone
        self._wait_s = wait_s
        self._most = most
        self._clock = clock
        self._handfuls: dict[str, _Handful] = {}
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._alone_until = 0.0

    async def take(self, name: str, rate: Rate, units: int) -> Taken:
        """Return how many of so many units a bucket grants: all or none."""
        held = self._usable(name, units)
        if held is None and self._clock() >= self._alone_until:
            turn = self._turns.setdefault(name, asyncio.Lock())
            async with turn:  # the others find what the first one brings
                held = self._usable(name, units) or await self._asked(name, rate, units)
        if held is None:
            return await self._alone.take(name, rate, units)
        return _spend(held, rate, units, self._clock())

    def _usable(self, name: str, units: int) -> _Handful | None:
        held = self._handfuls.get(name)
        if held is None or self._clock() >= held.until or (held.units < units and not held.empty):
            return None
        return held

    async def _asked(self, name: str, rate: Rate, units: int) -> _Handful | None:
        """Return a new handful; None where the database does not give one in time."""
        if self._clock() < self._alone_until:
            return None
        try:
            return await self._refill(name, rate, units)
        except (MachineTrouble, TimeoutError) as error:
            self._alone_until = self._clock() + self._wait_s * PAUSE
            log.warning("rates.counted_alone", problem=type(error).__name__)
            return None

    async def _refill(self, name: str, rate: Rate, units: int) -> _Handful:
        wanted = max(units, rate.units // SHARE)
        async with asyncio.timeout(self._wait_s):
            got = await self._shared.take(name, rate, wanted)
        now = self._clock()
        # Who is refused is refused here, without a word to the database, until there is something to be had.
        empty = got.granted < units
        life_s = max(got.more_in_s, rate.interval_s / 2) if empty else rate.window_s / SHARE
        held = _Handful(units=got.granted, until=now + life_s, empty=empty, left=got.remaining)
        self._handfuls[name] = held
        if len(self._handfuls) > self._most:
            self._handfuls = {one: its for one, its in self._handfuls.items() if its.until > now}
        return held


def _spend(held: _Handful, rate: Rate, units: int, now: float) -> Taken:
    if held.units < units:
        return Taken(granted=0, remaining=0, more_in_s=max(0.0, held.until - now))
    held.units -= units
    return Taken(granted=units, remaining=held.left + held.units, more_in_s=rate.interval_s)
