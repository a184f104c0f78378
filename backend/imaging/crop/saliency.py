"""What stands out in a picture: one small map, computed once, from which every crop is chosen.

Sources: the spectral residual after X. Hou and L. Zhang, "Saliency Detection: A Spectral Residual Approach", CVPR 2007
(https://doi.org/10.1109/CVPR.2007.383267); the distance to the colours along the border follows the observation that
subjects seldom touch it, Y. Wei and others, "Geodesic Saliency Using Background Priors", ECCV 2012
(https://doi.org/10.1007/978-3-642-33712-3_3). Both known to the author, not copied (read 2026-11-22).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Map = NDArray[np.float32]
    """Height x width, 0..1."""

LONGEST: Final = 160
"""Pixels of the map's longer side."""
_SPECTRAL_SIDE: Final = 64
_BORDER: Final = 0.06
"""The share of the shorter side along which the picture's border lies."""
_COLOURS: Final = 5
"""How many colours a border is taken to have."""
_SPECTRAL, _UNLIKE, _SHARP = 0.3, 0.5, 0.2
"""How much each of the three maps counts."""
_OFF_CENTRE: Final = 0.35
"""How much less counts what lies in a corner."""
_FLAT: Final = 0.1
"""Pictures whose colours spread less than this in Lab show nothing."""
_FLOOR: Final = 0.6
"""What stands out less than this many standard deviations above the mean is background."""


def saliency(pixels: NDArray[np.uint8], subject: Map | None = None) -> Map:
    """Return how much each part of a picture (uint8, RGB) stands out; no longer than 160 pixels a side.

    Where the alpha of a cut-out is at hand (0..1, any size), that alone is what stands out.
    """
    small = reduced(pixels)
    high, wide = small.shape[:2]
    if subject is not None and subject.max() > 0:
        return np.asarray(cv2.resize(subject, (wide, high), interpolation=cv2.INTER_AREA), np.float32)
    lab = np.asarray(cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB), np.float32)
    if float(lab.std(axis=(0, 1)).max()) < _FLAT:
        return np.ones((high, wide), np.float32)
    found = _SPECTRAL * spectral(lab) + _UNLIKE * unlike_the_border(lab) + _SHARP * sharp(lab)
    return standing_out(np.asarray(found * central(high, wide), np.float32))


def reduced(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the picture no longer than 160 pixels a side, without its alpha."""
    colour = pixels[..., :3]
    scale = LONGEST / max(colour.shape[:2])
    size = max(8, round(colour.shape[1] * scale)), max(8, round(colour.shape[0] * scale))
    return np.asarray(cv2.resize(colour, size, interpolation=cv2.INTER_AREA), np.uint8)


def spectral(lab: Map) -> Map:
    """Return where a picture's spectrum departs from what is usual: things, rather than texture."""
    high, wide = lab.shape[:2]
    side = (_SPECTRAL_SIDE, max(8, round(_SPECTRAL_SIDE * high / wide)))
    small = np.asarray(cv2.resize(lab, side, interpolation=cv2.INTER_AREA), np.float32)
    found = np.sum([_residual(small[..., channel]) for channel in range(3)], axis=0)
    calm = cv2.GaussianBlur(np.asarray(found, np.float32), (0, 0), 2.0)
    return ranged(np.asarray(cv2.resize(calm, (wide, high), interpolation=cv2.INTER_CUBIC), np.float32))


def unlike_the_border(lab: Map) -> Map:
    """Return how far each colour is from the nearest of those along the border, in spreads of that colour."""
    high, wide = lab.shape[:2]
    deep = max(2, round(min(high, wide) * _BORDER))
    edge = np.ones((high, wide), bool)
    edge[deep:-deep, deep:-deep] = False
    colours, spreads = _palette(lab[edge])
    apart = np.linalg.norm(lab[:, :, None, :] - colours, axis=-1) / spreads
    return _ranged_blur(np.asarray(apart.min(axis=-1), np.float32), 1.5)


def sharp(lab: Map) -> Map:
    """Return where there is fine detail, as there is in what a lens was focused on."""
    light = lab[..., 0]
    return _ranged_blur(np.asarray(np.abs(light - cv2.GaussianBlur(light, (0, 0), 1.2)), np.float32), 4.0)


def central(high: int, wide: int) -> Map:
    """Return what counts where: 1 in the middle, less towards the corners."""
    y, x = np.ogrid[-1 : 1 : high * 1j, -1 : 1 : wide * 1j]
    return np.asarray(1 - _OFF_CENTRE * np.clip((x * x + y * y) / 2, 0, 1), np.float32)


def standing_out(found: Map) -> Map:
    """Return only what rises above the rest, 0..1; all of it alike where nothing does."""
    above = np.clip(found - found.mean() - _FLOOR * found.std(), 0, None)
    top = float(above.max())
    return np.ones_like(found) if top < 1e-4 else np.asarray(above / top, np.float32)  # noqa: PLR2004 - nothing at all


def ranged(found: Map) -> Map:
    """Return a map from 0 at its 2nd to 1 at its 98th percentile."""
    low, top = np.percentile(found, (2, 98))
    return np.asarray(np.clip((found - low) / max(top - low, 1e-6), 0, 1), np.float32)


def _ranged_blur(found: Map, sigma: float) -> Map:
    return ranged(np.asarray(cv2.GaussianBlur(found, (0, 0), sigma), np.float32))


def _residual(channel: Map) -> Map:
    seen = np.fft.fft2(channel)
    amplitude = np.log(np.abs(seen) + 1e-6).astype(np.float32)
    rest = amplitude - cv2.blur(amplitude, (3, 3), borderType=cv2.BORDER_REPLICATE)
    return np.asarray(np.abs(np.fft.ifft2(np.exp(rest + 1j * np.angle(seen)))) ** 2, np.float32)


def _palette(border: Map) -> tuple[Map, Map]:
    """Return the main colours of a border, and how far each spreads; the same ones every time."""
    ends = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 12, 0.5)
    cv2.setRNGSeed(1)
    count = min(_COLOURS, len(border))
    labels = np.zeros((len(border), 1), np.int32)
    found = cv2.kmeans(np.ascontiguousarray(border), count, labels, ends, 1, cv2.KMEANS_PP_CENTERS)
    colours, member = np.asarray(found[2], np.float32), labels[:, 0]
    apart = np.linalg.norm(border - colours[member], axis=1)
    total = np.bincount(member, weights=apart, minlength=count)
    members = np.bincount(member, minlength=count)
    return colours, np.asarray(total / np.maximum(members, 1) + 6, np.float32)
