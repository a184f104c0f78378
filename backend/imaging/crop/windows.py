"""Windows: the largest box of a format's shape in a picture, and where it lies when a person or nobody says.

Whole pixels come about in one way only: x is rounded to floor(x + 1/2). The browser computes the same, from the same
test vectors.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from backend.imaging.types import Box, Size


@dataclass(frozen=True, slots=True)
class Focus:
    """The point of a picture that matters, as fractions 0..1 of its width and height."""

    x: float
    y: float


CENTRE = Focus(0.5, 0.5)


def window_of(source: Size, target: Size) -> Size:
    """Return the size of the largest window of the target's shape within the source, at least one pixel a side."""
    if source.width * target.height >= source.height * target.width:
        return Size(max(1, _ratio(source.height * target.width, target.height)), source.height)
    return Size(source.width, max(1, _ratio(source.width * target.height, target.width)))


def around(source: Size, target: Size, focus: Focus) -> Box:
    """Return the largest window of the target's shape, as near as it fits with its middle on the focus."""
    window = window_of(source, target)
    left = starting(focus.x, source.width, window.width)
    top = starting(focus.y, source.height, window.height)
    return Box(left, top, left + window.width, top + window.height)


def starting(focus: float, length: int, window: int) -> int:
    """Return where a window starts whose middle is at a fraction of the length, or as near to it as it fits."""
    return min(max(math.floor(focus * length - window / 2 + 0.5), 0), length - window)


def _ratio(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)
