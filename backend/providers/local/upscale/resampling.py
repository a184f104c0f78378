"""Bringing pixels to another size: larger with Lanczos, smaller by the light that they stand for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image

from backend.imaging.types import Size

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    Plane = NDArray[np.floating[Any]]

Part = tuple[float, float, float, float]
"""Left, top, right and bottom of a part of a picture, in pixels and their fractions."""

_LEVELS = 65_535
_KNEE, _SLOPE = 0.04045, 12.92
_LEAST_COVER = 0.02


def part_resized(pixels: NDArray[np.uint8], part: Part, size: Size) -> NDArray[np.uint8]:
    """Return a part of a picture, height x width x 3, in another size."""
    own = Size(pixels.shape[1], pixels.shape[0])
    if part == (0, 0, own.width, own.height) and own == size:
        return pixels
    if size.width >= part[2] - part[0]:
        sides = (size.width, size.height)
        return np.asarray(Image.fromarray(pixels).resize(sides, Image.Resampling.LANCZOS, box=part))
    return _smaller(pixels, part, size)


def _smaller(pixels: NDArray[np.uint8], part: Part, size: Size) -> NDArray[np.uint8]:
    """Return it by the mean of light, not of levels: a fine pattern of black and white is no darker afterwards."""
    result = np.empty((size.height, size.width, pixels.shape[2]), np.uint8)
    for channel in range(pixels.shape[2]):
        light = Image.fromarray(_light()[pixels[..., channel]])
        found = np.asarray(light.resize((size.width, size.height), Image.Resampling.LANCZOS, box=part))
        result[..., channel] = _level()[np.rint(np.clip(found, 0, 1) * _LEVELS).astype(np.uint16)]
    return result


@cache
def _light() -> NDArray[np.float32]:
    """Return the light of each of the 256 levels. Source: IEC 61966-2-1 (sRGB)."""
    level = np.arange(256) / 255
    return np.where(level <= _KNEE, level / _SLOPE, ((level + 0.055) / 1.055) ** 2.4).astype(np.float32)


@cache
def _level() -> NDArray[np.uint8]:
    """Return the level of 65536 steps of light."""
    light = np.arange(_LEVELS + 1) / _LEVELS
    level = np.where(light <= _KNEE / _SLOPE, light * _SLOPE, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.rint(level * 255).astype(np.uint8)


def alpha_resized(alpha: NDArray[np.uint8], size: Size) -> NDArray[np.uint8]:
    """Return an alpha channel in a larger size: soft where it was soft, and nowhere beyond its range."""
    return np.asarray(cv2.resize(alpha, (size.width, size.height), interpolation=cv2.INTER_CUBIC), np.uint8)


def filled_under(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the colours of an RGBA picture, those under full transparency taken from what can be seen nearby.

    What is see-through often hides black: enlarged as it is, it would leave a dark fringe along every edge.
    """
    seen = (pixels[..., 3].astype(np.float32) / 255)[..., None]
    if seen.min() > 0 or not seen.any():
        return np.ascontiguousarray(pixels[..., :3])
    around = _spread(pixels[..., :3] * seen, seen[..., 0])
    return np.where(seen > 0, pixels[..., :3], np.rint(around).astype(np.uint8))


def _spread(coloured: Plane, cover: Plane) -> Plane:
    """Return the mean colour around each pixel, from as near as there is one: coarser level by coarser level."""
    known = coloured / np.maximum(cover, 1e-6)[..., None]
    if min(cover.shape) <= 1 or cover.min() > _LEAST_COVER:
        return np.clip(known, 0, 255)
    sides = (cover.shape[1], cover.shape[0])
    coarse = _spread(np.asarray(cv2.pyrDown(coloured), np.float32), np.asarray(cv2.pyrDown(cover), np.float32))
    wide = np.asarray(cv2.resize(coarse, sides, interpolation=cv2.INTER_LINEAR), np.float32)
    share = np.clip(cover, 0, 1)[..., None]
    return np.clip(share * known + (1 - share) * wide, 0, 255)
