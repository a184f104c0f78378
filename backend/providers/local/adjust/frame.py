"""What knows where in the picture a pixel is: vignettes, and turning the picture within its frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import cv2
import numpy as np

from backend.errors import RequestRefused
from backend.providers.local.adjust.lab import relit, smooth

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.providers.local.adjust.lab import Lab, Plane

_SIDE: Final = 1000
"""Longest side at which lines are looked for."""
_LONG: Final = 0.04
"""The length, as a share of the longest side, from which a line counts."""
_MOST: Final = 10.0
"""The largest tilt that is taken for a mistake, in degrees."""
_USUAL: Final = 6.0
"""The standard deviation of tilts: larger ones are believed less."""
_GRID: Final = np.arange(-_MOST, _MOST + 0.01, 0.05)
_ALIKE: Final = 0.35
"""How far apart, in degrees, lines may be that agree."""
_SURE: Final = 0.17
"""The weight of agreeing lines from which on they are believed: buildings have more, meadows and fur less."""
_APART: Final = 1.0
"""How far apart, in degrees, two opinions about what is level are different ones."""
_RIVAL: Final = 0.7
"""How strong, beside the strongest opinion, a second one may be."""


def vignette(lab: Lab, amount: float) -> None:
    """Darken towards the corners as a lens does, or lighten below 0, in place; the middle stays."""
    light = lab[..., 0]
    part = smooth(_off_centre(*light.shape), 0.22, 1.05)
    if amount > 0:
        lab *= (1 - 0.28 * amount * part)[..., None]
    else:
        relit(lab, light - 0.28 * amount * part * (1 - light))


def turned(pixels: NDArray[np.uint8], degrees: float) -> NDArray[np.uint8]:
    """Return the picture turned clockwise and enlarged just so far that it fills its frame."""
    height, width = pixels.shape[:2]
    angle = np.radians(abs(degrees))
    scale = np.cos(angle) + max(width / height, height / width) * np.sin(angle)
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -degrees, float(scale))
    found = cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_LANCZOS4, borderMode=cv2.BORDER_REPLICATE)
    return cast("NDArray[np.uint8]", found)


def tilt(colour: NDArray[np.uint8]) -> float:
    """Return by how many degrees, clockwise, lines that should be level or upright are off.

    Raises:
        RequestRefused: there are no such lines, or they disagree.
    """
    off, weight = _lines(colour)
    agree = np.exp(-0.5 * ((off[None] - _GRID[:, None]) / _ALIKE) ** 2) @ weight * np.exp(-0.5 * (_GRID / _USUAL) ** 2)
    best = int(np.argmax(agree))
    apart = np.abs(_GRID - _GRID[best]) > _APART
    if agree[best] < _SURE or agree[apart].max() > _RIVAL * agree[best]:
        raise RequestRefused(
            detail="No lines were found that agree on what is level or upright, so the picture can't be straightened by"
            " itself. Say by how much to turn it, as in “rotate 2 degrees”."
        )
    return float(_GRID[best])


def _lines(colour: NDArray[np.uint8]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how far each long line is from level or upright, in degrees, and its weight: one long one counts most."""
    grey = cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY)
    scale = min(1.0, _SIDE / max(grey.shape))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    found = cv2.createLineSegmentDetector().detect(small)[0] if min(small.shape) > 8 else None  # noqa: PLR2004 - pixels
    if found is None:
        return np.zeros(0), np.zeros(0)
    left, top, right, bottom = found[:, 0].astype(np.float64).T
    length = np.hypot(right - left, bottom - top) / max(small.shape)
    angle = np.degrees(np.arctan2(bottom - top, right - left))
    off = (angle + 45) % 90 - 45
    counted = (length > _LONG) & (np.abs(off) < _MOST)
    return off[counted], length[counted] ** 1.5


def _off_centre(height: int, width: int) -> Plane:
    """Return how far from the middle each pixel is, squared: 0 there, 1 in the corners."""
    down = ((np.arange(height, dtype=np.float32) + 0.5) / height * 2 - 1) ** 2
    across = ((np.arange(width, dtype=np.float32) + 0.5) / width * 2 - 1) ** 2
    return (down[:, None] + across[None]) / 2
