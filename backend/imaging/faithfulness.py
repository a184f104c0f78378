"""The promise of an enlargement: exactly the size, the picture's own alpha, and no colour shifted.

Runs in a child.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from backend.errors import ProviderMisbehaved
from backend.imaging import codec
from backend.imaging.settling import fitted, written

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.imaging.codec import Encoding
    from backend.imaging.types import Size

MOST_SHIFT: Final = 4.0
"""The most that colours may move on average, as a distance in Lab; 2.3 can just be noticed side by side."""
_LOOKED_AT: Final = 64
"""The longest side at which colours are compared, in pixels: there new detail makes no difference any more."""
_COLOURS, _FULL = 3, 255
_SEEN: Final = 128


def checked(before: bytes, after: bytes, size: Size, encoding: Encoding, own: bool) -> bytes:  # noqa: FBT001 - sent to a child by place
    """Return an enlarged picture, encoded, in this size and with the alpha of `before` if that has one.

    `own` says that the bytes are the studio's own: then they are returned as they are where nothing is to be mended.

    Raises:
        InvalidImage: the engine's picture is broken.
        ProviderMisbehaved: it has another shape, or other colours.
    """
    source, made = codec.decode(before).pixels, codec.decode(after).pixels
    whole = fitted(made, size)
    shift = colour_shift(source, whole)
    if shift > MOST_SHIFT:
        raise ProviderMisbehaved(detail=f"The enlarged picture has other colours: they moved by {shift:.1f} in Lab.")
    if own and whole is made and made.shape[2] == source.shape[2]:
        return after
    return written(_with_alpha_of(source, whole), encoding)


def colour_shift(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> float:
    """Return how far colours moved: the mean distance in Lab between two pictures of one shape, both seen small."""
    longest = max(before.shape[:2])
    sides = tuple(max(1, round(side * min(1, _LOOKED_AT / longest))) for side in before.shape[1::-1])
    first, second = (_small(one, (sides[0], sides[1])) for one in (before, after))
    where = first[..., 3] >= _SEEN if first.shape[2] > _COLOURS else np.ones(first.shape[:2], np.bool_)
    if not where.any():
        return 0.0
    apart = np.linalg.norm(_lab(first) - _lab(second), axis=2)
    return float(apart[where].mean())


def _small(pixels: NDArray[np.uint8], sides: tuple[int, int]) -> NDArray[np.uint8]:
    return np.asarray(cv2.resize(pixels, sides, interpolation=cv2.INTER_AREA), np.uint8)


def _lab(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    colours = np.divide(pixels[..., :_COLOURS], _FULL, dtype=np.float32)
    return np.asarray(cv2.cvtColor(colours, cv2.COLOR_RGB2Lab), np.float32)


def _with_alpha_of(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the larger picture with the smaller one's alpha, enlarged; opaque where that is opaque."""
    colours = after[..., :_COLOURS]
    if before.shape[2] == _COLOURS:
        return np.ascontiguousarray(colours)
    sides = (after.shape[1], after.shape[0])
    alpha = cv2.resize(np.ascontiguousarray(before[..., 3]), sides, interpolation=cv2.INTER_CUBIC)
    return np.dstack((colours, np.asarray(alpha, np.uint8)))
