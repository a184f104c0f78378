"""Another colour for a region: light and texture stay, hue and chroma are the target's.

A pixel is taken apart into luminance, chroma by lightness, and hue. Shading multiplies light, which leaves the last two
as they are; gloss adds white, which lowers the second. So a region gets the target's hue and the target's chroma by
lightness, times how vivid each pixel was beside the others; its luminance goes through one rising curve.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from backend.imaging import oklab
from backend.providers.local import matte
from backend.providers.local.recolour.gamut import Gamut
from backend.providers.local.recolour.tone import Tone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from backend.providers.local.recolour.shades import Shade

    Bytes = NDArray[np.uint8]
    Floats = NDArray[np.floating]

_CORE = 230
"""The mask from which on a pixel is wholly of the region."""
_SAMPLE = 120_000
_STRIP = 256
"""Rows that are worked on at once, which bounds the memory."""
_GREY, _COLOURED = 0.045, 0.11
"""The region's chroma by lightness up to which it counts as grey, and from which on as coloured."""
_PLAY = math.radians(11)
"""How far the hue of a pixel may stray from the target's."""
_STRAY = 0.3
"""The share of its own stray from the region's hue that a pixel keeps."""
_MOST_VIVID = 1.35
_LEFT = 0.025
"""The share of its own chroma that a pixel keeps where the target is a white, a grey or a black."""
_MARGIN = 16
_DARK = 0.3
"""The luminance, as its cube root, at which half of a pixel's colour is its own and half that of its neighbours."""
_REACH, _AROUND = 1.6, 8
"""How far neighbours count, in pixels as a standard deviation, and the rows that are looked at for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dye:
    """A target, fitted to what a region is now."""

    target: Shade
    vivid: float
    """The region's chroma by lightness, which counts as 1."""
    hue: float
    coloured: float
    """0 if the region is grey, 1 if it has a colour."""
    gloss: tuple[float, float]
    """Luminance, as its cube root, between which a grey region's highlights lose their colour."""
    tone: Tone
    gamut: Gamut


def dyed(colour: Bytes, mask: Bytes, target: Shade) -> Bytes:
    """Return the pixels in the target's colour where the mask is white, blended where it is grey, unchanged elsewhere.

    At the region's edge the colours of region and ground are told apart, so that nothing of the old colour remains.
    """
    rows, columns = _box(mask)
    inside, alpha = colour[rows, columns], mask[rows, columns]
    own = matte.foreground(inside, alpha / np.float32(255))
    dye = fitted(inside[alpha >= min(_CORE, int(alpha.max()))], target)
    result = colour.copy()
    for part in _strips(inside.shape[0]):
        moved = _applied(own, part, dye) - own[part].astype(np.float32)
        share = alpha[part, :, None] / np.float32(255)
        result[rows, columns][part] = np.clip(np.rint(inside[part] + share * moved), 0, 255)
    return result


def beneath(colour: Bytes, mask: Bytes, reach: int, target: Shade) -> Bytes:
    """Return the pixels in the target's colour under a mask and `reach` pixels beyond, for whoever blends by the mask.

    Blended by it, what is grey in the mask comes out as `dyed` makes it.
    """
    wide = np.asarray(cv2.dilate(mask, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)), np.uint8)
    rows, columns = _box(wide)
    inside, alpha = colour[rows, columns], mask[rows, columns]
    own = matte.foreground(inside, alpha / np.float32(255))
    own[alpha == 0] = inside[alpha == 0]
    dye = fitted(inside[alpha >= min(_CORE, int(alpha.max()))], target)
    result = colour.copy()
    for part in _strips(inside.shape[0]):
        moved = inside[part] + _applied(own, part, dye) - own[part]
        result[rows, columns][part] = np.where(
            wide[rows, columns][part, :, None] > 0, np.rint(np.clip(moved, 0, 255)), inside[part]
        )
    return result


def fitted(region: Bytes, target: Shade) -> Dye:
    """Return the dye for a region, given as pixels x 3."""
    sample = region[:: max(1, len(region) // _SAMPLE)]
    cube, vivid, hue = parts(sample)
    weight = vivid * cube
    own = float(np.average(vivid, weights=weight)) if weight.any() else 0.0
    turn = math.atan2(float(np.sum(weight * np.sin(hue))), float(np.sum(weight * np.cos(hue))))
    coloured = float(np.clip((np.median(vivid) - _GREY) / (_COLOURED - _GREY), 0, 1))
    high = float(np.percentile(cube, 98))
    return Dye(
        target=target,
        vivid=max(own, _GREY),
        hue=turn,
        coloured=coloured,
        gloss=(high, max(high + 0.12, 0.55 * high + 0.45)),
        tone=Tone.fitted(cube, target, coloured),
        gamut=Gamut.around(target.hue, _PLAY),
    )


def apply(pixels: Bytes, dye: Dye) -> Floats:
    """Return height x width x 3 pixels in the dye's colour, 0..255, not rounded."""
    cube, vivid, hue = _steadied(parts(pixels), dye)
    new_cube = dye.tone.of(cube)
    strayed = np.clip(_STRAY * _gap(hue, dye.hue), -_PLAY, _PLAY) * dye.coloured * np.clip(vivid / 0.08, 0, 1)
    wanted = _intensity(cube, vivid, dye) * _chroma(dye)
    wanted = dye.gamut.fitted(strayed, new_cube, wanted)
    angle = dye.target.hue + strayed
    across, up = wanted * np.cos(angle), wanted * np.sin(angle)
    if dye.target.neutral:
        kept = _LEFT * np.minimum(vivid, 0.3)
        across, up = across + kept * np.cos(hue), up + kept * np.sin(hue)
    light = oklab.light_of(np.stack((np.ones_like(across), across, up), axis=-1).astype(np.float32))
    scale = new_cube**3 / np.maximum(oklab.luminance(light), 1e-4)
    return oklab.coded(light * scale[..., None])


def _strips(rows: int) -> Iterator[slice]:
    return (slice(top, min(top + _STRIP, rows)) for top in range(0, rows, _STRIP))


def _applied(pixels: Bytes, part: slice, dye: Dye) -> Floats:
    """Return the rows of `part` in the dye's colour, as they come out of the whole picture."""
    above = min(part.start, _AROUND)
    return apply(pixels[part.start - above : part.stop + _AROUND], dye)[above : above + part.stop - part.start]


def _steadied(found: tuple[Floats, Floats, Floats], dye: Dye) -> tuple[Floats, Floats, Floats]:
    """Return the parts of pixels with the colour of dark ones taken from around them, too.

    Eight bits leave a dark pixel few colours to choose from. Made more vivid, their steps would show as blots.
    """
    cube, vivid, hue = found
    known = np.square(cube)
    across, up = vivid * np.cos(hue), vivid * np.sin(hue)
    least = _DARK * _DARK * max(1.0, _chroma(dye) / dye.vivid)
    own, total = known / (known + least), np.maximum(_near(known), 1e-6)
    across = own * across + (1 - own) * _near(known * across) / total
    up = own * up + (1 - own) * _near(known * up) / total
    return cube, np.hypot(across, up), np.arctan2(up, across)


def _near(plane: Floats) -> Floats:
    return np.asarray(cv2.GaussianBlur(plane, (0, 0), _REACH), np.float32)


def parts(pixels: Bytes) -> tuple[Floats, Floats, Floats]:
    """Return the cube root of luminance, chroma by lightness, and hue in radians."""
    light = oklab.linear(pixels)
    values = oklab.lab(light)
    vivid = np.hypot(values[..., 1], values[..., 2]) / np.maximum(values[..., 0], 0.02)
    return np.cbrt(oklab.luminance(light)), vivid, np.arctan2(values[..., 2], values[..., 1])


def _intensity(cube: Floats, vivid: Floats, dye: Dye) -> Floats:
    """Return how vivid each pixel is to be beside the target: as it was beside its region, or by its gloss if grey."""
    before = vivid / dye.vivid
    before = np.where(before > 1, 1 + 0.5 * (before - 1), before)
    low, high = dye.gloss
    grey = 1 - 0.75 * np.clip((cube - low) / (high - low), 0, 1)
    return np.minimum(dye.coloured * before + (1 - dye.coloured) * grey, _MOST_VIVID)


def _chroma(dye: Dye) -> float:
    """Return the target's chroma by lightness, less where the region stays lighter than the target."""
    return dye.target.vivid * min(1.0, dye.target.cube / dye.tone.middle)


def _gap(hue: Floats, other: float) -> Floats:
    return (hue - other + math.pi) % math.tau - math.pi


def _box(mask: Bytes) -> tuple[slice, slice]:
    """Return rows and columns around what the mask holds, with a margin to tell the ground by."""
    left, top, width, height = cv2.boundingRect(mask)
    rows = slice(max(0, top - _MARGIN), top + height + _MARGIN)
    return rows, slice(max(0, left - _MARGIN), left + width + _MARGIN)
