"""The ground under words: measured, and helped by a shade or a plate until they read."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from backend.providers.local.compose.colour import contrast, from_lch, hue, luminance, luminances, ratio, rgb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from backend.providers.local.compose.zones import Frame

    Pixels = NDArray[np.uint8]
    Floats = NDArray[np.float32]

LEAST = 4.5
"""The contrast that words have to what lies under them. Source: https://www.w3.org/TR/WCAG22/#contrast-minimum
(read 2026-11-23)"""
_AIM = 4.7
"""What is aimed at, so that encoding can't spoil it."""
WHITE, INK, BLACK, PLATE = "#ffffff", "#0d0f14", "#000000", "#14161c"
_ENDS = (2, 98)
"""The percentiles of light that count as the darkest and the lightest under words."""
_FINE = 96
"""The longest side in pixels that light under words is looked at."""
_WHOLE = 255
_MILKY = 0.2
"""How much stronger a dark shade may be than a light one, which looks like fog."""
_SOFT = 0.22
"""How far a shade takes to end, as a share of the side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shade:
    """What helps words to read: a colour laid over the picture with a strength of 0..1."""

    colour: str
    strength: float


def under(pixels: Pixels, frames: Sequence[Frame]) -> Floats:
    """Return samples of what lies under frames: sRGB 0..255, one a row.

    What is see-through counts as white and as black, so the worse of both is among them.
    """
    parts = [_part(pixels, frame) for frame in frames]
    found = np.concatenate([part.reshape(-1, part.shape[2]) for part in parts]).astype(np.float32)
    if found.shape[1] == 3:  # noqa: PLR2004 - RGB
        return found
    alpha = found[:, 3:] / _WHOLE
    if float(alpha.min()) > 0.99:  # noqa: PLR2004 - nothing shows through
        return found[:, :3]
    both = [found[:, :3] * alpha + ground * (1 - alpha) for ground in (0.0, 255.0)]
    return np.concatenate(both).astype(np.float32)


def reads(samples: Floats, ink: str) -> float:
    """Return the contrast of an ink to the worse end of what lies under it, 1..21."""
    low, high = np.percentile(luminances(samples), _ENDS)
    own = luminance(ink)
    return min(ratio(own, float(low)), ratio(own, float(high)))


def best_ink(samples: Floats) -> str:
    """Return the ink that reads best."""
    return max((WHITE, INK), key=lambda ink: reads(samples, ink))


def ink_on(colour: str) -> str:
    """Return an ink that reads on a plain colour: black where nothing softer does."""
    return next((ink for ink in (WHITE, INK) if contrast(ink, colour) >= LEAST), BLACK)


def shade_for(samples: Floats, colour: str | None) -> tuple[str, Shade]:
    """Return an ink and the weakest shade that makes it read: of a given colour, or dark or light, as is weaker."""
    if colour is not None:
        ink = ink_on(colour)
        return ink, Shade(colour=colour, strength=_strength(samples, ink, colour))
    tint = hue(_mean(samples))
    choices = [
        (WHITE, Shade(colour=(dark := from_lch(0.13, 0.02, tint)), strength=_strength(samples, WHITE, dark))),
        (INK, Shade(colour=(light := from_lch(0.97, 0.01, tint)), strength=_strength(samples, INK, light))),
    ]
    return min(choices, key=lambda choice: choice[1].strength + (_MILKY if choice[0] == INK else 0))


def plate_for(samples: Floats, colour: str | None) -> tuple[str, str]:
    """Return an ink and the colour of a plate: the given one, else white on light pictures and dark on dark ones."""
    if colour is None:
        colour = WHITE if float(luminances(samples).mean()) > 0.4 else PLATE  # noqa: PLR2004 - a light picture
    return ink_on(colour), colour


def ramped(size: tuple[int, int], frame: Frame, *, whole: bool = False) -> Floats:
    """Return how strongly a shade lies where (height x width, 0..1): fully under a frame, softly ending beyond it.

    It comes from the edge that the frame is nearest to; as a whole it covers all.
    """
    width, height = size
    across, down = np.arange(width) + 0.5, np.arange(height) + 0.5
    if whole:
        return np.ones((height, width), np.float32)
    reach = {
        "top": frame.bottom / height,
        "bottom": 1 - frame.y / height,
        "left": frame.right / width,
        "right": 1 - frame.x / width,
    }
    match min(reach, key=lambda side: reach[side]):
        case "top":
            line = _fall(down - frame.bottom, _SOFT * height)[:, None]
        case "bottom":
            line = _fall(frame.y - down, _SOFT * height)[:, None]
        case "left":
            line = _fall(across - frame.right, _SOFT * width)[None]
        case _:
            line = _fall(frame.x - across, _SOFT * width)[None]
    return np.broadcast_to(line, (height, width))


def shaded(pixels: Pixels, shade: Shade, where: Floats) -> Pixels:
    """Return the pixels under a shade; what is see-through becomes as firm as the shade is."""
    rows, columns = (np.flatnonzero(where.max(axis=axis)) for axis in (1, 0))
    part = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    found = pixels.copy()
    found[part] = _veiled(pixels[part], (where[part] * np.float32(shade.strength))[..., None], shade.colour)
    return found


def _veiled(pixels: Pixels, share: Floats, colour: str) -> Pixels:
    over = np.array(rgb(colour), np.float32)
    if pixels.shape[2] == 3:  # noqa: PLR2004 - RGB
        return (pixels + (over - pixels) * share + np.float32(0.5)).astype(np.uint8)
    alpha = pixels[..., 3:] / np.float32(_WHOLE)
    below = alpha * (1 - share)
    firm = share + below
    mixed = (over * share + pixels[..., :3] * below) / np.maximum(firm, 1e-6)
    return np.rint(np.concatenate([mixed, firm * _WHOLE], axis=2)).astype(np.uint8)


def _part(pixels: Pixels, frame: Frame) -> Pixels:
    """Return what lies under a frame, small."""
    high, wide = pixels.shape[:2]
    left, top = (min(max(0, math.floor(v)), end - 1) for v, end in ((frame.x, wide), (frame.y, high)))
    right, bottom = max(left + 1, math.ceil(frame.right)), max(top + 1, math.ceil(frame.bottom))
    part = pixels[top:bottom, left:right]
    scale = min(1.0, _FINE / max(part.shape[:2]))
    size = max(1, round(part.shape[1] * scale)), max(1, round(part.shape[0] * scale))
    return np.asarray(cv2.resize(np.ascontiguousarray(part), size, interpolation=cv2.INTER_AREA), np.uint8)


def _strength(samples: Floats, ink: str, colour: str) -> float:
    """Return the least strength of a colour over the samples at which an ink reads."""
    low, high = 0.0, 1.0
    over = np.array(rgb(colour), np.float32)
    for _ in range(9):
        middle = (low + high) / 2
        if reads((samples * (1 - middle) + over * middle).astype(np.float32), ink) >= _AIM:
            high = middle
        else:
            low = middle
    return high


def _mean(samples: Floats) -> str:
    red, green, blue = (round(float(v)) for v in samples.mean(axis=0))
    return f"#{red:02x}{green:02x}{blue:02x}"


def _fall(distance: NDArray[np.floating[Any]], soft: float) -> Floats:
    """Return 1 up to a distance of 0, falling softly to 0 where it is `soft`."""
    left = np.clip(1 - distance / max(soft, 1.0), 0, 1)
    return np.asarray(left * left * (3 - 2 * left), np.float32)
