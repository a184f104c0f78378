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
    """Return RGB pixels with the hole filled; of `tries` fillings the one that fits its rim best.

    Nothing is taken from what is `barred`, and nothing put there. The same seed gives the same.
    """
    made: list[NDArray[np.uint8]] = []
    for number in range(tries):
        patch_match.set_random_seed((seed * tries + number) % 2**32)
        made.append(patch_match.inpaint(colour, hole, global_mask=barred, patch_size=_REACH))
    return min(made, key=lambda filled: _roughness(filled, hole))


def _roughness(filled: NDArray[np.uint8], hole: NDArray[np.bool_]) -> float:
    """Return how much the picture jumps where the hole begins; less is better."""
    rim = cv2.morphologyEx(hole.astype(np.uint8), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > 0
    steps = np.abs(cv2.Laplacian(filled.astype(np.float32), cv2.CV_32F)).mean(axis=2)
    return float(steps[rim].mean()) if rim.any() else 0.0
