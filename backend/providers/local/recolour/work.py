"""What the room that recolours has done in child processes: pictures and a wish in, the result and a mask out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from backend.errors import RequestRefused
from backend.imaging import codec
from backend.providers.local import cutout, matte
from backend.providers.local.recolour import dyeing, finding, shades
from backend.providers.local.select import seeds

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from backend.providers.local.recolour.words import Wish
    from backend.schemas.specs import OutputFormat

    Bytes = NDArray[np.uint8]

_LOSSLESS = 100
_MARGIN = 2
"""Pixels beyond grow and feather that are recoloured too, so that whoever blends finds colour there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recoloured:
    """An encoded picture, the encoded mask of what changed, and the share of the picture that it covers."""

    picture: bytes
    mask: bytes
    share: float


def subject(data: bytes, weights: Path) -> Bytes | None:
    """Return the salient subject as a mask; None where nothing stands out.

    Raises:
        MachineTrouble: the weights are missing or damaged.
    """
    colour = np.ascontiguousarray(codec.decode(data).pixels[..., :3])
    try:
        return seeds.as_mask(matte.refine(cutout.saliency(colour, weights), colour))
    except RequestRefused:
        return None  # a picture without a subject still has colours


def by_words(data: bytes, wish: Wish, salient: Bytes | None, output_format: OutputFormat) -> Recoloured:
    """Return the picture with what the wish means in its colour; nothing else changes.

    Raises:
        InvalidRequest: the picture has nothing of the kind.
    """
    pixels = codec.decode(data).pixels
    colour = np.ascontiguousarray(pixels[..., :3])
    known = None if salient is None else salient.astype(np.float32) / 255
    mask = seeds.as_mask(finding.found(colour, wish, known))
    result = dyeing.dyed(colour, mask, shades.given(wish.target))
    return _finished(pixels, result, mask, output_format)


def by_mask(data: bytes, wish: Wish, mask: bytes, reach: int, output_format: OutputFormat) -> Recoloured:
    """Return the picture in the wish's colour where the mask is white and `reach` pixels beyond.

    Raises:
        RequestRefused: the mask is black.
    """
    pixels, marked = codec.decode(data).pixels, _marked(mask)
    if not marked.any():
        raise RequestRefused(detail="The mask is black all over, so there is nothing to recolour. Paint it white.")
    colour = np.ascontiguousarray(pixels[..., :3])
    result = dyeing.beneath(colour, marked, reach + _MARGIN, shades.given(wish.target))
    return _finished(pixels, result, marked, output_format)


def _marked(mask: bytes) -> Bytes:
    pixels = codec.decode(mask).pixels
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(pixels[..., :3]), cv2.COLOR_RGB2GRAY), np.uint8)


def _finished(pixels: Bytes, colour: Bytes, mask: Bytes, output_format: OutputFormat) -> Recoloured:
    return Recoloured(
        picture=codec.encode(np.dstack((colour, pixels[..., 3:])), output_format, quality=_LOSSLESS),
        mask=codec.encode(mask, "png"),
        share=round(float(mask.mean()) / 255, 4),
    )
