"""Trying one quality after another; of a still picture a sample says where to begin."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from backend.errors import CannotFit
from backend.imaging.encoding.encoders import LEAST, MOST, Effort, Encoding, encoded
from backend.imaging.encoding.likeness import Likeness
from backend.imaging.encoding.searching import Tried, crossing

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Over = Callable[["Trials", int], float]
    Close = Callable[[float], bool]

_GUESSES: Final[dict[Encoding, int]] = {"jpg": 82, "webp": 82, "avif": 68}
_TILE: Final = 256
_WHOLE: Final = 1_500_000
"""Pixels up to which a picture is searched as it is; of a larger one a sample first says where to begin."""


class Trials:
    """The files that something gave so far, by quality, and how like it each of them is.

    `near` says how far above the asked likeness, and what share of the bytes unused, is near enough to look no further.
    """

    amount = 1
    """How much there is of it, beside a sample."""

    def __init__(
        self,
        write: Callable[[int], bytes],
        like_in: Callable[[bytes], float],
        *,
        guess: int,
        first: int = LEAST,
        near: tuple[float, float] = (0.0005, 0.02),
    ) -> None:
        self.guess = guess
        self.files: dict[int, bytes] = {}
        self.likes: dict[int, float] = {}
        self._write = write
        self._like_in = like_in
        self._first = first
        self._near_like, self._near_full = near

    def file(self, quality: int) -> bytes:
        """Return the file of a quality."""
        if quality not in self.files:
            self.files[quality] = self._write(quality)
        return self.files[quality]

    def like(self, quality: int) -> float:
        """Return how like the original that file is, 0..1."""
        if quality not in self.likes:
            self.likes[quality] = self._like_in(self.file(quality))
        return self.likes[quality]

    def lowest_like(self, least: float) -> int | None:
        """Return about the lowest quality that is as like as this; None where none is."""

        def over(trials: Trials, quality: int) -> float:
            return trials.like(quality) - least

        _below, above = self._crossing(over, lambda found: 0 <= found <= self._near_like, MOST)
        return None if above is None else above.quality

    def highest_within(self, most: int, *, last: int = MOST) -> int | None:
        """Return about the highest quality up to `last` of at most so many bytes; None where none is that small."""

        def over(trials: Trials, quality: int) -> float:
            return math.log((len(trials.file(quality)) - 0.5) / (most * trials.amount / self.amount))

        below, _above = self._crossing(over, lambda found: -self._near_full <= found < 0, last)
        return None if below is None else below.quality

    def too_large(self, what: str, most: int) -> CannotFit:
        """Return that no file of `what` is small enough, after `highest_within`."""
        least = min(len(data) for data in self.files.values())
        detail = f"The {what} takes at least {least:,} bytes in this format and size; {most:,} were asked for."
        return CannotFit(detail=detail, limit=f"{most} bytes", reachable=f"{least} bytes")

    def too_unlike(self, what: str, encoding: Encoding, least: float) -> CannotFit:
        """Return that no file of `what` is as like as asked, after `lowest_like`."""
        best = max(self.likes.values())
        detail = f"As {encoding} the {what} comes to a likeness of {best:.4f}; {least:.4f} was asked for."
        return CannotFit(detail=detail, limit=f"SSIM {least:.4f}", reachable=f"SSIM {best:.4f}")

    def _begin(self, over: Over, close: Close) -> int:  # noqa: ARG002 - for those who know better
        """Return the quality to begin with."""
        return self.guess

    def _crossing(self, over: Over, close: Close, last: int) -> tuple[Tried | None, Tried | None]:
        guess = min(last, self._begin(over, close))
        return crossing(lambda quality: over(self, quality), self._first, last, guess=guess, close=close)


class PictureTrials(Trials):
    """The files that pixels gave so far."""

    def __init__(self, pixels: NDArray[np.uint8], encoding: Encoding, effort: Effort) -> None:
        likeness = Likeness(pixels)
        super().__init__(
            lambda quality: encoded(pixels, encoding, quality, effort=effort),
            likeness.in_file,
            guess=_GUESSES[encoding],
        )
        self.amount = pixels.size
        self._pixels = pixels
        self._encoding: Encoding = encoding
        self._effort: Effort = effort

    def _begin(self, over: Over, close: Close) -> int:
        if self._pixels.shape[0] * self._pixels.shape[1] <= _WHOLE:
            return self.guess
        few = PictureTrials(sample(self._pixels), self._encoding, self._effort)
        below, above = crossing(lambda quality: over(few, quality), LEAST, MOST, guess=self.guess, close=close)
        return (above or below or Tried(self.guess, 0)).quality


def sample(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return squares out of a large picture, evenly spread over it, side by side."""
    across, down = (_places(pixels.shape[axis]) for axis in (1, 0))
    return np.vstack([np.hstack([pixels[y : y + _TILE, x : x + _TILE] for x in across]) for y in down])


def _places(length: int) -> list[int]:
    count = min(4, max(1, length // _TILE))
    return [(length - min(_TILE, length)) * (2 * place + 1) // (2 * count) for place in range(count)]
