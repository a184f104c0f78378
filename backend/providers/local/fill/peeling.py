"""The first guess at the coarsest level: the hole filled from its rim inwards, each ring by what fits what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from backend.providers.local.fill.liking import dearness, homes_of
from backend.providers.local.fill.scene import REACH, SIDE, grown

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.providers.local.fill.liking import Taste
    from backend.providers.local.fill.scene import Scene

_MOST = 6000
"""Sources looked at; of more, a random choice."""
_AS_GOOD = 1.15
"""Sources that cost at most so many times the least are as good: chance decides between them."""


def peeled(scene: Scene, taste: Taste, rng: np.random.Generator) -> NDArray[np.float32]:
    """Return the pixels with the hole filled ring by ring.

    Source: Efros, Leung: Texture Synthesis by Non-parametric Sampling, 1999, section 2 (read 2026-11-22).
    """
    places = np.argwhere(scene.sources())
    places = places[rng.permutation(len(places))[:_MOST]]
    patches = _patches(scene.pixels)[places[:, 0], places[:, 1]].reshape(len(places), -1)
    pixels, hole = scene.pixels.copy(), scene.hole.copy()
    while hole.any():
        ring = np.argwhere(hole & grown(~hole, 1))
        chosen = places[
            _choose(
                pixels, hole, ring, (patches, dearness(scene, taste, homes_of(ring, scene)[:, None], places[None])), rng
            )
        ]
        pixels[ring[:, 0], ring[:, 1]] = scene.pixels[chosen[:, 0], chosen[:, 1]]
        hole[ring[:, 0], ring[:, 1]] = False
    return pixels


def _choose(
    pixels: NDArray[np.float32],
    hole: NDArray[np.bool_],
    ring: NDArray[np.int64],
    sources: tuple[NDArray[np.float32], NDArray[np.float32]],
    rng: np.random.Generator,
) -> NDArray[np.int64]:
    """Return for each pixel of the ring the number of a source whose patch is like what is known around the pixel."""
    patches, liking = sources
    channels = pixels.shape[2]
    known = _patches((~hole).astype(np.float32)[..., None])[ring[:, 0], ring[:, 1]].reshape(len(ring), 1, SIDE, SIDE)
    known = np.broadcast_to(known, (len(ring), channels, SIDE, SIDE)).reshape(len(ring), -1)
    seen = _patches(pixels)[ring[:, 0], ring[:, 1]].reshape(len(ring), -1) * known
    square = np.sum(seen**2, axis=1, keepdims=True)
    apart = square - 2 * seen @ patches.T + known @ (patches**2).T
    costs = np.maximum(apart, 0) / known.sum(axis=1, keepdims=True) * (channels / 3) + liking
    least: NDArray[np.float32] = costs.min(axis=1, keepdims=True)
    good = np.less_equal(costs, least * _AS_GOOD + 1e-3)
    return np.argmax(rng.random(good.shape, np.float32) * good, axis=1)


def _patches(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the patch around every pixel; beyond the picture there is 0."""
    padded = np.pad(pixels, ((REACH, REACH), (REACH, REACH), (0, 0)))
    return sliding_window_view(padded, (SIDE, SIDE), axis=(0, 1))
