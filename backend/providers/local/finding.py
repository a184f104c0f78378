"""Finding: where faces and words are in a finished picture, as far as the weights for it are installed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from backend.providers.local import models

if TYPE_CHECKING:
    from pathlib import Path

    from backend.imaging.types import Box
    from backend.imaging.workbench import Workbench

FACES: Final = "blazeface"
WORDS: Final = "text-lines"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found, in pixels of the picture; None of what could not be looked for.

    `see_through` is the share 0..1 of pixels that are more than half transparent.
    """

    faces: tuple[Box, ...] | None
    text: tuple[Box, ...] | None
    see_through: float


class Finder:
    """Looks for faces and words in the child that keeps networks loaded; `models_dir` is the folder of the weights."""

    def __init__(self, *, workbench: Workbench, models_dir: Path) -> None:
        self._workbench = workbench
        self._models_dir = models_dir

    async def find(self, data: bytes) -> Found:
        """Return what is in an encoded picture of our own making: upright, sRGB, 8 bit.

        Raises:
            MachineTrouble: weights are damaged, or it took more than it may.
        """
        return await self._workbench.run_model(found, data, self._weights(FACES), self._weights(WORDS))

    def _weights(self, name: str) -> Path | None:
        there = models.is_installed(name, self._models_dir)
        return models.path_of(name, self._models_dir) if there else None


def found(data: bytes, faces: Path | None, words: Path | None) -> Found:
    """Return what is in a picture; runs in a child process."""
    from backend.providers.local import looking  # noqa: PLC0415 - the server never loads what computes

    return looking.looked(data, faces, words)
