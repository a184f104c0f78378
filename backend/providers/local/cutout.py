"""Taking the background away: U2Net-p finds the subject, the picture itself tells where its edges run.

Runs in the child process for models, which keeps the session between calls.

Source: https://github.com/xuebinqin/U-2-Net, u2net_test.py and data_loader.py (read 2026-11-22): an input of 320 px,
divided by its largest value and normalised as ImageNet is; the first output is the saliency, 0..1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import cv2
import numpy as np
from PIL import Image

from backend.errors import RequestRefused
from backend.imaging import codec
from backend.imaging.types import Box, Size
from backend.providers.local import matte, runtime

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from backend.schemas.specs import OutputFormat

Value = TypeVar("Value", bound=np.generic)

_LOSSLESS = 100
"""The quality that makes WebP lossless; PNG always is."""
_SIDE = 320
_MEAN = np.array([0.485, 0.456, 0.406], np.float32)
_DEVIATION = np.array([0.229, 0.224, 0.225], np.float32)
_SUBJECT = 0.5
"""The saliency from which on a pixel counts as the subject's."""
_LEAST = 0.0005
"""The share of the picture that a subject takes at least; less is noise."""
_CLOSER = 0.3
"""A subject within less than this share of the picture is looked at a second time from nearer by."""
_NEARER = 0.65
"""How much the second look counts against the first."""
_AGREE = 0.6
"""Intersection over union from which on the second look is taken to have seen the same subject."""


def cut_out(data: bytes, weights: Path, output_format: OutputFormat) -> bytes:
    """Return the picture with everything but its subject transparent, encoded without loss, its size unchanged.

    Raises:
        RequestRefused: nothing in it stands out as a subject.
        MachineTrouble: the weights are missing or damaged.
    """
    return codec.encode(subject(codec.decode(data).pixels, weights), output_format, quality=_LOSSLESS)


def subject(pixels: NDArray[np.uint8], weights: Path) -> NDArray[np.uint8]:
    """Return height x width x 4 pixels: the subject's own colours, and its alpha times the alpha it came with.

    Raises:
        RequestRefused: nothing stands out as a subject.
        MachineTrouble: the weights are missing or damaged.
    """
    colour = np.ascontiguousarray(pixels[..., :3])
    alpha = matte.refine(saliency(colour, weights), colour)
    own = matte.foreground(colour, alpha)
    if pixels.shape[2] == 4:  # noqa: PLR2004 - red, green, blue, alpha
        alpha = alpha * pixels[..., 3] / 255
    return np.dstack((own, np.rint(alpha * 255).astype(np.uint8)))


def saliency(colour: NDArray[np.uint8], weights: Path) -> NDArray[np.float32]:
    """Return how much each pixel is the subject's, 0..1, in the picture's size but no finer than the model sees.

    Raises:
        RequestRefused: nothing stands out as a subject.
        MachineTrouble: the weights are missing or damaged.
    """
    size = Size(colour.shape[1], colour.shape[0])
    seen = _look(colour, weights)
    if np.mean(seen > _SUBJECT) < _LEAST:
        raise RequestRefused(
            detail="No clear subject was found in this picture, so there is nothing to cut out. Crop it closer to the"
            " subject, or take a picture in which the subject stands out."
        )
    whole = _enlarge(seen / seen.max(), size)
    box = _around(whole)
    if box.size.pixels > _CLOSER * size.pixels:
        return whole
    return _with_closer_look(whole, box, _look(_inside(colour, box), weights))


def _with_closer_look(whole: NDArray[np.float32], box: Box, seen: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what both looks within `box` come to, unless the second one lost the subject."""
    far = _inside(whole, box)
    near = _enlarge(seen / max(float(seen.max()), _SUBJECT), box.size)
    first, second = far > _SUBJECT, near > _SUBJECT
    if np.sum(first & second) < _AGREE * np.sum(first | second):
        return whole
    both = np.zeros_like(whole)
    _inside(both, box)[...] = (1 - _NEARER) * far + _NEARER * near
    return both


def _inside(pixels: NDArray[Value], box: Box) -> NDArray[Value]:
    return pixels[box.top : box.bottom, box.left : box.right]


def _around(whole: NDArray[np.float32]) -> Box:
    """Return the box of the subject with a margin that lets the model see what it stands against."""
    left, top, width, height = cv2.boundingRect((whole > _SUBJECT * 0.8).astype(np.uint8))
    aside, above = width * 15 // 100 + 4, height * 15 // 100 + 4
    return Box(
        max(0, left - aside),
        max(0, top - above),
        min(whole.shape[1], left + width + aside),
        min(whole.shape[0], top + height + above),
    )


def _look(colour: NDArray[np.uint8], weights: Path) -> NDArray[np.float32]:
    small = np.asarray(Image.fromarray(colour).resize((_SIDE, _SIDE), Image.Resampling.LANCZOS), np.float32)
    fed = (small / max(float(small.max()), 1.0) - _MEAN) / _DEVIATION
    return runtime.infer(weights, fed.transpose(2, 0, 1)[None])[0, 0]


def _enlarge(seen: NDArray[np.float32], size: Size) -> NDArray[np.float32]:
    return np.clip(cv2.resize(seen, (size.width, size.height), interpolation=cv2.INTER_CUBIC), 0, 1).astype(np.float32)
