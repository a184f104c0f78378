"""From where to copy to a picture: full detail, and no step at the hole's edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from backend.providers.local.fill.planes import averaged, blurred, enlarged, nearest, over, padded, shrunk
from backend.providers.local.fill.scene import grown

if TYPE_CHECKING:
    from numpy.typing import NDArray

_RIM = 6
"""Pixels around the hole, at the level that was searched, where copy and picture are compared."""
_MOST = 40.0
"""Of 255: a larger difference is another thing, not another light, and is not spread."""
_ROUNDS = 60
_JOIN = 6.0
"""Pixels into the hole over which what single pixels of its rim still differ by fades out, at least."""
_BLOCKS = 3.0
"""The same in blocks: what is large is looked at from further away, and six pixels of it are a line."""
_FIRST = 1.5
"""Pixels: what is nearer to the rim is next to it."""
_NEAR = 4
"""Pixels to each side over which the usual step is averaged."""
_SMOOTH = 2.0
"""Pixels by which the rim's differences are blurred: light changes slowly, texture does not."""
_WHOLE = 0.99
_AROUND = ((0, 0), (-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1))
"""A block and its neighbours, which have a say in its pixels too."""


def painted(
    pixels: NDArray[np.uint8], hole: NDArray[np.bool_], sources: NDArray[np.int32], scale: int
) -> NDArray[np.float32]:
    """Return the pixels (height x width x channels) with the hole and its rim copied from where `sources` says.

    `sources` is `scale` times smaller: its rows and columns are those of blocks. Where neighbouring blocks come from
    different places, the one fades into the other within a block.
    """
    places = np.argwhere(grown(hole, _RIM * scale))
    total = np.zeros((len(places), pixels.shape[2]), np.float32)
    weight = np.zeros((len(places), 1), np.float32)
    ends, most = np.array(hole.shape) - 1, np.array(sources.shape[:2]) - 1
    blocks = np.stack(np.meshgrid(*map(np.arange, sources.shape[:2]), indexing="ij"), axis=-1)
    offsets = (sources - blocks) * scale
    for side in _AROUND:
        block = np.clip((places + np.array(side) * max(1, round(scale * 0.75))) // scale, 0, most)
        wanted = np.clip(places + offsets[block[:, 0], block[:, 1]], 0, ends)
        near = 0.5 ** (abs(side[0]) + abs(side[1]))
        say = np.where(hole[wanted[:, 0], wanted[:, 1]], 1e-6, near).astype(np.float32)[:, None]
        total += pixels[wanted[:, 0], wanted[:, 1]] * say
        weight += say
    result = pixels.astype(np.float32)
    result[places[:, 0], places[:, 1]] = total / weight
    return result


def levelled(
    copied: NDArray[np.float32], pixels: NDArray[np.uint8], hole: NDArray[np.bool_], scale: int
) -> NDArray[np.uint8]:
    """Return the picture with the copied hole in the light of its surroundings.

    What copy and picture differ by at the rim, smoothed, is spread inwards as heat would, so texture is left alone.
    """
    height, width = hole.shape
    more = ((0, -height % scale), (0, -width % scale))
    size = (width + more[1][1]) // scale, (height + more[0][1]) // scale
    known = shrunk(padded((~hole).astype(np.float32), more), size) > _WHOLE
    apart = shrunk(padded(pixels.astype(np.float32) - copied, more), size)
    spread = _spread(np.clip(apart, -_MOST, _MOST), grown(~known, _RIM - 1) & known, known)
    whole = copied + enlarged(spread, (size[0] * scale, size[1] * scale))[:height, :width]
    result = pixels.copy()
    result[hole] = np.clip(np.rint(_joined(whole, pixels, hole, max(_JOIN, _BLOCKS * scale))[hole]), 0, 255).astype(
        np.uint8
    )
    return result


def _joined(
    whole: NDArray[np.float32], pixels: NDArray[np.uint8], hole: NDArray[np.bool_], reach: float
) -> NDArray[np.float32]:
    """Return the copy with what it still differs by just outside the hole taken `reach` pixels into the hole."""
    far, numbers, places = nearest(hole)
    rows, columns = np.nonzero(hole & (far < reach))
    far, numbers = far[rows, columns], numbers[rows, columns]
    beside = places.T[0], places.T[1]
    fading = np.clip(1 - (far - 1) / reach, 0, 1)[:, None]
    apart = np.clip(pixels[beside] - whole[beside], -_MOST, _MOST)
    inner = whole[rows, columns] + apart[numbers] * fading
    first = far < _FIRST
    steps = np.asarray(inner[first] - pixels[beside][numbers[first]], np.float32)
    whole[rows, columns] = inner - _excess(steps, numbers[first], _usual(pixels, ~hole, places))[numbers] * fading
    return whole


def _excess(steps: NDArray[np.float32], numbers: NDArray[np.int32], usual: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return for each pixel of the rim by how much the steps from it into the hole are larger than usual, mean."""
    total = np.zeros_like(usual)
    count = np.zeros((len(usual), 1), np.float32)
    np.add.at(total, numbers, steps - np.clip(steps, -usual[numbers], usual[numbers]))
    np.add.at(count, numbers, 1)
    return np.asarray(total / np.maximum(count, 1), np.float32)


def _usual(pixels: NDArray[np.uint8], known: NDArray[np.bool_], places: NDArray[np.int32]) -> NDArray[np.float32]:
    """Return the mean step between neighbours around places, of those that are known, by channel; at least 1."""
    total = np.zeros((len(places), pixels.shape[2]), np.float32)
    count = np.zeros((len(places), 1), np.float32)
    for down in range(-_NEAR, _NEAR + 1):
        for across in range(-_NEAR, _NEAR + 1):
            one = _clipped(places, (down, across), known.shape)
            for side in ((0, 1), (1, 0)):
                other = _clipped(places, (down + side[0], across + side[1]), known.shape)
                sure = (known[one] & known[other])[:, None]
                total += np.abs(pixels[other].astype(np.float32) - pixels[one]) * sure
                count += sure
    return np.asarray(np.maximum(total / np.maximum(count, 1), 1), np.float32)


def _clipped(
    places: NDArray[np.int32], away: tuple[int, int], shape: tuple[int, ...]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return rows and columns of what is so far away from places, within the picture."""
    inside = np.clip(places + np.array(away), 0, (shape[0] - 1, shape[1] - 1)).astype(np.int64)
    return inside[:, 0], inside[:, 1]


def _spread(apart: NDArray[np.float32], rim: NDArray[np.bool_], known: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return the differences of the rim, smoothed, and the hole between them as smooth as it can be."""
    weight = rim.astype(np.float32)[..., None]
    smooth = over(blurred(apart * weight, _SMOOTH), blurred(weight, _SMOOTH))
    result = _pulled(smooth * weight, weight)
    inner = ~known
    for _ in range(_ROUNDS):
        result[inner] = averaged(result, 3)[inner]
    return result


def _pulled(values: NDArray[np.float32], weight: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the values where they have weight, and elsewhere what a coarser look at them gives (pull and push)."""
    height, width = weight.shape[:2]
    own = over(values, weight)
    if weight.min() > 0 or max(height, width) == 1:
        return own
    odd = ((0, height % 2), (0, width % 2))
    half = (width + 1) // 2, (height + 1) // 2
    coarse = _pulled(shrunk(padded(values, odd), half), shrunk(padded(weight, odd), half))
    pushed = enlarged(coarse, (half[0] * 2, half[1] * 2))[:height, :width]
    return np.asarray(pushed + weight * (own - pushed), np.float32)
