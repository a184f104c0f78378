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

_SIDES: Final = ((1000, 1.0), (250, 0.3))
"""Longest sides at which lines are looked for, and what is found counts for: shores show in the small view."""
_LONG: Final = 0.03
"""The length, as a share of the longest side, from which a line counts."""
_MOST: Final = 10.5
"""The largest tilt that is taken for a mistake, in degrees."""
_USUAL: Final = 12.0
"""The standard deviation of tilts: larger ones are believed less."""
_GRID: Final = np.arange(-11, 11.01, 0.05)
_ALIKE: Final = 0.35
"""How far apart, in degrees, lines may be that agree."""
_UPRIGHT: Final = 1.2
"""How much an upright line counts beside a level one, which perspective may have slanted."""
_SURE: Final = 0.17
"""The weight of agreeing lines from which on they are believed: buildings have more, meadows and fur less."""
_CLEAR: Final = 4.0
"""How many times more lines must agree than do for the average angle."""
_APART: Final = 1.2
"""How far apart, in degrees, two opinions about what is level are different ones."""
_RIVAL: Final = 0.8
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
    agree = sum(_agreement(*_lines(colour, side), counts) for side, counts in _SIDES)
    agree = agree * np.exp(-0.5 * (_GRID / _USUAL) ** 2)
    best = int(np.argmax(agree))
    rival = agree[np.abs(_GRID - _GRID[best]) > _APART].max()
    clear = agree[best] >= max(_SURE, _CLEAR * agree.mean()) and rival <= _RIVAL * agree[best]
    if not clear or abs(_GRID[best]) > _MOST:
        raise RequestRefused(
            detail="No lines were found that agree on what is level or upright, so the picture can't be straightened by"
            " itself. Say by how much to turn it, as in “rotate 2 degrees”."
        )
    return float(_GRID[best])


def _agreement(off: NDArray[np.float64], weight: NDArray[np.float64], counts: float) -> NDArray[np.float64]:
    """Return how much the lines speak for each tilt of the grid."""
    return counts * (np.exp(-0.5 * ((off[None] - _GRID[:, None]) / _ALIKE) ** 2) @ weight)


def _lines(colour: NDArray[np.uint8], side: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how far each long line is from level or upright, in degrees, and its weight: one long one counts most."""
    grey = cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY)
    scale = min(1.0, side / max(grey.shape))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    found = cv2.createLineSegmentDetector().detect(small)[0] if min(small.shape) > 8 else None  # noqa: PLR2004 - pixels
    if found is None:
        return np.zeros(0), np.zeros(0)
    left, top, right, bottom = found[:, 0].astype(np.float64).T
    length = np.hypot(right - left, bottom - top) / max(small.shape)
    angle = np.degrees(np.arctan2(bottom - top, right - left))
    off = (angle + 45) % 90 - 45
    weight = np.where(np.abs(bottom - top) > np.abs(right - left), _UPRIGHT, 1.0) * length**1.5
    counted = (length > _LONG) & (np.abs(off) < 2 * _MOST)
    return off[counted], weight[counted]


def _off_centre(height: int, width: int) -> Plane:
    """Return how far from the middle each pixel is, squared: 0 there, 1 in the corners."""
    down = ((np.arange(height, dtype=np.float32) + 0.5) / height * 2 - 1) ** 2
    across = ((np.arange(width, dtype=np.float32) + 0.5) / width * 2 - 1) ** 2
    return (down[:, None] + across[None]) / 2
