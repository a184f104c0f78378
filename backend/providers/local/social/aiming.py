"""Aiming before exporting: an order's windows, found in the child as the export itself would find them."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.errors import StudioError
from backend.providers.local import models
from backend.providers.local.finding import FACES
from backend.providers.local.rooms import Means
from backend.providers.local.social import remembered
from backend.providers.local.social.child import exported, with_known
from backend.providers.local.social.orders import Order
from backend.providers.local.social.words import look_ahead

if TYPE_CHECKING:
    from pathlib import Path

    from backend.imaging.types import Box, Size
    from backend.imaging.workbench import Workbench
    from backend.providers.base import Handed
    from backend.schemas.social_request import ReasonView
    from backend.schemas.specs import SocialSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What one file would show, in pixels of the picture; without a score where nobody searched."""

    box: Box
    score: float | None
    reasons: tuple[ReasonView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Aims:
    """The cuts of a spec's files in their order; `faces` are None where nobody looked."""

    size: Size
    cuts: tuple[Cut, ...]
    faces: tuple[Box, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """How one file looks: WebP of at most 320 pixels a side, and what was done otherwise than asked for."""

    thumbnail: bytes
    notes: tuple[str, ...] = ()


class Aimer:
    """Says where files would be cut; `models_dir` is the folder of the weights that find faces."""

    def __init__(self, *, workbench: Workbench, models_dir: Path) -> None:
        self._workbench = workbench
        self._models_dir = models_dir

    async def aim(self, picture: bytes, spec: SocialSpec) -> Aims:
        """Return the cuts of a picture that the studio wrote, and begin to look for words in it: its export will ask.

        Raises:
            InvalidImage: the picture is broken.
            MachineTrouble: weights are damaged, or it took more than it may.
        """
        found = await self._workbench.run(aims, picture, with_known(self._order(spec), picture))
        if found.faces is not None:
            remembered.FACES.keep(remembered.name_of(spec.image, picture), found.faces)
        look_ahead(Means(workbench=self._workbench, models_dir=self._models_dir), spec, picture)
        return found

    async def sample(self, picture: bytes, spec: SocialSpec, logo: bytes | None) -> tuple[Sample | StudioError, ...]:
        """Return how each file looks, in their order, or why there is none.

        Raises:
            InvalidImage: the picture is broken.
            RequestRefused: there is nothing to be seen in the logo.
            MachineTrouble: as above.
        """
        found: dict[int, Sample | StudioError] = {}
        async with aclosing(exported(self._workbench, picture, self._order(spec, logo))) as files:
            async for one in files:
                found[one.ordinal] = _sample(one)
        return tuple(found[ordinal] for ordinal in range(spec.parts))

    def _order(self, spec: SocialSpec, logo: bytes | None = None) -> Order:
        there = models.is_installed(FACES, self._models_dir)
        faces = models.path_of(FACES, self._models_dir) if there else None
        return Order(spec=spec, ordinals=tuple(range(spec.parts)), logo=logo, faces=faces)


def _sample(one: Handed) -> Sample | StudioError:
    made = one.outcome
    if isinstance(made, StudioError):
        return made
    assert made.seen is not None, "exports are seen when they are made"
    notes = made.facts.get("notes", [])
    return Sample(thumbnail=made.seen.thumbnail, notes=tuple(map(str, notes)) if isinstance(notes, list) else ())


def aims(picture: bytes, order: Order) -> Aims:
    """Return the cuts of an order; runs in a child process."""
    from backend.providers.local.social import exporting  # noqa: PLC0415 - the server never loads the arithmetic

    return exporting.aims(picture, order)
