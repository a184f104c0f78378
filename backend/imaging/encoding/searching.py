"""Finding the quality at which a file crosses a border, in as few tries as it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_STEP: Final = 4
_PATIENCE: Final = 2
"""After so many guesses in a row that left more than half of the range the next try halves it."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One try: a quality, and the value that it gave."""

    quality: int
    value: float


@dataclass(slots=True)
class _Bracket:
    """The highest quality known to lie below the border, and the lowest known to lie on it or above."""

    first: int
    last: int
    below: Tried | None = None
    above: Tried | None = None

    @property
    def least(self) -> int:
        return self.first if self.below is None else self.below.quality + 1

    @property
    def most(self) -> int:
        return self.last if self.above is None else self.above.quality - 1


def crossing(
    value: Callable[[int], float], first: int, last: int, *, guess: int, close: Callable[[float], bool]
) -> tuple[Tried | None, Tried | None]:
    """Return the last try below zero and the first one at zero or above, of a value that grows with the quality.

    Qualities reach from `first` to `last`, both included. It ends when no quality is left between the two, or when
    `close` says that a value is good enough. One of the two is None where all that was tried lay on the other side.
    """
    bracket, stale, quality = _Bracket(first, last), 0, guess
    before: Tried | None = None
    while bracket.least <= bracket.most:
        quality = min(bracket.most, max(bracket.least, quality))
        width = bracket.most - bracket.least + 1
        found = Tried(quality, value(quality))
        if found.value < 0:
            bracket.below = found
        else:
            bracket.above = found
        if close(found.value):
            break
        stale = stale + 1 if 2 * (bracket.most - bracket.least + 1) > width else 0
        quality = _middle(bracket) if stale > _PATIENCE else _next(bracket, found, before)
        before = found
    return bracket.below, bracket.above


def _middle(bracket: _Bracket) -> int:
    return (bracket.least + bracket.most) // 2


def _next(bracket: _Bracket, last: Tried, before: Tried | None) -> int:
    """Return where a straight line through two tries crosses zero: the nearest on both sides, or else the last two."""
    below, above = bracket.below, bracket.above
    onward = _STEP if last.value < 0 else -_STEP
    if below is not None and above is not None:
        return round(_zero(below, above))
    if before is None or (last.value - before.value) * (last.quality - before.quality) <= 0:
        return last.quality + onward
    return round(_zero(before, last) + onward / _STEP)


def _zero(one: Tried, other: Tried) -> float:
    return one.quality - one.value * (other.quality - one.quality) / (other.value - one.value)
