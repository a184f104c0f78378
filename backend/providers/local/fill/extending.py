"""Continuing a picture beyond its borders with more of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from backend.errors import RequestRefused
from backend.imaging.types import Box
from backend.providers.local.fill.completion import complete
from backend.providers.local.fill.copying import Small, reduced, scale_of
from backend.providers.local.fill.liking import Taste
from backend.providers.local.fill.painting import levelled, painted
from backend.providers.local.fill.rarity import rarity
from backend.providers.local.fill.scene import Scene, grown, textured

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ALONG = Taste(down=2500.0, across=6000.0, deep=0.5)
"""What continues a picture comes from its own height, and rather from near its border."""
_RARE = 0.35
"""How much it counts against a source that there is nothing like it in the picture."""
_WORK = 160_000
"""Pixels at most of the whole that are searched; a larger one is searched at a half, a quarter, ... of its size."""
_MOST = 33_554_432
"""Pixels at most of the result: what the child's memory holds."""
_MOST_SUBJECT = 0.7
"""A subject that takes more of the picture than this is all there is to continue it from."""
_BORDER = 2
"""Pixels: a subject that comes so near to the border reaches it."""
_ASIDE = 0.06
"""How far along the border the subject is taken to reach beyond what it does, in sides."""
_TRIES = 3
_LEAST = 16
"""Pixels a side, when made smaller, from which on there are patches to take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """Pixels to add."""

    left: int
    right: int
    up: int
    down: int


def extended(
    pixels: NDArray[np.uint8], margins: Margins, seed: int, *, subject: NDArray[np.bool_] | None = None
) -> NDArray[np.uint8]:
    """Return the picture with the margins around it, itself unchanged in its place.

    What is of the `subject` continues nothing but itself. Transparency is continued like a colour. Where a picture is
    too small to have patches its border is mirrored.

    Raises:
        RequestRefused: the result would be too large.
    """
    canvas, box = _canvas(pixels, margins)
    hole = np.ones(canvas.shape[:2], np.bool_)
    hole[box.top : box.bottom, box.left : box.right] = False
    if not hole.any():
        return canvas
    scale = scale_of(hole, _WORK)
    while scale > 1 and min(pixels.shape[:2]) // scale < _LEAST:
        scale //= 2
    small = reduced(canvas, hole, np.ones_like(hole), scale)
    anchor = Box(-(-box.left // scale), -(-box.top // scale), box.right // scale, box.bottom // scale)
    known = ~small.hole
    told = _placed(subject, box, small)
    scene = Scene(
        pixels=textured(small.colour.astype(np.float32), known),
        hole=small.hole,
        usable=known,
        anchor=anchor,
        dislike=_dislike(small.colour, anchor),
        subject=told,
        own=None if told is None else _own(told, anchor),
    )
    if not scene.sources().any():
        return canvas
    sources = complete(scene, _ALONG, seed, _TRIES).sources()
    return levelled(painted(canvas, hole, sources, scale), canvas, hole, scale)


def _placed(subject: NDArray[np.bool_] | None, box: Box, small: Small) -> NDArray[np.bool_] | None:
    """Return the subject within the canvas made smaller; None if there is none or it leaves too little else."""
    if subject is None or not 0 < subject.mean() < _MOST_SUBJECT:
        return None
    whole = np.zeros(tuple(side * small.scale for side in small.hole.shape), np.bool_)
    whole[box.top : box.bottom, box.left : box.right] = subject
    blocks = whole.reshape(small.hole.shape[0], small.scale, small.hole.shape[1], small.scale)
    return np.asarray(blocks.any(axis=(1, 3)), np.bool_)


def _own(subject: NDArray[np.bool_], box: Box) -> NDArray[np.bool_]:
    """Return where the picture's border is the subject's, and somewhat beside: what reaches it may lie aslant."""
    ring = np.zeros_like(subject)
    ring[box.top : box.bottom, box.left : box.right] = True
    inner = np.s_[box.top + _BORDER : box.bottom - _BORDER, box.left + _BORDER : box.right - _BORDER]
    ring[inner] = False
    return grown(subject & ring, round(_ASIDE * max(box.size.width, box.size.height)))


def _dislike(colour: NDArray[np.uint8], box: Box) -> NDArray[np.float32]:
    """Return what a source costs for being one of a kind."""
    dislike = np.zeros(colour.shape[:2], np.float32)
    inside = np.s_[box.top : box.bottom, box.left : box.right]
    dislike[inside] = _RARE * rarity(colour[inside])
    return dislike


def _canvas(pixels: NDArray[np.uint8], margins: Margins) -> tuple[NDArray[np.uint8], Box]:
    """Return the picture mirrored into its margins, and where it lies."""
    height, width = pixels.shape[:2]
    size = (height + margins.up + margins.down) * (width + margins.left + margins.right)
    if size > _MOST:
        raise RequestRefused(
            detail=f"The result would have {size / 1e6:.0f} megapixels; this engine continues pictures to at most"
            f" {_MOST / 1e6:.0f}. Ask for less, or make the picture smaller first."
        )
    canvas = np.pad(pixels, ((margins.up, margins.down), (margins.left, margins.right), (0, 0)), mode="symmetric")
    return canvas, Box(margins.left, margins.up, margins.left + width, margins.up + height)
