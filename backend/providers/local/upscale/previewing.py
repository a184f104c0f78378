"""Previews: one detail of a picture, enlarged as the whole would be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.imaging.types import Box, Size
from backend.providers.local import models
from backend.providers.local.upscale import LANCZOS, PIECES, SPAN, enlarge

if TYPE_CHECKING:
    from pathlib import Path

    from backend.imaging.workbench import Workbench

_ROOM = 16
"""Pixels around the detail that are enlarged with it and cut off again, so that its rim looks as it will."""


class Previewer:
    """Enlarges details; `models_dir` is the folder of the weights."""

    def __init__(self, *, workbench: Workbench, models_dir: Path) -> None:
        self._workbench = workbench
        self._models_dir = models_dir

    async def preview(self, picture: bytes, box: Box, factor: float, model: str) -> tuple[bytes, Size, str]:
        """Return a detail as PNG, its size, and the model that enlarged it; `box` lies within the picture.

        Raises:
            InvalidImage: the picture is broken.
            MachineTrouble: weights are damaged, or it took more than it may.
        """
        known = model == SPAN.model and models.is_installed(SPAN.model, self._models_dir)
        weights = models.path_of(SPAN.model, self._models_dir) if known else None
        name = SPAN.model if known else LANCZOS.model
        data = await self._workbench.run(detail, picture, box, factor, weights, PIECES.get(name, 0))
        return data, _grown(box.size, factor), name


def detail(picture: bytes, box: Box, factor: float, weights: Path | None, longest: int) -> bytes:
    """Return a part of a picture, enlarged; runs in a child process."""
    from backend.imaging import codec  # noqa: PLC0415 - the server never loads what computes

    pixels = codec.decode(picture).pixels
    high, wide = pixels.shape[:2]
    around = Box(
        max(0, box.left - _ROOM), max(0, box.top - _ROOM), min(wide, box.right + _ROOM), min(high, box.bottom + _ROOM)
    )
    part = codec.encode(pixels[around.top : around.bottom, around.left : around.right], "png")
    grown = codec.decode(enlarge(part, _grown(around.size, factor), weights, longest, "png")).pixels
    size = _grown(box.size, factor)
    left, top = (round(edge * factor) for edge in (box.left - around.left, box.top - around.top))
    left, top = min(left, grown.shape[1] - size.width), min(top, grown.shape[0] - size.height)
    return codec.encode(grown[top : top + size.height, left : left + size.width], "png")


def _grown(size: Size, factor: float) -> Size:
    return Size(max(1, round(size.width * factor)), max(1, round(size.height * factor)))
