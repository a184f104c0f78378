"""How far each pixel of a region is of what was named: a region of foliage has paths and trunks in it, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from backend.imaging import oklab
from backend.providers.local.recolour.shades import sought
from backend.providers.local.recolour.vocabulary import vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.providers.local.recolour.vocabulary import Seen
    from backend.providers.local.recolour.words import Tint

    Bytes = NDArray[np.uint8]
    Plane = NDArray[np.floating]

_NEAR, _FAR = 14.0, 34.0
"""Degrees outside a range of hues up to which a pixel is of the thing, and from which on it is of another."""
_DOUBT, _SEEN = 0.02, 0.05
"""The chroma below which a hue says nothing, and from which on it is believed."""
_DULL = 0.45, 0.9
"""The share of a thing's least chroma by lightness up to which it is not the thing, and from which on it is."""
_CORE, _SAMPLE = 0.9, 60_000
"""What is wholly of a region, and how many of its pixels are looked at."""
_MOST = 0.15, 0.85
"""The middle of a region's hues, as shares of its coloured pixels."""
_SOFT = 1 / 800
"""How far the eye mixes neighbours, as a share of the longest side."""
_STRIP = 512
"""Rows that are worked on at once, which bounds the memory."""


def share(colour: Bytes, region: Plane, sources: tuple[Tint, ...]) -> Plane:
    """Return how far each pixel can be of one of the colours, 0..1, with soft changes; `region` is where they lie.

    Dark and grey pixels can be of any: shadow and gloss have no hue. Only what is known by its colour, such as foliage,
    must have some of it, and nearly the hue that most of the region has.
    """
    soft = np.asarray(cv2.GaussianBlur(colour, (0, 0), max(0.8, _SOFT * max(colour.shape))), np.uint8)
    ranges = [_range(soft, region, tint) for tint in sources]
    found = np.ones(colour.shape[:2], np.float32)
    for top in range(0, colour.shape[0], _STRIP):
        part = slice(top, top + _STRIP)
        values = oklab.lab(oklab.linear(soft[part]))
        found[part] = np.maximum.reduce([_of(values, seen) for seen in ranges])
    return found


def _range(colour: Bytes, region: Plane, tint: Tint) -> Seen:
    """Return the range of a colour; of a thing, the hues that most of the region has."""
    seen = sought(tint)
    core = colour[region > _CORE]
    if tint.name not in vocabulary().things:
        return seen.model_copy(update={"vivid": (0.0, seen.vivid[1])})
    values = oklab.lab(oklab.linear(core[:: max(1, len(core) // _SAMPLE)]))
    chroma = np.hypot(values[..., 1], values[..., 2])
    hues = np.sort(np.degrees(np.arctan2(values[..., 2], values[..., 1]))[chroma > _SEEN])
    if not hues.size:
        return seen
    first, last = (float(hues[int(end * (hues.size - 1))]) for end in _MOST)
    return seen.model_copy(update={"hue": (first, last)})


def _of(values: Plane, seen: Seen) -> Plane:
    light, chroma = np.maximum(values[..., 0], 0.05), np.hypot(values[..., 1], values[..., 2])
    first, last = seen.hue
    middle, half = (first + last) / 2, (last - first) / 2
    hue = np.degrees(np.arctan2(values[..., 2], values[..., 1]))
    beyond = np.abs((hue - middle + 180) % 360 - 180) - half
    belongs = 1 - _rising(chroma, (_DOUBT, _SEEN)) * _rising(beyond, (_NEAR, _FAR))
    low, high = (part * seen.vivid[0] for part in _DULL)
    return belongs * _rising(chroma / light, (low, high)) if low else belongs


def _rising(value: Plane, ends: tuple[float, float]) -> Plane:
    part = np.clip((value - ends[0]) / (ends[1] - ends[0]), 0, 1)
    return (part * part * (3 - 2 * part)).astype(np.float32)
