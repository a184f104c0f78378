"""Colour: white balance, strength and toning, in OKLab, where light stays what it was."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from backend.providers.local.adjust.lab import balance, smooth, times

if TYPE_CHECKING:
    from backend.providers.local.adjust.lab import Lab, Plane

AMBER: Final = (math.cos(math.radians(75)), math.sin(math.radians(75)))
"""The direction in a and b in which daylight grows warmer."""
MAGENTA: Final = (AMBER[1], -AMBER[0])
"""The direction across it, away from green."""
_ROWS: Final = 256
_WARMER, _TINTED = 0.026, 0.018
"""How far white moves."""
_VIVID: Final = 0.4
"""The chroma from which on colours grow no stronger."""
_WEAK: Final = 0.2
"""The same for vibrance."""
_SKIN: Final = (math.radians(48), math.radians(24))
"""The hue of skin of all kinds, and how far around it colours are spared by vibrance."""


def warmth(lab: Lab, amount: float) -> None:
    """Move the white balance towards amber, or blue below 0, in place."""
    _balanced(lab, AMBER[0] * _WARMER * amount, AMBER[1] * _WARMER * amount)


def tint(lab: Lab, amount: float) -> None:
    """Move the white balance towards magenta, or green below 0, in place."""
    _balanced(lab, MAGENTA[0] * _TINTED * amount, MAGENTA[1] * _TINTED * amount)


def saturation(lab: Lab, amount: float) -> None:
    """Make colours stronger, vivid ones less so, or all weaker, in place; -2 leaves none."""
    if amount < 0:
        lab[..., 1:] *= max(0.0, 1 + 0.35 * amount + 0.3 * min(0.0, amount + 1))
        return
    for strip in _strips(lab):
        _stronger(strip, 0.35 * amount * np.maximum(0, 1 - _chroma(strip) / _VIVID))


def vibrance(lab: Lab, amount: float) -> None:
    """Make weak colours stronger, or weaker below 0, skin half as much, in place."""
    for strip in _strips(lab):
        weak = np.maximum(0, 1 - _chroma(strip) / _WEAK)
        off = np.abs(np.arctan2(strip[..., 2], strip[..., 1]) - _SKIN[0])
        spared = 0.5 + 0.5 * smooth(off, _SKIN[1] / 2, _SKIN[1])
        _stronger(strip, np.maximum(-1, 0.45 * amount * weak * weak * spared))


def black_and_white(lab: Lab, amount: float) -> None:
    """Take the colours away, in place; 1 takes all of them."""
    lab[..., 1:] *= 1 - min(1.0, amount)


def sepia(lab: Lab, amount: float) -> None:
    """Put brown in the place of all colours, in place; black and white stay free of it."""
    black_and_white(lab, amount)
    for strip in _strips(lab):
        light = strip[..., 0]
        middle = np.sqrt(np.clip(4 * light * (1 - light), 0, 1))
        _toned(strip, 0.05 * min(amount, 1.4) * middle, math.radians(68))


def warm_highlights(lab: Lab, amount: float) -> None:
    """Lay amber over the bright tones, or blue below 0, in place."""
    for strip in _strips(lab):
        light = strip[..., 0]
        part = smooth(light, 0.5, 0.9) * (1 - 0.7 * smooth(light, 0.93, 1.0))
        _toned(strip, 0.03 * abs(amount) * part, math.radians(72 if amount > 0 else 250))


def warm_shadows(lab: Lab, amount: float) -> None:
    """Lay amber over the dark tones, or teal below 0, in place; black stays black."""
    for strip in _strips(lab):
        light = strip[..., 0]
        part = (1 - smooth(light, 0.25, 0.7)) * smooth(light, 0.0, 0.2)
        _toned(strip, 0.03 * abs(amount) * part, math.radians(65 if amount > 0 else 215))


def _balanced(lab: Lab, a: float, b: float) -> None:
    matrix = balance(a, b)
    for strip in _strips(lab):
        strip[...] = times(np.ascontiguousarray(strip), matrix)
    np.clip(lab[..., 0], 0, 1, out=lab[..., 0])


def _strips(lab: Lab) -> list[Lab]:
    """Return views of a few rows each, so that what is computed between takes little memory."""
    return [lab[top : top + _ROWS] for top in range(0, lab.shape[0], _ROWS)]


def _chroma(lab: Lab) -> Plane:
    return np.hypot(lab[..., 1], lab[..., 2])


def _stronger(lab: Lab, gain: Plane) -> None:
    lab[..., 1] *= 1 + gain
    lab[..., 2] *= 1 + gain


def _toned(lab: Lab, chroma: Plane, hue: float) -> None:
    lab[..., 1] += chroma * math.cos(hue)
    lab[..., 2] += chroma * math.sin(hue)
