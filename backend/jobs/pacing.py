"""How fast an engine may be called: no more calls in a window than its vendor takes, in whatever window one looks."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from backend.db.repositories.rates import take
from backend.errors import MachineTrouble

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from backend.db.session import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """So many calls in so many seconds."""

    calls: int
    window_s: float


class Turns(Protocol):
    """Gives turns by name."""

    async def take(self, name: str, pace: Pace) -> float:
        """Return 0 where a turn was given, else the seconds after which it is worth asking again."""
        ...


class OwnTurns:
    """Turns of this process alone: each call is remembered for a window."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._given: dict[str, deque[float]] = {}

    async def take(self, name: str, pace: Pace) -> float:
        """Return 0 where a turn was given, else the seconds after which it is worth asking again."""
        now, given = self._clock(), self._given.setdefault(name, deque())
        while given and given[0] <= now - pace.window_s:
            given.popleft()
        if len(given) < pace.calls:
            given.append(now)
            return 0.0
        return given[0] + pace.window_s - now


class SharedTurns:
    """Turns that all processes share, which the database counts.

    What it counts with lets a rested engine be called in a burst and then evenly: with half of the calls for each, no
    window ever holds more than all of them. While it can't be asked, this process counts alone.
    """

    def __init__(self, db: Database, alone: Turns) -> None:
        self._db = db
        self._alone = alone

    async def take(self, name: str, pace: Pace) -> float:
        """Return 0 where a turn was given, else the seconds after which it is worth asking again."""
        half = max(1, pace.calls // 2)
        interval_s = pace.window_s / half
        try:
            async with self._db.begin() as session:
                granted, debt_s = await take(
                    session, f"engine:{name}", window_s=pace.window_s, interval_s=interval_s, units=1
                )
        except MachineTrouble:
            return await self._alone.take(name, pace)
        return 0.0 if granted else max(0.05, debt_s - pace.window_s + interval_s)


class Pacer:
    """Holds calls back until it is their turn, first come first served."""

    def __init__(
        self,
        paces: Mapping[str, Pace],
        turns: Turns,
        rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._paces = paces
        self._turns = turns
        self._rest = rest
        self._heads: dict[str, asyncio.Lock] = {}

    async def turn(self, engine: str) -> None:
        """Wait for a turn at an engine; at once where nobody says how often it may be called."""
        pace = self._paces.get(engine)
        if pace is None:
            return
        async with self._heads.setdefault(engine, asyncio.Lock()):
            while wait_s := await self._turns.take(engine, pace):
                await self._rest(wait_s)
