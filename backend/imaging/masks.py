"""Masks: what is to change in a picture, as brightness; made ready, grown, feathered.

Height x width, uint8: 0 is kept, 255 changes, what is between changes as much.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from backend.errors import FieldError, InvalidRequest
from backend.imaging import codec
from backend.imaging.types import Box, Size

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FULL: Final = 255
_ALPHA: Final = 3
_NEARLY: Final = 7
"""Lossy files make black and white nearly so: levels that near to an end count as the end."""
_COLOURFUL: Final = 48
"""The difference between a pixel's channels from which it counts as coloured."""
_MOST_COLOURED: Final = 0.01
"""The share of a mask's pixels that may be coloured before it is taken for a picture."""
_STEP: Final = 4
"""Grey masks are grown in steps of so many pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mask:
    """A mask made ready: PNG, 8-bit grey, grown; and the share of the picture that it changes, 0..1."""

    data: bytes
    share: float


def read_mask(data: bytes, size: Size, grow: int) -> Mask:
    """Return an encoded mask of a picture of this size made ready, grown by so many pixels or shrunk below 0.

    Its brightness is what counts; where it is see-through it counts as black.

    Raises:
        InvalidRequest: it is of another size, in colours, black, or nothing is left of it.
    """
    pixels = codec.decode(data).pixels
    if (own := Size(pixels.shape[1], pixels.shape[0])) != size:
        raise _wrong(f"The mask measures {own} and the picture {size}; make them equal.")
    levels = grey_of(pixels)
    if not levels.any():
        raise _wrong("The mask is black everywhere, so nothing would change. Paint white what is to change.")
    grown = grown_by(levels, grow)
    if not grown.any():
        detail = f"Nothing is left of the mask when it is shrunk by {-grow} pixels."
        raise InvalidRequest(detail=detail, errors=(FieldError(pointer="/options/grow_mask", detail=detail),))
    share = float(np.mean(grown, dtype=np.float64)) / _FULL
    return Mask(data=codec.encode(grown, "png"), share=round(share, 6))


def see_through(mask: bytes) -> bytes:
    """Return a mask that was made ready as PNG with alpha: see-through where it changes, as some engines take it."""
    levels = codec.decode(mask).pixels[..., 0]
    return codec.encode(np.dstack([np.zeros((*levels.shape, _ALPHA), np.uint8), _FULL - levels]), "png")


def grey_of(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the mask that RGB or RGBA pixels show: their brightness times their alpha, ends made pure.

    Raises:
        InvalidRequest: it is in colours, so that it is a picture and no mask.
    """
    colour = pixels[..., :_ALPHA]
    seen = pixels[..., _ALPHA] if pixels.shape[2] > _ALPHA else None
    spread: NDArray[np.uint8] = colour.max(axis=2) - colour.min(axis=2)
    coloured = spread > _COLOURFUL if seen is None else (spread > _COLOURFUL) & (seen > _NEARLY)
    if np.mean(coloured) > _MOST_COLOURED:
        raise _wrong("The mask is in colours. White changes, black stays, grey changes as much as it is bright.")
    levels = cv2.cvtColor(np.ascontiguousarray(colour), cv2.COLOR_RGB2GRAY)
    if seen is not None:
        levels = cv2.multiply(levels, np.ascontiguousarray(seen), scale=1 / _FULL)
    levels[levels <= _NEARLY] = 0
    levels[levels >= _FULL - _NEARLY] = _FULL
    return np.asarray(levels, np.uint8)


def grown_by(mask: NDArray[np.uint8], pixels: int) -> NDArray[np.uint8]:
    """Return a mask grown by so many pixels, or shrunk below 0, in all directions alike; grey edges stay as soft.

    What lies beyond the picture's own border neither grows into it nor eats into the mask.
    """
    if pixels == 0 or not mask.any() or (pixels < 0 and mask.all()):
        return mask
    if _is_pure(mask):
        return _grown_pure(mask, pixels)
    turn = cv2.dilate if pixels > 0 else cv2.erode
    for start in range(0, abs(pixels), _STEP):
        mask = np.asarray(turn(mask, _disc(min(_STEP, abs(pixels) - start))), np.uint8)
    return mask


def weight_of(mask: NDArray[np.uint8], feather: int) -> NDArray[np.uint8]:
    """Return how much each pixel changes, 0..255: as the mask says, and around it fading out over `feather` pixels.

    The fading begins with the level of the mask's nearest edge. Beyond it all is 0.
    """
    if feather == 0 or not mask.any() or mask.all():
        return mask
    weight = mask.copy()
    box = _around(mask, feather + 1)
    inner = np.ascontiguousarray(mask[box.top : box.bottom, box.left : box.right])
    far = _distance(inner == 0)
    near = (inner == 0) & (far <= feather)
    fading = (1 - far[near] / (feather + 1)) * (_FULL if _is_pure(inner) else _edge_levels(inner)[near])
    weight[box.top : box.bottom, box.left : box.right][near] = np.rint(fading).astype(np.uint8)
    return weight


def _wrong(detail: str) -> InvalidRequest:
    return InvalidRequest(detail=detail, errors=(FieldError(pointer="/mask_base64", detail=detail),))


def _is_pure(mask: NDArray[np.uint8]) -> bool:
    return not np.any((mask > 0) & (mask < _FULL))


def _grown_pure(mask: NDArray[np.uint8], pixels: int) -> NDArray[np.uint8]:
    """Return a black and white mask grown, by distances: as exact for 64 pixels as for one, and as quick."""
    changes = _distance(mask == 0) <= pixels if pixels > 0 else _distance(mask > 0) > -pixels
    return np.where(changes, np.uint8(_FULL), np.uint8(0))


def _distance(inside: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return how far each pixel is from the nearest one that is False, in pixels."""
    far = cv2.distanceTransform(inside.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    return np.asarray(far, np.float32)


def _disc(radius: int) -> NDArray[np.uint8]:
    across = np.arange(-radius, radius + 1)
    return (across[:, None] ** 2 + across[None, :] ** 2 <= radius * radius).astype(np.uint8)


def _around(mask: NDArray[np.uint8], margin: int) -> Box:
    left, top, width, height = cv2.boundingRect(mask)
    return Box(
        max(0, left - margin),
        max(0, top - margin),
        min(mask.shape[1], left + width + margin),
        min(mask.shape[0], top + height + margin),
    )


def _edge_levels(mask: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return for each black pixel the level of the mask's pixel that is nearest to it."""
    black = (mask == 0).astype(np.uint8)
    found = cv2.distanceTransformWithLabels(black, cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL)  # pyright: ignore[reportUnknownVariableType] - OpenCV's types know no shapes
    labels = np.asarray(found[1], np.int32)
    levels = np.zeros(int(labels.max()) + 1, np.float32)
    levels[labels[mask > 0]] = mask[mask > 0]
    return levels[labels]
