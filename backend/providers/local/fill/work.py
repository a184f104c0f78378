"""Filling and continuing encoded pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from backend.errors import FieldError, InvalidRequest
from backend.imaging import codec
from backend.imaging.masks import grown_by, weight_of
from backend.providers.local.fill.erasing import erased
from backend.providers.local.fill.extending import Margins, extended
from backend.providers.local.fill.subjects import fitted, subjects

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from backend.schemas.specs import OutputFormat

_QUALITY = {"png": 90, "webp": 100, "jpg": 95}
"""WebP without loss."""


def subject(data: bytes, covered: tuple[bytes, int, int] | None, weights: Path | None) -> bytes:
    """Return where subjects and faces are in a picture, as a small PNG; `covered` is the mask, its grow and feather.

    Raises:
        InvalidRequest: the mask has another size, or shows nothing.
        MachineTrouble: the weights are damaged.
    """
    pixels = codec.decode(data).pixels
    hole = None if covered is None else _hole(covered, pixels.shape)
    return codec.encode(subjects(np.ascontiguousarray(pixels[..., :3]), hole, weights), "png")


def fill(data: bytes, mask: bytes, way: tuple[int, int, int], output_format: OutputFormat, found: bytes) -> bytes:
    """Return the picture, encoded, with what the mask shows filled from around; `way` is grow, feather, seed.

    Raises:
        InvalidRequest: the mask has another size, or shows nothing.
        RequestRefused: nothing is left to fill from.
    """
    grow, feather, seed = way
    pixels = codec.decode(data).pixels
    hole = _hole((mask, grow, feather), pixels.shape)
    filled = erased(pixels, hole, seed, subject=_read(found, pixels.shape))
    return codec.encode(filled, output_format, quality=_QUALITY[output_format])


def extend(
    data: bytes, margins: tuple[int, int, int, int], seed: int, output_format: OutputFormat, found: bytes
) -> bytes:
    """Return the picture, encoded, with so many pixels more at left, right, top and bottom.

    Raises:
        RequestRefused: the result would be too large, or the picture is see-through everywhere.
    """
    left, right, up, down = margins
    pixels = codec.decode(data).pixels
    by = Margins(left=left, right=right, up=up, down=down)
    result = extended(pixels, by, seed, subject=_read(found, pixels.shape))
    return codec.encode(result, output_format, quality=_QUALITY[output_format])


def _read(found: bytes, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    return fitted(np.ascontiguousarray(codec.decode(found).pixels[..., 0]), shape)


def _hole(covered: tuple[bytes, int, int], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    mask, grow, feather = covered
    levels = np.ascontiguousarray(codec.decode(mask).pixels[..., 0])
    if levels.shape != shape[:2]:
        raise _wrong("The mask and the picture differ in size; make them equal.")
    hole = weight_of(grown_by(levels, grow), feather) > 0
    if not hole.any():
        raise _wrong("The mask is black everywhere, so nothing would change. Paint white what is to change.")
    return hole


def _wrong(detail: str) -> InvalidRequest:
    return InvalidRequest(detail=detail, errors=(FieldError(pointer="/mask_base64", detail=detail),))
