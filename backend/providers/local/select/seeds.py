"""From seeds to a selection: GrabCut at a reduced size, the edge at full size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from backend.providers.local import matte

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Plane = NDArray[np.floating]

NO, YES, LIKELY_NOT, LIKELY = cv2.GC_BGD, cv2.GC_FGD, cv2.GC_PR_BGD, cv2.GC_PR_FGD
"""What a seed says of its pixel."""
WORK = 320
"""Longest side in pixels at which colours are compared."""
_LEAST = 24
"""Shortest side in pixels of the same: tinier pictures are enlarged to it."""
_ROUNDS = 4


def small(colour: Bytes, longest: int = WORK) -> Bytes:
    """Return the picture at the size that it is looked at, at most `longest` a side."""
    height, width = colour.shape[:2]
    scale = min(1.0, longest / max(height, width))
    size = max(_LEAST, round(width * scale)), max(_LEAST, round(height * scale))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(colour, size, interpolation=how), np.uint8)


def cut(colour: Bytes, seeds: Bytes, rounds: int = _ROUNDS) -> NDArray[np.bool_]:
    """Return what GrabCut selects of a small picture, given a seed for each pixel.

    Where the seeds leave nothing to decide, or nothing to tell apart, they are the answer.
    """
    chosen = (seeds == YES) | (seeds == LIKELY)
    if not chosen.any() or chosen.all() or np.isin(seeds, (NO, YES)).all():
        return chosen
    cv2.setRNGSeed(7)  # the same picture gives the same selection
    labels, back, front = seeds.copy(), np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(colour, labels, (0, 0, 0, 0), back, front, rounds, cv2.GC_INIT_WITH_MASK)
    return (labels == YES) | (labels == LIKELY)


def fine(chosen: NDArray[np.bool_], colour: Bytes) -> Plane:
    """Return the selection 0..1 at the size of the full picture, its edges where the picture's are."""
    if not chosen.any() or chosen.all():
        return np.full(colour.shape[:2], float(chosen.all()), np.float32)
    size = (colour.shape[1], colour.shape[0])
    rough = np.asarray(cv2.resize(chosen.astype(np.float32), size, interpolation=cv2.INTER_LINEAR), np.float32)
    return matte.refine(rough, colour)


def as_mask(alpha: Plane) -> Bytes:
    """Return a selection as a mask: white where it is."""
    return np.rint(np.clip(alpha, 0, 1) * 255).astype(np.uint8)
