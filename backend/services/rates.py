"""How often is too often: the arithmetic of request limits, and the count that one process keeps.

Each bucket is one number, the moment at which it would be empty of debt: the Generic Cell Rate Algorithm. A bucket that
was left alone for its whole window allows its whole quota at once, and then one unit after the other.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

MINUTE_S = 60.0
ROUNDING = 1e-6
"""Of a unit: sums of fractions may fall short of a whole one by so much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """So many units in a window; all of them may come at once."""

    units: int
    window_s: float = MINUTE_S

    @property
    def interval_s(self) -> float:
        """Return how long one unit takes to grow again."""
        return self.window_s / self.units


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """How many units were granted, what is left, and in how many seconds there is one more."""

    granted: int
    remaining: int
    more_in_s: float


class Counter(Protocol):
    """Keeps buckets by name."""

    async def take(self, name: str, rate: Rate, units: int) -> Taken:
        """Return how many of so many units a bucket grants: all, some, or none of them."""
        ...


def grant(debt_s: float, rate: Rate, units: int) -> tuple[float, int]:
    """Return the debt of a bucket after it granted what it could of some units, and how many these were.

    `debt_s` is how long the bucket takes to be full again, in seconds, and not negative.
    """
    granted = min(units, math.floor((rate.window_s - debt_s) / rate.interval_s + ROUNDING))
    granted = max(granted, 0)
    return debt_s + granted * rate.interval_s, granted


def taken(debt_s: float, rate: Rate, granted: int) -> Taken:
    """Return where a bucket with a debt stands after a grant."""
    left = max(0, math.floor((rate.window_s - debt_s) / rate.interval_s + ROUNDING))
    more_in_s = 0.0 if left >= rate.units else max(0.0, (left + 1) * rate.interval_s - rate.window_s + debt_s)
    return Taken(granted=granted, remaining=left, more_in_s=more_in_s)


class Buckets:
    """Counts in this process alone."""

    def __init__(self, *, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._clear_at: dict[str, float] = {}

    async def take(self, name: str, rate: Rate, units: int) -> Taken:
        """Return how many of so many units a bucket grants."""
        now = self._clock()
        debt, granted = grant(max(0.0, self._clear_at.pop(name, now) - now), rate, units)
        self._clear_at[name] = now + debt
        if len(self._clear_at) > self._most:
            self._make_room(now)
        return taken(debt, rate, granted)

    def _make_room(self, now: float) -> None:
        """Forget the buckets that are full again, which changes nothing; if all are in use, the longest untouched."""
        self._clear_at = {name: moment for name, moment in self._clear_at.items() if moment > now}
        while len(self._clear_at) > self._most:
            del self._clear_at[next(iter(self._clear_at))]
