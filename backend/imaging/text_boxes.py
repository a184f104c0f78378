"""Text: where there are words in a picture, found by a small network. What they say is never read.

Source: https://github.com/PaddlePaddle/PaddleOCR, ppocr/postprocess/db_postprocess.py and the method it follows,
https://arxiv.org/abs/1911.08947 (read 2026-11-23): the network tells for each pixel how sure it is that it lies in the
core of a line of words; a line is wider than its core by its area over its circumference, times a constant.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from backend.imaging.types import Box, Size

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Network = Callable[[Floats], Floats]
    """From 1 x 3 x height x width, BGR in -1..1, to 1 x 1 x height x width of 0..1."""

_LONGEST, _PIXELS = 960, 520_000
"""How large a picture is shown to the network at most: its longer side, and all of it. Time grows with the latter."""
_STEP: Final = 32
"""Its sides are multiples of this."""
_GROWN: Final = 2.0
"""How much a small picture is enlarged at most."""
_CORE: Final = 0.3
"""From where on a pixel counts as the core of a line."""
_SURE: Final = 0.8
"""How sure all of a core has to be, on average."""
_WIDER: Final = 1.6
_THINNEST: Final = 9.0
"""Lines lower than this many pixels, as the network sees them, are noise more often than words."""

_LONGER: Final = 1.8
"""How many times as long as thick a core is at least, even that of a short word: what is rounder is a thing."""


def text_boxes(pixels: NDArray[np.uint8], network: Network) -> tuple[Box, ...]:
    """Return the lines of words in a picture (height x width x 3 uint8, RGB), those at the top first."""
    size = Size(pixels.shape[1], pixels.shape[0])
    seen = _seen_size(size)
    fed = cv2.resize(pixels, (seen.width, seen.height), interpolation=cv2.INTER_AREA)[:, :, ::-1]
    scaled = np.ascontiguousarray(fed.transpose(2, 0, 1)[None], np.float32) / 127.5 - 1
    sure = network(scaled)[0, 0]
    boxes = (_box(core, sure, seen, size) for core in _cores(sure))
    return tuple(sorted((box for box in boxes if box is not None), key=lambda box: (box.top, box.left)))


def _seen_size(size: Size) -> Size:
    scale = min(_GROWN, _LONGEST / max(size.width, size.height), sqrt(_PIXELS / size.pixels))
    wide, high = (max(_STEP, round(side * scale / _STEP) * _STEP) for side in (size.width, size.height))
    return Size(wide, high)


def _cores(sure: Floats) -> tuple[NDArray[np.int32], ...]:
    found, _ = cv2.findContours((sure > _CORE).astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    return tuple(np.asarray(core, np.int32) for core in found)


def _box(core: NDArray[np.int32], sure: Floats, seen: Size, size: Size) -> Box | None:
    """Return the upright box of a line of words in pixels of the picture, or None where it is none."""
    middle, (wide, high), angle = cv2.minAreaRect(core)
    more = _WIDER * wide * high / max(1.0, wide + high)
    if min(wide, high) + more < _THINNEST or max(wide, high) < _LONGER * min(wide, high) or _surety(core, sure) < _SURE:
        return None
    corners = cv2.boxPoints((middle, (wide + more, high + more), angle))
    x, y = corners[:, 0] * size.width / seen.width, corners[:, 1] * size.height / seen.height
    left, top = max(0, int(x.min())), max(0, int(y.min()))
    right, bottom = min(size.width, int(np.ceil(x.max()))), min(size.height, int(np.ceil(y.max())))
    return Box(left, top, max(left + 1, right), max(top + 1, bottom))


def _surety(core: NDArray[np.int32], sure: Floats) -> float:
    """Return how sure the network is of what lies within the core, on average."""
    left, top, wide, high = cv2.boundingRect(core)
    within = np.zeros((high, wide), np.uint8)
    cv2.fillPoly(within, [core - (left, top)], [1])
    return cv2.mean(sure[top : top + high, left : left + wide], within)[0]
