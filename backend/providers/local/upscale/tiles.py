"""Working on a large picture piece by piece, so that no seam shows where the pieces meet."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from backend.imaging.types import Box, Size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

BLIND = 12
"""So many pixels at a piece's inner border count for nothing: its network saw no surroundings there."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one side, from `first` up to `last`; its first `shared` pixels lie in the one before too."""

    first: int
    last: int
    shared: int = 0


@dataclass(frozen=True, slots=True)
class Tile:
    """A piece of a picture: what it covers across and down."""

    across: Span
    down: Span

    @property
    def box(self) -> Box:
        """Return the piece's place."""
        return Box(self.across.first, self.down.first, self.across.last, self.down.last)


def spans(length: int, *, longest: int, overlap: int) -> tuple[Span, ...]:
    """Return the fewest stretches of at most `longest` pixels, as even as can be, that share at least `overlap`."""
    if length <= longest:
        return (Span(0, length),)
    count = math.ceil((length - overlap) / (longest - overlap))
    each = math.ceil((length + (count - 1) * overlap) / count)
    starts = [round(place * (length - each) / (count - 1)) for place in range(count)]
    ends = [0, *(start + each for start in starts)]
    return tuple(Span(start, start + each, max(0, before - start)) for start, before in zip(starts, ends, strict=False))


def tiles(size: Size, *, longest: int, overlap: int) -> tuple[Tile, ...]:
    """Return the pieces of a picture, row by row."""
    across = spans(size.width, longest=longest, overlap=overlap)
    down = spans(size.height, longest=longest, overlap=overlap)
    return tuple(Tile(column, row) for row in down for column in across)


def enlarged(span: Span, length: int, target: int) -> tuple[int, int]:
    """Return the pixels, first and past the last, that a stretch fills when its side of `length` becomes `target`."""
    first = math.ceil(span.first * target / length)
    return first, math.floor(span.last * target / length)


def weights(span: Span, length: int, target: int) -> NDArray[np.float32]:
    """Return how much a stretch counts at each pixel it fills, 0..1: rising where it shares with the one before."""
    first, past = enlarged(span, length, target)
    if not span.shared:
        return np.ones(past - first, np.float32)
    place = (np.arange(first, past) + 0.5) * length / target - span.first
    blind = min(BLIND, span.shared // 3)
    return np.clip((place - blind) / max(1, span.shared - 2 * blind), 0, 1).astype(np.float32)


def lay(whole: NDArray[np.uint8], piece: NDArray[np.uint8], tile: Tile, size: Size) -> None:
    """Lay an enlarged piece of a picture of `size` into the whole, faded into what lies there already."""
    target = Size(whole.shape[1], whole.shape[0])
    left, right = enlarged(tile.across, size.width, target.width)
    top, bottom = enlarged(tile.down, size.height, target.height)
    across = weights(tile.across, size.width, target.width)
    down = weights(tile.down, size.height, target.height)
    place = whole[top:bottom, left:right]
    if across[0] == 1 and down[0] == 1:
        place[...] = piece
        return
    for rows in _strips(bottom - top):
        share = (down[rows, None] * across[None, :])[..., None]
        old = place[rows].astype(np.float32)
        place[rows] = np.rint(old + share * (piece[rows] - old)).astype(np.uint8)


def _strips(rows: int, *, each: int = 256) -> Iterator[slice]:
    return (slice(top, top + each) for top in range(0, rows, each))
