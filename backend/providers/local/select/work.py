"""What the room that selects has done in child processes: encoded pictures in, a mask out."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

import numpy as np

from backend.imaging import codec
from backend.providers.local import cutout, matte
from backend.providers.local.select import growing, seeds

if TYPE_CHECKING:
    from pathlib import Path

    from backend.providers.local.select.seeds import Bytes, Plane
    from backend.schemas.specs import SelectSpec

_LOSSLESS = 100


def salient(data: bytes, weights: Path, spec: SelectSpec) -> tuple[bytes, float]:
    """Return the mask of the subject or of the background, encoded, and the share of the picture that it covers.

    Raises:
        RequestRefused: nothing stands out as a subject.
        MachineTrouble: the weights are missing or damaged.
    """
    pixels = codec.decode(data).pixels
    colour = np.ascontiguousarray(pixels[..., :3])
    alpha = seen(pixels, matte.refine(cutout.saliency(colour, weights), colour))
    return _encoded(1 - alpha if spec.what == "background" else alpha, spec)


def pointed_at(data: bytes, spec: SelectSpec) -> tuple[bytes, float]:
    """Return the mask of what clicks or a box point at, encoded, and the share of the picture that it covers.

    Raises:
        RequestRefused: nothing was pointed at.
    """
    pixels = codec.decode(data).pixels
    colour = np.ascontiguousarray(pixels[..., :3])
    match spec.what:
        case "points":
            alpha = growing.from_points(colour, spec.points)
        case "box":
            alpha = growing.from_box(colour, spec.box or (0, 0, 1, 1))
        case "subject" | "background":
            raise AssertionError("the room sends these to the model")
        case _:
            assert_never(spec.what)
    return _encoded(seen(pixels, alpha), spec)


def seen(pixels: Bytes, alpha: Plane) -> Plane:
    """Return the selection without what is transparent anyway."""
    return alpha * pixels[..., 3] / 255 if pixels.shape[2] == 4 else alpha  # noqa: PLR2004 - red, green, blue, alpha


def _encoded(alpha: Plane, spec: SelectSpec) -> tuple[bytes, float]:
    mask = seeds.as_mask(alpha)
    return codec.encode(mask, spec.output_format, quality=_LOSSLESS), round(float(mask.mean()) / 255, 4)
