"""Sheets: pixels that many windows are resized from, with halved copies that are made once and shared.

A window of a sheet has edges in fractions of pixels, so a plane of colour with half as many values as the picture has
pixels is cut exactly where the picture is. Windows are resized by Lanczos. Where a sample says that nobody could tell,
a large sheet is halved by means and cut by cubics instead, which costs a quarter.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np
from cykooz_resizer import CropBox, FilterType, ResizeAlg, ResizeOptions, Resizer
from PIL import Image

from backend.imaging.encoding.likeness import ssim
from backend.imaging.types import Size

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.imaging.types import Box

    Pixels = NDArray[np.uint8]

_MODES: Final = {1: "L", 3: "RGB", 4: "RGBA"}
_WITH_ALPHA: Final = 4
_LARGE: Final = 3_000_000
"""Values from which a sheet is worth a shortcut."""
_CUBIC: Final = 1.6
"""By how much pixels may shrink by a cubic, which looks at sixteen of them, before detail turns into false patterns."""
_CUBIC_COLOUR: Final = 2.0
_SPARE_SOFT, _SPARE = 1.5, 3.0
"""By how much a halved copy must be larger than what is made of it, where the sheet is soft and where it is sharp."""
_TILE, _TILES, _SAMPLED = 192, 3, 2.2
_ALIKE: Final = 0.995
"""The likeness of a sample resized both ways from which the shortcut is taken."""


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

    @property
    def sides(self) -> tuple[float, float]:
        """Return width and height."""
        return self.right - self.left, self.bottom - self.top

    def scaled(self, x: float, y: float) -> Window:
        """Return the same window of a sheet of other sides."""
        return Window(self.left * x, self.top * y, self.right * x, self.bottom * y)


class Sheet:
    """Pixels (height x width, or x 3 or 4, uint8), and their halves, quarters and so on as far as they are needed.

    What holds colour alone is soft for every eye; of all else a sample says whether shortcuts may be taken.
    """

    def __init__(self, pixels: Pixels, *, colour: bool = False) -> None:
        self._levels = [pixels]
        self._images: dict[int, Image.Image] = {}
        self._shifted: dict[tuple[int, int], Pixels] = {}
        self._lock = Lock()
        self._is_soft = colour or is_soft(pixels)
        self._cubic = _CUBIC_COLOUR if colour else _CUBIC

    def resized(self, window: Window, size: Size) -> Pixels:
        """Return the window's pixels at another size; what lies beyond the sheet is left out."""
        high, wide = self._levels[0].shape[:2]
        window = Window(window.left, window.top, min(window.right, wide), min(window.bottom, high))
        across, down = window.sides[0] / size.width, window.sides[1] / size.height
        least, most = min(across, down), max(across, down)
        if self._is_soft and least >= 1 and most <= self._cubic and window.left % 1 == window.top % 1 == 0:
            return _by_cubics(self._levels[0][int(window.top) :, int(window.left) :], window.sides, size)
        if self._is_soft and least >= 2 and most <= 2 * self._cubic:  # noqa: PLR2004 - what halving takes
            halves = self._halves(round(2 * window.left), round(2 * window.top))
            return _by_cubics(halves, (window.sides[0] / 2, window.sides[1] / 2), size)
        return self._convolved(window, size, least)

    def _convolved(self, window: Window, size: Size, spare: float) -> Pixels:
        depth, wanted = 0, _SPARE_SOFT if self._is_soft else _SPARE
        while spare >= 2 * wanted:
            depth, spare = depth + 1, spare / 2
        image = self._image(depth)
        there = window.scaled(0.5**depth, 0.5**depth)
        if there == Window(0, 0, *image.size) and (size.width, size.height) == image.size:
            return np.asarray(image)
        kind = FilterType.catmull_rom if self._is_soft and depth else FilterType.lanczos3
        return _convolved(image, CropBox(there.left, there.top, *there.sides), (size.width, size.height), kind)

    def _image(self, depth: int) -> Image.Image:
        with self._lock:
            while len(self._levels) <= depth:
                self._levels.append(self._cut(0, 0) if len(self._levels) == 1 else halved(self._levels[-1]))
            if depth not in self._images:
                self._images[depth] = _imaged(self._levels[depth])
            return self._images[depth]

    def _halves(self, left: int, top: int) -> Pixels:
        """Return the sheet halved, from a place in half pixels on: the means are exactly of what lies there."""
        with self._lock:
            halves = self._cut(left % 4, top % 4)
        return halves[top // 4 :, left // 4 :]

    def _cut(self, left: int, top: int) -> Pixels:
        """Return the same for a place within the first two pixels; between two pixels it is the mean of both."""
        if (left, top) not in self._shifted:
            if left % 2:
                found = _mean(self._cut(left - 1, top), self._from(left + 1, top))
            elif top % 2:
                found = _mean(self._cut(left, top - 1), self._from(left, top + 1))
            else:
                found = halved(self._levels[0][top // 2 :, left // 2 :])
            self._shifted[left, top] = found
        return self._shifted[left, top]

    def _from(self, left: int, top: int) -> Pixels:
        return self._cut(left % 4, top % 4)[top // 4 :, left // 4 :]


def halved(pixels: Pixels) -> Pixels:
    """Return the mean of every four pixels; an odd side's last ones count twice, see-through ones as they are seen."""
    high, wide = pixels.shape[:2]
    if high % 2 or wide % 2:
        pixels = np.asarray(cv2.copyMakeBorder(pixels, 0, high % 2, 0, wide % 2, cv2.BORDER_REPLICATE), np.uint8)
    size = (pixels.shape[1] // 2, pixels.shape[0] // 2)
    if pixels.ndim == 3 and pixels.shape[2] == _WITH_ALPHA:  # noqa: PLR2004 - height, width, channels
        return _convolved(_imaged(pixels), CropBox(0, 0, *pixels.shape[1::-1]), size, FilterType.box)
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _mean(one: Pixels, other: Pixels) -> Pixels:
    """Return the mean of two, as far as both reach."""
    high, wide = min(one.shape[0], other.shape[0]), min(one.shape[1], other.shape[1])
    return np.asarray(cv2.addWeighted(one[:high, :wide], 0.5, other[:high, :wide], 0.5, 0), np.uint8)


def is_soft(pixels: Pixels) -> bool:
    """Say whether a large sheet has so little detail from pixel to pixel that shortcuts can't be told, by a sample."""
    high, wide = pixels.shape[:2]
    if high * wide < _LARGE or (pixels.ndim == 3 and pixels.shape[2] == _WITH_ALPHA):  # noqa: PLR2004 - as above
        return False
    starts = [[(side - _TILE) * (2 * n + 1) // (2 * _TILES) for n in range(_TILES)] for side in (high, wide)]
    tiles = [pixels[top : top + _TILE, left : left + _TILE] for top in starts[0] for left in starts[1]]
    return likeness(tiles) >= _ALIKE


def likeness(tiles: list[Pixels]) -> float:
    """Return how like squares cut by the shortcut are to those cut with care."""
    side = round(_TILE / _SAMPLED)
    short = [_by_cubics(halved(tile), (_TILE / 2, _TILE / 2), Size(side, side)) for tile in tiles]
    careful = [
        _convolved(_imaged(tile), CropBox(0, 0, _TILE, _TILE), (side, side), FilterType.lanczos3) for tile in tiles
    ]
    rows = [np.vstack(cut) for cut in (short, careful)]
    return ssim(*(row if row.ndim == 3 else np.repeat(row[..., None], 3, axis=2) for row in rows))  # noqa: PLR2004 - as above


def _by_cubics(pixels: Pixels, sides: tuple[float, float], size: Size) -> Pixels:
    """Return the first `sides` of the pixels, which may be fractions, at a size that is a little smaller."""
    part = pixels[: math.ceil(sides[1]), : math.ceil(sides[0])]
    x, y = size.width / sides[0], size.height / sides[1]
    whole = np.asarray(cv2.resize(part, None, fx=x, fy=y, interpolation=cv2.INTER_CUBIC), np.uint8)
    return whole[: size.height, : size.width]


def _convolved(image: Image.Image, crop: CropBox, size: tuple[int, int], kind: FilterType) -> Pixels:
    into = Image.new(image.mode, size)
    options = ResizeOptions(ResizeAlg.convolution(kind), crop_box=crop)
    Resizer().resize_pil(image, into, options)  # pyright: ignore[reportUnknownMemberType] - it names Pillow's types only where Pillow is missing
    return np.asarray(into)


def _imaged(pixels: Pixels) -> Image.Image:
    """Return the pixels as a picture of Pillow's; a plane is not copied."""
    if pixels.ndim == 2:  # noqa: PLR2004 - height and width alone
        return Image.frombuffer("L", pixels.shape[::-1], np.ascontiguousarray(pixels), "raw", "L", 0, 1)
    return Image.frombuffer(_MODES[pixels.shape[2]], pixels.shape[1::-1], np.ascontiguousarray(pixels))
