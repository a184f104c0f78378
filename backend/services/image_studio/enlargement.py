"""How large an enlarged picture gets: arithmetic that is done, and refused, before any work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.errors import FieldError, InvalidRequest
from backend.imaging.types import Size

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.schemas.upscale import UpscaleRequest

USUAL_FACTOR = 4
MOST_FACTOR = 16
"""Further than that a picture is more guess than picture."""
MOST_PIXELS = 100_000_000
LONGEST = 16_383
"""Pixels of a side: what WebP can hold at most, and the studio's own limit but for one."""
LEAST_SIDE = 16
"""The shortest side of a picture that there is something to enlarge in, in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What a preset asks for: so many pixels on the longer or on the shorter side."""

    side: int
    longer: bool
    meant_for: str


PRESETS: Mapping[str, Goal] = {
    "web": Goal(side=2560, longer=True, meant_for="a page's full width on a dense screen"),
    "print": Goal(side=3508, longer=True, meant_for="A4 at 300 dpi"),
    "social": Goal(side=1080, longer=False, meant_for="the networks' formats, which are 1080 pixels wide"),
}


def target_of(request: UpscaleRequest, own: Size) -> Size:
    """Return the size that is asked for, of the picture's own shape as far as whole pixels allow it.

    A target comes before a preset; without either sides grow fourfold.

    Raises:
        InvalidRequest: the picture is too small, the target would not enlarge it, has another shape or is too large;
            the error names the field and what would do.
    """
    if min(own.width, own.height) < LEAST_SIDE:
        raise _refused("image", f"the picture is {own}; to be enlarged, a side needs at least {LEAST_SIDE} pixels")
    field, target = _asked_for(request, own)
    if target.width <= own.width or target.height <= own.height:
        raise _refused(field, f"{target} would not enlarge the picture, which is {own} already")
    largest = largest_of(own)
    if target.width > largest.width or target.height > largest.height:
        raise _refused(
            field,
            f"{target} is more than can be made of a picture of {own}: at most {MOST_FACTOR} times a side,"
            f" {MOST_PIXELS // 1_000_000} megapixels and {LONGEST} pixels a side, which is {largest};"
            f" ask for a target_width of at most {largest.width}",
        )
    return target


def largest_of(own: Size) -> Size:
    """Return the largest size that a picture can be enlarged to."""
    factor = min(MOST_FACTOR, (MOST_PIXELS / own.pixels) ** 0.5, LONGEST / max(own.width, own.height))
    width = int(own.width * factor)
    while _by_width(own, width).pixels > MOST_PIXELS:  # rounding the other side may be a pixel too much
        width -= 1
    return _by_width(own, width)


def _asked_for(request: UpscaleRequest, own: Size) -> tuple[str, Size]:
    """Return the field that says the size, and the size."""
    wide, high = request.target_width, request.target_height
    if wide is not None and high is not None:
        return "target_height", _both(own, Size(wide, high))
    if wide is not None:
        return "target_width", _by_width(own, wide)
    if high is not None:
        return "target_height", _by_height(own, high)
    if request.preset is not None:
        return "preset", _by_preset(own, PRESETS[request.preset])
    return "target_width", Size(own.width * USUAL_FACTOR, own.height * USUAL_FACTOR)


def _both(own: Size, asked: Size) -> Size:
    fitting = _by_width(own, asked.width), _by_height(own, asked.height)
    if asked not in fitting:
        raise _refused(
            "target_height",
            f"{asked} has another shape than the picture, which is {own}; give one of the two, or {fitting[0]} or"
            f" {fitting[1]}: enlarging neither cuts nor distorts",
        )
    return asked


def _by_preset(own: Size, goal: Goal) -> Size:
    is_wide = own.width >= own.height
    return _by_width(own, goal.side) if is_wide == goal.longer else _by_height(own, goal.side)


def _by_width(own: Size, width: int) -> Size:
    return Size(width, max(1, round(own.height * width / own.width)))


def _by_height(own: Size, height: int) -> Size:
    return Size(max(1, round(own.width * height / own.height)), height)


def _refused(field: str, why: str) -> InvalidRequest:
    return InvalidRequest(detail=f"{field}: {why}.", errors=(FieldError(pointer=f"/{field}", detail=why),))
