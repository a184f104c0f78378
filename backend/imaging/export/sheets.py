"""Sheets: pixels that many windows are resized from, with halved copies that are made once and shared.

A window of a sheet has edges in fractions of pixels, so a plane of colour with half as many values as the picture has
pixels is cut exactly where the picture is.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np
from cykooz_resizer import CropBox, FilterType, ResizeAlg, ResizeOptions, Resizer
from PIL import Image

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.imaging.types import Box, Size

    Pixels = NDArray[np.uint8]

_MODES: Final = {1: "L", 3: "RGB", 4: "RGBA"}
_ENOUGH: Final = 1.0
"""By how much a halved copy must be larger than what is made of it."""
_WITH_ALPHA: Final = 4


@dataclass(frozen=True, slots=True)
class Window:
    """Where a window's edges are, in pixels of a sheet, fractions allowed."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of(cls, box: Box) -> Window:
        """Return the window that is exactly a box."""
        return cls(box.left, box.top, box.right, box.bottom)

    def scaled(self, x: float, y: float) -> Window:
        """Return the same window of a sheet of other sides."""
        return Window(self.left * x, self.top * y, self.right * x, self.bottom * y)


class Sheet:
    """Pixels (height x width, or x 3 or 4, uint8), and their halves, quarters and so on as far as they are needed."""

    def __init__(self, pixels: Pixels) -> None:
        self._levels = [pixels]
        self._images: dict[int, Image.Image] = {}
        self._lock = Lock()

    def resized(self, window: Window, size: Size) -> Pixels:
        """Return the window's pixels at another size; what lies beyond the sheet is left out."""
        high, wide = self._levels[0].shape[:2]
        window = Window(window.left, window.top, min(window.right, wide), min(window.bottom, high))
        depth = _depth(window, size)
        image = self._image(depth)
        there = window.scaled(0.5**depth, 0.5**depth)
        if there == Window(0, 0, *image.size) and (size.width, size.height) == image.size:
            return np.asarray(image)
        crop = CropBox(there.left, there.top, there.right - there.left, there.bottom - there.top)
        return _convolved(image, crop, (size.width, size.height), FilterType.lanczos3)

    def _image(self, depth: int) -> Image.Image:
        with self._lock:
            while len(self._levels) <= depth:
                self._levels.append(halved(self._levels[-1]))
            if depth not in self._images:
                self._images[depth] = _imaged(self._levels[depth])
            return self._images[depth]


def halved(pixels: Pixels) -> Pixels:
    """Return the mean of every four pixels; an odd side's last ones count twice, see-through ones as they are seen."""
    high, wide = pixels.shape[:2]
    if high % 2 or wide % 2:
        pixels = np.asarray(cv2.copyMakeBorder(pixels, 0, high % 2, 0, wide % 2, cv2.BORDER_REPLICATE), np.uint8)
    size = (pixels.shape[1] // 2, pixels.shape[0] // 2)
    if pixels.ndim == 3 and pixels.shape[2] == _WITH_ALPHA:  # noqa: PLR2004 - height, width, channels
        return _convolved(_imaged(pixels), CropBox(0, 0, *pixels.shape[1::-1]), size, FilterType.box)
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _convolved(image: Image.Image, crop: CropBox, size: tuple[int, int], kind: FilterType) -> Pixels:
    into = Image.new(image.mode, size)
    options = ResizeOptions(ResizeAlg.convolution(kind), crop_box=crop)
    Resizer().resize_pil(image, into, options)  # pyright: ignore[reportUnknownMemberType] - it names Pillow's types only where Pillow is missing
    return np.asarray(into)


def _depth(window: Window, size: Size) -> int:
    """Return how often a sheet can be halved before it would be smaller than what is made of it."""
    across = (window.right - window.left) / size.width
    down = (window.bottom - window.top) / size.height
    depth, spare = 0, min(across, down)
    while spare >= 2 * _ENOUGH:
        depth, spare = depth + 1, spare / 2
    return depth


def _imaged(pixels: Pixels) -> Image.Image:
    """Return the pixels as a picture of Pillow's; a plane is not copied."""
    if pixels.ndim == 2:  # noqa: PLR2004 - height and width alone
        return Image.frombuffer("L", pixels.shape[::-1], np.ascontiguousarray(pixels), "raw", "L", 0, 1)
    return Image.frombuffer(_MODES[pixels.shape[2]], pixels.shape[1::-1], np.ascontiguousarray(pixels))
