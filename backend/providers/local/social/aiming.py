"""Aiming before exporting: an order's windows, found in the child as the export itself would find them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.providers.local import models
from backend.providers.local.finding import FACES
from backend.providers.local.social.orders import Order

if TYPE_CHECKING:
    from pathlib import Path

    from backend.imaging.types import Box, Size
    from backend.imaging.workbench import Workbench
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


class Aimer:
    """Says where files would be cut; `models_dir` is the folder of the weights that find faces."""

    def __init__(self, *, workbench: Workbench, models_dir: Path) -> None:
        self._workbench = workbench
        self._models_dir = models_dir

    async def aim(self, picture: bytes, spec: SocialSpec) -> Aims:
        """Return the cuts of a picture that the studio wrote.

        Raises:
            InvalidImage: the picture is broken.
            MachineTrouble: weights are damaged, or it took more than it may.
        """
        there = models.is_installed(FACES, self._models_dir)
        faces = models.path_of(FACES, self._models_dir) if there else None
        order = Order(spec=spec, ordinals=tuple(range(spec.parts)), faces=faces)
        return await self._workbench.run(aims, picture, order)


def aims(picture: bytes, order: Order) -> Aims:
    """Return the cuts of an order; runs in a child process."""
    from backend.providers.local.social import exporting  # noqa: PLC0415 - the server never loads the arithmetic

    return exporting.aims(picture, order)
