"""For each patch of the hole, the most similar one outside it: PatchMatch on whole arrays.

Source: Barnes et al., PatchMatch: A Randomized Correspondence Algorithm for Structural Image Editing, 2009, section 3
(read 2026-11-22). Here all patches take a step at once, from neighbours near and further away, and are compared by
their principal components, which stay the same at a level while the hole changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from backend.providers.local.fill.liking import dearness, homes_of
from backend.providers.local.fill.scene import REACH, SIDE, grown

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.providers.local.fill.liking import Taste
    from backend.providers.local.fill.scene import Scene

    Places = NDArray[np.int32]
    """Rows and columns of pixels, n x 2."""

_PARTS = 20
"""Principal components by which patches are compared."""
_SAMPLE = 1500
_CHUNK = 16_384
_STEPS = (1, 2, 5)
"""From how far away neighbours' finds are taken over."""
_SIDES = np.array(((0, 1), (0, -1), (1, 0), (-1, 0)), np.int32)
_FAR = np.float32(1e12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """For each target its source and what they differ by: mean square of a colour's difference, 0..65025."""

    sources: Places
    costs: NDArray[np.float32]


class Matcher:
    """The sources of one level, ready to be searched, and the targets: all patches that touch the hole."""

    def __init__(self, scene: Scene, taste: Taste, rng: np.random.Generator) -> None:
        self._scene, self._taste, self._rng = scene, taste, rng
        height, width = scene.shape
        self._valid = scene.sources()
        self._all = np.argwhere(self._valid).astype(np.int32)
        inside = np.zeros((height, width), np.bool_)
        inside[REACH : height - REACH, REACH : width - REACH] = True
        self.targets: Places = np.argwhere(grown(scene.hole, REACH) & inside).astype(np.int32)
        self._number = np.full((height, width), -1, np.int32)
        self._number[self.targets[:, 0], self.targets[:, 1]] = np.arange(len(self.targets))
        self._basis = _basis(scene.pixels, self._all, rng)
        self._described = _described(scene.pixels, self._basis)
        self._homes = homes_of(self.targets, scene)

    def numbers(self, places: Places) -> NDArray[np.int32]:
        """Return which target is where, -1 for none."""
        return self._number[places[:, 0], places[:, 1]]

    def anywhere(self) -> Places:
        """Return a random source for each target."""
        return self._all[self._rng.integers(len(self._all), size=len(self.targets))]

    def allowed(self, sources: Places) -> NDArray[np.bool_]:
        """Return which places are middles of sources."""
        height, width = self._scene.shape
        rows, columns = sources[:, 0], sources[:, 1]
        inside = (rows >= 0) & (columns >= 0) & (rows < height) & (columns < width)
        return inside & self._valid[np.clip(rows, 0, height - 1), np.clip(columns, 0, width - 1)]

    def search(self, pixels: NDArray[np.float32], sources: Places, rounds: int) -> Found:
        """Return better sources for the targets as they look in `pixels` than the given ones, where there are any."""
        wanted = _wanted(pixels, self.targets, self._basis)
        sources = np.where(self.allowed(sources)[:, None], sources, self.anywhere())
        found = Found(sources=sources, costs=self._costs(wanted, sources))
        for _ in range(rounds):
            for step in _STEPS:
                for side in _SIDES * step:
                    found = self._better(found, wanted, self._neighbours(found.sources, side))
            reach = max(self._scene.shape)
            while reach >= 1:
                aside = self._rng.integers(-reach, reach + 1, size=found.sources.shape, dtype=np.int32)
                found = self._better(found, wanted, found.sources + aside)
                reach //= 2
        return found

    def spread(self, found: Found) -> NDArray[np.int32]:
        """Return for each pixel of the hole and its rim the row and column to copy from; elsewhere the pixel's own.

        Height x width x 2. Where no patch has its middle, at the picture's border, the nearest one tells.
        """
        height, width = self._scene.shape
        places = np.stack(np.meshgrid(np.arange(height), np.arange(width), indexing="ij"), axis=-1).astype(np.int32)
        middles = np.clip(places, REACH, (height - 1 - REACH, width - 1 - REACH)).astype(np.int32)
        number = self._number[middles[..., 0], middles[..., 1]]
        return np.where((number >= 0)[..., None], found.sources[number] + places - middles, places)

    def _neighbours(self, sources: Places, side: NDArray[np.int32]) -> Places:
        """Return what the neighbours at `side` have found, shifted back; where there is none, the target's own."""
        height, width = self._scene.shape
        places = np.clip(self.targets + side, 0, (height - 1, width - 1))
        numbers = self.numbers(places)
        return np.where((numbers >= 0)[:, None], sources[numbers] - side, sources)

    def _better(self, found: Found, wanted: NDArray[np.float32], candidates: Places) -> Found:
        allowed = self.allowed(candidates)
        candidates = np.where(allowed[:, None], candidates, found.sources)
        costs = np.where(allowed, self._costs(wanted, candidates), _FAR)
        wins = costs < found.costs
        return Found(
            sources=np.where(wins[:, None], candidates, found.sources), costs=np.where(wins, costs, found.costs)
        )

    def _costs(self, wanted: NDArray[np.float32], sources: Places) -> NDArray[np.float32]:
        apart = self._described[sources[:, 0] * self._scene.shape[1] + sources[:, 1]] - wanted
        return np.einsum("ij,ij->i", apart, apart) + dearness(self._scene, self._taste, self._homes, sources)


def _windows(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    return sliding_window_view(pixels, (SIDE, SIDE), axis=(0, 1))


def _weights(channels: int) -> NDArray[np.float32]:
    """Return the square roots of what each number of a patch counts: the middle most, all of one channel a third."""
    middle = np.exp(-(np.arange(-REACH, REACH + 1) ** 2) / (2.0 * (REACH * 0.8) ** 2))
    plane = np.outer(middle, middle)
    plane /= 3 * plane.sum()
    return np.sqrt(np.broadcast_to(plane, (channels, SIDE, SIDE))).reshape(-1).astype(np.float32)


def _basis(pixels: NDArray[np.float32], sources: Places, rng: np.random.Generator) -> NDArray[np.float32]:
    """Return the projection of a patch to its principal components, weighted."""
    weights = _weights(pixels.shape[2])
    some = sources[rng.integers(len(sources), size=min(_SAMPLE, 4 * len(sources)))]
    sample = _windows(pixels)[some[:, 0] - REACH, some[:, 1] - REACH].reshape(len(some), -1) * weights
    _, vectors = cv2.PCACompute(sample, mean=np.zeros((1, 0), np.float32), maxComponents=_PARTS)
    return np.ascontiguousarray(weights[:, None] * np.asarray(vectors).T, np.float32)


def _described(pixels: NDArray[np.float32], basis: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the components of every patch, pixels x components in reading order; 0 where none fits."""
    height, width = pixels.shape[:2]
    described = np.zeros((height, width, basis.shape[1]), np.float32)
    windows = _windows(pixels)
    rows = max(1, _CHUNK // width)
    for top in range(0, height - 2 * REACH, rows):
        part = windows[top : top + rows]
        block = part.reshape(-1, basis.shape[0]) @ basis
        described[top + REACH : top + REACH + len(part), REACH : width - REACH] = block.reshape(*part.shape[:2], -1)
    return described.reshape(height * width, -1)


def _wanted(pixels: NDArray[np.float32], targets: Places, basis: NDArray[np.float32]) -> NDArray[np.float32]:
    windows = _windows(pixels)
    wanted = np.empty((len(targets), basis.shape[1]), np.float32)
    for begin in range(0, len(targets), _CHUNK):
        some = targets[begin : begin + _CHUNK] - REACH
        wanted[begin : begin + _CHUNK] = windows[some[:, 0], some[:, 1]].reshape(len(some), -1) @ basis
    return wanted
