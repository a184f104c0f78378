"""The contact sheet of overlays: photographs in rows, formats in columns, a logo, words and a price on each.

python -m bench.sheets.overlays OUT.webp
"""

from __future__ import annotations

import argparse
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from backend.imaging.crop.faces import FaceFinder
from backend.imaging.crop.saliency import saliency
from backend.imaging.crop.search import Cropper, Scene, Shape
from backend.imaging.export.framing import seen_in
from backend.imaging.types import Box, Size
from backend.providers.local import models
from backend.providers.local.compose import raster, svg
from backend.providers.local.compose.type.shaping import shape
from backend.providers.local.compose.type.voices import VOICES
from backend.providers.local.dress import Place, dress_of
from backend.providers.local.dress.mark import mark_of
from backend.schemas.base import AssetId
from backend.schemas.specs.overlays import Lettering, Logo, Overlay
from backend.services.image_studio.format_shelf import FormatShelf
from bench.photographs import photographs
from bench.sheets.pairs import INK, MOST_BYTES, PAPER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.providers.local.dress.mark import Mark
    from backend.services.image_studio.formats import Format

FORMATS = {
    "instagram": ("Feed Post (Square)", "Story"),
    "facebook": "Feed Post",
    "twitter": "Header",
    "youtube": "Thumbnail",
    "display": "300 x 250",
}
SHOWN = ("astronaut", "chelsea", "coffee", "china", "motorcycle", "mountains", "wine", "leaf", "sunset", "kite")
HIGH, WIDE, GAP, LINE = 150, 300, 6, 15
LOGO = AssetId("logo")
OVERLAYS = (
    (
        "mono",
        Logo(image_asset_id=LOGO, corner="bottom-right"),
        {"words": "The trail begins here", "subline": "Guided tours from April", "price": "€ 49"},
    ),
    ("mono", Logo(image_asset_id=LOGO), {"words": "Slow mornings, long walks", "voice": "serif"}),
    (
        "colour",
        Logo(image_asset_id=LOGO),
        {"words": "Summer sale", "price": "$ 1,299", "ground": "plate", "colour": "#e4572e"},
    ),
    (
        "colour",
        Logo(image_asset_id=LOGO, corner="top-left"),
        {"words": "Nothing compares to being there", "voice": "anton", "position": "middle"},
    ),
)
"""What is laid over one photograph after the other."""


def main() -> None:
    """Dress the photographs and draw them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    finder = FaceFinder(models.pull("blazeface", models.default_folder()).read_bytes())
    shelf = FormatShelf.load()
    formats = [one for _, one in shelf.choose(list(FORMATS), FORMATS)]
    pictures = [pixels for name, pixels in photographs(longest=1600) if name in SHOWN]
    rows = [
        [_dressed(pixels, one, finder, which) for one in formats] for pixels, which in zip(pictures, cycle(OVERLAYS))
    ]
    _save(_laid(rows, [one.name for one in formats]), options.out)


def logo(kind: str) -> Mark:
    """Return a wordmark of one tone, or a sign of three colours."""
    if kind == "mono":
        line = shape("Fernweh", VOICES["syne"].face)
        body = svg.circle((60, 60), 46, "#0d0f14") + svg.path(line.path(125, 84, 68), "#0d0f14")
        wide, high = 640, 120
    else:
        body = (
            svg.circle((60, 60), 56, "#e4572e")
            + svg.circle((96, 60), 40, "#f3a712")
            + svg.circle((60, 60), 24, "#2a4494")
        )
        wide, high = 140, 120
    mark = mark_of(np.asarray(raster.render(body, (0, 0, wide, high), (2 * wide, 2 * high))))
    assert mark is not None, "something was drawn"
    return mark


def _dressed(
    pixels: NDArray[np.uint8], one: Format, finder: FaceFinder, which: tuple[str, Logo, dict[str, str]]
) -> Image.Image:
    kind, sign, words = which
    safe = one.safe
    insets = (safe.top, safe.right, safe.bottom, safe.left)
    covered = tuple(Box(x, y, x + wide, y + high) for x, y, wide, high in one.keepout)
    faces = tuple(face.box for face in finder.find(pixels))
    scene = Scene(size=Size(pixels.shape[1], pixels.shape[0]), map=saliency(pixels), faces=faces)
    box = Cropper(scene).best(Shape(size=one.pixels, safe=insets, covered=covered)).box
    size = one.pixels.width, one.pixels.height
    cut = Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS, box=(box.left, box.top, box.right, box.bottom))
    overlay = Overlay(logo=sign, text=Lettering.model_validate(words))
    dress = dress_of(overlay, logo(kind), Place(size=one.pixels, safe=insets, covered=covered))
    done = Image.fromarray(dress(np.asarray(cut), seen_in(faces, box, Box(0, 0, *size))))
    scale = min(WIDE / done.width, HIGH / done.height)
    return done.resize((round(done.width * scale), round(done.height * scale)), Image.Resampling.LANCZOS)


def _laid(rows: list[list[Image.Image]], heads: list[str]) -> Image.Image:
    font = ImageFont.load_default(11)
    widths = [max(row[i].width for row in rows) + GAP for i in range(len(heads))]
    sheet = Image.new("RGB", (sum(widths) + GAP, len(rows) * (HIGH + GAP) + LINE + GAP), PAPER)
    draw, left = ImageDraw.Draw(sheet), GAP
    for column, head in enumerate(heads):
        draw.text((left, 2), head, fill=INK, font=font)
        for number, row in enumerate(rows):
            sheet.paste(row[column], (left, LINE + GAP + number * (HIGH + GAP)))
        left += widths[column]
    return sheet


def _save(sheet: Image.Image, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".png":
        sheet.save(path)
        return
    for quality in range(84, 20, -4):
        sheet.save(path, "WEBP", quality=quality, method=6)
        if path.stat().st_size <= MOST_BYTES:
            return


if __name__ == "__main__":
    main()
