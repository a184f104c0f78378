"""From what a network painted at its own size to the picture at full size: fine detail, strength, alpha."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]
    Plane = NDArray[np.floating]

WORK, LARGE = 768, 1280
"""The longer side in pixels at which is painted, and for large pictures: strokes are meant for about these sizes."""
_SHARE = 1 / 3
"""How large a large picture is painted, of its own size, between the two."""
ENLARGED = 3.0
"""How much a small picture is enlarged at most, so that strokes don't swallow it."""
QUALITY = {"png": 100, "webp": 100, "jpg": 95}
"""With which a format is written: without loss where it can."""
_LEAST = 64
"""Both networks halve twice and need some pixels around them."""
_BLOCK = 4
_STRIP = 256
"""Rows worked on at once, which bounds the memory."""
_NEAR = 24
"""How far around a pixel its detail's strength is judged, at work size."""
_FLAT = 16.0
"""The variance of light (0..255) below which there is no detail to bring back."""


def at_work(pixels: Pixels) -> Pixels:
    """Return the colours at the size that is painted at."""
    height, width = pixels.shape[:2]
    longest = max(height, width)
    scale = min(min(max(WORK, longest * _SHARE), LARGE) / longest, ENLARGED)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return cast("Pixels", cv2.resize(np.ascontiguousarray(pixels[..., :3]), size, interpolation=how))


def padded(small: Pixels) -> Plane:
    """Return the picture as 0..1, mirrored at the right and below to whole blocks and to what the networks need."""
    height, width = small.shape[:2]
    more = [max(_LEAST, -(-side // _BLOCK) * _BLOCK) - side for side in (height, width)]
    wide = np.pad(small, ((0, more[0]), (0, more[1]), (0, 0)), mode="symmetric")
    return wide.astype(np.float32) / np.float32(255)


def unpadded(painted: Plane, small: Pixels) -> Pixels:
    """Return what was painted, 0..1, as pixels of the unpadded size."""
    height, width = small.shape[:2]
    return np.rint(np.clip(painted[:height, :width], 0, 1) * 255).astype(np.uint8)


def finished(original: Pixels, painted: Pixels, weight: float) -> Pixels:
    """Return the original with `weight` 0..1 of what was painted, in the original's size and with its alpha.

    Where the original is larger, its fine detail is laid over the strokes, as far as these follow the original.
    """
    if weight <= 0:
        return original
    small = at_work(original)
    height, width = original.shape[:2]
    follows = _follows(small, painted) if max(height, width) > max(small.shape[:2]) else None
    result = original.copy()
    for top in range(0, height, _STRIP):
        rows = slice(top, min(height, top + _STRIP))
        colour = original[rows, :, :3].astype(np.float32)
        strokes = _rows(painted, rows, (width, height))
        if follows is not None:
            detail = _light(colour) - _light(_rows(small, rows, (width, height)))
            strokes += (detail * _rows(follows, rows, (width, height)))[..., None]
        mixed = colour + np.float32(weight) * (strokes - colour)
        result[rows, :, :3] = np.rint(np.clip(mixed, 0, 255)).astype(np.uint8)
    return result


def _follows(small: Pixels, painted: Pixels) -> Plane:
    """Return how much of the original's light changes with the original's around each pixel, 0..1."""
    light, strokes = _light(small.astype(np.float32)), _light(painted.astype(np.float32))
    mean, mean_strokes = _mean(light), _mean(strokes)
    spread = _mean(light * light) - mean * mean
    shared = _mean(light * strokes) - mean * mean_strokes
    return np.clip(shared / (spread + np.float32(_FLAT)), 0, 1)


def _rows(plane: Pixels | Plane, rows: slice, size: tuple[int, int]) -> Plane:
    """Return some rows of a plane as it would be at `size`, computed alone: enlarged whole it would take too much."""
    width, height = size
    across, down = plane.shape[1] / width, plane.shape[0] / height
    if across > 1:
        return cast("Plane", cv2.resize(plane, size, interpolation=cv2.INTER_AREA)[rows].astype(np.float32))
    place = np.array([[across, 0, across / 2 - 0.5], [0, down, (rows.start + 0.5) * down - 0.5]])
    how = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    wanted = width, rows.stop - rows.start
    source = plane.astype(np.float32)
    return cast("Plane", cv2.warpAffine(source, place, wanted, flags=how, borderMode=cv2.BORDER_REPLICATE))


def _light(colour: Plane) -> Plane:
    return colour @ np.array([0.299, 0.587, 0.114], np.float32)


def _mean(plane: Plane) -> Plane:
    side = 2 * _NEAR + 1
    return cast("Plane", cv2.blur(plane, (side, side), borderType=cv2.BORDER_REFLECT))
