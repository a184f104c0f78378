"""How well lines of words are found: on photographs with words set in our own faces, and on those without any.

    python -m bench.words [--sheet OUT.png] [--photographs N]

prints the share of lines that are found, what is found where there are none, and the CPU time of a picture; ends with 1
where a figure is missed. A line counts as found where half of it lies in what was found.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from backend.imaging.text_boxes import text_boxes
from backend.imaging.types import Box
from backend.providers.local import models, runtime
from bench.photographs import HELD_OUT, PHOTOGRAPHS, photographs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.imaging.text_boxes import Network

    Pixels = NDArray[np.uint8]

FOUND_SHARE, MOST_ALARMS, MOST_CPU_MS = 0.95, 0.1, 150.0
"""Lines that are found; finds in a photograph without words, on average; milliseconds for a picture."""
SIZES = ((1080, 1350), (1080, 1920), (1200, 628), (1080, 1080))
FACES = tuple(sorted((Path(__file__).parents[1] / "backend/data/fonts").glob("*.latin.ttf")))
WORDS = (
    "Summer sale",
    "Up to 50% off",
    "New arrivals",
    "Order now",
    "Only this week",
    "Handmade in Porto",
    "From 19.90",
    "Free delivery",
    "Open until nine",
    "hello@example.org",
)
HEIGHTS = (0.022, 0.035, 0.06, 0.1)
"""Of letters, as shares of the picture's shorter side: from a footnote to a headline."""
WITH_WORDS = frozenset(("astronaut", "rocket", "motorcycle", "clock", "wine", "china"))
"""Photographs that show words, signs or figures by themselves, as far as two eyes see: not asked for false alarms."""


WHOLE = 0.5
"""The share of a line that has to lie in what was found: enough to say whether a platform covers it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A picture with words, what was found of them, and at what price in milliseconds."""

    pixels: Pixels
    found: tuple[Box, ...]
    hits: tuple[bool, ...]
    cpu_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A photograph with words, and where those are."""

    pixels: Pixels
    lines: tuple[Box, ...]


def composed(pixels: Pixels, number: int) -> Made:
    """Return the middle of a photograph in one of the usual sizes with four lines of words on it."""
    chance = random.Random(number)
    size = SIZES[number % len(SIZES)]
    image = _filled(pixels, size)
    rows = chance.sample(range(6), 4)
    lines = tuple(_line(image, chance, row, share) for row, share in zip(rows, HEIGHTS, strict=True))
    return Made(pixels=np.asarray(image), lines=lines)


def _filled(pixels: Pixels, size: tuple[int, int]) -> Image.Image:
    image = Image.fromarray(pixels)
    scale = max(size[0] / image.width, size[1] / image.height)
    image = image.resize((max(size[0], round(image.width * scale)), max(size[1], round(image.height * scale))))
    left, top = (image.width - size[0]) // 2, (image.height - size[1]) // 2
    return image.crop((left, top, left + size[0], top + size[1]))


def _line(image: Image.Image, chance: random.Random, row: int, share: float) -> Box:
    draw, words = ImageDraw.Draw(image), chance.choice(WORDS)
    font = ImageFont.truetype(chance.choice(FACES), max(12, round(min(image.size) * share)))
    left, top, right, bottom = draw.textbbox((0, 0), words, font=font)
    if right - left > image.width * 0.9:
        font = ImageFont.truetype(font.path, round(font.size * image.width * 0.85 / (right - left)))
        left, top, right, bottom = draw.textbbox((0, 0), words, font=font)
    x = chance.randint(8, max(9, image.width - round(right - left) - 8)) - left
    y = round((row + 0.5) * image.height / 6 - (bottom - top) / 2) - top
    box = Box(int(x + left), int(y + top), int(x + right), int(y + bottom))
    under = np.asarray(image)[box.top : box.bottom, box.left : box.right].mean()
    draw.text((x, y), words, font=font, fill="white" if under < 128 else "black")
    return box


def _covered(box: Box, found: tuple[Box, ...]) -> float:
    mask = np.zeros((box.size.height, box.size.width), bool)
    for one in found:
        rows = slice(max(0, one.top - box.top), max(0, one.bottom - box.top))
        mask[rows, max(0, one.left - box.left) : max(0, one.right - box.left)] = True
    return float(mask.mean())


def main() -> None:
    """Measure, print, and draw a sheet where one was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photographs", type=int, default=len(PHOTOGRAPHS) + len(HELD_OUT))
    parser.add_argument("--sheet", type=Path, help="draw what was found into this PNG")
    options = parser.parse_args()
    network = partial(runtime.infer, models.pull("text-lines", models.default_folder()), arena=True)
    network(np.zeros((1, 3, 64, 64), np.float32))
    there = photographs(longest=1600, of=(*PHOTOGRAPHS, *HELD_OUT))[: options.photographs]
    looks = [_with_words(pixels, number, network) for number, (_name, pixels) in enumerate(there)]
    bare = [(name, pixels, text_boxes(pixels, network)) for name, pixels in there if name not in WITH_WORDS]
    for name, _pixels, alarms in bare:
        if alarms:
            print(f"{name}: found where there is nothing: {', '.join(map(str, alarms))}")
    if options.sheet:
        _sheet([(look.pixels, look.found) for look in looks] + [row[1:] for row in bare if row[2]]).save(options.sheet)
    sys.exit(not _told(looks, [len(alarms) for _name, _pixels, alarms in bare]))


def _with_words(pixels: Pixels, number: int, network: Network) -> Look:
    """Return what is found of words on a photograph."""
    made = composed(pixels, number)
    began = time.process_time()
    found = text_boxes(made.pixels, network)
    spent = 1000 * (time.process_time() - began)
    hits = tuple(_covered(line, found) >= WHOLE for line in made.lines)
    return Look(pixels=made.pixels, found=found, hits=hits, cpu_ms=spent)


def _told(looks: list[Look], alarms: list[int]) -> bool:
    """Print the figures, and return whether they are what they should be."""
    hits = np.array([look.hits for look in looks])
    for share, some in zip(HEIGHTS, hits.T, strict=True):
        print(f"letters of {share:.1%} of the shorter side: {some.mean():.3f} of {some.size} lines")
    found, false, cpu = float(hits.mean()), float(np.mean(alarms)), float(np.median([look.cpu_ms for look in looks]))
    print(f"all: {found:.3f} of {hits.size} lines (aim {FOUND_SHARE})")
    print(f"in {len(alarms)} photographs without words: {false:.2f} finds each (aim {MOST_ALARMS})")
    print(f"CPU: {cpu:.0f} ms a picture, median (aim {MOST_CPU_MS:.0f})")
    return found >= FOUND_SHARE and false <= MOST_ALARMS and cpu <= MOST_CPU_MS


def _sheet(shown: list[tuple[Pixels, tuple[Box, ...]]]) -> Image.Image:
    sheet = Image.new("RGB", (6 * 250, -(-len(shown) // 6) * 300), "white")
    for number, (pixels, found) in enumerate(shown):
        image = Image.fromarray(pixels)
        draw = ImageDraw.Draw(image)
        for box in found:
            draw.rectangle((box.left, box.top, box.right, box.bottom), outline="red", width=max(2, image.width // 200))
        image.thumbnail((244, 294))
        sheet.paste(image, (number % 6 * 250, number // 6 * 300))
    return sheet


if __name__ == "__main__":
    main()
