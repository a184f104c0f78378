"""A contact sheet to look at: each picture, the reference's cut-out of it, and ours on white and on dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

CELL, GAP, ACROSS = 220, 6, 2
WHITE, DARK = (255, 255, 255), (24, 26, 40)

Row = tuple[str, "NDArray[np.uint8]", "NDArray[np.uint8]", "NDArray[np.uint8]"]
"""A caption, the picture, the reference's RGBA and ours."""


def draw(rows: Sequence[Row], path: Path) -> None:
    """Write the sheet as PNG."""
    wide, high = 4 * (CELL + GAP) + GAP, CELL + GAP + 16
    sheet = Image.new("RGB", (ACROSS * wide, -(-len(rows) // ACROSS) * high), (128, 128, 128))
    for number, (caption, picture, reference, ours) in enumerate(rows):
        left, top = number % ACROSS * wide + GAP, number // ACROSS * high + GAP
        views = (picture, _on(reference, WHITE), _on(ours, WHITE), _on(ours, DARK))
        for column, view in enumerate(views):
            small = Image.fromarray(view)
            small.thumbnail((CELL, CELL), Image.Resampling.LANCZOS)
            sheet.paste(small, (left + column * (CELL + GAP), top))
        ImageDraw.Draw(sheet).text((left, top + CELL), caption, fill=WHITE)
    sheet.save(path)


def _on(cut: NDArray[np.uint8], ground: tuple[int, int, int]) -> NDArray[np.uint8]:
    alpha = cut[..., 3:] / 255
    return np.rint(cut[..., :3] * alpha + np.array(ground) * (1 - alpha)).astype(np.uint8)
