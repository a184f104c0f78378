"""Painting over in named styles: one network that holds 26 of them and any mixture.

Source: Dumoulin, Shlens, Kudlur: A Learned Representation for Artistic Style, 2017, https://arxiv.org/abs/1610.07629
(read 2026-11-22): every style is a set of scales and shifts of the same network, so mixtures of them are styles too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from backend.imaging import codec
from backend.providers.local import runtime
from backend.providers.local.style import finishing

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from backend.schemas.specs import StyleSpec


def painted(data: bytes, weights: Path, spec: StyleSpec, mixture: tuple[float, ...]) -> bytes:
    """Return the picture painted over, encoded, its size and its alpha unchanged.

    `mixture` is a weight for each of the 26 styles; they sum up to 1.

    Raises:
        MachineTrouble: the weights are missing or damaged.
    """
    pixels = codec.decode(data).pixels
    small = finishing.at_work(pixels)
    style = np.array(mixture, np.float32)
    result = finishing.finished(pixels, strokes(small, style, weights), visible(spec.fidelity))
    return codec.encode(result, spec.output_format, quality=finishing.QUALITY[spec.output_format])


def visible(fidelity: float) -> float:
    """Return how much of the painted picture is laid over the original: all at 1, three quarters at 0.5, none at 0."""
    return 1 - (1 - fidelity) ** 2


def strokes(small: NDArray[np.uint8], style: NDArray[np.float32], weights: Path) -> NDArray[np.uint8]:
    """Return a picture painted over at the size it has."""
    fed = np.ascontiguousarray(finishing.padded(small).transpose(2, 0, 1)[None])
    return finishing.unpadded(runtime.answer(weights, fed, style)[0].transpose(1, 2, 0), small)
