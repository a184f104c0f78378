"""Between bytes and OKLab: where adjustments are computed, and the way back without cutting colours off.

Source: https://bottosson.github.io/posts/oklab/ (read 2026-11-22): the matrices, and that lightness, chroma and hue are
even to the eye. A plane is float32; L is 0..1, a and b are about -0.4..0.4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Plane = NDArray[np.floating]
    """Height x width."""
    Lab = NDArray[np.floating]
    """Height x width x 3: L, a, b."""

_ROWS: Final = 256
"""Rows converted at once, so that what is between takes little memory."""
_TO_LMS: Final = np.array(
    (
        (0.4122214708, 0.5363325363, 0.0514459929),
        (0.2119034982, 0.6806995451, 0.1073969566),
        (0.0883024619, 0.2817188376, 0.6299787005),
    )
)
_TO_LAB: Final = np.array(
    (
        (0.2104542553, 0.7936177850, -0.0040720468),
        (1.9779984951, -2.4285922050, 0.4505937099),
        (0.0259040371, 0.7827717662, -0.8086757660),
    )
)
_FROM_LMS: Final = np.linalg.inv(_TO_LMS)
_FROM_LAB: Final = np.linalg.inv(_TO_LAB)
_LIGHT: Final = np.array((0.2126, 0.7152, 0.0722), np.float32)
_FINE: Final = 16383
"""Steps of the table back to bytes, over the square root of light."""
_GREY: Final = 2e-5
"""Chroma below which a pixel is grey."""


def _linear(encoded: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 - sRGB's


def _encoded(linear: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)  # noqa: PLR2004 - sRGB's


_LINEAR: Final = _linear(np.arange(256) / 255).astype(np.float32)
_BYTES: Final = np.rint(_encoded((np.arange(_FINE + 1) / _FINE) ** 2) * 255).astype(np.uint8)


def to_lab(colour: NDArray[np.uint8]) -> Lab:
    """Return the OKLab values of sRGB pixels, height x width x 3."""
    lab = np.empty(colour.shape, np.float32)
    for top in range(0, colour.shape[0], _ROWS):
        strip = _LINEAR[colour[top : top + _ROWS]]
        lab[top : top + _ROWS] = times(np.cbrt(times(strip, _TO_LMS)), _TO_LAB)
    return lab


def to_pixels(lab: Lab) -> NDArray[np.uint8]:
    """Return sRGB pixels; colours that sRGB has not keep their light and hue and lose strength. Grey stays grey."""
    pixels = np.empty(lab.shape, np.uint8)
    for top in range(0, lab.shape[0], _ROWS):
        strip = lab[top : top + _ROWS]
        rgb = _within(times(_cubed(times(strip, _FROM_LAB)), _FROM_LMS))
        found = _BYTES[np.rint(np.sqrt(rgb) * _FINE).astype(np.int32)]
        grey = np.hypot(strip[..., 1], strip[..., 2]) < _GREY
        found[grey] = found[grey][:, 1:2]
        pixels[top : top + _ROWS] = found
    return pixels


def to_light(lab: Lab) -> Lab:
    """Return linear light as the eye's three receptors take it up: what is blurred is mixed there."""
    return _cubed(times(lab, _FROM_LAB))


def from_light(light: Lab) -> Lab:
    """Return OKLab of what `to_light` gave."""
    return times(np.cbrt(light), _TO_LAB)


def balance(a: float, b: float) -> NDArray[np.float64]:
    """Return the matrix on OKLab that makes white (1, a, b), as another light would: von Kries, one gain a receptor."""
    gains = _FROM_LAB @ np.array((1.0, a, b)) / (_FROM_LAB @ np.array((1.0, 0.0, 0.0)))
    return _TO_LAB @ np.diag(gains) @ _FROM_LAB


def times(planes: Lab, matrix: NDArray[np.float64]) -> Lab:
    """Return each pixel's three values times a 3 x 3 matrix."""
    return cast("Lab", cv2.transform(planes, matrix.astype(np.float32)))


def relit(lab: Lab, lightness: Plane) -> None:
    """Give pixels another lightness, in place; the strength of their colour goes with it, so that saturation stays."""
    ratio = lightness / np.maximum(lab[..., 0], 1e-3)
    np.clip(ratio, 0, 3, out=ratio)
    lab[..., 1] *= ratio
    lab[..., 2] *= ratio
    lab[..., 0] = lightness


def smooth(plane: Plane, low: float, high: float) -> Plane:
    """Return 0 below `low`, 1 above `high`, and an even rise between."""
    part = np.clip((plane - low) / (high - low), 0, 1)
    return part * part * (3 - 2 * part)


def _cubed(planes: Lab) -> Lab:
    return planes * planes * planes


def _within(rgb: Lab) -> Lab:
    """Return linear colours inside sRGB: those outside are drawn towards the grey of the same light."""
    outside = (rgb.min(axis=-1) < 0) | (rgb.max(axis=-1) > 1)
    if outside.any():
        far = rgb[outside]
        grey = np.clip(far @ _LIGHT, 0, 1)[:, None]
        room = np.where(far > grey, 1 - grey, grey)
        reach = np.max(np.abs(far - grey) / np.maximum(room, 1e-6), axis=-1, keepdims=True)
        rgb[outside] = grey + (far - grey) / np.maximum(reach, 1)
    return np.clip(rgb, 0, 1)
