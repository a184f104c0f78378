"""How far colours are from each other, as eyes see it: CIEDE2000.

Source: G. Sharma, W. Wu, E. N. Dalal, "The CIEDE2000 Color-Difference Formula", 2005, https://doi.org/10.1002/col.20070
(formula and the pairs of its table 1, read 2026-11-23)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def delta_e(one: NDArray[np.float32], other: NDArray[np.float32], seen: NDArray[np.bool_] | None = None) -> float:
    """Return the mean difference of two pictures in sRGB (height x width x 3, 0..255), where they are seen."""
    apart = between(*(_lab(pixels) for pixels in (one, other)))
    return float(apart.mean() if seen is None else apart[seen].mean())


def _lab(pixels: NDArray[np.float32]) -> Floats:
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(pixels / 255, np.float32), cv2.COLOR_RGB2LAB), np.float64)


def between(one: Floats, other: Floats) -> Floats:
    """Return the difference of each pair of colours in Lab."""
    mean_chroma = (np.hypot(one[..., 1], one[..., 2]) + np.hypot(other[..., 1], other[..., 2])) / 2
    stretch = 1 + 0.5 * (1 - _saturating(mean_chroma))
    (c1, h1), (c2, h2) = (_polar(lab[..., 1] * stretch, lab[..., 2]) for lab in (one, other))
    light, chroma = (one[..., 0] + other[..., 0]) / 2, (c1 + c2) / 2
    turn = (h2 - h1 + 180) % 360 - 180
    hue = np.where(c1 * c2 == 0, h1 + h2, (h1 + turn / 2) % 360)
    d_hue = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn) / 2)
    weight = (
        *(1, -0.17 * _cos(hue - 30), 0.24 * _cos(2 * hue)),
        *(0.32 * _cos(3 * hue + 6), -0.20 * _cos(4 * hue - 63)),
    )
    s_light = 1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)
    d_l, d_c = (other[..., 0] - one[..., 0]) / s_light, (c2 - c1) / (1 + 0.045 * chroma)
    d_h = d_hue / (1 + 0.015 * chroma * sum(weight))
    rotation = -2 * _saturating(chroma) * np.sin(np.radians(60 * np.exp(-(((hue - 275) / 25) ** 2))))
    return np.sqrt(np.maximum(0, d_l**2 + d_c**2 + d_h**2 + rotation * d_c * d_h))


def _polar(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    return np.hypot(a, b), np.degrees(np.arctan2(b, a)) % 360


def _cos(degrees: Floats) -> Floats:
    return np.cos(np.radians(degrees))


def _saturating(chroma: Floats) -> Floats:
    return np.sqrt(chroma**7 / (chroma**7 + 25.0**7))
