"""What is handed to the child process that adjusts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from backend.schemas.specs import OutputFormat

TURNING: Final = frozenset({"straighten", "rotate"})
"""What moves pixels, and so can't be done within a mask."""


@dataclass(frozen=True, slots=True)
class Step:
    """One adjustment and how much of it: 1 for the plain word, negative for its opposite; degrees for `rotate`."""

    name: str
    amount: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be done: the adjustments, the seed of the grain, the format, and the weights that find subjects."""

    steps: tuple[Step, ...]
    seed: int
    output_format: OutputFormat
    weights: Path
