"""Arithmetic of light that all of relighting shares: small views, soft views, and gains that never clip."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from backend.imaging import oklab

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Plane = NDArray[np.floating]
    """Height x width."""
    Planes = NDArray[np.floating]
    """Height x width x channels."""

DARKEST = 0.004
"""The luminance that passes for black, which would else be infinitely dark."""
SUBJECT = 0.5
"""The alpha from which on a pixel is more the subject's than not."""


def linear(pixels: NDArray[np.uint8]) -> Planes:
    """Return linear light 0..1 of sRGB pixels."""
    return oklab.linear(pixels)


def coded(light: Planes) -> NDArray[np.uint8]:
    """Return sRGB pixels of linear light, which is clipped to 0..1."""
    return np.rint(oklab.coded(light)).astype(np.uint8)


def luminance(light: Planes) -> Plane:
    """Return the luminance of linear light."""
    return oklab.luminance(light)


def stops(light: Planes) -> Plane:
    """Return the luminance as the eye counts it: in powers of two."""
    return np.log2(luminance(light) + np.float32(DARKEST))


def gained(light: Planes, gain: Planes) -> Planes:
    """Return the light times the gain, with a shoulder: white stays white, and nothing clips below it.

    The result rises with the light as long as the gain stays below 3.
    """
    return light * gain / (1 + np.maximum(gain - 1, 0) * light * np.sqrt(light))


def within(planes: NDArray[np.generic], longest: int) -> tuple[int, int]:
    """Return width and height of a view whose longer side is `longest` pixels, or less where there are no more."""
    height, width = planes.shape[:2]
    scale = min(1.0, longest / max(height, width))
    return max(1, round(width * scale)), max(1, round(height * scale))


def scaled(planes: NDArray[np.uint8] | Planes, size: tuple[int, int]) -> Planes:
    """Return the planes in a width and height, each pixel the mean of what it stands for."""
    how = cv2.INTER_AREA if size[0] < planes.shape[1] or size[1] < planes.shape[0] else cv2.INTER_LINEAR
    shrunk = cv2.resize(planes, size, interpolation=how)
    return shrunk.reshape(size[1], size[0], *planes.shape[2:]).astype(np.float32)


def shown(pixels: NDArray[np.uint8], size: tuple[int, int]) -> Planes:
    """Return linear light of a small view of sRGB pixels."""
    return linear(np.rint(scaled(pixels, size)).astype(np.uint8))


def soft(planes: Planes, across: float, down: float = 0) -> Planes:
    """Return the planes blurred by a bell of that deviation in pixels, which may be another one downwards."""
    blurred = cv2.GaussianBlur(planes, (0, 0), sigmaX=across, sigmaY=down)
    return blurred.reshape(planes.shape).astype(np.float32)


def shrunk(alpha: Plane, by: int) -> Plane:
    """Return the least alpha within so many pixels."""
    side = 2 * by + 1
    return np.asarray(cv2.erode(alpha, np.ones((side, side), np.uint8)), np.float32).reshape(alpha.shape)
