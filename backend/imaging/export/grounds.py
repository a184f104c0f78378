"""Grounds: a picture kept whole where its shape is another's, before itself blurred, mirrored, a colour or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from backend.imaging.crop.windows import CENTRE, around
from backend.imaging.types import Box, Size

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.imaging.export.pictures import Pictured
    from backend.imaging.export.targets import Background

    Pixels = NDArray[np.uint8]

_BLURRED_SIDE: Final = 96
"""Pixels of the longer side that a blurred ground is made of: nothing is left to recognise, and it takes no time."""
_BLUR: Final = 4.0
_DARKENED: Final = 0.82
"""How bright a blurred ground is beside the picture."""
_WITH_ALPHA: Final = 4
WHITE: Final = (255, 255, 255)


def place_in(source: Size, target: Size) -> Box:
    """Return where a picture lies in a target that shows all of it, as large as it fits, in the middle."""
    if source.width * target.height >= source.height * target.width:
        width, height = target.width, max(1, round(target.width * source.height / source.width))
    else:
        width, height = max(1, round(target.height * source.width / source.height)), target.height
    left, top = (target.width - width) // 2, (target.height - height) // 2
    return Box(left, top, left + width, top + height)


def fitted(picture: Pictured, target: Size, background: Background) -> Pixels:
    """Return the whole picture in the target's size before the ground; RGBA where any of it is see-through."""
    place = place_in(picture.size, target)
    whole = picture.pixels(Box(0, 0, picture.size.width, picture.size.height), place.size)
    if place.size == target and background.kind != "colour":
        return whole
    match background.kind:
        case "mirror":
            return _mirrored(whole, place, target)
        case "transparent":
            clear = np.zeros((target.height, target.width, 4), np.uint8)
            clear[place.top : place.bottom, place.left : place.right, :3] = whole[..., :3]
            opaque = 255 if whole.shape[2] != _WITH_ALPHA else whole[..., 3]
            clear[place.top : place.bottom, place.left : place.right, 3] = opaque
            return clear
        case "blur":
            return _laid(whole, place, _blurred(picture, target))
        case "colour":
            return _laid(whole, place, np.full((target.height, target.width, 3), colour_of(background), np.uint8))


def colour_of(background: Background) -> tuple[int, int, int]:
    """Return the colour of a ground; white where it names none."""
    if background.colour is None:
        return WHITE
    red, green, blue = bytes.fromhex(background.colour.removeprefix("#"))
    return red, green, blue


def flattened(pixels: Pixels, colour: tuple[int, int, int]) -> Pixels:
    """Return RGB pixels: those that are see-through show the colour."""
    if pixels.shape[2] != _WITH_ALPHA:
        return pixels
    alpha = pixels[..., 3:].astype(np.uint16)
    under = (255 - alpha) * np.asarray(colour, np.uint16)
    return ((pixels[..., :3] * alpha + under + 127) // 255).astype(np.uint8)


def _laid(whole: Pixels, place: Box, ground: Pixels) -> Pixels:
    """Lay a picture on an opaque ground."""
    part = ground[place.top : place.bottom, place.left : place.right]
    if whole.shape[2] == _WITH_ALPHA:
        alpha = whole[..., 3:].astype(np.uint16)
        part[:] = ((whole[..., :3] * alpha + part * (255 - alpha) + 127) // 255).astype(np.uint8)
    else:
        part[:] = whole
    return ground


def _mirrored(whole: Pixels, place: Box, target: Size) -> Pixels:
    sides = place.top, target.height - place.bottom, place.left, target.width - place.right
    return np.asarray(cv2.copyMakeBorder(whole, *sides, cv2.BORDER_REFLECT), np.uint8)


def _blurred(picture: Pictured, target: Size) -> Pixels:
    """Return the middle of the picture, filling the target, out of all focus and a little darker."""
    scale = _BLURRED_SIDE / max(target.width, target.height)
    small = Size(max(2, round(target.width * scale)), max(2, round(target.height * scale)))
    seen = flattened(picture.pixels(around(picture.size, target, CENTRE), small), WHITE)
    soft = cv2.GaussianBlur(seen.astype(np.float32), (0, 0), _BLUR, borderType=cv2.BORDER_REPLICATE) * _DARKENED
    wide = cv2.resize(soft, (target.width, target.height), interpolation=cv2.INTER_CUBIC)
    return np.clip(wide + 0.5, 0, 255).astype(np.uint8)
