"""A sheet of pictures before and after, with a line of words under each pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    Pair = tuple[str, NDArray[np.uint8], NDArray[np.uint8]]
    """Words, and the picture before and after."""

HIGH, GAP, LINE, WIDE = 150, 8, 20, 1240
PAPER, INK = (250, 250, 248), (40, 40, 44)
MOST_BYTES = 250_000


def lay(pairs: Sequence[Pair], path: Path) -> None:
    """Write the sheet: as WebP of at most 250 KB, or as PNG, by the name of the file."""
    cells = [_cell(*pair) for pair in pairs]
    sheet = Image.new("RGB", (WIDE, _place(cells)[1]), PAPER)
    for cell, spot in zip(cells, _place(cells)[0], strict=True):
        sheet.paste(cell, spot)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".png":
        sheet.save(path)
        return
    for quality in range(86, 30, -4):
        sheet.save(path, "WEBP", quality=quality, method=6)
        if path.stat().st_size <= MOST_BYTES:
            return


def _cell(words: str, before: NDArray[np.uint8], after: NDArray[np.uint8]) -> Image.Image:
    views = [_small(before), _small(after)]
    cell = Image.new("RGB", (sum(v.width for v in views) + 2, HIGH + LINE), PAPER)
    cell.paste(views[0], (0, 0))
    cell.paste(views[1], (views[0].width + 2, 0))
    font = ImageFont.load_default(12)
    while font.getlength(words) > cell.width and len(words) > 1:
        words = words[:-2].rstrip() + "…"
    ImageDraw.Draw(cell).text((0, HIGH + 3), words, fill=INK, font=font)
    return cell


def _small(pixels: NDArray[np.uint8]) -> Image.Image:
    image = Image.fromarray(pixels)
    return image.resize((max(1, round(image.width * HIGH / image.height)), HIGH), Image.Resampling.LANCZOS)


def _place(cells: Sequence[Image.Image]) -> tuple[list[tuple[int, int]], int]:
    """Return where each cell goes, in rows, and how high the sheet is."""
    spots, x, y = list[tuple[int, int]](), GAP, GAP
    for cell in cells:
        if x > GAP and x + cell.width + GAP > WIDE:
            x, y = GAP, y + HIGH + LINE + GAP
        spots.append((x, y))
        x += cell.width + 2 * GAP
    return spots, y + HIGH + LINE + GAP
