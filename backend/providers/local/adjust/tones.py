"""Light and dark: curves on lightness that end where they began, so that nothing is cut off at black or white.

Brightness and contrast are solved on the picture's own histogram: the one moves the mean and keeps the spread, the
other moves the spread and keeps the mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from backend.providers.local.adjust.base import smoothed
from backend.providers.local.adjust.lab import relit, smooth

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from backend.providers.local.adjust.lab import Lab, Plane

    Curve = NDArray[np.float64]
    """What each of `_LEVELS` becomes."""

_LEVELS: Final = np.linspace(0, 1, 1025)
_BRIGHTER: Final = 1.4
"""How much steeper the curve of brightness begins; its middle rises by 8 hundredths."""
_SPREAD: Final = 0.16
"""The logarithm of the spread that contrast adds."""
_POWER: Final = 2.5
_LEAST, _MOST = -0.6, 0.97
"""The ends of `_bent`: beyond them tones would swap places."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """How much of the picture has each of `_LEVELS` as its lightness."""

    share: NDArray[np.float64]

    def mean(self, curve: Curve) -> float:
        """Return the mean lightness under a curve."""
        return float(self.share @ curve)

    def spread(self, curve: Curve) -> float:
        """Return the standard deviation of lightness under a curve."""
        return float(np.sqrt(max(0.0, self.share @ curve**2 - self.mean(curve) ** 2)))


def histogram(lightness: Plane, weight: Plane | None) -> Histogram:
    """Return the shares of all levels; where a weight is given, pixels count by it."""
    index = np.clip(np.rint(lightness * (_LEVELS.size - 1)), 0, _LEVELS.size - 1).astype(np.int32).ravel()
    found = np.bincount(index, None if weight is None else weight.ravel(), _LEVELS.size).astype(np.float64)
    return Histogram(found / max(float(found.sum()), 1e-9))


def exposure(lab: Lab, amount: float) -> None:
    """Multiply the light by half a stop for 1, with a shoulder towards white, in place."""
    scale = 2 ** (amount / 2 / 3)
    relit(lab, _drawn(lab[..., 0], scale * _LEVELS / (1 + (scale - 1) * _LEVELS**2)))


def brightness(lab: Lab, amount: float, weight: Plane | None) -> None:
    """Move the mean lightness and keep its spread, in place."""
    tones = histogram(lab[..., 0], weight)
    steep = _BRIGHTER**amount
    curve = steep * _LEVELS / (1 + (steep - 1) * _LEVELS)
    wanted, pivot = tones.spread(_LEVELS), tones.mean(curve)
    bend = _found(lambda one: tones.spread(_bent(curve, pivot, one)), wanted)
    relit(lab, _drawn(lab[..., 0], _bent(curve, pivot, bend)))


def contrast(lab: Lab, amount: float, weight: Plane | None) -> None:
    """Move the spread of lightness and keep its mean, in place."""
    tones = histogram(lab[..., 0], weight)
    mean, wanted = tones.mean(_LEVELS), tones.spread(_LEVELS) * float(np.exp(_SPREAD * amount))
    pivot, bend = float(np.clip(mean, 0.1, 0.9)), 0.0
    for _ in range(12):
        around = pivot
        bend = _found(lambda one, around=around: tones.spread(_bent(_LEVELS, around, one)), wanted)
        off = tones.mean(_bent(_LEVELS, pivot, bend)) - mean
        pivot = float(np.clip(pivot + off / max(abs(bend), 0.1) * np.sign(bend), 0.05, 0.95))
    relit(lab, _drawn(lab[..., 0], _bent(_LEVELS, pivot, bend)))


def highlights(lab: Lab, amount: float) -> None:
    """Lift or lower the bright parts as wholes, in place; pure white follows less."""
    light = lab[..., 0]
    part = smooth(smoothed(light), 0.5, 0.85)
    if amount > 0:
        relit(lab, light + 0.5 * amount * part * light * (1 - light))
    else:
        relit(lab, light * (1 + 0.11 * amount * part * (1 - 0.6 * smooth(light, 0.93, 1.0))))


def shadows(lab: Lab, amount: float) -> None:
    """Lift or deepen the dark parts as wholes, in place; black stays black."""
    light = lab[..., 0]
    part = 1 - smooth(smoothed(light), 0.25, 0.6)
    if amount > 0:
        relit(lab, light + 0.4 * amount * part * light * (1 - light))
    else:
        relit(lab, light * (1 + 0.2 * amount * part))


def fade(lab: Lab, amount: float) -> None:
    """Lay a veil of light over the picture, which lifts black and leaves the rest nearly where it is, in place."""
    veil = 0.02 * amount
    light = lab[..., 0]
    lifted = np.cbrt(light * light * light + veil) * ((1 - 0.02 * amount) / (1 + veil) ** (1 / 3))
    ratio = (np.minimum(1, light / lifted) ** 2) * (1 - 0.1 * amount)
    lab[..., 1] *= ratio
    lab[..., 2] *= ratio
    lab[..., 0] = lifted


def _bent(curve: Curve, pivot: float, bend: float) -> Curve:
    """Return a curve made steeper around the pivot for a bend above 0, flatter below; black and white stay."""
    low = pivot * np.maximum(curve / pivot, 0) ** _POWER
    high = 1 - (1 - pivot) * (np.maximum(1 - curve, 0) / (1 - pivot)) ** _POWER
    return curve + bend * (np.where(curve < pivot, low, high) - curve)


def _found(spread: Callable[[float], float], wanted: float) -> float:
    """Return the bend whose spread is nearest to the wanted one."""
    low, high = _LEAST, _MOST
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (middle, high) if spread(middle) < wanted else (low, middle)
    return (low + high) / 2


def _drawn(lightness: Plane, curve: Curve) -> Plane:
    """Return lightness through a curve."""
    return np.interp(lightness, _LEVELS, curve).astype(np.float32)
