"""Trying a picture at one quality after another, and guessing from a sample of it where to begin."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from backend.imaging.encoding.encoders import LEAST, MOST, Effort, Encoding, encoded
from backend.imaging.encoding.likeness import Likeness
from backend.imaging.encoding.searching import Tried, crossing

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_NEAR_LIKE, _NEAR_FULL = 0.0005, 0.02
"""How far above the asked likeness, and what share of the bytes unused, is near enough to look no further."""
_GUESSES: Final[dict[Encoding, int]] = {"jpg": 82, "webp": 82, "avif": 68}
_TILE, _TILES = 256, 10
_WHOLE: Final = 1_500_000
"""Pixels up to which a picture is searched as it is; of a larger one a sample first says where to begin."""


class Trials:
    """The files that a picture gave so far, by quality."""

    def __init__(self, pixels: NDArray[np.uint8], encoding: Encoding, effort: Effort) -> None:
        self.pixels = pixels
        self.encoding: Encoding = encoding
        self.effort: Effort = effort
        self.likeness = Likeness(pixels)
        self.files: dict[int, bytes] = {}
        self.likes: dict[int, float] = {}

    def file(self, quality: int) -> bytes:
        """Return the file of a quality."""
        if quality not in self.files:
            self.files[quality] = encoded(self.pixels, self.encoding, quality, effort=self.effort)
        return self.files[quality]

    def like(self, quality: int) -> float:
        """Return how like the picture that file is, 0..1."""
        if quality not in self.likes:
            self.likes[quality] = self.likeness.in_file(self.file(quality))
        return self.likes[quality]

    def lowest_like(self, least: float) -> int | None:
        """Return about the lowest quality that is as like as this; None where none is."""

        def over(trials: Trials, quality: int) -> float:
            return trials.like(quality) - least

        _below, above = self._crossing(over, lambda found: 0 <= found <= _NEAR_LIKE)
        return None if above is None else above.quality

    def highest_within(self, most: int) -> int | None:
        """Return about the highest quality of at most so many bytes; None where none is that small."""

        def over(trials: Trials, quality: int) -> float:
            share = trials.pixels.size / self.pixels.size
            return math.log((len(trials.file(quality)) - 0.5) / (most * share))

        below, _above = self._crossing(over, lambda found: -_NEAR_FULL <= found < 0)
        return None if below is None else below.quality

    def _crossing(
        self, over: Callable[[Trials, int], float], close: Callable[[float], bool]
    ) -> tuple[Tried | None, Tried | None]:
        guess = _GUESSES[self.encoding]
        if self.pixels.shape[0] * self.pixels.shape[1] > _WHOLE:
            few = Trials(sample(self.pixels), self.encoding, self.effort)
            below, above = crossing(lambda q: over(few, q), LEAST, MOST, guess=guess, close=close)
            guess = (above or below or Tried(guess, 0)).quality
        return crossing(lambda q: over(self, q), LEAST, MOST, guess=guess, close=close)


def sample(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return squares out of a large picture, evenly spread over it, side by side."""
    across, down = (_places(pixels.shape[axis]) for axis in (1, 0))
    return np.vstack([np.hstack([pixels[y : y + _TILE, x : x + _TILE] for x in across]) for y in down])


def _places(length: int) -> list[int]:
    count = min(4, max(1, length // _TILE))
    return [(length - min(_TILE, length)) * (2 * place + 1) // (2 * count) for place in range(count)]
