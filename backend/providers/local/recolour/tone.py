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
"""The least correlation of luminance before and after."""
_STEPS = 12
_DARKEST, _LIGHTEST = 0.04, 0.97


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """Luminance, as its cube root 0..1, before and after; 0 and 1 stay."""

    power: float
    line: tuple[float, float]
    """Slope and offset of a line that is mixed in, half and half: it keeps the contrast that a power flattens."""
    middle: float
    """Where the middle of the region comes to lie."""

    @classmethod
    def fitted(cls, cube: Floats, target: Shade, coloured: float) -> Tone:
        """Return the curve that takes the region as near to the target as its texture allows.

        `coloured` 0..1 tells how far the region has a colour: a grey one has none to tell its lightness by.
        """
        middle = min(max(float(np.median(cube)), _DARKEST), _LIGHTEST)
        wanted = min(max(target.cube, _DARKEST), _LIGHTEST)
        firm = _FIRM if not target.loose else _LOOSE * coloured + _FIRM * (1 - coloured)
        for step in range(_STEPS, 0, -1):
            tone = cls._through(middle, middle + firm * step / _STEPS * (wanted - middle))
            if _correlation(cube, tone.of(cube)) >= _ALIKE:
                return tone
        return cls._through(middle, middle)

    @classmethod
    def _through(cls, middle: float, wanted: float) -> Tone:
        power = math.log(wanted) / math.log(middle)
        darker = wanted <= middle
        slope = wanted / middle if darker else (1 - wanted) / (1 - middle)
        return cls(power=power, line=(slope, 0.0 if darker else 1 - slope), middle=wanted)

    def of(self, cube: Floats) -> Floats:
        """Return luminance after, as its cube root."""
        slope, offset = self.line
        bounded = np.clip(cube, 0, 1)
        return np.clip(0.5 * bounded**self.power + 0.5 * (slope * bounded + offset), 0, 1).astype(np.float32)


def _correlation(before: Floats, after: Floats) -> float:
    one, other = before**3, after**3
    if one.std() < 1e-4 or other.std() < 1e-4:  # noqa: PLR2004 - flat: nothing to keep
        return 1.0
    return float(np.corrcoef(one, other)[0, 1])
