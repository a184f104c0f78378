"""What a library shows of a file before it is opened: a small picture, a hash of it, its main colour."""

from __future__ import annotations

import base64
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np
from fast_thumbhash import (
    rgba_to_thumb_hash,  # pyright: ignore[reportUnknownVariableType] - compiled, without types
)
from PIL import Image

from backend.imaging.codec import save
from backend.imaging.export.sheets import Sheet, Window
from backend.imaging.types import Size

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.imaging.export.pictures import Planes

    Pixels = NDArray[np.uint8]

_LONGEST: Final = 320
_AREA: Final = 256 * 256
"""Pixels of a thumbnail's longer side, and of all of it: there may be ninety of them in a second."""
_HASHED: Final = 32
_SHADE_BITS: Final = 5
_SEEN, _WITH_ALPHA = 128, 4


@dataclass(frozen=True, slots=True)
class Likeness:
    """`thumbnail` is WebP of at most 320 pixels a side, `thumbhash` base64, `colour` the main one as #rrggbb."""

    thumbnail: bytes
    thumbhash: str
    colour: str


def likeness_of(pixels: Pixels) -> Likeness:
    """Return how RGB or RGBA pixels look from afar."""
    return _likeness(_reduced(pixels, _small(Size(pixels.shape[1], pixels.shape[0]))))


def likeness_of_planes(planes: Planes) -> Likeness:
    """Return how a picture in planes looks from afar; colours are converted where there are few pixels left."""
    size = _small(planes.size)
    light = planes.y[: planes.size.height, : planes.size.width]
    small = [_reduced(plane, size) for plane in (light, planes.v, planes.u)]
    return _likeness(np.asarray(cv2.cvtColor(cv2.merge(small), cv2.COLOR_YCrCb2RGB), np.uint8))


def _likeness(small: Pixels) -> Likeness:
    thumbnail = save(Image.fromarray(small), "WEBP", quality=70, method=0)
    scale = _HASHED / max(small.shape[:2])
    tiny = _with_alpha(_reduced(small, _scaled(Size(small.shape[1], small.shape[0]), min(1.0, scale))))
    return Likeness(thumbnail, _hash(tiny), _main_colour(tiny))


def _small(size: Size) -> Size:
    """Return the size of a thumbnail."""
    return _scaled(size, min(1.0, _LONGEST / max(size.width, size.height), math.sqrt(_AREA / size.pixels)))


def _scaled(size: Size, scale: float) -> Size:
    return Size(max(1, round(size.width * scale)), max(1, round(size.height * scale)))


def _reduced(pixels: Pixels, size: Size) -> Pixels:
    """Return the pixels at a size; by halves first, which cost least."""
    high, wide = pixels.shape[:2]
    if (wide, high) == (size.width, size.height):
        return pixels
    if pixels.ndim == 3 and pixels.shape[2] == _WITH_ALPHA:  # noqa: PLR2004 - height, width, channels
        return Sheet(pixels).resized(Window(0, 0, wide, high), size)
    while pixels.shape[1] >= 2 * size.width and pixels.shape[0] >= 2 * size.height:
        halves = (pixels.shape[1] // 2, pixels.shape[0] // 2)
        even = pixels[: halves[1] * 2, : halves[0] * 2]
        pixels = np.asarray(cv2.resize(even, halves, interpolation=cv2.INTER_AREA), np.uint8)
    return np.asarray(cv2.resize(pixels, (size.width, size.height), interpolation=cv2.INTER_LINEAR), np.uint8)


def _with_alpha(pixels: Pixels) -> Pixels:
    return pixels if pixels.shape[2] == _WITH_ALPHA else np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2RGBA), np.uint8)


def _hash(tiny: Pixels) -> str:
    found = rgba_to_thumb_hash(tiny.shape[1], tiny.shape[0], tiny.tobytes())  # pyright: ignore[reportUnknownVariableType] - it says no types
    return base64.b64encode(bytes(found)).decode()  # pyright: ignore[reportUnknownArgumentType] - a list of int


def _main_colour(tiny: Pixels) -> str:
    """Return the mean of the commonest shade among what is not see-through."""
    rows = tiny.reshape(-1, 4)
    seen = rows[rows[:, 3] >= _SEEN][:, :3]
    if not seen.size:
        return "#000000"
    shades = (seen >> _SHADE_BITS) @ np.array((256, 16, 1), np.uint16)
    commonest = np.bincount(shades).argmax()
    return "#" + bytes(seen[shades == commonest].mean(axis=0).round().astype(np.uint8)).hex()
