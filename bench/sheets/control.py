"""The contact sheets of the control studio: every style once, pictures in the style of others, and guides.

python -m bench.sheets.control style|style_transfer|guides --out docs/explanation/sheets/style.webp
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from backend.imaging import guides
from backend.providers.local import models
from backend.providers.local.style import finishing, painting, transferring
from backend.providers.local.style.vocabulary import chosen, vocabulary
from bench.photographs import photographs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Cell = tuple[str, NDArray[np.uint8]]

PAPER, INK, GAP, LINE = (250, 250, 248), (40, 40, 44), 6, 18
MOST_BYTES = 250_000
REFERENCES = ("leaf", "cups", "flower", "water", "sunset", "life")
CELLS = {"style": (9, 176, 132), "style_transfer": (6, 250, 186), "guides": (8, 190, 142)}
"""How many cells stand in a row, and their width and height in pixels."""


def style() -> Iterator[Cell]:
    """Yield the photographs and, after each, the next styles of the table, at full fidelity."""
    weights, names = models.path_of("styles-26", models.default_folder()), iter(vocabulary().styles)
    for name, pixels in photographs(13, 768):
        yield name, pixels
        for style_name in (next(names), next(names)):
            mixture = np.array(chosen(style_name, None).mixture, np.float32)
            painted = painting.strokes(finishing.at_work(pixels), mixture, weights)
            yield style_name, finishing.finished(pixels, painted, painting.visible(0.8))


def style_transfer() -> Iterator[Cell]:
    """Yield twelve photographs, the picture whose style each takes, and the result with every default."""
    known = dict(photographs(longest=768))
    for number, (name, pixels) in enumerate(list(known.items())[:12]):
        reference = REFERENCES[number % len(REFERENCES)]
        if reference == name:
            reference = REFERENCES[(number + 1) % len(REFERENCES)]
        yield name, pixels
        yield f"in the style of {reference}", known[reference]
        yield "result", restyled(pixels, known[reference])


def restyled(pixels: NDArray[np.uint8], reference: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return a picture in the style of another one with the defaults of the request."""
    folder = models.default_folder()
    describing, painter = (models.path_of(name, folder) for name in ("style-predict", "style-transform"))
    small = finishing.at_work(pixels)
    painted = transferring.strokes(small, transferring.described(reference, describing), painter)
    return finishing.finished(pixels, transferring.composed(small, painted, 0.9), 0.9)


def drawn() -> Iterator[Cell]:
    """Yield ten photographs with their three guides."""
    for name, pixels in photographs(10, 1024):
        yield name, pixels
        for kind, draw in (("edges", guides.edges), ("line_art", guides.line_art), ("structure", guides.structure)):
            yield kind, np.repeat(draw(pixels, 0.7)[..., None], 3, axis=-1)


SHEETS = {"style": style, "style_transfer": style_transfer, "guides": drawn}


def lay(cells: list[Cell], across: int, wide: int, high: int) -> Image.Image:
    """Return the cells in rows, each cut to the same size about its middle, its words below."""
    rows = -(-len(cells) // across)
    page = Image.new("RGB", (across * (wide + GAP) + GAP, rows * (high + LINE + GAP) + GAP), PAPER)
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(12)
    for number, (words, pixels) in enumerate(cells):
        left, top = GAP + number % across * (wide + GAP), GAP + number // across * (high + LINE + GAP)
        page.paste(_cut(pixels, wide, high), (left, top))
        pen.text((left, top + high + 2), words, fill=INK, font=font)
    return page


def _cut(pixels: NDArray[np.uint8], wide: int, high: int) -> Image.Image:
    image = Image.fromarray(pixels)
    scale = max(wide / image.width, high / image.height)
    image = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.LANCZOS)
    left, top = (image.width - wide) // 2, (image.height - high) // 3
    return image.crop((left, top, left + wide, top + high))


def main() -> None:
    """Write one sheet, as WebP of at most 250 KB or as PNG."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sheet", choices=SHEETS)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    page = lay(list(SHEETS[asked.sheet]()), *CELLS[asked.sheet])
    page.save(asked.out.with_suffix(".png")) if asked.out.suffix == ".png" else _small(page, asked.out)
    print(asked.out, asked.out.stat().st_size)


def _small(page: Image.Image, path: Path) -> None:
    for quality in range(84, 20, -6):
        page.save(path, quality=quality, method=6)
        if path.stat().st_size <= MOST_BYTES:
            return


if __name__ == "__main__":
    main()
