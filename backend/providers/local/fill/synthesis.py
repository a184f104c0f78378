"""The native PatchMatch, with our own seeds: a hole filled so that all of its patches occur around it."""
# pyright: reportMissingTypeStubs=false

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from patchmatch import patch_match

if TYPE_CHECKING:
    from numpy.typing import NDArray

_REACH = 3
"""Pixels from the middle of a patch to its edge."""
LEAST_SIDE = 2 * _REACH + 2
"""Pictures with a shorter side have no patch to compare."""


def synthesised(
    colour: NDArray[np.uint8], hole: NDArray[np.bool_], barred: NDArray[np.bool_], seed: int, tries: int
) -> NDArray[np.uint8]:
    """Return RGB pixels with the hole filled; of `tries` fillings the one whose texture is most like that around.

    Nothing is taken from what is `barred`, and nothing put there. The same seed gives the same.
    """
    made: list[NDArray[np.uint8]] = []
    for number in range(tries):
        patch_match.set_random_seed((seed * tries + number) % 2**32)
        made.append(patch_match.inpaint(colour, hole, global_mask=barred, patch_size=_REACH))
    return min(made, key=lambda filled: _strangeness(filled, hole))


def _strangeness(filled: NDArray[np.uint8], hole: NDArray[np.bool_]) -> float:
    """Return by how much the hole's texture, and its edge's, differ from those around it; less is better."""
    steps = np.abs(np.asarray(cv2.Laplacian(filled.astype(np.float32), cv2.CV_32F), np.float32)).mean(axis=2) + 0.5
    black, box = hole.astype(np.uint8), np.ones((3, 3), np.uint8)
    edge = cv2.morphologyEx(black, cv2.MORPH_GRADIENT, box) > 0
    around = (cv2.dilate(black, np.ones((25, 25), np.uint8)) > 0) & ~hole
    usual = float(steps[around].mean()) if around.any() else 1.0
    places = (hole, edge) if edge.any() else (hole,)
    return sum(abs(float(np.log2(steps[place].mean() / usual))) for place in places)
