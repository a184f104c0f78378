"""The contact sheet of crops: photographs in rows, formats in columns.

python -m bench.sheets.crops OUT.webp
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from backend.imaging.crop.faces import FaceFinder
from backend.imaging.crop.saliency import saliency
from backend.imaging.crop.search import Cropper, Scene, Shape
from backend.imaging.types import Size
from backend.providers.local import models
from backend.services.image_studio.format_shelf import FormatShelf
from bench.photographs import photographs
from bench.sheets.pairs import INK, MOST_BYTES, PAPER

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from backend.services.image_studio.formats import Format

FORMATS = {
    "instagram": ("Feed Post (Square)", "Feed Post (Portrait)", "Story"),
    "facebook": ("Feed Post", "Cover Photo"),
    "twitter": ("Header",),
    "linkedin": ("Personal Cover",),
    "youtube": ("Thumbnail",),
    "pinterest": ("Pin",),
    "display": ("160 x 600",),
}
SHOWN = (
    "astronaut",
    "chelsea",
    "coffee",
    "china",
    "flower",
    "rocket",
    "motorcycle",
    "friends",
    "mountains",
    "wine",
    "leaf",
    "sunset",
    "kite",
)
HIGH, WIDE, GAP, LINE = 92, 150, 6, 15


def main() -> None:
    """Crop the photographs and draw them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    finder = FaceFinder(models.pull("blazeface", models.default_folder()).read_bytes())
    pictures = [(name, pixels) for name, pixels in photographs(longest=960) if name in SHOWN]
    rows = [_row(name, pixels, finder) for name, pixels in pictures]
    _save(_laid(rows), options.out)


def formats() -> list[tuple[str, Format]]:
    """Return the formats of the columns, with what stands above them."""
    shelf = FormatShelf.load()
    return [(f"{p.name.split()[0]} {one.name}", one) for p, one in shelf.choose(list(FORMATS), FORMATS)]


def shape_of(one: Format) -> Shape:
    """Return what a format shows."""
    safe = one.safe
    return Shape(size=one.pixels, safe=(safe.top, safe.right, safe.bottom, safe.left))


def _row(name: str, pixels: NDArray[np.uint8], finder: FaceFinder) -> list[Image.Image]:
    print(name)
    image = Image.fromarray(pixels)
    faces = tuple(face.box for face in finder.find(pixels))
    cropper = Cropper(Scene(size=Size(*image.size), map=saliency(pixels), faces=faces))
    boxes = [cropper.best(shape_of(one)).box for _, one in formats()]
    return [_fitted(image), *(_fitted(image.crop((b.left, b.top, b.right, b.bottom))) for b in boxes)]


def _fitted(image: Image.Image) -> Image.Image:
    scale = min(WIDE / image.width, HIGH / image.height)
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image.resize(size, Image.Resampling.LANCZOS)


def _laid(rows: list[list[Image.Image]]) -> Image.Image:
    font = ImageFont.load_default(10)
    heads = [words.partition(" ") for words in ("the photograph", *(words for words, _ in formats()))]
    wide = [max(row[i].width for row in rows) for i in range(len(heads))]
    widths = [
        round(max(w, font.getlength(head[0]), font.getlength(head[2]))) + GAP
        for w, head in zip(wide, heads, strict=True)
    ]
    sheet = Image.new("RGB", (sum(widths) + GAP, len(rows) * (HIGH + GAP) + 2 * LINE + GAP), PAPER)
    draw, left = ImageDraw.Draw(sheet), GAP
    for column, (platform, _, name) in enumerate(heads):
        draw.text((left, 2), platform, fill=INK, font=font)
        draw.text((left, LINE), name, fill=INK, font=font)
        for number, row in enumerate(rows):
            sheet.paste(row[column], (left, 2 * LINE + GAP + number * (HIGH + GAP)))
        left += widths[column]
    return sheet


def _save(sheet: Image.Image, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".png":
        sheet.save(path)
        return
    for quality in range(84, 30, -4):
        sheet.save(path, "WEBP", quality=quality, method=6)
        if path.stat().st_size <= MOST_BYTES:
            return


if __name__ == "__main__":
    main()
