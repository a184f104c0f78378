"""Smooth noise: values about 0..1 over the sheet, and wandering lines."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np

from backend.providers.local.compose.stream import Stream, between, grid

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.providers.local.compose.colour import Floats


def noise(rng: Stream, size: tuple[int, int], scale: float, octaves: int = 1) -> Floats:
    """Return noise of that width and height: `scale` waves to the short side, twice as many in each further octave."""
    total = np.zeros((size[1], size[0]), dtype=np.float32)
    for octave in range(octaves):
        total += _layer(rng, size, scale * 2**octave) * 0.5**octave
    return stretched(total)


def _layer(rng: Stream, size: tuple[int, int], scale: float) -> Floats:
    """One octave: random values on a grid, drawn large by cubic splines, cut to the sheet."""
    short = min(size)
    cell = short / scale
    columns, rows = math.ceil(size[0] / cell) + 4, math.ceil(size[1] / cell) + 4
    values = grid(rng, (rows, columns))
    large = cv2.resize(values, (math.ceil(columns * cell), math.ceil(rows * cell)), interpolation=cv2.INTER_CUBIC)
    start = int(cell * 1.5)
    return np.asarray(large[start : start + size[1], start : start + size[0]], dtype=np.float32)


def stretched(values: Floats) -> Floats:
    """Return the field with its 2nd and 98th percentile at 0 and 1, clipped."""
    low, high = np.percentile(values[::2, ::2], (2, 98))
    return np.clip((values - low) / max(float(high - low), 1e-6), 0, 1).astype(np.float32)


def sheet(size: tuple[int, int]) -> tuple[Floats, Floats]:
    """Return x and y of every pixel's centre, in short sides."""
    short = min(size)
    x = (np.arange(size[0], dtype=np.float32) + 0.5) / short
    y = (np.arange(size[1], dtype=np.float32) + 0.5) / short
    across, down = np.meshgrid(x, y)
    return across.astype(np.float32), down.astype(np.float32)


def wander(rng: Stream, octaves: int = 3, roughness: float = 0.5) -> Callable[[float], float]:
    """Return a smooth random function about -1..1, with about one wave for each unit."""
    waves = [
        (roughness**o, between(rng, 0.8, 1.25) * math.tau * 2**o * 0.62, between(rng, 0, math.tau))
        for o in range(octaves)
        for _ in range(2)
    ]
    whole = sum(w[0] for w in waves) * 0.75
    return lambda t: sum(a * math.sin(f * t + p) for a, f, p in waves) / whole
