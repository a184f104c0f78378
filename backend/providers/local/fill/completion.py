"""Completing a scene from coarse to fine: found, voted, found again, and so on at each level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from backend.providers.local.fill.matching import Found, Matcher
from backend.providers.local.fill.peeling import peeled
from backend.providers.local.fill.scene import REACH, SIDE, halved, thickness
from backend.providers.local.fill.voting import voted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from backend.providers.local.fill.liking import Taste
    from backend.providers.local.fill.matching import Places
    from backend.providers.local.fill.scene import Scene

_SMALL = 72
"""Longest side in pixels at which a level is small enough to be begun with."""
_THIN = 3.0
"""A hole so thin in pixels needs no coarser level."""
_LEAST = 100
"""Fewer sources than this give no choice: such a level is left out."""
_CHOICE = 160
"""Longest side in pixels up to which all tries are carried on; the best of them goes on alone."""
_TURNS = 8, 3
"""How often is found and voted at the coarsest level and at the finest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One level done: its pixels, and where each target's patch was found."""

    pixels: NDArray[np.float32]
    matcher: Matcher
    found: Found

    def sources(self) -> NDArray[np.int32]:
        """Return for each pixel the row and column to copy from."""
        return self.matcher.spread(self.found)

    @property
    def cost(self) -> float:
        """Return how unlike the rest the filled hole is; less is better."""
        return float(self.found.costs.mean())


def complete(scene: Scene, taste: Taste, seed: int, tries: int) -> State:
    """Return the scene completed; the same seed gives the same, of `tries` beginnings the best is kept."""
    levels = _levels(scene)
    few = max(1, sum(max(level.shape) <= _CHOICE for level in levels))
    rngs = [np.random.default_rng((seed, number)) for number in range(tries)]
    begun = [(_grown_through(levels[:few], taste, rng), rng) for rng in rngs]
    state, rng = min(begun, key=lambda pair: pair[0].cost)
    for number, level in enumerate(levels[few:], few):
        state = _finer(state, level, taste, rng, _turns(number, len(levels)))
    return state


def _levels(scene: Scene) -> list[Scene]:
    """Return the scene at all sizes, the coarsest first."""
    levels = [scene]
    while max(levels[0].shape) > _SMALL and thickness(levels[0].hole) > _THIN:
        smaller = halved(levels[0])
        if min(smaller.shape) <= SIDE or smaller.sources().sum() < _LEAST:
            break
        levels.insert(0, smaller)
    return levels


def _turns(number: int, levels: int) -> int:
    coarse, fine = _TURNS
    return round(coarse + (fine - coarse) * number / max(1, levels - 1))


def _grown_through(levels: Sequence[Scene], taste: Taste, rng: np.random.Generator) -> State:
    first = levels[0]
    matcher = Matcher(first, taste, rng)
    state = _settled(first, matcher, peeled(first, taste, rng), matcher.anywhere(), _TURNS[0])
    for level in levels[1:]:
        state = _finer(state, level, taste, rng, _TURNS[0])
    return state


def _finer(state: State, level: Scene, taste: Taste, rng: np.random.Generator, turns: int) -> State:
    """Return the next level done, begun with what was found at the coarser one."""
    matcher = Matcher(level, taste, rng)
    coarse = state.sources()
    below = matcher.targets // 2
    sources = (coarse[below[:, 0], below[:, 1]] * 2 + matcher.targets % 2).astype(np.int32)
    sources = np.where(matcher.allowed(sources)[:, None], sources, matcher.anywhere())
    costs = np.ones(len(sources), np.float32)
    pixels = voted(level, level.pixels, matcher.targets, Found(sources=sources, costs=costs), spread=REACH)
    return _settled(level, matcher, pixels, sources, turns)


def _settled(scene: Scene, matcher: Matcher, pixels: NDArray[np.float32], sources: Places, turns: int) -> State:
    found = Found(sources=sources, costs=np.ones(len(sources), np.float32))
    for turn in range(turns):
        found = matcher.search(pixels, found.sources, 2 if turn == 0 else 1)
        pixels = voted(scene, pixels, matcher.targets, found, spread=REACH if turn < turns - 1 else 1.0)
    return State(pixels=pixels, matcher=matcher, found=found)
