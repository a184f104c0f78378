"""Places that are known by where they lie: the sky."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from backend.imaging import oklab
from backend.providers.local.select import seeds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.providers.local.select.seeds import Bytes, Plane

WORK = 480
"""Longest side in pixels at which places and colours are sought."""
_ROUGH = 0.035
"""The step of lightness between neighbours from which on it is not the sky."""
_LEAST = 0.03
"""The share of the picture that a sky takes at least."""
_TOP = 0.06
"""The share of the picture's height in which the sky begins."""
_BLUE, _GREEN = 0.02, -0.035
"""From where on an axis of OKLab says blue, and green."""
_WARM_LIMIT = 0.55
"""Lightness below which a sky must be blue: dark roofs and walls are not."""


def sky(view: Bytes) -> Plane:
    """Return where the sky is, 0..1: smooth, light or blue, and reaching down from the upper edge; or nothing."""
    values = oklab.lab(oklab.linear(np.asarray(cv2.bilateralFilter(view, 7, 30, 7), np.uint8)))
    light, blue = values[..., 0], -values[..., 2]
    steps = np.maximum(*(np.abs(cv2.Sobel(light, cv2.CV_32F, *axis)) / 8 for axis in ((1, 0), (0, 1))))
    green = (values[..., 1] < _GREEN) & (blue < 0)
    could = (steps < _ROUGH) & ((blue > _BLUE) | (light > _WARM_LIMIT)) & ~green
    reached = _from_top(could)
    if reached.mean() < _LEAST:
        return np.zeros(view.shape[:2], np.float32)
    marks = np.full(view.shape[:2], seeds.LIKELY_NOT, np.uint8)
    marks[reached] = seeds.LIKELY
    marks[cv2.erode(reached.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0] = seeds.YES
    marks[_below(reached)] = seeds.NO
    return _from_top(seeds.cut(view, marks, rounds=3)).astype(np.float32)


def _from_top(could: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the parts that touch the upper edge."""
    _, labels = cv2.connectedComponents(could.astype(np.uint8), connectivity=4)
    rows = max(1, round(_TOP * could.shape[0]))
    return np.isin(labels, np.setdiff1d(labels[:rows][could[:rows]], [0]))


def _below(reached: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return what lies well below the lowest of the sky."""
    lowest = int(np.flatnonzero(reached.any(axis=1)).max())
    below = np.zeros_like(reached)
    below[lowest + 1 + reached.shape[0] // 20 :] = True
    return below
