"""What there is only once in a picture: a second one of it beside the first is what gives a continued picture away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from backend.providers.local.fill.planes import blurred, enlarged, shrunk
from backend.providers.local.fill.scene import REACH, SIDE

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LOOK = 72
"""Longest side in pixels at which patches are compared with each other, all with all."""
_APART = 9
"""Pixels, at that size, from which on another patch is elsewhere."""
_MOST = 4000.0
"""Mean square of colour: rarer than that is as rare as can be."""


def rarity(colour: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return how little each place of the picture is like any other, as a mean square of colour, 0..4000."""
    height, width = colour.shape[:2]
    scale = max(1.0, max(height, width) / _LOOK)
    size = max(1, round(width / scale)), max(1, round(height / scale))
    if min(size) < 2 * SIDE:
        return np.zeros((height, width), np.float32)
    small = np.pad(shrunk(colour[..., :3], size), ((REACH, REACH), (REACH, REACH), (0, 0)), mode="reflect")
    patches = sliding_window_view(small, (SIDE, SIDE), axis=(0, 1)).reshape(size[0] * size[1], -1)
    apart = _to_the_likest(patches, size) / patches.shape[1]
    rare = blurred(np.minimum(apart, _MOST).reshape(size[1], size[0]).astype(np.float32), 1.5)
    return enlarged(rare, (width, height))


def _to_the_likest(patches: NDArray[np.float32], size: tuple[int, int]) -> NDArray[np.float32]:
    """Return the square of what each patch differs by from the likest one elsewhere."""
    square = np.einsum("ij,ij->i", patches, patches)
    rows, columns = np.divmod(np.arange(len(patches)), size[0])
    least = np.empty(len(patches), np.float32)
    for begin in range(0, len(patches), size[0]):
        some = slice(begin, begin + size[0])
        far = square[some, None] + square - 2 * patches[some] @ patches.T
        near = (np.abs(rows[some, None] - rows) < _APART) & (np.abs(columns[some, None] - columns) < _APART)
        least[some] = np.where(near, np.inf, far).min(axis=1)
    return np.maximum(least, 0)
