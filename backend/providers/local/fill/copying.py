"""From a small filling to one in full detail: the same places, copied from the large picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from backend.providers.local.fill.liking import Taste
from backend.providers.local.fill.matching import Matcher
from backend.providers.local.fill.painting import levelled, painted
from backend.providers.local.fill.planes import enlarged, over, padded, shrunk
from backend.providers.local.fill.scene import Scene, textured

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ROUNDS = 6
_WHOLE = 0.999
"""The share of a block from which on it counts as wholly so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Small:
    """A window `scale` times smaller: a block is hole if any of it is, and opaque if all of it is."""

    scale: int
    colour: NDArray[np.uint8]
    hole: NDArray[np.bool_]
    opaque: NDArray[np.bool_]


def scale_of(hole: NDArray[np.bool_], most: int) -> int:
    """Return by how much the window has to be made smaller, a power of 2, to have at most so many pixels."""
    scale = 1
    while hole.size > most * scale**2:
        scale *= 2
    return scale


def reduced(colour: NDArray[np.uint8], hole: NDArray[np.bool_], opaque: NDArray[np.bool_], scale: int) -> Small:
    """Return the window made smaller; what lies in the hole gives no colour to what doesn't."""
    more = tuple((0, -side % scale) for side in hole.shape)
    known = padded((~hole).astype(np.float32), more)
    size = known.shape[1] // scale, known.shape[0] // scale
    share = shrunk(known, size)
    mean = over(shrunk(padded(colour.astype(np.float32), more) * known[..., None], size), share[..., None])
    free = shrunk(padded(opaque.astype(np.float32), more), size)
    rounded = np.clip(np.rint(mean), 0, 255).astype(np.uint8)
    return Small(scale=scale, colour=rounded, hole=share < _WHOLE, opaque=free > _WHOLE)


def copied(
    colour: NDArray[np.uint8], hole: NDArray[np.bool_], small: Small, filled: NDArray[np.uint8], seed: int
) -> NDArray[np.uint8]:
    """Return the large window with its hole filled as the small one was, from places of its own."""
    known = ~small.hole
    scene = Scene(pixels=textured(small.colour.astype(np.float32), known), hole=small.hole, usable=known & small.opaque)
    if not scene.sources().any():
        whole = enlarged(filled.astype(np.float32), (filled.shape[1] * small.scale, filled.shape[0] * small.scale))
        return np.where(hole[..., None], np.rint(whole[: hole.shape[0], : hole.shape[1]]).astype(np.uint8), colour)
    matcher = Matcher(scene, Taste(down=0.0, across=0.0), np.random.default_rng(seed))
    wanted = textured(filled.astype(np.float32), np.ones_like(known))
    found = matcher.search(wanted, matcher.anywhere(), _ROUNDS)
    sources = matcher.spread(found)
    whole = painted(colour, hole, sources, small.scale)
    return levelled(whole, colour, hole, small.scale)
