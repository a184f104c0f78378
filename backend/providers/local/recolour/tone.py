"""The curve that a region's luminance goes through: rising, so that no light and no texture is turned round."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

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
_LIFT, _NEUTRAL_LIFTS = 2.2, (4.0, 3.0, 2.2, 1.6)
"""How many times lighter (as the cube root of luminance) the darkest of a region may get: in a colour, whose noise
would show, and in a white or a grey, the first that keeps the texture."""
_STEEPEST = 1.7
"""How many times farther apart the lightest of a region may come to lie where its middle gets darker."""
_NEUTRAL_VEIL = 0.7
"""The share of what is then missing to a white or a grey that is added as light."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """Luminance, as its cube root 0..1, before and after; 0 and 1 stay."""

    power: float
    """Of a curve that darkens; 1 where the region gets lighter."""
    gain: float
    """How many times lighter the darkest get, the lightest staying below white; 1 where the region gets darker."""
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
        lifts = _NEUTRAL_LIFTS if target.neutral else (_LIFT,)
        veil = max(1 - coloured, _NEUTRAL_VEIL if target.neutral else 0)
        for step in range(_STEPS, 0, -1):
            there = middle + firm * step / _STEPS * (wanted - middle)
            curves = (
                cls._darker(middle, there)
                if there <= middle
                else [cls._lighter(middle, there, lift, veil) for lift in lifts]
            )
            for tone in curves:
                if _correlation(cube, tone.of(cube)) >= _ALIKE:
                    return tone
        return cls(power=1, gain=1, line=(1, 0), straight=0, middle=middle)

    @classmethod
    def _darker(cls, middle: float, wanted: float) -> list[Tone]:
        """Return curves that keep white or give it up, the ones that spread light tones too far left out."""
        power, slope = math.log(wanted) / math.log(middle), (wanted / middle) ** 3
        gentle = [s for s in _STRAIGHT if (1 - s) * power + s * wanted / middle <= _STEEPEST] or [1.0]
        return [cls(power=power, gain=1, line=(slope, 0.0), straight=s, middle=wanted) for s in gentle]

    @classmethod
    def _lighter(cls, middle: float, wanted: float, most: float, veil: float) -> Tone:
        """Return a curve that multiplies light, so that shadows stay shadows; `veil` of what is missing is added to it.

        Only what has no colour is veiled: a black cloth is to get white, not the night.
        """
        gain = min(most, wanted * (1 - middle) / (middle * (1 - wanted)))
        lit = _lit(middle, gain)
        there = lit + veil * max(0.0, wanted - lit)
        slope = (1 - there**3) / (1 - lit**3)
        return cls(power=1, gain=gain, line=(slope, 1 - slope), straight=1, middle=there)

    def of(self, cube: Floats) -> Floats:
        """Return luminance after, as its cube root."""
        slope, offset = self.line
        bounded = _lit(np.clip(cube, 0, 1), self.gain)
        line = np.cbrt(slope * bounded**3 + offset)
        return np.clip((1 - self.straight) * bounded**self.power + self.straight * line, 0, 1).astype(np.float32)


@overload
def _lit(cube: float, gain: float) -> float: ...
@overload
def _lit(cube: Floats, gain: float) -> Floats: ...
def _lit(cube: float | Floats, gain: float) -> float | Floats:
    """Return what is `gain` times as light near black, and no lighter than white near white."""
    return gain * cube / (1 + (gain - 1) * cube)


def _correlation(before: Floats, after: Floats) -> float:
    """Return the lesser correlation: of lightness as people see it, or of light."""
    if before.std() < _FLAT or after.std() < _FLAT:
        return 1.0
    return min(float(np.corrcoef(before**power, after**power)[0, 1]) for power in (1, 3))
