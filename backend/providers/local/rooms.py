"""What a room of the local engine is: some offers, and the one function that does them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backend.imaging.progress import Tell, untold

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from backend.imaging.workbench import Workbench
    from backend.providers.base import Handed, Offer, Produced
    from backend.schemas.specs import Spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What rooms work with: the studio's child processes, and the folder of the weights."""

    workbench: Workbench
    models_dir: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One call: which offer, for which spec, with which encoded inputs by field; `tell` may hear how far it is."""

    offer: Offer
    spec: Spec
    images: Mapping[str, bytes]
    tell: Tell = untold


Make = Callable[[Means, Work], Awaitable["Produced"]]
MakeSeries = Callable[[Means, Work, tuple[int, ...]], AsyncGenerator["Handed"]]
"""Yields the parts of the spec that are asked for, each as it is ready."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Offers, and what makes a picture for any of them."""

    offers: tuple[Offer, ...]
    make: Make
    series: MakeSeries | None = None
    """What makes all parts at once, for offers that say so."""
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """By an offer's model, the weights that it needs where those are not the ones of its own name."""
