"""Relighting from bytes to bytes. Runs in the child process for models."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from backend.errors import RequestRefused
from backend.imaging import codec
from backend.providers.base import Produced
from backend.providers.local import cutout
from backend.providers.local.relight import asking, grain, inplace, light, merging, shadows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from backend.providers.local.relight.asking import Asked
    from backend.providers.local.relight.tones import Plane
    from backend.schemas.base import Facts
    from backend.schemas.specs import RelightSpec

_QUALITY = {"png": 100, "webp": 100, "jpg": 92}
"""Lossless where the format can be."""
_ALPHA = 3


def relight(images: Mapping[str, bytes], spec: RelightSpec, weights: Path) -> Produced:
    """Return the picture in its new light, its size unchanged.

    Raises:
        InvalidRequest: the words are not understood, or nothing says what light or background is wanted.
        RequestRefused: nothing in the picture stands out as a subject, so none can be set before another background.
        MachineTrouble: the weights are missing or damaged.
    """
    asked = asking.read(images, spec)
    if asked.keeps:
        pixels, facts = in_place(asked, _found(asked.image, weights))
    else:
        pixels, facts = before_another(asked, cutout.subject(asked.image, weights))
    data = codec.encode(pixels, spec.output_format, quality=_QUALITY[spec.output_format])
    return Produced(data=data, seed=spec.seed, facts=facts)


def before_another(asked: Asked, subject: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], Facts]:
    """Return the subject, cut out as RGBA, before another background, and what was done."""
    alpha = _share(subject)
    behind, source = asking.background(asked, alpha)
    before = light.of(_opaque(asked.image))
    after, told = asking.new_light(asked, before, _opaque(behind), source)
    matched, fit = _matched(behind, subject, alpha)
    change = merging.Change(before=before, after=after, strength=asked.strength)
    merged = merging.merge(subject, _opaque(matched), change)
    merged = grain.laid(merged, (fit["subject_grain"], fit["background_grain"]), alpha, asked.spec.seed)
    if behind.shape[2] > _ALPHA:
        merged = np.dstack((merged, _over(alpha, _share(behind))))
    firm = shadows.firmness(alpha)
    shadow: Facts = {"shadow": firm > 0, "shadow_strength": round(firm, 2)}
    return merged, {"light": told, "background_from": source, **shadow, "matched": dict(fit)}


def in_place(asked: Asked, alpha: Plane) -> tuple[NDArray[np.uint8], Facts]:
    """Return the picture before its own background in another light, and what was done; `alpha` is its subject's."""
    own = _opaque(asked.image)
    before = light.of(own)
    after, told = asking.new_light(asked, before, None, "image")
    lit = inplace.lit(own, alpha, merging.Change(before=before, after=after, strength=asked.strength))
    if asked.image.shape[2] > _ALPHA:
        lit = np.dstack((lit, asked.image[..., _ALPHA]))
    return lit, {"light": told, "background_from": "image", "shadow": False, "subject_found": bool(alpha.any())}


def _found(pixels: NDArray[np.uint8], weights: Path) -> Plane:
    """Return where the subject is; nowhere in a landscape, which is then lit as the plane it is."""
    try:
        return _share(cutout.subject(pixels, weights))
    except RequestRefused:
        return np.zeros(pixels.shape[:2], np.float32)


def _matched(
    behind: NDArray[np.uint8], subject: NDArray[np.uint8], alpha: Plane
) -> tuple[NDArray[np.uint8], dict[str, float]]:
    """Return the background no sharper than the subject, and the grain that both lack beside each other.

    One colour stays exactly the colour that was named.
    """
    behind, blur = grain.softened(behind, subject, alpha)
    own, wanted = grain.level(behind), grain.level(subject, alpha)
    flat = not np.ptp(behind[..., :3], axis=(0, 1)).any()
    return behind, {
        "background_blur": blur,
        "background_grain": 0.0 if flat else round(grain.missing(own, wanted), 2),
        "subject_grain": round(grain.missing(wanted, own), 2) if own > wanted else 0.0,
    }


def _share(pixels: NDArray[np.uint8]) -> Plane:
    return pixels[..., _ALPHA].astype(np.float32) / np.float32(255)


def _opaque(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.ascontiguousarray(pixels[..., :3])


def _over(front: Plane, back: Plane) -> NDArray[np.uint8]:
    return np.rint((front + back * (1 - front)) * 255).astype(np.uint8)
