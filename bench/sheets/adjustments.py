"""Draw the contact sheet of adjustments: ten photographs, each as it was and as some sentences ask for it.

python -m bench.sheets.adjustments OUT.webp|OUT.png
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from backend.errors import RequestRefused
from bench.adjustments import COUNT, changed
from bench.photographs import photographs
from bench.sheets.pairs import INK, MOST_BYTES, PAPER

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SENTENCES = (
    *("brighter", "more contrast", "warmer", "cooler", "vibrant", "lift shadows", "blur background"),
    *("vintage", "warm film", "cinematic", "black and white", "strong vignette"),
)
ACROSS, DOWN, GAP, LINE = 118, 84, 4, 18
LONGEST = 512
"""Photographs are adjusted at this size and then made small, so that the sheet shows what a person would see."""


def main() -> None:
    """Adjust and draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sheet", type=Path)
    out = parser.parse_args().sheet
    sheet = Image.new("RGB", (GAP + (len(SENTENCES) + 1) * (ACROSS + GAP), LINE + COUNT * (DOWN + GAP)), PAPER)
    font = ImageFont.load_default(12)
    for column, words in enumerate(("as it was", *SENTENCES)):
        ImageDraw.Draw(sheet).text((GAP + column * (ACROSS + GAP), 2), words, fill=INK, font=font)
    for row, (_, pixels) in enumerate(photographs(COUNT, longest=LONGEST)):
        for column, words in enumerate(("", *SENTENCES)):
            sheet.paste(_cell(pixels, words), (GAP + column * (ACROSS + GAP), LINE + row * (DOWN + GAP)))
    out.parent.mkdir(parents=True, exist_ok=True)
    _save(sheet, out)


def _save(sheet: Image.Image, out: Path) -> None:
    if out.suffix == ".png":
        sheet.save(out)
        return
    for quality in range(88, 40, -4):
        sheet.save(out, "WEBP", quality=quality, method=6)
        if out.stat().st_size <= MOST_BYTES:
            return


def _cell(pixels: NDArray[np.uint8], words: str) -> Image.Image:
    """Return the photograph as the words ask for it; a word where that is refused."""
    try:
        return _small(Image.fromarray(changed(pixels, words) if words else pixels))
    except RequestRefused:
        cell = Image.new("RGB", (ACROSS, DOWN), PAPER)
        ImageDraw.Draw(cell).text((34, 34), "refused", fill=INK, font=ImageFont.load_default(12))
        return cell


def _small(view: Image.Image) -> Image.Image:
    """Return the middle of a picture in the shape of a cell."""
    scale = max(ACROSS / view.width, DOWN / view.height)
    size = round(view.width * scale), round(view.height * scale)
    left, top = (size[0] - ACROSS) // 2, (size[1] - DOWN) // 3
    return view.resize(size, Image.Resampling.LANCZOS).crop((left, top, left + ACROSS, top + DOWN))


if __name__ == "__main__":
    main()
