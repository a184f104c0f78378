"""Filling holes of a picture with what is around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from backend.errors import RequestRefused
from backend.imaging.types import Box
from backend.providers.local.fill.copying import copied, reduced, scale_of
from backend.providers.local.fill.scene import thickness
from backend.providers.local.fill.subjects import blank, spared
from backend.providers.local.fill.synthesis import LEAST_SIDE, synthesised

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MARGIN = 1.25
"""How much around a hole is looked at, in its own longer sides."""
_LEAST_MARGIN = 96
_WORK = 360_000
"""Pixels at most that are searched; a larger window is searched at a half, a quarter, ... of its size."""
_SCRATCH = 5.0
"""Pixels: a hole so thin is closed from its edges."""
_CLEAR = 250
"""Alpha from which on a pixel's colour may be copied."""
_WITH_ALPHA = 4


def erased(
    pixels: NDArray[np.uint8],
    hole: NDArray[np.bool_],
    seed: int,
    *,
    subject: NDArray[np.bool_] | None = None,
    tries: int = 3,
) -> NDArray[np.uint8]:
    """Return the picture with what is in the hole replaced by what could be there; its size and its alpha stay.

    Nothing is taken from the `subject` where the hole is not its own.

    Raises:
        RequestRefused: the hole leaves nothing to take anything from.
    """
    opaque = pixels[..., 3] >= _CLEAR if pixels.shape[2] == _WITH_ALPHA else np.ones(hole.shape, np.bool_)
    if pixels.shape[2] == _WITH_ALPHA:
        hole = hole & (pixels[..., 3] > 0)
    if not hole.any():
        return pixels
    if not (opaque & ~hole).any():
        raise RequestRefused(
            detail="The mask covers all there is in this picture, so nothing is left to fill it from. Make it smaller."
        )
    subject = np.zeros_like(hole) if subject is None else subject
    result = pixels.copy()
    for number, box in enumerate(_windows(hole)):
        inside = np.s_[box.top : box.bottom, box.left : box.right]
        colour = np.ascontiguousarray(pixels[inside][..., :3])
        free = opaque[inside] & ~spared(hole[inside], opaque[inside], subject[inside])
        filled = _filled(colour, hole[inside], free, (seed + number, tries))
        result[inside][..., :3][hole[inside]] = filled[hole[inside]]
    return result


def _filled(
    colour: NDArray[np.uint8], hole: NDArray[np.bool_], free: NDArray[np.bool_], way: tuple[int, int]
) -> NDArray[np.uint8]:
    """Return the window filled from what is `free`; `way` is seed and tries."""
    colour, barred = blank(colour, hole), ~free & ~hole
    scale = scale_of(hole, _WORK)
    size = hole.shape[1] // scale, hole.shape[0] // scale
    if min(size) < LEAST_SIDE or not (free & ~hole).any():
        return colour
    if thickness(hole) <= _SCRATCH:
        return np.asarray(cv2.inpaint(colour, hole.astype(np.uint8), 3, cv2.INPAINT_TELEA), np.uint8)
    if scale == 1:
        return synthesised(colour, hole, barred, *way)
    small = reduced(colour, hole, ~barred, scale)
    filled = synthesised(small.colour, small.hole, ~small.opaque & ~small.hole, *way)
    return copied(colour, hole, small, filled, way[0])


def _windows(hole: NDArray[np.bool_]) -> list[Box]:
    """Return a box for each group of holes: their own with enough around it, those that overlap as one."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(hole.astype(np.uint8), connectivity=8)
    boxes = [_with_margin(stats[number], hole.shape) for number in range(1, count)]
    merged: list[Box] = []
    for box in boxes:
        fresh = box
        while touching := [other for other in merged if _overlap(fresh, other)]:
            merged = [other for other in merged if other not in touching]
            fresh = _around((fresh, *touching))
        merged.append(fresh)
    return merged


def _with_margin(stats: NDArray[np.int32], shape: tuple[int, ...]) -> Box:
    left, top, width, height = (int(stats[at]) for at in range(4))
    margin = max(_LEAST_MARGIN, round(_MARGIN * max(width, height)))
    return Box(
        max(0, left - margin),
        max(0, top - margin),
        min(shape[1], left + width + margin),
        min(shape[0], top + height + margin),
    )


def _overlap(one: Box, other: Box) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom


def _around(boxes: tuple[Box, ...]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
