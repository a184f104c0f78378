"""The values that pictures are described with.

Pixels unless named otherwise; origin top-left; boxes half-open; fractions in 0..1; colours sRGB.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backend.imaging.provenance.types import Report


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in pixels, both at least 1."""

    width: int
    height: int

    def __post_init__(self) -> None:
        if self.width < 1 or self.height < 1:
            msg = f"a size needs at least one pixel a side, not {self.width}x{self.height}"
            raise ValueError(msg)

    @property
    def pixels(self) -> int:
        """Return the area in pixels."""
        return self.width * self.height

    @property
    def ratio(self) -> float:
        """Return width divided by height."""
        return self.width / self.height

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of pixels: `left` and `top` inside, `right` and `bottom` just outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def size(self) -> Size:
        """Return the box's extent."""
        return Size(self.right - self.left, self.bottom - self.top)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """A picture from outside, made safe: what is stored and shown instead of the bytes that came.

    `data` is the rewritten file, of type `mime`, upright and in sRGB; `size` is its size in pixels. `has_alpha` says
    whether any pixel is see-through. `thumbnail` is WebP, longest side at most 512 pixels; `thumbhash` is base64;
    `colour` is the dominant one as #rrggbb. `removed` names what was left out, such as "gps", "exif", "trailing data".
    """

    data: bytes
    mime: str
    size: Size
    has_alpha: bool
    thumbnail: bytes
    thumbhash: str
    colour: str
    removed: tuple[str, ...] = ()
    colours: str = "sRGB"
    """What the colours of the file that came were called; `data` is in sRGB whatever they were."""
    marks: Report | None = None
    """What the file that came said of where it is from; None where it said nothing."""
