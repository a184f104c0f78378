"""Laying: pixels and drawings over the pixels of a file."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from backend.imaging.types import Box
from backend.providers.local.compose import raster

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.providers.local.compose.zones import Frame

    Pixels = NDArray[np.uint8]


def drawn(pixels: Pixels, body: str, frame: Frame) -> Pixels:
    """Return the pixels with SVG on them that lies within a frame."""
    box = boxed(frame)
    left, top = max(0, box.left), max(0, box.top)
    size = min(box.right, pixels.shape[1]) - left, min(box.bottom, pixels.shape[0]) - top
    layer = raster.render(body, (left, top, *size), size)
    return laid(pixels, np.asarray(layer), (left, top))


def laid(pixels: Pixels, layer: Pixels, corner: tuple[int, int]) -> Pixels:
    """Return RGB or RGBA pixels with RGBA pixels laid over them, their upper left at a corner."""
    left, top = corner
    layer = layer[: pixels.shape[0] - top, : pixels.shape[1] - left]
    found = pixels.copy()
    part = found[top : top + layer.shape[0], left : left + layer.shape[1]]
    over = layer[..., 3:].astype(np.float32) / 255
    if pixels.shape[2] == 3:  # noqa: PLR2004 - RGB
        part[:] = np.rint(part * (1 - over) + layer[..., :3] * over)
        return found
    below = part[..., 3:].astype(np.float32) / 255 * (1 - over)
    firm = over + below
    part[..., :3] = np.rint((layer[..., :3] * over + part[..., :3] * below) / np.maximum(firm, 1e-6))
    part[..., 3:] = np.rint(firm * 255)
    return found


def boxed(frame: Frame) -> Box:
    """Return the whole pixels that a frame touches."""
    return Box(math.floor(frame.x), math.floor(frame.y), math.ceil(frame.right), math.ceil(frame.bottom))
