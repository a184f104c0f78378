"""Which pixels are meant: colours that were named, within the places that were named, refined by GrabCut."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np

from backend.errors import FieldError, InvalidRequest
from backend.imaging import oklab
from backend.providers.local.recolour import ground
from backend.providers.local.recolour.shades import sought
from backend.providers.local.select import seeds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.providers.local.recolour.vocabulary import Seen
    from backend.providers.local.recolour.words import Wish
    from backend.providers.local.select.seeds import Bytes, Plane

_SURE, _FAIR, _SLIGHT = 0.7, 0.4, 0.06
"""How much a pixel must be of the colour to be taken, to be likely and to be possible."""
_HUE_EDGE, _LIGHT_EDGE, _VIVID_EDGE = 11.0, 0.07, 0.35
"""How softly a range ends: degrees, lightness, and a share of the chroma."""
_WITHIN = 0.12
"""The share of the subject that must have the colour before the search stays within the subject."""
_LEAST = 0.0015
"""The share of the picture that is worth recolouring; less is noise."""
_CRUMB = 0.02
"""Parts smaller than this share of the largest are left out."""


def found(colour: Bytes, wish: Wish, subject: Plane | None) -> Plane:
    """Return what the wish means, 0..1, at the picture's size. `subject` is the salient subject, 0..1, where known.

    Raises:
        InvalidRequest: the picture has nothing of the kind.
    """
    view = seeds.small(colour, ground.WORK)
    where = _where(view, wish, subject)
    like = _of_colours(view, wish) if wish.sources else np.ones_like(where)
    chosen = _refined(view, like, _narrowed(like, where, wish, subject))
    chosen = _at_sides(_without_crumbs(chosen), wish.sides)
    if chosen.mean() < _LEAST:
        raise _nothing(wish)
    return seeds.fine(chosen, colour)


def likeness(light: Plane, vivid: Plane, hue: Plane, seen: Seen) -> Plane:
    """Return how much pixels are of a range of colours, 0..1; hue in degrees."""
    first, last = seen.hue
    middle, half = (first + last) / 2, (last - first) / 2
    off = np.abs((hue - middle + 180) % 360 - 180) - half
    fits = np.clip(1 - off / _HUE_EDGE, 0, 1) if half < 180 else np.ones_like(hue)  # noqa: PLR2004 - half a turn is all
    for value, (low, high), edge in (
        (light, seen.light, _LIGHT_EDGE),
        (vivid, seen.vivid, _VIVID_EDGE * max(seen.vivid[0], 0.1)),
    ):
        fits = fits * np.clip(1 - (low - value) / edge, 0, 1) * np.clip(1 - (value - high) / edge, 0, 1)
    return fits


def _of_colours(view: Bytes, wish: Wish) -> Plane:
    smooth = cv2.bilateralFilter(view, 5, 30, 4)
    values = oklab.lab(oklab.linear(np.asarray(smooth, np.uint8)))
    light = values[..., 0]
    vivid = np.hypot(values[..., 1], values[..., 2]) / np.maximum(light, 0.05)
    hue = np.degrees(np.arctan2(values[..., 2], values[..., 1]))
    return np.maximum.reduce([likeness(light, vivid, hue, sought(tint)) for tint in wish.sources])


def _where(view: Bytes, wish: Wish, subject: Plane | None) -> Plane:
    """Return where to look, 0..1, by the place that was named."""
    if wish.place == "sky":
        return ground.sky(view)
    if wish.place == "everything" or subject is None:
        return np.ones(view.shape[:2], np.float32)
    within = np.asarray(cv2.resize(subject, view.shape[1::-1], interpolation=cv2.INTER_AREA), np.float32)
    return 1 - within if wish.place == "background" else within


def _narrowed(like: Plane, where: Plane, wish: Wish, subject: Plane | None) -> Plane:
    """Return where the colour is; all over the picture if no place was named and the subject has too little of it."""
    there = like * where
    if wish.place or subject is None or there.sum() > _WITHIN * max(float(where.sum()), 1.0):
        return there
    return like


def _refined(view: Bytes, like: Plane, there: Plane) -> NDArray[np.bool_]:
    marks = np.full(there.shape, seeds.NO, np.uint8)
    marks[there > _SLIGHT] = seeds.LIKELY_NOT
    marks[there > _FAIR] = seeds.LIKELY
    marks[there > _SURE] = seeds.YES
    near = cv2.dilate(like, np.ones((3, 3), np.uint8)) > _SLIGHT
    return _closed(seeds.cut(view, marks, rounds=2) & near)


def _closed(chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the selection with its pinholes filled."""
    holes, labels, facts, _ = cv2.connectedComponentsWithStats((~chosen).astype(np.uint8), connectivity=4)
    tiny = np.asarray(facts[:, cv2.CC_STAT_AREA]) <= max(4, chosen.size // 12_000)
    tiny[0] = False
    return chosen | tiny[np.asarray(labels, np.intp)] if holes > 1 else chosen


def _without_crumbs(chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    _, labels, facts, _ = cv2.connectedComponentsWithStats(chosen.astype(np.uint8), connectivity=8)
    areas = np.asarray(facts[:, cv2.CC_STAT_AREA])
    kept = areas >= _CRUMB * areas[1:].max(initial=0)
    kept[0] = False
    return kept[np.asarray(labels, np.intp)]


def _at_sides(chosen: NDArray[np.bool_], sides: tuple[str, ...]) -> NDArray[np.bool_]:
    """Return the parts that lie at every side that was named, as seen from the middle of the picture."""
    for side in sides:
        chosen = _at_side(chosen, side)
    return chosen


def _at_side(chosen: NDArray[np.bool_], side: str) -> NDArray[np.bool_]:
    count, labels, facts, middles = cv2.connectedComponentsWithStats(chosen.astype(np.uint8), connectivity=8)
    if count <= 1:
        return chosen
    height, width = chosen.shape
    x, y = middles[:, 0] / width - 0.5, middles[:, 1] / height - 0.5
    areas = np.array(facts[:, cv2.CC_STAT_AREA])
    areas[0] = 0
    at = {
        "left": x < 0,
        "right": x > 0,
        "top": y < 0,
        "bottom": y > 0,
        "middle": np.hypot(x, y) <= math.hypot(*min(zip(x[1:], y[1:], strict=True), key=lambda p: math.hypot(*p))),
        "largest": areas == areas.max(),
    }[side]
    return (at & (areas > 0))[np.asarray(labels, np.intp)]


def _nothing(wish: Wish) -> InvalidRequest:
    detail = (
        f"Nothing was found in the picture that is {wish}. Name the colour that it has in the picture, or send a mask."
    )
    return InvalidRequest(detail=detail, errors=(FieldError(pointer="/select_prompt", detail=detail),))
