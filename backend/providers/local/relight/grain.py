"""Grain and sharpness: how much of each two pictures have, and how to give one the other's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from backend.providers.local.relight import tones

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.providers.local.relight.tones import Plane

_SEEN = 1024
"""Longest side of the middle part that is measured."""
_ROWS = 256
_MOST = 4.0
"""Levels of grain that are added at most."""
_BLURS = (0.6, 0.9, 1.3, 1.8)
_AS_SHARP = 1.15
"""How much sharper than the subject a background may be."""


def level(pixels: NDArray[np.uint8], where: Plane | None = None) -> float:
    """Return the deviation of the grain in levels of 0..255, seen where the picture is flattest.

    `where`: only there. Fewer than 256 such pixels tell nothing: 0.
    """
    grey, chosen = _part(pixels, where)
    rest = np.abs(grey - tones.soft(grey, 1.0))
    busy = tones.soft(rest, 3.0)
    if np.count_nonzero(chosen) < 256:  # noqa: PLR2004 - the docstring names it
        return 0.0
    flat = chosen & (busy <= np.quantile(busy[chosen], 0.3))
    return float(np.median(rest[flat]) * 1.4826 / 0.86)


def missing(own: float, wanted: float) -> float:
    """Return the deviation of the grain that makes `own` as grainy as `wanted`: 0 where it is already."""
    return min(_MOST, max(0.0, wanted**2 - own**2) ** 0.5)


def softened(
    background: NDArray[np.uint8], subject: NDArray[np.uint8], alpha: Plane
) -> tuple[NDArray[np.uint8], float]:
    """Return the background no sharper than the subject, and by how many pixels it was blurred."""
    wanted = _sharpness(*_part(subject, alpha)) * _AS_SHARP
    grey, everywhere = _part(background, None)
    if wanted <= 0 or _sharpness(grey, everywhere) <= wanted:
        return background, 0.0
    enough = (blur for blur in _BLURS if _sharpness(tones.soft(grey, blur), everywhere) <= wanted)
    blur = next(enough, _BLURS[-1])
    return np.asarray(cv2.GaussianBlur(background, (0, 0), blur), np.uint8).reshape(background.shape), blur


def _sharpness(grey: Plane, chosen: NDArray[np.bool_]) -> float:
    """Return how fine the strongest edges are, 0..1 and a little more; 0 where there are none."""
    if not chosen.any():
        return 0.0
    fine, coarse = (np.abs(grey - tones.soft(grey, reach))[chosen] for reach in (1.0, 3.0))
    strongest = float(np.quantile(coarse, 0.99))
    return float(np.quantile(fine, 0.99)) / strongest if strongest > 6 else 0.0  # noqa: PLR2004 - levels: no edges


def _part(pixels: NDArray[np.uint8], where: Plane | None) -> tuple[Plane, NDArray[np.bool_]]:
    """Return the middle of the picture in grey, and which of its pixels count."""
    height, width = pixels.shape[:2]
    top, left = max(0, (height - _SEEN) // 2), max(0, (width - _SEEN) // 2)
    box = slice(top, top + _SEEN), slice(left, left + _SEEN)
    grey = cv2.cvtColor(np.ascontiguousarray(pixels[box][..., :3]), cv2.COLOR_RGB2GRAY).astype(np.float32)
    inside: Plane = np.ones_like(pixels[..., 0], np.float32) if where is None else where
    chosen: NDArray[np.bool_] = tones.shrunk(inside[box], 3) >= 1
    return grey, chosen


def laid(pixels: NDArray[np.uint8], deviations: tuple[float, float], alpha: Plane, seed: int) -> NDArray[np.uint8]:
    """Return RGB pixels with grain: the first deviation where alpha is 1, the second where it is 0."""
    front, back = deviations
    if not (front or back):
        return pixels
    rng = np.random.Generator(np.random.PCG64(seed))
    result = np.empty_like(pixels)
    for top in range(0, pixels.shape[0], _ROWS):
        part = slice(top, min(top + _ROWS, pixels.shape[0]))
        cover = alpha[part]
        noise = rng.standard_normal(cover.shape, np.float32) * (front * cover + back * (1 - cover))
        result[part] = np.clip(np.rint(pixels[part] + noise[..., None]), 0, 255)
    return result
