"""The large shapes of a picture's light, with their edges kept: what shadows, highlights and clarity work by."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import cv2
import numpy as np

if TYPE_CHECKING:
    from backend.providers.local.adjust.lab import Plane

_SIDE = 1024
"""Longest side at which shapes are sought; they are then applied at full size."""


def smoothed(light: Plane, *, reach: float = 0.02, flat: float = 0.01) -> Plane:
    """Return lightness without its fine drawing; edges whose variance is well above `flat` stay.

    `reach` is a fraction of the longest side. A guided filter (He, Sun: Fast Guided Filter, 2015).
    """
    height, width = light.shape
    scale = min(1.0, _SIDE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = cast("Plane", cv2.resize(light, size, interpolation=cv2.INTER_AREA))
    radius = max(1, round(max(small.shape) * reach))
    mean = _mean(small, radius)
    spread = _mean(np.square(small), radius) - mean * mean
    slope = spread / (spread + flat)
    slopes, offsets = _mean(slope, radius), _mean(mean - slope * mean, radius)
    return _enlarged(slopes, width, height) * light + _enlarged(offsets, width, height)


def _mean(plane: Plane, radius: int) -> Plane:
    return cast("Plane", cv2.blur(plane, (2 * radius + 1, 2 * radius + 1), borderType=cv2.BORDER_REFLECT))


def _enlarged(plane: Plane, width: int, height: int) -> Plane:
    return cast("Plane", cv2.resize(plane, (width, height), interpolation=cv2.INTER_LINEAR))
