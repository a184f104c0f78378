"""What enlarges one piece of a picture: a network, or nothing but resampling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from backend.providers.local import runtime

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


class Lens(Protocol):
    """Enlarges pieces by `factor`: at most `longest` pixels a side, which overlap by `overlap` pixels."""

    @property
    def factor(self) -> int:
        """Return by how much sides grow."""
        ...

    @property
    def longest(self) -> int:
        """Return the longest side of a piece, in pixels."""
        ...

    @property
    def overlap(self) -> int:
        """Return how much of each other neighbouring pieces see, in pixels."""
        ...

    def __call__(self, piece: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return a piece, height x width x 3, enlarged."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A network that takes and gives colours of 0..1, four times as many a side."""

    weights: Path
    factor: int = 4
    longest: int = 288
    """Pieces of this size stay nearer to the processor: a picture of 512 pixels a side takes less time in four."""
    overlap: int = 40

    def __call__(self, piece: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return the piece as the network sees it.

        Raises:
            MachineTrouble: the weights are missing or damaged.
        """
        fed = np.divide(piece.transpose(2, 0, 1)[None], 255, dtype=np.float32)
        made = runtime.infer(self.weights, fed)[0].transpose(1, 2, 0)
        return np.rint(np.clip(made, 0, 1) * 255).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Plain:
    """The pixels as they are: all enlarging is left to resampling."""

    factor: int = 1
    longest: int = 1024
    overlap: int = 16

    def __call__(self, piece: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return the piece itself."""
        return np.ascontiguousarray(piece)
