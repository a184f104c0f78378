"""Colour arithmetic in OKLab, where equal steps look equal. Colours are `#rrggbb` strings outside, arrays inside."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

Lab = tuple[float, float, float]

# Source: https://bottosson.github.io/posts/oklab/ (read 2026-11-22)
_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_FROM_LAB = np.linalg.inv(_TO_LAB).T.astype(np.float32)
_FROM_LMS = np.linalg.inv(_TO_LMS).T.astype(np.float32)


def rgb(colour: str) -> tuple[int, int, int]:
    """Return the three channels, 0..255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


@lru_cache(maxsize=4096)
def lab(colour: str) -> Lab:
    """Return lightness 0..1 and the two opponent axes."""
    light = np.array([_linear(c / 255) for c in rgb(colour)])
    found = _TO_LAB @ np.cbrt(_TO_LMS @ light)
    return float(found[0]), float(found[1]), float(found[2])


def to_rgb(values: Floats) -> Floats:
    """Return sRGB 0..255 for OKLab in the last axis, clipped to the gamut."""
    lms = (values @ _FROM_LAB) ** 3
    light = np.clip(lms @ _FROM_LMS, 0, 1)
    coded = np.where(light <= 0.0031308, light * 12.92, 1.055 * np.power(np.maximum(light, 1e-7), 1 / 2.4) - 0.055)
    return (coded * 255).astype(np.float32)


def _inside(value: Lab) -> bool:
    light = (np.array(value, dtype=np.float32) @ _FROM_LAB) ** 3 @ _FROM_LMS
    return bool(np.all(light > -0.002) and np.all(light < 1.002))


def from_lab(value: Lab) -> str:
    """Return the nearest colour of that lightness and hue, with less chroma where sRGB has no more."""
    light = min(max(value[0], 0.0), 1.0)
    a, b = value[1], value[2]
    for _ in range(24):
        if _inside((light, a, b)):
            break
        a, b = a * 0.92, b * 0.92
    channels = to_rgb(np.array([light, a, b], dtype=np.float32))
    return "#" + "".join(f"{round(float(c)):02x}" for c in channels)


def from_lch(light: float, chroma: float, hue: float) -> str:
    """Return the colour of that lightness, chroma and hue (radians)."""
    return from_lab((light, chroma * math.cos(hue), chroma * math.sin(hue)))


def lightness(colour: str) -> float:
    """Return OKLab lightness, 0..1."""
    return lab(colour)[0]


def chroma(colour: str) -> float:
    """Return how far from grey a colour is; 0 is grey, .3 is very vivid."""
    return math.hypot(*lab(colour)[1:])


def hue(colour: str) -> float:
    """Return the hue in radians."""
    return math.atan2(lab(colour)[2], lab(colour)[1])


def hue_gap(one: str, other: str) -> float:
    """Return the angle between two hues, 0..π."""
    gap = abs(hue(one) - hue(other)) % math.tau
    return min(gap, math.tau - gap)


@lru_cache(maxsize=8192)
def mix(one: str, other: str, share: float) -> str:
    """Return the colour at `share` (0..1) of the way from `one` to `other`."""
    a, b = lab(one), lab(other)
    return from_lab((a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share))


@lru_cache(maxsize=8192)
def tone(colour: str, step: float) -> str:
    """Return the colour made lighter (or darker, below 0) by `step` of lightness."""
    light, a, b = lab(colour)
    return from_lab((light + step, a, b))


def muted(colour: str, share: float) -> str:
    """Return the colour with its chroma multiplied by `share`."""
    light, a, b = lab(colour)
    return from_lab((light, a * share, b * share))


def luminance(colour: str) -> float:
    """Return relative luminance 0..1.

    Source: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance (read 2026-11-22)
    """
    red, green, blue = (_linear(c / 255) for c in rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: float, other: float) -> float:
    """Return the contrast, 1..21, of two luminances."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1..21."""
    return ratio(luminance(one), luminance(other))


def luminances(pixels: Floats) -> Floats:
    """Return relative luminance for sRGB 0..255 in the last axis."""
    coded = pixels / 255
    light = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
    return light @ np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)


def ramp(stops: Sequence[tuple[float, str]], at: Floats) -> Floats:
    """Return OKLab values along a ramp of (position, colour), for every position in `at`."""
    places = [s[0] for s in stops]
    labs = np.array([lab(s[1]) for s in stops])
    return np.stack([np.interp(at, places, labs[:, i]) for i in range(3)], axis=-1).astype(np.float32)


def steps(first: str, last: str, count: int) -> list[str]:
    """Return `count` colours from `first` to `last`, evenly spaced to the eye."""
    return [mix(first, last, i / max(1, count - 1)) for i in range(count)]
