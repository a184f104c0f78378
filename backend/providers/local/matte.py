"""From a rough map of the subject to a fine one: edges as the picture has them, and the subject's own colours there."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Plane = NDArray[np.floating]
    """Height x width."""
    Planes = NDArray[np.floating]
    """Height x width x channels."""

_WORK = 640
"""Longest side in pixels at which edges are fitted; the fit is then applied at full size."""
_WIDE, _NARROW = 4 / 320, 2 / 320
"""How far around a pixel its edge is fitted, first and then, as fractions of the longest side (the model sees 320)."""
_FLAT = 1e-4
"""The variance of colour, 0..1, below which a neighbourhood tells nothing about an edge."""
_SURE = 0.3, 0.7
"""Below is background and above is subject while edges are sought: softness there means doubt, not glass."""
_DONE = 0.1, 0.9
"""The same for the last fit, whose softness is that of the picture's edges."""
_CRUMB = 0.01
"""Parts smaller than this share of the largest one are not the subject's."""


def refine(rough: Plane, colour: NDArray[np.uint8]) -> Plane:
    """Return alpha 0..1 whose edges run where the picture's do, of the picture's size.

    A guided filter (He, Sun, Tang: Guided Image Filtering, 2013, equations 14-16) at reduced size, applied at full size
    (He, Sun: Fast Guided Filter, 2015).
    """
    small, full = _sizes(rough)
    guide = _scaled(colour, small) / 255
    alpha = _stretched(_scaled(rough, small), _SURE)
    slopes, offset = _fit(guide, alpha, max(1, round(max(small) * _WIDE)))
    alpha = _stretched(np.sum(slopes * guide, axis=-1) + offset, _SURE)
    slopes, offset = _fit(guide, alpha, max(1, round(max(small) * _NARROW)))
    alpha = _scaled(offset, full)
    for channel in range(3):
        alpha = alpha + _scaled(slopes[..., channel], full) * (colour[..., channel] / np.float32(255))
    return _without_crumbs(_stretched(alpha, _DONE))


def foreground(colour: NDArray[np.uint8], alpha: Plane) -> NDArray[np.uint8]:
    """Return the subject's colours without what shines in from the background where it is half transparent.

    Blurred fusion, twice, the second time finer (Forte: Approximate Fast Foreground Colour Estimation, 2021). Under
    full alpha the colours stay exactly as they were.
    """
    small, full = _sizes(alpha)
    image, weight = _scaled(colour, small), _scaled(alpha, small)
    front, back = _fuse(image, (image, image), weight, max(small) // 8)
    front, back = _fuse(image, (front, back), weight, max(2, max(small) // 100))
    found = np.empty_like(colour)
    for channel in range(3):
        own, behind = _scaled(front[..., channel], full), _scaled(back[..., channel], full)
        own = own + alpha * (colour[..., channel] - alpha * own - (1 - alpha) * behind)
        found[..., channel] = np.where(alpha >= 1, colour[..., channel], np.clip(np.rint(own), 0, 255))
    return found


def _fuse(image: Planes, layers: tuple[Planes, Planes], alpha: Plane, radius: int) -> tuple[Planes, Planes]:
    """Return better layers, front and back, of which `image` is the blend."""
    front, back = layers
    weight = alpha[..., None]
    own = _mean(front * weight, radius) / (_mean(alpha, radius)[..., None] + 1e-5)
    behind = _mean(back * (1 - weight), radius) / (_mean(1 - alpha, radius)[..., None] + 1e-5)
    return np.clip(own + weight * (image - weight * own - (1 - weight) * behind), 0, 255), behind


def _fit(guide: Planes, rough: Plane, radius: int) -> tuple[Planes, Plane]:
    """Return the line from colour to alpha that fits best around each pixel, as slopes and offset."""
    mean, mean_rough = _mean(guide, radius), _mean(rough, radius)
    shared = _mean(guide * rough[..., None], radius) - mean * mean_rough[..., None]
    first, second, third = (_spread(guide, mean, channel, radius) for channel in range(3))
    slopes = _solve((first, second, third), shared)
    offset = mean_rough - np.sum(slopes * mean, axis=-1)
    return _mean(slopes, radius), _mean(offset, radius)


def _spread(guide: Planes, mean: Planes, channel: int, radius: int) -> Planes:
    """Return one row of each pixel's matrix of covariance, with the flatness added on its diagonal."""
    one = slice(channel, channel + 1)
    row = _mean(guide * guide[..., one], radius) - mean * mean[..., one]
    row[..., channel] += _FLAT
    return row


def _solve(rows: tuple[Planes, Planes, Planes], right: Planes) -> Planes:
    """Return the solution of each pixel's three equations with a symmetric matrix (Cramer's rule)."""
    first, second, third = rows
    across = np.cross(second, third)
    volumes = (
        np.sum(right * across, axis=-1),
        np.sum(first * np.cross(right, third), axis=-1),
        np.sum(first * np.cross(second, right), axis=-1),
    )
    return np.stack(volumes, axis=-1) / np.sum(first * across, axis=-1)[..., None]


def _stretched(alpha: Plane, ends: tuple[float, float]) -> Plane:
    low, high = ends
    return np.clip((alpha - low) / (high - low), 0, 1)


def _without_crumbs(alpha: Plane) -> Plane:
    """Return alpha without the parts that hang on to nothing and are small beside the largest part."""
    _, labels, facts, _ = cv2.connectedComponentsWithStats((alpha > 0).astype(np.uint8), connectivity=8)
    areas = facts[:, cv2.CC_STAT_AREA]
    kept = areas >= _CRUMB * areas[1:].max(initial=0)
    kept[0] = False
    return np.where(kept[labels], alpha, 0)


def _sizes(plane: Plane) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return width and height to work at, and in full."""
    height, width = plane.shape
    scale = min(1.0, _WORK / max(height, width))
    return (max(1, round(width * scale)), max(1, round(height * scale))), (width, height)


def _scaled(planes: NDArray[np.uint8] | Planes, size: tuple[int, int]) -> Planes:
    how = cv2.INTER_AREA if size[0] < planes.shape[1] else cv2.INTER_LINEAR
    scaled = cv2.resize(planes, size, interpolation=how)
    return scaled.astype(np.float32)


def _mean(planes: Planes, radius: int) -> Planes:
    return cast("Planes", cv2.blur(planes, (2 * radius + 1, 2 * radius + 1), borderType=cv2.BORDER_REFLECT))  # likewise
