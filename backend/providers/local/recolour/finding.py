"""Which pixels are meant: colours that were named, within the places that were named, refined by GrabCut."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np

from backend.errors import FieldError, InvalidRequest
from backend.imaging import oklab
from backend.providers.local.recolour import belonging, ground
from backend.providers.local.recolour.shades import sought
from backend.providers.local.recolour.vocabulary import Seen
from backend.providers.local.select import seeds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.providers.local.recolour.words import Wish
    from backend.providers.local.select.seeds import Bytes, Plane

_SURE, _FAIR, _SLIGHT = 0.7, 0.4, 0.06
"""How much a pixel must be of the colour to be taken, to be likely and to be possible."""
_HUE_EDGE, _LIGHT_EDGE, _VIVID_EDGE = 11.0, 0.07, 0.35
"""How softly a range ends: degrees, lightness, and a share of the chroma."""
_WITHIN, _OF_ALL = 0.1, 0.12
"""The search stays within the subject if this share of it has the colour, and that share of the colour is in it."""
_FROM_NEAR, _FROM_FAR = (12.0, 0.12, 0.78), (16.0, 0.12, 0.55)
"""How far around a colour its shading and gloss reach: degrees, lightness, and a factor of chroma."""
_OWN = 0.45
"""The share of a part that is of the colour itself, not only akin to it."""
_BESIDE = 0.015
"""How near a crumb lies to what it belongs to, as a share of the longest side."""
_OFF_MIDDLE = 0.05
"""How far from the middle of the picture a part lies that is at a side, as a share of width or height."""
_LEAST = 0.0015
"""The share of the picture that is worth recolouring; less is noise."""
_CRUMB, _FINE_CRUMB = 0.05, 0.004
"""Parts smaller than this share of the largest are left out; the second where everything is asked for."""


def found(colour: Bytes, wish: Wish, subject: Plane | None) -> Plane:
    """Return what the wish means, 0..1, at the picture's size. `subject` is the salient subject, 0..1, where known.

    Raises:
        InvalidRequest: the picture has nothing of the kind.
    """
    view = seeds.small(colour, ground.WORK)
    where = _where(view, wish, subject)
    like, akin = _of_colours(view, wish, where) if wish.sources else (np.ones_like(where), np.ones_like(where))
    chosen = _refined(view, akin, _narrowed(like, where, wish, subject))
    chosen = _at_sides(_without_crumbs(chosen, wish), wish.sides)
    if chosen.mean() < _LEAST:
        raise _nothing(wish)
    whole = seeds.fine(chosen, colour)
    return whole * belonging.share(colour, whole, wish.sources) if wish.sources else whole


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


def _of_colours(view: Bytes, wish: Wish, where: Plane) -> tuple[Plane, Plane]:
    """Return how much each pixel is of the colours, and how much it is akin to them, 0..1.

    What is known to be the thing may be akin from further away: petals have pale tips.
    """
    smooth = cv2.bilateralFilter(view, 5, 30, 4)
    values = oklab.lab(oklab.linear(np.asarray(smooth, np.uint8)))
    light = values[..., 0]
    vivid = np.hypot(values[..., 1], values[..., 2]) / np.maximum(light, 0.05)
    hue = np.degrees(np.arctan2(values[..., 2], values[..., 1]))
    ranges = [sought(tint) for tint in wish.sources]
    like = np.maximum.reduce([likeness(light, vivid, hue, seen) for seen in ranges])
    known = where if where.min() < _SLIGHT else np.zeros_like(where)
    akin = [likeness(light, vivid, hue, _widened(seen, _FROM_NEAR)) for seen in ranges]
    akin += [known * likeness(light, vivid, hue, _widened(seen, _FROM_FAR)) for seen in ranges]
    return like, np.maximum.reduce(akin)


def _widened(seen: Seen, more: tuple[float, float, float]) -> Seen:
    """Return the range that shading, gloss and the play of one thing's colour reach from a colour."""
    (first, last), (low, high), (dull, vivid) = seen.hue, seen.light, seen.vivid
    turn, step, duller = more
    light = (max(0.0, low - step), min(1.0, high + step))
    return Seen(hue=(first - turn, last + turn), light=light, vivid=(duller * dull, vivid / duller))


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
    if wish.place or subject is None:
        return there
    inside = np.count_nonzero(there > _FAIR)
    enough = inside > max(_WITHIN * float(where.sum()), _OF_ALL * np.count_nonzero(like > _FAIR))
    return there if enough else like


def _refined(view: Bytes, akin: Plane, there: Plane) -> NDArray[np.bool_]:
    marks = np.full(there.shape, seeds.NO, np.uint8)
    marks[akin > _FAIR] = seeds.LIKELY_NOT
    marks[there > _FAIR] = seeds.LIKELY
    marks[there > _SURE] = seeds.YES
    near = cv2.dilate(akin, np.ones((3, 3), np.uint8)) > _SLIGHT
    return _grounded(_closed(seeds.cut(view, marks, rounds=3) & near), there > _FAIR)


def _grounded(chosen: NDArray[np.bool_], core: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the parts of which a fair share is of the colour itself."""
    count, labels, facts, _ = cv2.connectedComponentsWithStats(chosen.astype(np.uint8), connectivity=4)
    places = np.asarray(labels, np.intp)
    own = np.bincount(places[core], minlength=count)
    kept = own >= _OWN * np.asarray(facts[:, cv2.CC_STAT_AREA])
    kept[0] = False
    return kept[places]


def _closed(chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the selection with its pinholes filled."""
    holes, labels, facts, _ = cv2.connectedComponentsWithStats((~chosen).astype(np.uint8), connectivity=4)
    tiny = np.asarray(facts[:, cv2.CC_STAT_AREA]) <= max(4, chosen.size // 12_000)
    tiny[0] = False
    return chosen | tiny[np.asarray(labels, np.intp)] if holes > 1 else chosen


def _without_crumbs(chosen: NDArray[np.bool_], wish: Wish) -> NDArray[np.bool_]:
    _, labels, facts, _ = cv2.connectedComponentsWithStats(chosen.astype(np.uint8), connectivity=8)
    areas = np.asarray(facts[:, cv2.CC_STAT_AREA])
    least = _FINE_CRUMB if wish.place == "everything" else _CRUMB
    kept = areas >= least * areas[1:].max(initial=0)
    places = np.asarray(labels, np.intp)
    across = 2 * max(1, round(_BESIDE * max(chosen.shape))) + 1
    around = cv2.dilate((kept[places] & chosen).astype(np.uint8), np.ones((across, across), np.uint8))
    kept[np.unique(places[around > 0])] = True  # a crumb beside a large part belongs to it
    kept &= areas >= _FINE_CRUMB * areas[1:].max(initial=0)
    kept[0] = False
    return kept[places]


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
        "left": x < -_OFF_MIDDLE,
        "right": x > _OFF_MIDDLE,
        "top": y < -_OFF_MIDDLE,
        "bottom": y > _OFF_MIDDLE,
        "middle": np.hypot(x, y) <= math.hypot(*min(zip(x[1:], y[1:], strict=True), key=lambda p: math.hypot(*p))),
        "largest": areas == areas.max(),
    }[side]
    return (at & (areas > 0))[np.asarray(labels, np.intp)]


def _nothing(wish: Wish) -> InvalidRequest:
    detail = (
        f"Nothing was found in the picture that is {wish}. Name the colour that it has in the picture, or send a mask."
    )
    return InvalidRequest(detail=detail, errors=(FieldError(pointer="/select_prompt", detail=detail),))
