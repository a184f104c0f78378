"""A sheet of enlargements to look at: `python -m bench.sheets.upscale OUT.webp` (or .png).

Of each photograph the middle, 56 pixels a side, is enlarged fourfold: by Lanczos, by SPAN, and by Real-ESRGAN where its
weights are installed. Nothing was made smaller first, beyond bringing each photograph to 720 pixels.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from backend.imaging.types import Size
from backend.providers.local import models
from backend.providers.local.upscale.enlarging import larger
from backend.providers.local.upscale.lenses import Network, Plain
from bench.photographs import photographs
from bench.sheets.pairs import GAP, INK, LINE, MOST_BYTES, PAPER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.providers.local.upscale.lenses import Lens

COUNT, SIDE, AROUND, FACTOR, ACROSS = 12, 56, 8, 4, 2
WAYS = {"Lanczos": None, "SPAN": "span-x4", "Real-ESRGAN": "real-esrgan-x4plus"}


def main() -> None:
    """Write the sheet."""
    lenses = dict(_lenses())
    high, wide = SIDE * FACTOR + LINE + GAP, len(lenses) * (SIDE * FACTOR + 2) + 2 * GAP
    rows = -(-COUNT // ACROSS)
    sheet = Image.new("RGB", (ACROSS * wide, rows * high + GAP), PAPER)
    for place, (name, pixels) in enumerate(photographs(COUNT, longest=720)):
        left, top = GAP + place % ACROSS * wide, GAP + place // ACROSS * high
        for column, (way, lens) in enumerate(lenses.items()):
            x = left + column * (SIDE * FACTOR + 2)
            sheet.paste(Image.fromarray(_enlarged(pixels, lens)), (x, top))
            words = f"{name}, {way}" if column == 0 else way
            ImageDraw.Draw(sheet).text((x, top + SIDE * FACTOR + 3), words, fill=INK, font=ImageFont.load_default(12))
    _write(sheet, Path(sys.argv[1]))


def _lenses() -> list[tuple[str, Lens]]:
    folder = models.default_folder()
    there = {way: name for way, name in WAYS.items() if name is None or models.is_installed(name, folder)}
    return [(way, Network(weights=models.path_of(name, folder)) if name else Plain()) for way, name in there.items()]


def _enlarged(pixels: NDArray[np.uint8], lens: Lens) -> NDArray[np.uint8]:
    """Return the middle enlarged, which saw what is around it."""
    side = SIDE + 2 * AROUND
    top, left = (pixels.shape[0] - side) // 2, (pixels.shape[1] - side) // 2
    made = larger(np.ascontiguousarray(pixels[top : top + side, left : left + side]), Size(*(FACTOR * side,) * 2), lens)
    return np.ascontiguousarray(made[FACTOR * AROUND : -FACTOR * AROUND, FACTOR * AROUND : -FACTOR * AROUND])


def _write(sheet: Image.Image, path: Path) -> None:
    if path.suffix == ".png":
        sheet.save(path)
        return
    for quality in range(86, 30, -4):
        sheet.save(path, "WEBP", quality=quality, method=6)
        if path.stat().st_size <= MOST_BYTES:
            return


if __name__ == "__main__":
    main()
