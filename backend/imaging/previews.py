"""Previews: a picture as its platform shows it, with what is covered, cut or round drawn on it. Never on the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import cv2
import numpy as np
from PIL import Image, ImageDraw

from backend.imaging.codec import decode, encode
from backend.imaging.lettering import lettering
from backend.imaging.types import Box, Size

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]
    Point = tuple[int, int]

LONGEST: Final = 512
"""The longest side of a preview in pixels."""
_DIM: Final = (11, 16, 32)
_LINE: Final = (255, 255, 255)
_COVER: Final = (225, 45, 70)
_CROP: Final = (255, 209, 64)
_LABEL: Final = 16
"""The height of a crop's name."""
_SQUARE: Final = 12
"""The side of a square of the board that shows through what is see-through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guides:
    """What a platform does with a format, all in pixels of the format.

    `safe` are insets: top, right, bottom, left. `covered` are boxes that lie under the platform's own buttons and
    pictures. `crops` are boxes that are shown elsewhere instead of the whole, each with its name.
    """

    size: Size
    safe: tuple[int, int, int, int] = (0, 0, 0, 0)
    covered: tuple[Box, ...] = ()
    crops: tuple[tuple[str, Box], ...] = ()
    circle: bool = False

    def scaled(self, size: Size) -> Guides:
        """Return the same for a picture of another size."""
        x, y = size.width / self.size.width, size.height / self.size.height
        top, right, bottom, left = self.safe
        return Guides(
            size=size,
            safe=(round(top * y), round(right * x), round(bottom * y), round(left * x)),
            covered=tuple(_scaled(box, x, y) for box in self.covered),
            crops=tuple((name, _scaled(box, x, y)) for name, box in self.crops),
            circle=self.circle,
        )


def preview(picture: bytes, guides: Guides) -> bytes:
    """Return a WebP of a picture of our own (a thumbnail does) with the guides on it, at most LONGEST a side."""
    return encode(guided(_shown(decode(picture).pixels), guides), "webp", quality=82)


def guided(pixels: Pixels, guides: Guides) -> Pixels:
    """Return RGB pixels of any size with the guides of their format drawn on them."""
    found = np.ascontiguousarray(pixels)
    here = guides.scaled(Size(found.shape[1], found.shape[0]))
    found = _dimmed(found, _shown_of(here), 0.5)
    for box in here.covered:
        found = _hatched(found, box)
    if any(here.safe):
        _dashed(found, _safe(here), _LINE)
    if here.circle:
        cv2.ellipse(found, *_round(here.size), 0, 0, 360, _LINE, 1, cv2.LINE_AA)
    for _, box in here.crops:
        _dashed(found, box, _CROP)
    return _labelled(found, here)


def _shown(pixels: Pixels) -> Pixels:
    """Return the pixels as RGB, small enough, see-through ones over a board."""
    high, wide = pixels.shape[:2]
    scale = min(1.0, LONGEST / max(high, wide))
    size = max(1, round(wide * scale)), max(1, round(high * scale))
    small = cast("Pixels", cv2.resize(pixels, size, interpolation=cv2.INTER_AREA))
    return over_board(small)


def over_board(pixels: Pixels) -> Pixels:
    """Return RGB pixels: those that are see-through lie over a board of light squares."""
    if pixels.shape[2] == 3:  # noqa: PLR2004 - RGB
        return pixels
    rows, columns = np.indices(pixels.shape[:2]) // _SQUARE
    board = np.where((rows + columns) % 2, 255, 226)[..., None]
    alpha = pixels[..., 3:] / 255
    return np.rint(pixels[..., :3] * alpha + board * (1 - alpha)).astype(np.uint8)


def _scaled(box: Box, x: float, y: float) -> Box:
    return Box(round(box.left * x), round(box.top * y), round(box.right * x), round(box.bottom * y))


def _safe(guides: Guides) -> Box:
    top, right, bottom, left = guides.safe
    return Box(left, top, guides.size.width - right, guides.size.height - bottom)


def _round(size: Size) -> tuple[Point, Point]:
    """Return the middle and the half axes of the circle that a round format shows."""
    half = size.width // 2, size.height // 2
    return half, (max(1, half[0] - 1), max(1, half[1] - 1))


def _shown_of(guides: Guides) -> Pixels:
    """Return a mask, 255 where a picture is safe to be seen."""
    mask = np.zeros((guides.size.height, guides.size.width), np.uint8)
    safe = _safe(guides)
    mask[safe.top : safe.bottom, safe.left : safe.right] = 255
    if guides.circle:
        round_ = np.zeros_like(mask)
        cv2.ellipse(round_, *_round(guides.size), 0, 0, 360, 255, -1, cv2.LINE_AA)
        mask = np.minimum(mask, round_)
    return mask


def _dimmed(pixels: Pixels, shown: Pixels, strength: float) -> Pixels:
    """Return the pixels darkened where the mask is 0."""
    if shown.min() == 255:  # noqa: PLR2004 - nothing is hidden
        return pixels.copy()
    share = (strength * (1 - shown / 255))[..., None]
    return np.rint(pixels * (1 - share) + np.array(_DIM) * share).astype(np.uint8)


def _hatched(pixels: Pixels, box: Box) -> Pixels:
    """Return the pixels with slanted stripes over a box and a line around it."""
    found = pixels.copy()
    part = found[box.top : box.bottom, box.left : box.right]
    rows, columns = np.indices(part.shape[:2])
    stripes = np.where((rows + columns) // 5 % 2, 0.72, 0.42)[..., None]
    part[:] = np.rint(part * (1 - stripes) + np.array(_COVER) * stripes).astype(np.uint8)
    cv2.rectangle(found, (box.left, box.top), (box.right - 1, box.bottom - 1), _COVER, 1)
    return found


def _dashed(pixels: Pixels, box: Box, colour: tuple[int, int, int]) -> None:
    """Draw a dashed line around a box, with dark gaps, so that it shows on every ground."""
    right, bottom = min(box.right, pixels.shape[1]) - 1, min(box.bottom, pixels.shape[0]) - 1
    for start, end in _sides(Box(max(0, box.left), max(0, box.top), right, bottom)):
        cv2.line(pixels, start, end, _DIM, 1)
        for dash in _dashes(start, end):
            cv2.line(pixels, *dash, colour, 1)


def _sides(box: Box) -> tuple[tuple[Point, Point], ...]:
    corners = ((box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom))
    return tuple(zip(corners, (*corners[1:], corners[0]), strict=True))


def _dashes(start: Point, end: Point) -> Iterator[tuple[Point, Point]]:
    length = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
    step = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    for at in range(0, length, 9):
        stop = min(at + 5, length)
        yield _along(start, step, at), _along(start, step, stop)


def _along(start: Point, step: tuple[float, float], far: int) -> Point:
    return round(start[0] + step[0] * far), round(start[1] + step[1] * far)


def _labelled(pixels: Pixels, guides: Guides) -> Pixels:
    """Return the pixels with each crop's name in its upper left corner, below others where they would touch."""
    if not guides.crops:
        return pixels
    image = Image.fromarray(pixels)
    draw, font = ImageDraw.Draw(image), lettering(11)
    taken: list[Box] = []
    for name, box in guides.crops:
        words = re.sub(r"(\d+)_(\d+)", r"\1:\2", name).replace("_", " ")
        place = _free((max(0, box.left), max(0, box.top)), round(font.getlength(words)) + 8, taken)
        draw.rectangle((place.left, place.top, place.right - 1, place.bottom - 1), fill=_CROP)
        draw.text((place.left + 4, place.top + 1), words, fill=_DIM, font=font)
        taken.append(place)
    return np.array(image)


def _free(corner: Point, wide: int, taken: Sequence[Box]) -> Box:
    """Return where a label is to stand: at the corner, or as far below it as others are in its way."""
    left, top = corner
    while any(left < b.right and left + wide > b.left and top < b.bottom and top + _LABEL > b.top for b in taken):
        top += 1
    return Box(left, top, left + wide, top + _LABEL)
