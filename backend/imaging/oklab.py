"""Colour as people see it: arrays of pixels to OKLab and back, where equal steps look equal.

Source: https://bottosson.github.io/posts/oklab/ (read 2026-11-22)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.floating]
    """Anything x 3."""

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
_INTO = _TO_LMS.T.astype(np.float32), _TO_LAB.T.astype(np.float32)
_BACK = np.linalg.inv(_TO_LAB).T.astype(np.float32), np.linalg.inv(_TO_LMS).T.astype(np.float32)
_LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)
_FINE = 1 << 14
"""Steps of linear light that coded values are looked up by: no coded value is skipped."""


def _decoded() -> Floats:
    coded = np.arange(256) / 255
    return np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4).astype(np.float32)  # noqa: PLR2004 - sRGB's


def _encoded() -> Floats:
    light = np.arange(_FINE + 1) / _FINE
    coded = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)  # noqa: PLR2004 - sRGB's
    return (coded * 255).astype(np.float32)


_DECODED, _ENCODED = _decoded(), _encoded()


def linear(pixels: NDArray[np.uint8]) -> Floats:
    """Return linear light 0..1 of sRGB."""
    return _DECODED[pixels]


def coded(light: Floats) -> Floats:
    """Return sRGB 0..255, not rounded, of linear light, which is clipped to 0..1."""
    return _ENCODED[(np.clip(light, 0, 1) * _FINE + 0.5).astype(np.int32)]


def luminance(light: Floats) -> Floats:
    """Return relative luminance 0..1 of linear light."""
    return light @ _LUMINANCE


def lab(light: Floats) -> Floats:
    """Return lightness 0..1 and the two opponent axes of linear light."""
    return np.cbrt(light @ _INTO[0]) @ _INTO[1]


def light_of(values: Floats) -> Floats:
    """Return linear light, which may lie outside 0..1, of OKLab."""
    return ((values @ _BACK[0]) ** 3) @ _BACK[1]
