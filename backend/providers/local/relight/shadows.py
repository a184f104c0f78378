"""The shadow of a subject that stands on something: dark where it touches, soft and away from the light beyond."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from backend.providers.local.relight import tones

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.providers.local.relight.light import Light
    from backend.providers.local.relight.tones import Plane

_MARGIN = 0.012
"""The share of the height that must be free below a subject; with less it is cut by the frame and stands on nothing."""
_BROAD = 0.15, 0.3
"""How broad the underside is, beside the subject, of what may float and of what surely stands."""
_SOLE = 0.05
"""How far above its lowest part the underside still counts, of the subject's height and width together."""
_LOW, _MAYBE = 0.8, 0.4
"""The share of the picture's height below which a narrow underside may well stand, and how dark its shadow is then."""
_FEET = 0.2
"""How far above its lowest part, in heights of the subject, a foot may be that stands farther back."""
_FOOT, _STEP = 0.025, 0.12
"""How far above its own lowest part a foot still touches, and how far feet are apart, in heights of the subject."""
_TIGHT, _WIDE = 0.68, 0.42
"""How dark the shadow is right where it touches, and around."""
_CAST, _FLAT, _SLANT = 0.24, 0.17, 0.55
"""How dark the cast shadow is, how flat it lies, and how far it falls aside, in heights of the subject."""


def firmness(alpha: Plane) -> float:
    """Return how surely the subject stands on a ground, 0..1, which is how dark its shadow is.

    What the frame cuts below stands on nothing; what ends in a point, high in the picture, hangs or flies.
    """
    solid = alpha > tones.SUBJECT
    rows, columns = np.flatnonzero(solid.any(axis=1)), np.flatnonzero(solid.any(axis=0))
    if not rows.size or int(rows[-1]) >= alpha.shape[0] - 1 - _MARGIN * alpha.shape[0]:
        return 0.0
    bottom = int(rows[-1])
    sole = max(1.0, _SOLE * (bottom - int(rows[0]) + columns.size))
    touching = columns[_underside(solid)[columns] >= bottom - sole]
    low, high = _BROAD
    broad = (int(touching[-1] - touching[0]) + 1) / columns.size
    firm = min(1.0, max(0.0, (broad - low) / (high - low)))
    return max(firm, _MAYBE if bottom >= _LOW * alpha.shape[0] else 0.0)


def of(alpha: Plane, light: Light) -> Plane:
    """Return how much light the background loses at each pixel, 0..1, to a subject of this alpha."""
    firm = firmness(alpha)
    if not firm:
        return np.zeros_like(alpha)
    rows = np.flatnonzero(np.any(alpha > tones.SUBJECT, axis=1))
    top, bottom = int(rows[0]), int(rows[-1])
    tall = max(2, bottom - top)
    feet = _feet(alpha, bottom, tall)
    across = max(1.0, 0.05 * min(tall, float(np.count_nonzero(feet.max(axis=0) > 0.1) + 1)))  # noqa: PLR2004 - touched
    tight = _spread(feet, across * 0.8, max(0.6, 0.010 * tall))
    wide = _spread(feet, across * 3.2, max(1.0, 0.035 * tall))
    kept = (1 - _TIGHT * tight) * (1 - _WIDE * wide) * (1 - _CAST * light.sided * _cast(alpha, light, (top, bottom)))
    return (firm * (1 - kept)).astype(np.float32)


def _underside(solid: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return the lowest row of each column; 0 where there is none."""
    return np.where(solid.any(axis=0), solid.shape[0] - 1 - np.argmax(solid[::-1], axis=0), 0)


def _feet(alpha: Plane, bottom: int, tall: int) -> Plane:
    """Return where the outline's underside is near the ground: a line one pixel high, 1 where it touches."""
    solid = alpha > tones.SUBJECT
    underside = _underside(solid)
    window = np.ones((1, 2 * max(1, round(_STEP * tall)) + 1), np.uint8)
    foot = np.asarray(cv2.dilate(underside[None].astype(np.float32), window), np.float32).ravel()
    near = np.exp(-(((foot - underside) / (_FOOT * tall + 1)) ** 2) - ((bottom - foot) / (_FEET * tall + 1)) ** 2)
    columns = np.flatnonzero(solid.any(axis=0))
    feet = np.zeros_like(alpha)
    feet[underside[columns], columns] = near[columns]
    return feet


def _spread(feet: Plane, across: float, down: float) -> Plane:
    """Return the line blurred into a patch that is about as dark on the line as it was."""
    return np.minimum(tones.soft(feet, across, down) * (down * 2.5), 1)


def _cast(alpha: Plane, light: Light, ends: tuple[int, int]) -> Plane:
    """Return the subject laid flat on the ground, away from the light, softer the farther."""
    top, bottom = ends
    height, width = alpha.shape
    slant = -light.towards[0] * _SLANT
    lay = np.array(((1, -slant, slant * bottom), (0, _FLAT, bottom * (1 - _FLAT))), np.float32)
    laid = np.asarray(cv2.warpAffine(alpha, lay, (width, height)), np.float32).reshape(alpha.shape)
    tall = bottom - top
    near = tones.soft(laid, max(0.6, 0.012 * tall))
    far = tones.soft(laid, max(1.0, 0.045 * tall))
    distance = np.clip((bottom - np.arange(height, dtype=np.float32)) / max(1.0, _FLAT * tall), 0, 1)[:, None]
    return ((near * (1 - distance) + far * distance) * (1 - 0.6 * distance)).astype(np.float32)
