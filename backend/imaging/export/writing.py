"""Writing: resized pixels or planes become one file, as good and as small as was asked for."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from backend.errors import FieldError as Wrong
from backend.errors import InvalidRequest
from backend.imaging.encoding import AtLeast, AtMost, Fixed, best_of, takes_alpha, to_bytes, to_ssim
from backend.imaging.encoding.encoders import LEAST, WITHOUT_QUALITY, plain
from backend.imaging.encoding.encoders import encoded as file_of
from backend.imaging.encoding.likeness import Likeness
from backend.imaging.encoding.trials import Trials
from backend.imaging.export import pictures
from backend.imaging.export.grounds import colour_of, flattened

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.imaging.codec import Encoding
    from backend.imaging.encoding import Encoded
    from backend.imaging.export.pictures import Planes
    from backend.imaging.export.targets import Quality, Target

    Pixels = NDArray[np.uint8]

_GUESS: Final = 82
_FALL: Final = 40
"""By how much the quality falls, about, where bytes are to become fewer by a factor of e."""
_WITH_ALPHA: Final = 4


@dataclass(frozen=True, slots=True)
class Written:
    """A file, and what is known of it; `ssim` only where it was measured."""

    data: bytes
    encoding: Encoding
    quality: int | None = None
    ssim: float | None = None


def shown(pixels: Pixels, target: Target) -> Pixels:
    """Return the pixels as the target's file will show them: without alpha where it knows none, or none is needed."""
    if pixels.shape[2] != _WITH_ALPHA:
        return pixels
    if not any(takes_alpha(encoding) for encoding in target.encodings):
        return flattened(pixels, colour_of(target.background))
    return plain(pixels)


def check(target: Target) -> None:
    """Raise InvalidRequest where nothing that the target takes can show what it asks for."""
    wants_alpha = target.mode == "fit" and target.background.kind == "transparent"
    if wants_alpha and not any(takes_alpha(encoding) for encoding in target.encodings):
        detail = "JPEG has no transparency: take another background, or PNG or WebP where the network accepts them."
        raise InvalidRequest(detail=detail, errors=(Wrong(pointer="/background/kind", detail=detail),))


def written(pixels: Pixels, target: Target, most_bytes: int | None) -> Written:
    """Return the file of finished pixels.

    Raises:
        CannotFit: no encoding of the target's comes down to `most_bytes`, or up to its likeness.
        InvalidRequest: what is to be taken instead can't show what the target asks for.
    """
    if target.instead:
        return _or_instead(pixels, target, most_bytes)
    fine = target.quality
    if len(target.encodings) > 1:
        return _best(pixels, target, most_bytes)
    encoding = next(iter(target.encodings))
    if fine.min_ssim is not None:
        found = _known(to_ssim(pixels, encoding, fine.min_ssim, effort="quick"))
    else:
        quality = None if encoding in WITHOUT_QUALITY else fine.fixed
        found = Written(file_of(pixels, encoding, fine.fixed), encoding, quality)
    if most_bytes is None or len(found.data) <= most_bytes:
        return found
    return _known(to_bytes(pixels, encoding, most_bytes, effort="quick"))


def _or_instead(pixels: Pixels, target: Target, most_bytes: int | None) -> Written:
    """Return the file as it is where that has few enough bytes, or else one of what is taken instead."""
    found = written(pixels, replace(target, instead=()), None)
    if most_bytes is None or len(found.data) <= most_bytes:
        return found
    other = replace(target, encodings=target.instead, instead=())
    check(other)
    return written(shown(pixels, other), other, most_bytes)


def written_planes(planes: Planes, quality: Quality, most_bytes: int | None) -> Written:
    """Return the JPEG of planes, found in as few tries as it takes.

    Raises:
        CannotFit: the lowest quality has more bytes, or the highest is less like the planes than asked.
    """
    size = planes.size
    light = planes.y[: size.height, : size.width]
    likeness = cache(lambda: Likeness(np.repeat(light[..., None], 3, axis=2)))
    trials = Trials(lambda q: pictures.encoded(planes, q), lambda data: likeness().in_file(data), guess=_GUESS)
    top: int | None = quality.fixed
    if quality.min_ssim is not None:
        top = trials.lowest_like(quality.min_ssim)
        if top is None:
            raise trials.too_unlike("picture", "jpg", quality.min_ssim)
    if most_bytes is not None and len(trials.file(top)) > most_bytes:
        trials.guess = max(LEAST, round(top - _FALL * math.log(len(trials.file(top)) / most_bytes)))
        top = trials.highest_within(most_bytes, last=top)
        if top is None:
            raise trials.too_large("picture", most_bytes)
    return Written(trials.file(top), "jpg", top, trials.likes.get(top))


def _best(pixels: Pixels, target: Target, most_bytes: int | None) -> Written:
    fine = target.quality
    goal = Fixed(fine.fixed) if fine.min_ssim is None else AtLeast(fine.min_ssim)
    found = best_of(pixels, target.encodings, goal, effort="quick")
    if most_bytes is None or len(found.data) <= most_bytes:
        return _known(found)
    return _known(best_of(pixels, target.encodings, AtMost(most_bytes), effort="quick"))


def _known(found: Encoded) -> Written:
    assert found.encoding != "gif", "no target takes it"
    return Written(found.data, found.encoding, found.quality, found.ssim)
