"""What the hole looks like by what was found for its patches: every patch has a say in every pixel that it covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from backend.providers.local.fill.scene import REACH

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.providers.local.fill.matching import Found, Places
    from backend.providers.local.fill.scene import Scene

_NEARER = 1.3
"""How much more a patch counts that is one pixel nearer to what is known."""
_DEEPEST = 12
_USUAL = 75
"""The percentile of the costs that is an ordinary one."""


def voted(
    scene: Scene, pixels: NDArray[np.float32], targets: Places, found: Found, *, spread: float
) -> NDArray[np.float32]:
    """Return the pixels with the hole as the patches' votes make it.

    `spread` in pixels: how far from a patch's middle its say goes; wide is smooth and finds agreement, narrow is sharp.
    """
    height, width = scene.shape
    trust = _trust(scene, targets, found)
    flat, at, of = pixels.reshape(height * width, -1), _flat(targets, width), _flat(found.sources, width)
    total = np.zeros((height * width, flat.shape[1] + 1), np.float32)
    for down in range(-REACH, REACH + 1):
        for across in range(-REACH, REACH + 1):
            say = (trust * np.exp(-(down**2 + across**2) / (2 * spread**2))).astype(np.float32)[:, None]
            shift = down * width + across
            total[at + shift, :-1] += flat[of + shift] * say
            total[at + shift, -1:] += say
    result = flat.copy()
    hole = scene.hole.reshape(-1) & (total[:, -1] > 0)
    result[hole] = total[hole, :-1] / total[hole, -1:]
    return result.reshape(pixels.shape)


def _flat(places: Places, width: int) -> NDArray[np.int64]:
    return places[:, 0].astype(np.int64) * width + places[:, 1]


def _trust(scene: Scene, targets: Places, found: Found) -> NDArray[np.float64]:
    deep = cv2.distanceTransform(scene.hole.astype(np.uint8), cv2.DIST_L2, 3)[targets[:, 0], targets[:, 1]]
    usual = float(np.percentile(found.costs, _USUAL)) + 1.0
    return _NEARER ** -np.minimum(deep, _DEEPEST).astype(np.float64) * np.exp(-found.costs / (2 * usual)) + 1e-9
