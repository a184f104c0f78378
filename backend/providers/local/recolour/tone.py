"""The curve that a region's luminance goes through: rising, so that no light and no texture is turned round."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.providers.local.recolour.shades import Shade

    Floats = NDArray[np.floating]

_LOOSE, _FIRM = 0.7, 0.95
"""How much of the way to the target's luminance the middle of a region goes: for a hue, and for an exact shade."""
_ALIKE = 0.98
"""The least correlation of luminance, as its cube root, before and after."""
_FLAT = 1e-3
"""A deviation of luminance below which there is no texture to keep."""
_STEPS = 12
_STRAIGHT = 0.5, 0.7, 0.85, 1.0
_DARKEST, _LIGHTEST = 0.04, 0.97
_LEAST_CONTRAST = 0.35
"""The share of a region's contrast that is left when it gets as light as it can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """Luminance, as its cube root 0..1, before and after; 0 and 1 stay."""

    power: float
    line: tuple[float, float]
    """Slope and offset, in light, of a line that is mixed in: it keeps the contrast that a power flattens."""
    straight: float
    """The share of the line, 0..1."""
    middle: float
    """Where the middle of the region comes to lie."""

    @classmethod
    def fitted(cls, cube: Floats, target: Shade, coloured: float) -> Tone:
        """Return the curve that takes the region as near to the target as its texture allows.

        `coloured` 0..1 tells how far the region has a colour: a grey one has none to tell its lightness by.
        """
        middle = min(max(float(np.median(cube)), _DARKEST), _LIGHTEST)
        wanted = min(max(target.cube, _DARKEST), 1 - _LEAST_CONTRAST * (1 - middle))
        firm = _FIRM if not target.loose else _LOOSE * coloured + _FIRM * (1 - coloured)
        for step in range(_STEPS, 0, -1):
            there = middle + firm * step / _STEPS * (wanted - middle)
            for straight in _STRAIGHT:
                tone = cls._through(middle, there, straight)
                if _correlation(cube, tone.of(cube)) >= _ALIKE:
                    return tone
        return cls._through(middle, middle, 1)

    @classmethod
    def _through(cls, middle: float, wanted: float, straight: float) -> Tone:
        power = math.log(wanted) / math.log(middle)
        darker = wanted <= middle
        slope = (wanted / middle) ** 3 if darker else (1 - wanted**3) / (1 - middle**3)
        return cls(power=power, line=(slope, 0.0 if darker else 1 - slope), straight=straight, middle=wanted)

    def of(self, cube: Floats) -> Floats:
        """Return luminance after, as its cube root."""
        slope, offset = self.line
        bounded = np.clip(cube, 0, 1)
        line = np.cbrt(slope * bounded**3 + offset)
        return np.clip((1 - self.straight) * bounded**self.power + self.straight * line, 0, 1).astype(np.float32)


def _correlation(before: Floats, after: Floats) -> float:
    """Return the lesser correlation: of lightness as people see it, or of light."""
    if before.std() < _FLAT or after.std() < _FLAT:
        return 1.0
    return min(float(np.corrcoef(before**power, after**power)[0, 1]) for power in (1, 3))
