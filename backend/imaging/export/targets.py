"""What is asked of the pipeline for each file, and what it hands back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from numpy.typing import NDArray

from backend.imaging.types import Box

if TYPE_CHECKING:
    from backend.imaging.codec import Encoding
    from backend.imaging.crop.search import Reason
    from backend.imaging.crop.windows import Focus
    from backend.imaging.types import Size

Mode = Literal["smart", "center", "fit"]
Kind = Literal["blur", "mirror", "colour", "transparent"]
Dress = Callable[[NDArray[np.uint8], tuple[Box, ...]], NDArray[np.uint8]]
"""Draws on resized pixels: height x width x 3 (RGB) or 4 (and straight alpha), uint8, same size and kind back.

It is given the faces, too, in pixels of the file.
"""
USUAL: Final = 85
"""The JPEG and WebP quality where nobody asks for another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What stands beside a picture that is kept whole: itself, blurred or mirrored, a colour (#rrggbb), or nothing."""

    kind: Kind = "blur"
    colour: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How good a file has to be: at a fixed quality 1..100, or the least that keeps this likeness (SSIM, 0..1)."""

    fixed: int = USUAL
    min_ssim: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One file that is wanted.

    `box` is a person's own window in pixels of the picture and wins over all; where it hasn't the target's shape, it is
    shrunk to it around its middle. `focus` is a person's point and wins over the search. `safe` are insets (top, right,
    bottom, left) and `covered` boxes, both in pixels of the target. `encodings` are taken, best first; of several the
    fewest bytes win. `most_bytes` is met by less quality; where there is something to be taken `instead`, one of those
    is written then, and the picture is not made worse for its type's sake. `dress` draws on the resized pixels; two
    that compare equal draw the same.
    """

    size: Size
    mode: Mode = "smart"
    box: Box | None = None
    focus: Focus | None = None
    safe: tuple[int, int, int, int] = (0, 0, 0, 0)
    covered: tuple[Box, ...] = ()
    background: Background = Background()
    encodings: tuple[Encoding, ...] = ("jpg",)
    instead: tuple[Encoding, ...] = ()
    quality: Quality = Quality()
    most_bytes: int | None = None
    dress: Dress | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One finished file, and what is known of it.

    `crop` is in pixels of the picture, the whole of it where that was kept. `score` and `reasons` are the search's.
    `upscaled` is above 1 by how much pixels were invented. `faces` are in pixels of the file, as far as they lie within
    it. `thumbnail` is WebP of at most 320 pixels a side, `thumbhash` base64, `colour` #rrggbb. `same_as` is the index
    of the target whose file this is, too, where both came out equal.
    """

    data: bytes
    encoding: Encoding
    size: Size
    crop: Box
    score: float | None
    reasons: tuple[Reason, ...]
    quality: int | None
    ssim: float | None
    upscaled: float
    faces: tuple[Box, ...]
    has_alpha: bool
    thumbnail: bytes
    thumbhash: str
    colour: str
    same_as: int | None = None
