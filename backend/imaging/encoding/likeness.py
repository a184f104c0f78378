"""How like two pictures look: structural similarity, by blocks, fast enough to search with.

Source: Wang et al., "Image quality assessment: from error visibility to structural similarity", 2004,
https://doi.org/10.1109/TIP.2003.819861 (read 2026-11-23)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np
import simplejpeg

from backend.imaging import codec

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Plane = NDArray[np.uint8]
    Means = NDArray[np.float32]

_STRIDE: Final = 4
"""Windows are 8 pixels a side and lie 4 apart: a sixteenth of all windows, which says the same of a picture."""
_BAND: Final = 128
"""Rows of squares that are worked on at a time: a picture of 50 megapixels takes no memory worth speaking of."""
_GREYS: Final = np.rint((255 - np.arange(256)) * (128 / 255)).astype(np.int16)
"""How much of a middle grey is seen through each alpha."""
_STEADY_MEAN, _STEADY_SPREAD = (0.01 * 255) ** 2, (0.03 * 255) ** 2
_RGBA: Final = 4
_JPEG: Final = b"\xff\xd8\xff"


@dataclass(frozen=True, slots=True)
class _Moments:
    plane: Plane
    mean: Means
    square: Means
    """The mean of the squares."""


class Likeness:
    """Compares pictures with one that it knows: height x width x 3 or 4, uint8."""

    def __init__(self, pixels: NDArray[np.uint8]) -> None:
        self._known = tuple(_moments(plane) for plane in _planes(pixels))

    def of(self, pixels: NDArray[np.uint8]) -> float:
        """Return the likeness of a picture of the same size: 1 is the same; the lower of light and alpha counts.

        Raises:
            ValueError: it has another size, or only one of both has alpha.
        """
        planes = _planes(pixels)
        if len(planes) != len(self._known) or planes[0].shape != self._known[0].plane.shape:
            raise ValueError("only pictures of one size and kind can be compared")
        return min(_similar(known, plane) for known, plane in zip(self._known, planes, strict=True))

    def in_file(self, data: bytes) -> float:
        """Return the likeness of an encoded picture: one of our own writing."""
        return self.of(matching(decoded(data), has_alpha=len(self._known) > 1))


def ssim(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> float:
    """Return the structural similarity of two pictures of one size, at most 1: of their luma and of their alpha.

    Colour alone is not compared. Raises ValueError where the sizes or kinds differ.
    """
    return Likeness(a).of(b)


def decoded(data: bytes) -> NDArray[np.uint8]:
    """Return the pixels of a file of our own writing: height x width x 3 or 4."""
    if data.startswith(_JPEG):
        return simplejpeg.decode_jpeg(data, colorspace="RGB")
    return codec.decode(data).pixels


def matching(pixels: NDArray[np.uint8], *, has_alpha: bool) -> NDArray[np.uint8]:
    """Return the pixels with or without alpha: formats leave it out where it hides nothing."""
    if has_alpha == (pixels.shape[2] == _RGBA):
        return pixels
    if not has_alpha:
        return np.ascontiguousarray(pixels[..., :3])
    return np.dstack((pixels, np.full(pixels.shape[:2], 255, np.uint8)))


def _planes(pixels: NDArray[np.uint8]) -> tuple[Plane, ...]:
    """Return luma and, where there is one, alpha; what is see-through counts as grey, for its colour is not seen."""
    light = np.asarray(cv2.cvtColor(np.ascontiguousarray(pixels[..., :3]), cv2.COLOR_RGB2GRAY), np.uint8)
    if pixels.shape[2] != _RGBA:
        return (light,)
    alpha = np.ascontiguousarray(pixels[..., 3])
    return _over_grey(light, alpha), alpha


def _over_grey(light: Plane, alpha: Plane) -> Plane:
    faded = cv2.multiply(light, alpha, scale=1 / 255, dtype=cv2.CV_16S)
    return np.asarray(cv2.add(faded, cv2.LUT(alpha, _GREYS), dtype=cv2.CV_8U), np.uint8)


def _moments(plane: Plane) -> _Moments:
    return _Moments(plane, _over_windows(plane), _over_windows(plane, plane))


def _similar(known: _Moments, other: Plane) -> float:
    seen = _moments(other)
    both = known.mean * seen.mean
    means = known.mean * known.mean + seen.mean * seen.mean
    spread = known.square + seen.square - means
    shared = _over_windows(known.plane, other) - both
    like = (2 * both + _STEADY_MEAN) * (2 * shared + _STEADY_SPREAD)
    return float(np.mean(like / ((means + _STEADY_MEAN) * (spread + _STEADY_SPREAD)), dtype=np.float64))


def _over_windows(plane: Plane, other: Plane | None = None) -> Means:
    """Return the mean of each window, of a plane or of two multiplied; of one smaller than a window that of all."""
    height, width = (max(1, side // _STRIDE) for side in plane.shape)
    small = np.empty((height, width), np.float32)
    for top in range(0, height, _BAND):
        bottom = min(height, top + _BAND)
        rows = slice(top * _STRIDE, bottom * _STRIDE)
        one = plane[rows, : width * _STRIDE]
        band = one if other is None else cv2.multiply(one, other[rows, : width * _STRIDE], dtype=cv2.CV_32F)
        small[top:bottom] = _shrunk(band, width, bottom - top)
    if min(small.shape) == 1:
        return small
    return (small[:-1, :-1] + small[1:, :-1] + small[:-1, 1:] + small[1:, 1:]) * np.float32(0.25)


def _shrunk(band: NDArray[np.uint8] | cv2.typing.MatLike, width: int, height: int) -> cv2.typing.MatLike:
    """Return the means of squares, as fractions: of bytes, OpenCV would round them."""
    return cv2.resize(np.asarray(band, np.float32), (width, height), interpolation=cv2.INTER_AREA)
