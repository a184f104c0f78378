"""Filling and continuing encoded pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from backend.errors import FieldError, InvalidRequest
from backend.imaging import codec
from backend.imaging.masks import grown_by, weight_of
from backend.providers.local.fill.erasing import erased
from backend.providers.local.fill.extending import Margins, extended

if TYPE_CHECKING:
    from backend.schemas.specs import OutputFormat

_QUALITY = {"png": 90, "webp": 100, "jpg": 95}
"""WebP without loss."""


def fill(data: bytes, mask: bytes, way: tuple[int, int, int], output_format: OutputFormat) -> bytes:
    """Return the picture, encoded, with what the mask shows filled from around; `way` is grow, feather, seed.

    Raises:
        InvalidRequest: the mask has another size, or shows nothing.
        RequestRefused: nothing is left to fill from.
    """
    grow, feather, seed = way
    pixels = codec.decode(data).pixels
    levels = np.ascontiguousarray(codec.decode(mask).pixels[..., 0])
    if levels.shape != pixels.shape[:2]:
        raise _wrong("The mask and the picture differ in size; make them equal.")
    hole = weight_of(grown_by(levels, grow), feather) > 0
    if not hole.any():
        raise _wrong("The mask is black everywhere, so nothing would change. Paint white what is to change.")
    return codec.encode(erased(pixels, hole, seed), output_format, quality=_QUALITY[output_format])


def extend(data: bytes, margins: tuple[int, int, int, int], seed: int, output_format: OutputFormat) -> bytes:
    """Return the picture, encoded, with so many pixels more at left, right, top and bottom.

    Raises:
        RequestRefused: the result would be too large, or the picture is see-through everywhere.
    """
    left, right, up, down = margins
    pixels = codec.decode(data).pixels
    result = extended(pixels, Margins(left=left, right=right, up=up, down=down), seed)
    return codec.encode(result, output_format, quality=_QUALITY[output_format])


def _wrong(detail: str) -> InvalidRequest:
    return InvalidRequest(detail=detail, errors=(FieldError(pointer="/mask_base64", detail=detail),))
