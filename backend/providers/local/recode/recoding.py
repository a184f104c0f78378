"""Writing a picture anew in the child: still or moving, in fewer bytes or as another type of file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from backend.errors import CannotFit, RequestRefused
from backend.imaging import codec
from backend.imaging.encoding import AtLeast, AtMost, Encoded, Fixed, best_of, mime_of, takes_alpha, to_ssim
from backend.imaging.encoding.encoders import MOST, WITHOUT_QUALITY, encoded, on_colour, plain
from backend.imaging.encoding.goals import reached, takes_more_than_colour
from backend.imaging.encoding.likeness import Likeness
from backend.imaging.encoding.moving import MOVING, Moving, moving_in, written
from backend.imaging.export.likeness import likeness_of
from backend.imaging.provenance.types import MOST_BYTES
from backend.imaging.sniff import kind_of
from backend.imaging.types import Inspected, Size
from backend.schemas.specs.compress import USUAL

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.imaging.encoding import Goal
    from backend.schemas.base import Facts
    from backend.schemas.specs import CompressSpec, ConvertSpec
    from backend.schemas.specs.compress import FileType

_KEPT: Final = "Nothing smaller that is as like the picture was found: these are the bytes that came."
_FIRST: Final = "{} holds no animation: this is the first of {} frames."
_FITS: Final = "The file has no more bytes than asked for already: these are the bytes that came."


@dataclass(frozen=True, slots=True, kw_only=True)
class Recoded:
    """A file with what is seen in it, and what is told of it. `is_input` says that it is the file that came."""

    seen: Inspected
    facts: Facts
    is_input: bool = False


def compress(data: bytes, spec: CompressSpec) -> Recoded:
    """Return the picture in fewer bytes, or as it came where there are none fewer.

    Raises:
        CannotFit: it can't be brought within `max_bytes`, or not without becoming less like than asked.
        RequestRefused: it is see-through or an animation, and the type that is asked for can't be.
    """
    moving = moving_in(data)
    if moving is not None:
        return _compressed(data, moving, spec)
    pixels = plain(codec.decode(data).pixels)
    if takes_more_than_colour(pixels) and not any(takes_alpha(each) for each in spec.types):
        raise RequestRefused(
            detail="The picture is see-through, and JPEG has no transparency. Take another type, or convert it, which "
            "lays it on a colour."
        )
    if _is_small_enough(data, spec):
        return _as_it_came(data, pixels, _FITS)
    found = best_of(pixels, spec.types, _goal(spec))
    if spec.min_ssim is not None and found.ssim < spec.min_ssim:
        raise _too_unlike(found, spec)
    if len(found.data) + MOST_BYTES >= len(data):
        return _as_it_came(data, pixels, _KEPT)
    return _new(data, pixels, found)


def convert(data: bytes, spec: ConvertSpec) -> Recoded:
    """Return the picture as another type of file.

    Raises:
        CannotFit: a GIF can't come near enough to the picture to look the same, and no quality was said.
    """
    moving = moving_in(data)
    if moving is not None and spec.output_format in MOVING:
        return _converted(data, moving, spec)
    notes = () if moving is None else (_FIRST.format(spec.output_format.upper(), len(moving.frames)),)
    pixels = plain(codec.decode(data).pixels)
    if takes_more_than_colour(pixels) and (not takes_alpha(spec.output_format) or spec.background):
        pixels = np.ascontiguousarray(on_colour(pixels, spec.background or "#ffffff"))
    return _new(data, pixels, _still(pixels, spec), notes=notes)


def _still(pixels: NDArray[np.uint8], spec: ConvertSpec) -> Encoded:
    if spec.output_format in WITHOUT_QUALITY:
        return _without_quality(pixels, spec)
    if spec.quality is not None:
        return reached(pixels, spec.output_format, Fixed(spec.quality))
    return to_ssim(pixels, spec.output_format, USUAL)


def _without_quality(pixels: NDArray[np.uint8], spec: ConvertSpec) -> Encoded:
    """Return every pixel as it is where the type can hold them, and the most colours where it can't."""
    data = encoded(pixels, spec.output_format, effort="small")
    like = 1.0 if spec.output_format == "png" else Likeness(pixels).in_file(data)
    return Encoded(data=data, encoding=spec.output_format, quality=None, ssim=like)


def _compressed(data: bytes, moving: Moving, spec: CompressSpec) -> Recoded:
    """Return an animation in fewer bytes; all its frames are kept."""
    types: list[FileType] = [each for each in spec.types if each in MOVING]
    if not types:
        raise RequestRefused(
            detail=f"The picture is an animation of {len(moving.frames)} frames, which this type can't hold. Take GIF, "
            "WebP or PNG, or convert it, which keeps the first frame."
        )
    first = moving.frames[0]
    if _is_small_enough(data, spec):
        return _as_it_came(data, first, _FITS, frames=len(moving.frames))
    found = _best_moving(moving, types, _goal(spec))
    if spec.min_ssim is not None and found.ssim < spec.min_ssim:
        raise _too_unlike(found, spec)
    if len(found.data) + MOST_BYTES >= len(data):
        return _as_it_came(data, first, _KEPT, frames=len(moving.frames))
    return _new(data, first, found, frames=len(moving.frames))


def _best_moving(moving: Moving, types: list[FileType], goal: Goal) -> Encoded:
    """Return the smallest file where a likeness is asked for, and the most like where bytes are."""
    found: list[Encoded] = []
    refused: CannotFit | None = None
    for each in types:
        try:
            found.append(written(moving, each, goal))
        except CannotFit as error:
            refused = refused or error
    if not found:
        assert refused is not None, "there is at least one type"
        raise refused
    if isinstance(goal, AtMost):
        return max(found, key=lambda each: each.ssim)
    return min(found, key=lambda each: len(each.data))


def _converted(data: bytes, moving: Moving, spec: ConvertSpec) -> Recoded:
    """Return an animation as another type of file; all its frames are kept."""
    shown = moving.on(spec.background) if spec.background else moving
    fixed = Fixed(spec.quality or MOST)
    is_free = spec.quality is None and spec.output_format == "webp"
    found = written(shown, spec.output_format, AtLeast(USUAL) if is_free else fixed)
    return _new(data, shown.frames[0], found, frames=len(moving.frames))


def _goal(spec: CompressSpec) -> Goal:
    if spec.max_bytes is not None:
        return AtMost(spec.max_bytes - MOST_BYTES)
    return AtLeast(USUAL if spec.min_ssim is None else spec.min_ssim)


def _is_small_enough(data: bytes, spec: CompressSpec) -> bool:
    own = {"jpeg": "jpg"}.get(kind_of(data), kind_of(data))
    return spec.max_bytes is not None and len(data) <= spec.max_bytes and own in spec.types


def _too_unlike(found: Encoded, spec: CompressSpec) -> CannotFit:
    detail = (
        f"Within {spec.max_bytes:,} bytes the picture comes to a likeness of {found.ssim:.4f}; "
        f"{spec.min_ssim:.4f} was asked for."
    )
    return CannotFit(detail=detail, limit=f"SSIM {spec.min_ssim:.4f}", reachable=f"SSIM {found.ssim:.4f}")


def _as_it_came(data: bytes, pixels: NDArray[np.uint8], why: str, *, frames: int = 1) -> Recoded:
    seen = _seen(data, f"image/{kind_of(data)}", pixels)
    facts: Facts = {**_facts(data, frames), "unchanged": True, "quality": None, "ssim": 1.0, "notes": [why]}
    return Recoded(seen=seen, facts=facts, is_input=True)


def _new(
    data: bytes, pixels: NDArray[np.uint8], found: Encoded, *, frames: int = 1, notes: tuple[str, ...] = ()
) -> Recoded:
    facts: Facts = {
        **_facts(data, frames),
        "unchanged": False,
        "quality": found.quality,
        "ssim": round(found.ssim, 4),
        "notes": list(notes),
    }
    return Recoded(seen=_seen(found.data, mime_of(found.encoding), pixels), facts=facts)


def _facts(data: bytes, frames: int) -> Facts:
    return {"original_bytes": len(data), "frames": frames}


def _seen(data: bytes, mime: str, pixels: NDArray[np.uint8]) -> Inspected:
    look = likeness_of(pixels)
    return Inspected(
        data=data,
        mime=mime,
        size=Size(pixels.shape[1], pixels.shape[0]),
        has_alpha=takes_more_than_colour(pixels),
        thumbnail=look.thumbnail,
        thumbhash=look.thumbhash,
        colour=look.colour,
    )
