"""Carrying adjustments out on a picture, in an order of their own. Runs in a child process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from backend.errors import RequestRefused
from backend.imaging import codec
from backend.providers.local.adjust import colours, detail, frame, tones
from backend.providers.local.adjust.lab import to_lab, to_pixels
from backend.providers.local.adjust.order import TURNING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from backend.providers.local.adjust.lab import Lab, Plane
    from backend.providers.local.adjust.order import Order
    from backend.schemas.base import Facts

_QUALITY: Final[dict[str, int]] = {"png": 100, "webp": 100, "jpg": 95}
_LEVEL: Final = 0.15
"""Degrees below which a picture is straight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """What adjustments may look at besides the pixels: what counts for histograms (None: all), and the subject."""

    weight: Plane | None
    subject: Plane | None
    seed: int


_DOING: Final[dict[str, Callable[[Lab, float, _Scene], None]]] = {
    "denoise": lambda lab, amount, _: detail.denoise(lab, amount),
    "exposure": lambda lab, amount, _: tones.exposure(lab, amount),
    "warmth": lambda lab, amount, _: colours.warmth(lab, amount),
    "tint": lambda lab, amount, _: colours.tint(lab, amount),
    "brightness": lambda lab, amount, scene: tones.brightness(lab, amount, scene.weight),
    "highlights": lambda lab, amount, _: tones.highlights(lab, amount),
    "shadows": lambda lab, amount, _: tones.shadows(lab, amount),
    "contrast": lambda lab, amount, scene: tones.contrast(lab, amount, scene.weight),
    "clarity": lambda lab, amount, _: detail.clarity(lab, amount),
    "saturation": lambda lab, amount, _: colours.saturation(lab, amount),
    "vibrance": lambda lab, amount, _: colours.vibrance(lab, amount),
    "black_and_white": lambda lab, amount, _: colours.black_and_white(lab, amount),
    "sepia": lambda lab, amount, _: colours.sepia(lab, amount),
    "warm_highlights": lambda lab, amount, _: colours.warm_highlights(lab, amount),
    "warm_shadows": lambda lab, amount, _: colours.warm_shadows(lab, amount),
    "fade": lambda lab, amount, _: tones.fade(lab, amount),
    "sharpen": lambda lab, amount, _: detail.sharpen(lab, amount),
    "blur": lambda lab, amount, _: detail.blur(lab, amount),
    "background_blur": lambda lab, amount, scene: _blur_around(lab, amount, scene.subject),
    "vignette": lambda lab, amount, _: frame.vignette(lab, amount),
    "grain": lambda lab, amount, scene: detail.grain(lab, amount, scene.seed),
}
"""The order in which a darkroom would work: the light first, its colours next, the paper last."""


def adjust(image: bytes, mask: bytes | None, order: Order) -> tuple[bytes, Facts]:
    """Return the adjusted picture, encoded, its size and alpha as before, and what was done.

    Raises:
        RequestRefused: there is no subject to tell from its background, or there are no lines to straighten by.
        MachineTrouble: weights are damaged.
    """
    picture = codec.decode(image)
    pixels, facts = applied(picture.pixels, None if mask is None else codec.decode(mask).pixels, order)
    return codec.encode(pixels, order.output_format, quality=_QUALITY[order.output_format]), facts


def applied(pixels: NDArray[np.uint8], mask: NDArray[np.uint8] | None, order: Order) -> tuple[NDArray[np.uint8], Facts]:
    """Return adjusted pixels of the same shape, and what was done; see `adjust`."""
    amounts = {step.name: step.amount for step in order.steps if step.amount}
    facts: Facts = {"adjustments": {name: round(amount, 3) for name, amount in amounts.items()}}
    if angle := _angle(pixels, amounts):
        pixels = frame.turned(pixels, angle)
        facts["turned_degrees"] = round(angle, 2)
    if amounts.keys() <= TURNING:
        return pixels, facts
    scene = _Scene(weight=_weight(pixels, mask), subject=_subject(pixels, amounts, order.weights), seed=order.seed)
    lab = to_lab(np.ascontiguousarray(pixels[..., :3]))
    for name, do in _DOING.items():
        if name in amounts:
            do(lab, amounts[name], scene)
    return np.dstack((to_pixels(lab), pixels[..., 3:])), facts


def _angle(pixels: NDArray[np.uint8], amounts: dict[str, float]) -> float:
    """Return by how many degrees to turn, clockwise."""
    angle = amounts.get("rotate", 0.0)
    if part := amounts.get("straighten"):
        off = frame.tilt(np.ascontiguousarray(pixels[..., :3]))
        angle -= off * min(1.0, part) if abs(off) >= _LEVEL else 0.0
    return angle


def _weight(pixels: NDArray[np.uint8], mask: NDArray[np.uint8] | None) -> Plane | None:
    """Return how much each pixel counts in histograms: what is masked out or transparent doesn't; None: all do."""
    planes = [plane[..., 3] for plane in (pixels, mask) if plane is not None and plane.shape[2] == 4]  # noqa: PLR2004 - RGBA
    if mask is not None and mask.shape[:2] == pixels.shape[:2]:
        planes.append(mask[..., 0])
    if not planes:
        return None
    weight = np.ones(pixels.shape[:2], np.float32)
    for plane in planes:
        weight *= plane / np.float32(255)
    return weight if weight.any() else None


def _subject(pixels: NDArray[np.uint8], amounts: dict[str, float], weights: Path) -> Plane | None:
    """Return how much each pixel is the subject's, 0..1, where that is needed."""
    if "background_blur" not in amounts:
        return None
    from backend.providers.local import cutout, matte  # noqa: PLC0415 - the runtime of models is large

    colour = np.ascontiguousarray(pixels[..., :3])
    try:
        rough = cutout.saliency(colour, weights)
    except RequestRefused:
        raise RequestRefused(
            detail="No clear subject was found in this picture, so it is open what its background is. Send a mask of"
            " the background and ask for “blur”."
        ) from None
    return matte.refine(rough, colour).astype(np.float32)


def _blur_around(lab: Lab, amount: float, subject: Plane | None) -> None:
    assert subject is not None, "it was found before the first step"
    detail.blur_around(lab, amount, subject)
