"""Another light in the same place: the subject by its form, everything behind it by where it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from backend.providers.local.relight import merging, tones

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.providers.local.relight.merging import Change
    from backend.providers.local.relight.tones import Plane, Planes

_ROWS = 256
_FALL = 0.9
"""How many stops the light falls off on its way across the picture, at full strength, to each side of the middle."""


def lit(pixels: NDArray[np.uint8], alpha: Plane, change: Change) -> NDArray[np.uint8]:
    """Return the picture (RGB) in the new light; `alpha` says where its subject is."""
    field = merging.fields(pixels, alpha, change)
    size = tones.within(alpha, merging.WORK)
    fall = _falling(size, change)
    cover = tones.soft(tones.scaled(alpha, size), 1.5)[..., None]
    gain = field.gain * np.sqrt(fall) * cover + merging.plain(change, fall) * (1 - cover)
    result = np.empty_like(pixels)
    for top in range(0, result.shape[0], _ROWS):
        rows = slice(top, min(top + _ROWS, result.shape[0]))
        there = merging.rows(gain.astype(np.float32), rows, alpha.shape)
        result[rows] = tones.coded(merging.lit(tones.linear(pixels[rows]), there, field))
    return result


def _falling(size: tuple[int, int], change: Change) -> Planes:
    """Return the gain of a light that comes from one side and falls off towards the other."""
    x = (np.arange(size[0], dtype=np.float32) + 0.5) / size[0] * 2 - 1
    y = (np.arange(size[1], dtype=np.float32) + 0.5) / size[1] * 2 - 1
    right, down = change.after.towards
    along = x[None] * right + y[:, None] * down
    old = x[None] * change.before.towards[0] + y[:, None] * change.before.towards[1]
    stops = along * change.after.sided - 0.35 * old * change.before.sided
    return np.exp2(stops * _FALL * change.strength)[..., None].astype(np.float32)
