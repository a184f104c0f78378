"""Resizing and blurring of float32 planes (height x width x channels) whose shape stays as it is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Plane = NDArray[np.float32]
    """Height x width, or height x width x channels."""

_SOME = 1e-3


def shrunk(plane: NDArray[np.generic], size: tuple[int, int]) -> Plane:
    """Return the plane at a smaller width and height, each value the mean of what it stands for."""
    small = cv2.resize(np.asarray(plane, np.float32), size, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32).reshape(size[1], size[0], *plane.shape[2:])


def enlarged(plane: Plane, size: tuple[int, int]) -> Plane:
    """Return the plane at a larger width and height, smoothly."""
    large = cv2.resize(plane, size, interpolation=cv2.INTER_LINEAR)
    return np.asarray(large, np.float32).reshape(size[1], size[0], *plane.shape[2:])


def blurred(plane: Plane, sigma: float) -> Plane:
    """Return the plane blurred by a Gaussian of so many pixels."""
    return np.asarray(cv2.GaussianBlur(plane, (0, 0), sigma), np.float32).reshape(plane.shape)


def averaged(plane: Plane, side: int) -> Plane:
    """Return for each pixel the mean of the square around it."""
    return np.asarray(cv2.blur(plane, (side, side)), np.float32).reshape(plane.shape)


def padded(plane: Plane, more: Iterable[tuple[int, int]]) -> Plane:
    """Return the plane with its edge repeated at its sides; `more` as for `numpy.pad`, for height and width."""
    return np.pad(plane, (*more, *((0, 0),) * (plane.ndim - 2)), mode="edge")


def stepped(grey: Plane) -> tuple[Plane, Plane]:
    """Return by how much neighbours differ, across and down."""
    across, down = cv2.Sobel(grey, cv2.CV_32F, 1, 0, ksize=1), cv2.Sobel(grey, cv2.CV_32F, 0, 1, ksize=1)
    return np.abs(np.asarray(across, np.float32)), np.abs(np.asarray(down, np.float32))


def nearest(hole: NDArray[np.bool_]) -> tuple[Plane, NDArray[np.int32], NDArray[np.int32]]:
    """Return for a hole's pixels how far the nearest one outside is and its number; and rows and columns by number.

    Of what lies outside only the rim is told apart: of large pictures the rest would take much memory.
    """
    rim = (cv2.dilate(hole.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0) & ~hole
    inside = np.where(rim, np.uint8(0), np.uint8(1))
    found = cv2.distanceTransformWithLabels(inside, cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL)  # pyright: ignore[reportUnknownVariableType] - OpenCV's types know no shapes
    far, numbers = np.asarray(found[0], np.float32), np.asarray(found[1], np.int32)
    places = np.zeros((int(numbers.max()) + 1, 2), np.int32)
    places[numbers[rim]] = np.argwhere(rim)
    return far, numbers, places


def over(sums: Plane, weights: Plane) -> Plane:
    """Return weighted sums divided by their weights; next to nothing where there is next to no weight."""
    return np.asarray(sums / np.maximum(weights, _SOME), np.float32)
