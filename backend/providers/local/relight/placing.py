"""Fitting a background picture behind a subject: covering, never stretched, its calm part behind the subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from backend.imaging.types import Box, Size
from backend.providers.local.relight import tones

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.providers.local.relight.tones import Plane

_SEEN = 96
"""Longest side in pixels at which places are compared."""
_PLACES = 9
_CENTRED = 0.25
"""How much a place at the edge must be better than the middle to be taken."""


def covering(pixels: NDArray[np.uint8], size: Size, alpha: Plane) -> NDArray[np.uint8]:
    """Return the background in a size, cut along one axis at most, where the subject hides least of what it shows."""
    box = _best(pixels, size, alpha)
    image = Image.fromarray(pixels[box.top : box.bottom, box.left : box.right])
    shrinks = box.size.width > size.width
    how = Image.Resampling.LANCZOS if shrinks else Image.Resampling.BICUBIC
    return np.asarray(image.resize((size.width, size.height), how, reducing_gap=3.0 if shrinks else None))


def _best(pixels: NDArray[np.uint8], size: Size, alpha: Plane) -> Box:
    height, width = pixels.shape[:2]
    scale = min(width / size.width, height / size.height)
    across, down = min(width, max(1, round(size.width * scale))), min(height, max(1, round(size.height * scale)))
    detail = _detail(pixels)
    hidden: list[tuple[float, Box]] = []
    for place in np.linspace(0, 1, _PLACES):
        left, top = round((width - across) * place), round((height - down) * place)
        box = Box(left, top, left + across, top + down)
        hidden.append((_hidden(detail, box, Size(width, height), alpha) + _CENTRED * abs(place - 0.5) ** 2, box))
    return min(hidden, key=lambda scored: scored[0])[1]


def _detail(pixels: NDArray[np.uint8]) -> Plane:
    """Return how much there is to see at each place of a small view."""
    small = tones.scaled(np.ascontiguousarray(pixels[..., :3]), tones.within(pixels, _SEEN))
    apart = np.abs(small - tones.soft(small, 6)).sum(axis=-1)
    return (apart / max(float(apart.mean()), 1e-3)).astype(np.float32)


def _hidden(detail: Plane, box: Box, whole: Size, alpha: Plane) -> float:
    """Return how much of what the cut shows lies behind the subject, as a share of it."""
    rows, columns = detail.shape
    top, bottom = int(box.top * rows / whole.height), -int(-box.bottom * rows // whole.height)
    left, right = int(box.left * columns / whole.width), -int(-box.right * columns // whole.width)
    shown = detail[top : max(bottom, top + 1), left : max(right, left + 1)]
    cover = tones.scaled(alpha, (shown.shape[1], shown.shape[0]))
    return float((shown * cover).sum() / max(float(shown.sum()), 1e-6))
