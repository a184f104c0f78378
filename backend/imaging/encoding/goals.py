"""What a file is to be: within so many bytes, as like its pixels as is asked, or the smallest of several kinds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, assert_never

import numpy as np

from backend.errors import CannotFit
from backend.imaging.encoding import palette
from backend.imaging.encoding.encoders import (
    LEAST,
    MOST,
    WITHOUT_QUALITY,
    Effort,
    Encoding,
    encoded,
    has_sharp_colour,
    on_colour,
    plain,
    takes_alpha,
)
from backend.imaging.encoding.likeness import Likeness, decoded
from backend.imaging.encoding.trials import PictureTrials

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Fixed:
    """A quality, 1..100."""

    quality: int


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A likeness to the pixels, as `ssim` measures it."""

    ssim: float


@dataclass(frozen=True, slots=True)
class AtMost:
    """A number of bytes."""

    bytes: int


Goal = Fixed | AtLeast | AtMost


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """A file, and what is known of it. `quality` is None where the format knows none, or nothing was lost."""

    data: bytes
    encoding: Encoding
    quality: int | None
    ssim: float


_SLOW: Final = 24_000_000
"""Pixels from which AVIF, PNG and GIF are not tried where another format would do."""
_MANY_BYTES: Final = 12_000_000
"""Bytes of pixels from which only the largest palette is tried."""
_FINE: Final = 0.96
"""The likeness above which colours are not to smear: WebP knows only half their resolution, or no loss at all."""
_EVEN: Final = 0.001
"""Likenesses so near are taken for the same: then fewer bytes win."""


def to_ssim(pixels: NDArray[np.uint8], encoding: Encoding, least: float, *, effort: Effort = "small") -> Encoded:
    """Return the smallest file found that is at least as like the pixels as asked, 0..1.

    Raises:
        CannotFit: this format can't come so near to them.
    """
    seen = _shown(pixels, encoding)
    found: list[Encoded] = [_whole(seen, encoding, effort)] if _is_worth_keeping_whole(seen, encoding) else []
    if encoding in WITHOUT_QUALITY:
        found += [_few_like(seen, encoding, least)]
    elif not (encoding == "webp" and least > _FINE and has_sharp_colour(seen)):
        found += [_lowest_like(seen, encoding, least, effort)]
    good = [each for each in found if each.ssim >= least]
    if not good:
        raise _too_unlike(encoding, least, max(each.ssim for each in found))
    return min(good, key=lambda each: len(each.data))


def to_bytes(pixels: NDArray[np.uint8], encoding: Encoding, most: int, *, effort: Effort = "small") -> Encoded:
    """Return the best file found that has at most so many bytes.

    Raises:
        CannotFit: the least that the format can be brought to has more; it says how many.
    """
    seen = _shown(pixels, encoding)
    if encoding in WITHOUT_QUALITY:
        return _in_colours_within(seen, encoding, most, effort)
    trials = PictureTrials(seen, encoding, effort)
    quality = trials.highest_within(most)
    if quality is None:
        raise trials.too_large("picture", most)
    return Encoded(data=trials.file(quality), encoding=encoding, quality=quality, ssim=trials.like(quality))


def best_of(
    pixels: NDArray[np.uint8], encodings: tuple[Encoding, ...], goal: Goal, *, effort: Effort = "small"
) -> Encoded:
    """Return the best file of several formats: the smallest of equal likeness, or the most like of those that fit.

    Where a picture is see-through, only formats that keep that are taken, if there is one. Those that would take very
    long, or much space, are passed over for others. `Fixed` means the likeness of a JPEG of that quality.

    Raises:
        CannotFit: none of them reaches the goal.
    """
    tries = worth_trying(pixels, encodings)
    goal = _as_likeness(pixels, goal) if len(tries) > 1 else goal
    found: list[Encoded] = []
    refused: CannotFit | None = None
    for encoding in tries:
        try:
            found.append(reached(pixels, encoding, goal, effort=effort))
        except CannotFit as error:
            refused = refused or error
    if not found:
        assert refused is not None, "there is at least one format"
        raise refused
    top = max(each.ssim for each in found) - _EVEN if isinstance(goal, AtMost) else 0.0
    return min((each for each in found if each.ssim >= top), key=lambda each: len(each.data))


def reached(pixels: NDArray[np.uint8], encoding: Encoding, goal: Goal, *, effort: Effort = "small") -> Encoded:
    """Return the file of one format that reaches a goal; raises as `to_ssim` and `to_bytes` do."""
    match goal:
        case AtLeast():
            return to_ssim(pixels, encoding, goal.ssim, effort=effort)
        case AtMost():
            return to_bytes(pixels, encoding, goal.bytes, effort=effort)
        case Fixed():
            return _at(_shown(pixels, encoding), encoding, goal.quality, effort)
        case _:
            assert_never(goal)


def worth_trying(pixels: NDArray[np.uint8], encodings: tuple[Encoding, ...]) -> tuple[Encoding, ...]:
    """Return the formats that can win: those that keep what is see-through, without those that take too long."""
    seen = plain(pixels)
    has_alpha = takes_more_than_colour(seen)
    keeping: list[Encoding] = [each for each in encodings if not has_alpha or takes_alpha(each)] or list(encodings)
    heavy: set[Encoding] = set()
    if seen.shape[0] * seen.shape[1] > _SLOW:
        heavy = {"avif", *WITHOUT_QUALITY}
    elif not palette.has_few_colours(seen):
        heavy = {*WITHOUT_QUALITY}
    light: list[Encoding] = [each for each in keeping if each not in heavy]
    return tuple(light or keeping)


def takes_more_than_colour(pixels: NDArray[np.uint8]) -> bool:
    """Say whether there is an alpha channel."""
    return pixels.shape[2] > 3  # noqa: PLR2004 - red, green, blue


def _as_likeness(pixels: NDArray[np.uint8], goal: Goal) -> AtLeast | AtMost:
    if not isinstance(goal, Fixed):
        return goal
    return AtLeast(_at(_shown(pixels, "jpg"), "jpg", goal.quality, "quick").ssim)


def _shown(pixels: NDArray[np.uint8], encoding: Encoding) -> NDArray[np.uint8]:
    """Return the pixels as the format can show them."""
    seen = plain(pixels)
    return seen if takes_alpha(encoding) else np.ascontiguousarray(on_colour(seen, "#ffffff"))


def _at(seen: NDArray[np.uint8], encoding: Encoding, quality: int, effort: Effort) -> Encoded:
    data = encoded(seen, encoding, quality, effort=effort)
    known = None if encoding in WITHOUT_QUALITY else quality
    return Encoded(data=data, encoding=encoding, quality=known, ssim=Likeness(seen).in_file(data))


def _whole(seen: NDArray[np.uint8], encoding: Encoding, effort: Effort) -> Encoded:
    """Return the file that loses nothing."""
    return Encoded(data=encoded(seen, encoding, MOST, effort=effort), encoding=encoding, quality=None, ssim=1.0)


def _is_worth_keeping_whole(seen: NDArray[np.uint8], encoding: Encoding) -> bool:
    """Say whether the format can hold every pixel as it is, and may be small then."""
    match encoding:
        case "png":
            return True
        case "webp":
            return has_sharp_colour(seen) or palette.has_few_colours(seen)
        case _:
            return False


def _lowest_like(seen: NDArray[np.uint8], encoding: Encoding, least: float, effort: Effort) -> Encoded:
    trials = PictureTrials(seen, encoding, effort)
    quality = trials.lowest_like(least)
    if quality is None:
        quality = max(trials.likes, key=trials.like)
    return Encoded(data=trials.file(quality), encoding=encoding, quality=quality, ssim=trials.like(quality))


def _few_like(seen: NDArray[np.uint8], encoding: Encoding, least: float) -> Encoded:
    """Return the file of the fewest colours that is as like, or the one of the most colours where none is."""
    likeness, best = Likeness(seen), None
    for colours in palette.LADDER:
        data = palette.file(seen, encoding, colours)
        like = likeness.in_file(data) if palette.keeps_colours(seen, decoded(data)) else 0.0
        if best is None or like >= least:
            best = Encoded(data=data, encoding=encoding, quality=None, ssim=like)
        if like < least or seen.size > _MANY_BYTES:
            break
    assert best is not None, "there is at least one number of colours"
    return best


def _in_colours_within(seen: NDArray[np.uint8], encoding: Encoding, most: int, effort: Effort) -> Encoded:
    """Return the file as it is where that fits, or else in the most colours that do."""
    whole = _at(seen, encoding, LEAST, effort)
    if len(whole.data) <= most:
        return whole
    fits, least = palette.most_within(seen, encoding, most)
    if fits is None:
        raise _too_large(min(least, len(whole.data)), most)
    return Encoded(data=fits, encoding=encoding, quality=None, ssim=Likeness(seen).in_file(fits))


def _too_large(least: int, most: int) -> CannotFit:
    detail = f"The picture takes at least {least:,} bytes in this format and size; {most:,} were asked for."
    return CannotFit(detail=detail, limit=f"{most} bytes", reachable=f"{least} bytes")


def _too_unlike(encoding: Encoding, least: float, best: float) -> CannotFit:
    detail = f"As {encoding} the picture comes to a likeness of {best:.4f}; {least:.4f} was asked for."
    return CannotFit(detail=detail, limit=f"SSIM {least:.4f}", reachable=f"SSIM {best:.4f}")
