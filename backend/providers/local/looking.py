"""Looking for faces and words, in the child: the networks stay loaded as long as it lives."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Final

import numpy as np

from backend.imaging import codec
from backend.imaging.crop.faces import FaceFinder
from backend.imaging.text_boxes import text_boxes
from backend.providers.local import models, runtime
from backend.providers.local.finding import Found

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from backend.imaging.types import Box

    Pixels = NDArray[np.uint8]

_HALF: Final = 128


def looked(data: bytes, faces: Path | None, words: Path | None) -> Found:
    """Return what is in a picture; `faces` and `words` are the weights to look with.

    Raises:
        MachineTrouble: weights are damaged.
    """
    pixels = codec.decode(data).pixels
    seen = np.ascontiguousarray(pixels[..., :3])
    return Found(
        faces=_faces(seen, faces) if faces else None,
        text=text_boxes(seen, partial(runtime.infer, words, arena=True)) if words else None,
        see_through=_see_through(pixels),
    )


def _faces(pixels: Pixels, weights: Path) -> tuple[Box, ...]:
    return tuple(face.box for face in _finder(weights).find(pixels))


@cache
def _finder(weights: Path) -> FaceFinder:
    return FaceFinder(models.read(weights))


def _see_through(pixels: Pixels) -> float:
    if pixels.shape[2] == 3:  # noqa: PLR2004 - no alpha
        return 0.0
    return float((pixels[..., 3] < _HALF).mean())
