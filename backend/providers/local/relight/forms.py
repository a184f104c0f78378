"""A guess at how the subject is shaped, good enough to light it from another side.

The outline is inflated as a balloon is; the picture's own brightness adds relief. It is a guess: a flat thing is lit as
if it were round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from backend.providers.local.relight import tones

if TYPE_CHECKING:
    from backend.providers.local.relight.light import Light
    from backend.providers.local.relight.tones import Plane, Planes

_COARSE, _ROUNDS = 24, 60
"""Longest side of the first balloon, and the rounds in which it takes its form at each size."""
_RELIEF = 0.55
"""How much of the relief comes from the picture's brightness."""
_FRONT = 0.5
"""How much the light comes from before the subject, beside from its side."""
_WRAP = 0.3
"""How far light reaches around a form."""
_FILL = 0.18
"""The light that comes from everywhere."""
_UNDONE = 0.45
"""How much of the light that the subject was photographed in is taken off."""
_MOST_OLD = 0.5
"""The most that light is believed to have made a side brighter, in stops; more is rather the side's own colour."""


class Form(NamedTuple):
    """The direction that the surface faces at each pixel: right, down, and to the viewer; and where the subject is."""

    right: Plane
    down: Plane
    front: Plane
    alpha: Plane


def form(alpha: Plane, light: Planes) -> Form:
    """Return the form of the subject that covers `alpha` of a small picture, given in linear light."""
    balloon = _balloon(alpha)
    right, down = _slopes(balloon)
    relief_right, relief_down = _relief(alpha, light)
    right, down = -0.5 * right + relief_right, -0.5 * down + relief_down
    front = np.sqrt(np.maximum(balloon, 0)) + 0.02 * max(alpha.shape)
    length = np.sqrt(right**2 + down**2 + front**2)
    return Form(right / length, down / length, front / length, alpha)


def shading(shape: Form, light: Light, before: Planes) -> tuple[Plane, Plane]:
    """Return how much brighter each part gets, in stops about 0, and how much of the light itself it sees, 0..1.

    `before` is the small picture in its old light, part of which is taken off.
    """
    sideways = light.towards
    sun = np.array((sideways[0], sideways[1], _FRONT), np.float32)
    sun /= np.linalg.norm(sun)
    facing = shape.right * sun[0] + shape.down * sun[1] + shape.front * sun[2]
    seen = np.clip((facing + _WRAP) / (1 + _WRAP), 0, 1)
    stops = np.log2(_FILL + (1 - _FILL) * seen)
    change = stops - _old(shape, before) * _UNDONE
    inside = shape.alpha + 1e-4
    return change - np.average(change, weights=inside), seen


def _old(shape: Form, before: Planes) -> Plane:
    """Return what the subject's sides differ by in the picture itself, in stops: the plane through its brightness."""
    brightness = tones.soft(tones.stops(before), 0.02 * max(shape.alpha.shape) + 0.5)
    weight = np.sqrt(shape.alpha).ravel()
    axes = np.stack((np.ones_like(shape.right), shape.right, shape.down), -1).reshape(-1, 3)
    found, *_ = np.linalg.lstsq(axes * weight[:, None], brightness.ravel() * weight, rcond=1e-3)
    right, down = np.clip(found[1:], -_MOST_OLD, _MOST_OLD)
    return (shape.right * right + shape.down * down).astype(np.float32)


def _balloon(alpha: Plane) -> Plane:
    """Return the height squared of a skin blown up over the outline: of a disc that is a half sphere's.

    It solves Poisson's equation with slope -4, coarse sizes first. At the picture's border the skin goes straight on.
    """
    side, blown = _COARSE, np.zeros((1, 1), np.float32)
    while True:
        size = tones.within(alpha, side)
        inside = tones.scaled(alpha, size)
        blown = tones.scaled(blown, size) * (max(size) / max(blown.shape)) ** 2
        for _ in range(_ROUNDS):
            around = cv2.filter2D(blown, -1, _AROUND, borderType=cv2.BORDER_REPLICATE).reshape(inside.shape)
            blown = (around + 1) * inside
        if side >= max(alpha.shape):
            return blown
        side *= 2


_AROUND = np.array(((0, 0.25, 0), (0.25, 0, 0.25), (0, 0.25, 0)), np.float32)


def _relief(alpha: Plane, light: Planes) -> tuple[Plane, Plane]:
    """Return slopes from the brightness of parts of middling size: what is brighter is taken to stand out."""
    longest = max(alpha.shape)
    brightness = tones.stops(light)
    fine, coarse = tones.soft(brightness, 0.012 * longest + 0.3), tones.soft(brightness, 0.06 * longest + 0.3)
    right, down = _slopes((fine - coarse) * 0.03 * longest)
    steep = _RELIEF * 0.12 * longest
    inside = tones.shrunk(alpha, 1)
    return (
        (-np.clip(right, -1, 1) * steep * inside).astype(np.float32),
        (-np.clip(down, -1, 1) * steep * inside).astype(np.float32),
    )


def _slopes(plane: Plane) -> tuple[Plane, Plane]:
    right = cv2.Sobel(plane, cv2.CV_32F, 1, 0, ksize=3, scale=0.125, borderType=cv2.BORDER_REPLICATE)
    down = cv2.Sobel(plane, cv2.CV_32F, 0, 1, ksize=3, scale=0.125, borderType=cv2.BORDER_REPLICATE)
    return right.reshape(plane.shape).astype(np.float32), down.reshape(plane.shape).astype(np.float32)
