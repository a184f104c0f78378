"""How vivid sRGB lets a hue be at a luminance, looked up instead of tried."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from backend.imaging import oklab

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.floating]

_HUES, _LIGHTS, _TRIED = 17, 129, 160
_MOST = 1.4
"""More chroma by lightness than any colour of sRGB has: blue's is .7."""
_KNEE = 0.75
"""The share of what is possible from which on less than the wanted is given, so that no texture is cut flat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gamut:
    """The most chroma by lightness, for hues around one and for luminance."""

    most: Floats
    """Hues x luminances (as cube roots 0..1)."""
    reach: float
    """Radians from the middle hue to the first and the last."""

    @classmethod
    def around(cls, hue: float, reach: float) -> Gamut:
        """Return the table for hues within `reach` of `hue`, in radians."""
        hues = (hue + np.linspace(-reach, reach, _HUES))[:, None]
        tried = np.linspace(0, _MOST, _TRIED)[None, :]
        values = np.stack(
            np.broadcast_arrays(np.ones_like(hues * tried), tried * np.cos(hues), tried * np.sin(hues)), -1
        )
        light = oklab.light_of(values.astype(np.float32))
        luminance = np.maximum(oklab.luminance(light), 1e-6)
        # The luminance up to which all channels stay below 1; none where one is below 0, however dark.
        upto = np.where(light.min(axis=-1) < -1e-4, 0, np.cbrt(luminance / light.max(axis=-1)))  # noqa: PLR2004 - rounding
        upto = np.minimum.accumulate(upto, axis=1)
        cubes = np.linspace(0, 1, _LIGHTS)
        counts = np.stack([np.searchsorted(-row, -cubes, side="right") for row in upto])
        return cls(most=tried[0, np.maximum(counts - 1, 0)].astype(np.float32), reach=reach)

    def fitted(self, off: Floats, cube: Floats, wanted: Floats) -> Floats:
        """Return the wanted chroma by lightness, eased into what there is. `off` is from the middle hue."""
        across = np.clip(cube, 0, 1) * (_LIGHTS - 1)
        down = (off / (2 * self.reach) + 0.5) * (_HUES - 1)
        flat = (-1, 1) if across.ndim == 1 else across.shape
        most = cv2.remap(
            self.most, across.reshape(flat).astype(np.float32), down.reshape(flat).astype(np.float32), cv2.INTER_LINEAR
        ).reshape(across.shape)
        share = wanted / np.maximum(most, 1e-5)
        over = np.maximum(share - _KNEE, 0) / (1 - _KNEE)
        eased = np.where(share > _KNEE, _KNEE + (1 - _KNEE) * over / (1 + over), share)
        return (eased * most).astype(np.float32)
