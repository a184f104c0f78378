"""Painting over in the style of another picture: one network describes the style in 100 numbers, another one paints.

Source: Ghiasi et al.: Exploring the structure of a real-time, arbitrary neural artistic stylization network, 2017,
https://arxiv.org/abs/1705.06830 (read 2026-11-22): numbers between those of two pictures are styles between them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import cv2
import numpy as np

from backend.errors import MachineTrouble
from backend.imaging import codec
from backend.providers.local import runtime
from backend.providers.local.style import finishing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from backend.schemas.specs import StyleTransferSpec

    Pixels = NDArray[np.uint8]
    Numbers = NDArray[np.float32]

_SEEN: Final = 256
"""Pixels a side at which the style is looked at."""
_KEPT: Final = 0.55
"""The share of the original's light and shade that composition fidelity brings back at 1."""
_AT_ONCE: Final = 0.25
"""The style strength up to which the result fades out to the original, besides becoming more like itself."""
_FIXED: Final = b"\n\x03\x08\x80\x03\n\x03\x08\x80\x03"
"""Two dimensions of 384 as ONNX has them: TensorShapeProto.Dimension with a `dim_value`."""
_FREE: Final = b"\n\x03\x12\x01h\n\x03\x12\x01w"
"""The same with a `dim_param` each, so that the picture may be of any size.

Source: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto (read 2026-11-22)
"""
_ENDS: Final = 2
"""Where those stand: at the network's input and at its output. Within it nothing depends on them."""


def transferred(pictures: tuple[bytes, bytes], networks: tuple[Path, ...], spec: StyleTransferSpec) -> bytes:
    """Return the first picture in the style of the second, encoded, its size and its alpha unchanged.

    Raises:
        MachineTrouble: the weights are missing or damaged.
    """
    pixels, reference = (codec.decode(data).pixels for data in pictures)
    describing, painting = networks
    small = finishing.at_work(pixels)
    style = mixed(described(small, describing), described(on_white(reference), describing), spec.style_strength)
    painted = composed(small, strokes(small, style, painting), spec.composition_fidelity)
    weight = spec.change_strength * min(1.0, spec.style_strength / _AT_ONCE)
    result = finishing.finished(pixels, painted, weight)
    return codec.encode(result, spec.output_format, quality=finishing.QUALITY[spec.output_format])


def mixed(own: Numbers, other: Numbers, strength: float) -> Numbers:
    """Return the style between a picture's own and another one."""
    return np.asarray(own + strength * (other - own), np.float32)


def described(pixels: Pixels, weights: Path) -> Numbers:
    """Return a picture's style: the mean over squares that cover it along its longer side."""
    found = [runtime.answer(weights, square) for square in _squares(pixels)]
    return np.asarray(np.mean(found, axis=0), np.float32)


def strokes(small: Pixels, style: Numbers, weights: Path) -> Pixels:
    """Return a picture painted over at the size it has."""
    fed = finishing.padded(small)[None]
    return finishing.unpadded(runtime.answer(weights, fed, style, prepared=freed)[0], small)


def freed(network: bytes) -> bytes:
    """Return the painting network with its two fixed sides made free.

    Raises:
        MachineTrouble: it is another network.
    """
    if network.count(_FIXED) != _ENDS:
        raise MachineTrouble(detail="The network that paints is not the one that this version knows.")
    return network.replace(_FIXED, _FREE)


def composed(small: Pixels, painted: Pixels, fidelity: float) -> Pixels:
    """Return what was painted with some of the original's light and shade, in the range of what was painted."""
    lab, own = (cv2.cvtColor(one, cv2.COLOR_RGB2LAB).astype(np.float32) for one in (painted, small))
    light, wanted = lab[..., 0], own[..., 0]
    ranged = (wanted - wanted.mean()) * (light.std() / max(float(wanted.std()), 1.0)) + light.mean()
    lab[..., 0] = light + np.float32(_KEPT * fidelity) * (np.clip(ranged, 0, 255) - light)
    return cast("Pixels", cv2.cvtColor(np.rint(lab).astype(np.uint8), cv2.COLOR_LAB2RGB))


def on_white(pixels: Pixels) -> Pixels:
    """Return the colours of a picture, laid on white where it is see-through."""
    if pixels.shape[2] == 3:  # noqa: PLR2004 - red, green, blue
        return pixels
    alpha = pixels[..., 3:].astype(np.uint16)
    return ((pixels[..., :3] * alpha + 255 * (255 - alpha) + 127) // 255).astype(np.uint8)


def _squares(pixels: Pixels) -> Iterator[Numbers]:
    """Yield squares of the picture as the network takes them: one of a square one, three of a long one."""
    height, width = pixels.shape[:2]
    side = min(height, width)
    last = max(height, width) - side
    for start in dict.fromkeys((0, last // 2, last)):
        top, left = (start, 0) if height > width else (0, start)
        square = np.ascontiguousarray(pixels[top : top + side, left : left + side])
        small = cv2.resize(square, (_SEEN, _SEEN), interpolation=cv2.INTER_AREA)
        yield small.astype(np.float32)[None] / np.float32(255)
