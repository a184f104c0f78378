"""Bringing a picture within what an engine takes: fewer pixels, fewer bytes, a still; as near to it as that allows.

Runs in a child.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from backend.errors import ProviderRefused
from backend.imaging import codec
from backend.imaging.containers.facts import MADE, within
from backend.imaging.sniff import sniff
from backend.imaging.types import Size

if TYPE_CHECKING:
    from numpy.typing import NDArray

TAKEN: Final = frozenset({"jpeg", "png", "webp"})
"""The types of files that every engine takes, as stills."""
_LOSSLESS, _LEAST, _STEP = 100, 60, 8
_FINE: Final = 96
_QUALITIES: Final = (_LOSSLESS, *range(_FINE, _LEAST, -_STEP))
"""Tried in this order: WebP without any loss first."""


def fits(picture: bytes, most_pixels: int | None, most_bytes: int | None) -> bool:
    """Say whether a picture can be sent as it is; its header alone is read."""
    with within(MADE):
        seen = sniff(picture)
    is_small = most_pixels is None or seen.size.pixels <= most_pixels
    return seen.format in TAKEN and seen.frames == 1 and is_small and len(picture) <= (most_bytes or len(picture))


def lightened(picture: bytes, most_pixels: int | None, most_bytes: int | None) -> bytes:
    """Return a picture that the studio wrote as a still PNG or WebP of at most so many pixels and bytes.

    Nothing is lost where it fits without a loss; WebP keeps transparency in any case.

    Raises:
        InvalidImage: the picture is broken.
        ProviderRefused: it can't be made as light without being spoiled.
    """
    pixels = codec.decode(picture).pixels
    own = Size(pixels.shape[1], pixels.shape[0])
    if most_pixels is not None and own.pixels > most_pixels:
        pixels = _smaller(pixels, most_pixels / own.pixels)
    if most_bytes is None:
        return codec.encode(pixels, "png")
    for quality in _QUALITIES:
        found = codec.encode(pixels, "webp", quality=quality)
        if len(found) <= most_bytes:
            return found
    raise ProviderRefused(detail=f"The picture can't be sent in the {most_bytes} bytes that this engine takes.")


def _smaller(pixels: NDArray[np.uint8], share: float) -> NDArray[np.uint8]:
    """Return the picture with at most this share of its pixels."""
    scale = math.sqrt(share)
    sides = (max(1, int(pixels.shape[1] * scale)), max(1, int(pixels.shape[0] * scale)))
    return np.asarray(cv2.resize(pixels, sides, interpolation=cv2.INTER_AREA), np.uint8)
