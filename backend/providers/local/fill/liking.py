"""What else than likeness makes a source good: being near, not being one of a kind, not being another thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.providers.local.fill.scene import Scene

_BEYOND = 60_000.0
"""What a source costs for lying too deep, by the square of picture sides that it does."""
_STRANGE = 3000.0
"""What a subject's pixels cost where none of the subject reaches the border: taken only where nothing else is like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taste:
    """What being away costs, as a mean square of colour, above all at another height."""

    down: float
    """Added for a source as many picture heights away, squared."""
    across: float
    deep: float = 1.0
    """From how many picture sides away on it costs much more."""


def homes_of(targets: NDArray[np.integer], scene: Scene) -> NDArray[np.int32]:
    """Return where each target's sources are looked for first: at the target, or at the old picture's nearest pixel."""
    if scene.anchor is None:
        return targets.astype(np.int32)
    box = scene.anchor
    return np.clip(targets, (box.top, box.left), (box.bottom - 1, box.right - 1)).astype(np.int32)


def dearness(
    scene: Scene, taste: Taste, homes: NDArray[np.integer], sources: NDArray[np.integer]
) -> NDArray[np.float32]:
    """Return what sources cost for where they are, as a mean square of colour.

    Rows and columns stand in the last axis of both; the axes before are broadcast.
    """
    height, width = scene.shape
    down = (sources[..., 0] - homes[..., 0]).astype(np.float32) / np.float32(height)
    across = (sources[..., 1] - homes[..., 1]).astype(np.float32) / np.float32(width)
    cost = down**2 * np.float32(taste.down) + across**2 * np.float32(taste.across)
    if taste.deep < 1:
        deep = np.maximum(np.maximum(np.abs(down), np.abs(across)) - np.float32(taste.deep), 0)
        cost += deep**2 * np.float32(_BEYOND)
    if scene.dislike is not None:
        cost += scene.dislike[sources[..., 0], sources[..., 1]]
    if scene.subject is not None and scene.own is not None:
        strange = scene.subject[sources[..., 0], sources[..., 1]] & ~scene.own[homes[..., 0], homes[..., 1]]
        cost += strange * np.float32(_STRANGE)
    return np.asarray(cost, np.float32)
