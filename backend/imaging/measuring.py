"""What is known of a finished picture: values only, so that whoever judges it need not have decoded it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from backend.imaging.types import Box

if TYPE_CHECKING:
    from collections.abc import Iterable

    from backend.imaging.types import Size

SRGB: Final = "sRGB"
"""What the colours of a file are called that need no conversion."""
_LEFT_OVER: Final = 0.05
"""What a crop leaves of a box below this share of its area is not shown as that thing any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A finished file; None where something is not known. Pixels are those of the picture as it is shown, upright.

    `type` is told by content: jpeg, png, webp, gif, avif or a name of something else. `size` is None where the file
    could not be read. `colours` names the colour space. `see_through` is the share 0..1 of pixels that are more than
    half transparent. `faces` and `text` are None where nobody looked. `upscaled` is by how much the picture was
    enlarged, 1 if it was not. `items` is how many pictures go into the same post.
    """

    type: str
    bytes: int
    size: Size | None
    frames: int = 1
    colours: str | None = SRGB
    see_through: float | None = 0.0
    faces: tuple[Box, ...] | None = None
    text: tuple[Box, ...] | None = None
    upscaled: float | None = None
    alt_text: str | None = None
    items: int | None = None


def boxes_in(crop: Box, size: Size, boxes: Iterable[Box]) -> tuple[Box, ...]:
    """Return where boxes of a picture lie in what is cut out of it and scaled to `size`; what is cut away is left out.

    A box that the crop goes through is cut with it, and left out where hardly anything of it remains.
    """
    moved = (_moved(crop, size, _cut(crop, box)) for box in boxes if _remains(crop, box) > _LEFT_OVER)
    return tuple(moved)


def _cut(crop: Box, box: Box) -> Box:
    return Box(
        max(crop.left, box.left), max(crop.top, box.top), min(crop.right, box.right), min(crop.bottom, box.bottom)
    )


def _remains(crop: Box, box: Box) -> float:
    kept = _cut(crop, box)
    if kept.right <= kept.left or kept.bottom <= kept.top:
        return 0.0
    return kept.size.pixels / box.size.pixels


def _moved(crop: Box, size: Size, box: Box) -> Box:
    """Return the box in pixels of the scaled crop, grown to whole ones."""
    x, y = crop.size.width, crop.size.height
    return Box(
        (box.left - crop.left) * size.width // x,
        (box.top - crop.top) * size.height // y,
        min(size.width, -((crop.left - box.right) * size.width // x)),
        min(size.height, -((crop.top - box.bottom) * size.height // y)),
    )
