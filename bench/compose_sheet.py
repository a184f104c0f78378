"""Contact sheets of designed graphics, for people to look at, with the seconds that each one took.

python bench/compose_sheet.py families --out sheets     every family with its sub-kinds, over several sizes
python bench/compose_sheet.py prompts  --out sheets     what prompts of all sorts lead to
python bench/compose_sheet.py seeds    --out sheets     how one prompt walks from seed to seed
python bench/compose_sheet.py sizes    --out sheets     one composition laid out in every format
python bench/compose_sheet.py brands   --out sheets     brand colours
python bench/compose_sheet.py scripts  --out sheets     writing systems and long texts
"""

from __future__ import annotations

import argparse
import io
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from backend.providers.local.compose import FAMILIES, Brief, Composition, compose, lay_out
from backend.providers.local.compose.families import named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIZES = ((1080, 1080), (1080, 1350), (1080, 1920), (1200, 627), (1500, 500), (1128, 191), (2560, 1440), (1600, 400))
TEXTS = (
    '"Summer Sale" "Up to 40% off everything until Sunday"',
    '"Fresh bread from six in the morning"',
    '"Jazz after dark" "Every Friday, 21:00"',
    '"We\'re hiring makers" "Apply by 1 March"',
    '"The long way home to the sea" "Open daily, 9 to 18"',
    '"Design Week Lisbon" "12-18 October, LX Factory" "Exhibition"',
    '"Grow slowly, grow well" "The autumn report"',
    '"Good things take time" "Ana Ribeiro"',
)
PROMPTS = (
    'Summer travel campaign, coral and teal, sea "Take the slow boat" "Ferry passes from 39 €"',
    'Jazz night poster, dark gold "Jazz after dark" "Every Friday, 21:00"',
    'Skincare product, soft beige, calm "Gentle by nature"',
    "Tech startup launch gradient background, electric blue",
    'Christmas market evening lights "Winter Lights" "1-23 December"',
    'Quote card, editorial, lavender "Simplicity is the keynote of all true elegance" "Coco Chanel"',
    "Autumn forest landscape, warm, mountain",
    'Big sale announcement, bold pink "Everything must go" "Up to 50% off until Sunday"',
    'Organic garden leaves, green, spring "Grow slowly, grow well"',
    'Swiss design exhibition poster red "Form follows feeling" "12-18 October"',
    'Retro summer festival, orange, 70s "Sunday Sessions"',
    'Night city skyline neon purple "City never sleeps"',
    'Luxury wedding, gold and emerald "Anna & Miguel" "14 June, Sintra"',
    'Kids birthday party, playful "Mia turns five"',
    'Data report cover, finance, navy "The state of small business" "Annual report"',
    'Yoga retreat, calm sage, arches boho "Breathe out"',
    'Music zine riso print pink and blue "Loud & slow"',
    'We are hiring announcement, startup lime "We\'re hiring makers" "Apply by 1 March"',
    "Hiking outdoor map lines, green",
    'Coffee bakery opening, terrazzo pattern "Fresh bread from six"',
    "Morning landscape sunrise soft pink, calm",
    'Conference software dark purple "Build what\'s next" "Lisbon, 4-6 May"',
    'Geometric bauhaus pattern primary school "Back to school"',
    'Space moon planet night gradient "Dream bigger"',
)
SCRIPTS = (
    '"افتتاح المتجر الجديد" "الجمعة الساعة السابعة"',
    '"שלום לקיץ החדש"',
    '"Большая летняя выставка" "Москва"',
    '"Καλημέρα Αθήνα"',
    '"Žluťoučký kůň \u2013 große Übergröße"',
    '"The details are not the details. They make the design, and the design is what is left when all else is gone"',
    '"Open שלום 12 now" "Price 10-20 €"',
    '"Donaudampfschifffahrtsgesellschaftskapitän"',
)
BRANDS = (("#ff5a1f",), ("#0a66c2", "#f5b700"), ("#00a878", "#1d1d2b", "#f6f1e7"), ("#888888",), ("#ff00aa", "#00ffee"))
CELL, COLUMNS, GROUND = 320, 6, "#efeeea"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture of a sheet: made by `make`, captioned with its facts."""

    make: Callable[[], Composition]


def _shot(brief: Brief) -> Shot:
    return Shot(make=lambda: compose(brief))


def families() -> Iterator[Shot]:
    """Return each family, each of its sub-kinds, over the texts and sizes."""
    for name in FAMILIES:
        for i in range(6):
            size, text = SIZES[i % 6], TEXTS[(i * 3 + len(name)) % len(TEXTS)]
            bare = i == 0 and not named()[name].needs_text
            yield _shot(
                Brief(prompt=name if bare else f"{name} {text}", width=size[0], height=size[1], seed=i, style=name)
            )


def prompts() -> Iterator[Shot]:
    """Return what each prompt leads to with its first seed, square and tall."""
    for i, prompt in enumerate(PROMPTS):
        yield _shot(Brief(prompt=prompt, width=1080, height=1350 if i % 2 else 1080, seed=0))


def seeds() -> Iterator[Shot]:
    """Return 24 seeds of one prompt."""
    for seed in range(24):
        yield _shot(Brief(prompt='Travel campaign "Take the long way"', width=1080, height=1080, seed=seed))


def sizes() -> Iterator[Shot]:
    """Return some compositions laid out anew in every format."""
    for i, prompt in enumerate(PROMPTS[:6]):
        first = compose(Brief(prompt=prompt, width=1080, height=1080, seed=i))
        for width, height in SIZES:
            yield Shot(make=lambda f=first, w=width, h=height: lay_out(f.layers, w, h))


def brands() -> Iterator[Shot]:
    """Return brand colours in all families."""
    for i, name in enumerate(FAMILIES):
        for colours in BRANDS:
            yield _shot(Brief(prompt=TEXTS[0], width=1080, height=1080, seed=i, palette=colours, style=name))


def scripts() -> Iterator[Shot]:
    """Return writing systems and long texts in several families."""
    for i, text in enumerate(SCRIPTS):
        for j, size in enumerate(((1080, 1080), (1200, 627), (1080, 1920))):
            yield _shot(Brief(prompt=text, width=size[0], height=size[1], seed=i + j))


SHEETS = {
    "families": families,
    "prompts": prompts,
    "seeds": seeds,
    "sizes": sizes,
    "brands": brands,
    "scripts": scripts,
}


def thumbnail(shot: Shot) -> tuple[Image.Image, str]:
    """Return the picture made small, and its caption."""
    start = time.perf_counter()
    made = shot.make()
    took = time.perf_counter() - start
    picture = Image.open(io.BytesIO(made.png)).convert("RGB")
    said = f"{made.facts['family']}/{made.facts['kind']} {made.facts['palette']} {made.facts.get('contrast', '')}"
    picture.thumbnail((CELL, CELL), Image.Resampling.LANCZOS)
    return picture, f"{said} {took:.2f}s"


def sheet(shots: Iterator[Shot]) -> Image.Image:
    """Return all pictures on one sheet, row by row."""
    made = [thumbnail(shot) for shot in shots]
    rows = [made[i : i + COLUMNS] for i in range(0, len(made), COLUMNS)]
    heights = [max(picture.height for picture, _ in row) + 28 for row in rows]
    page = Image.new("RGB", (COLUMNS * (CELL + 10) + 10, sum(heights) + 10), GROUND)
    pen, top = ImageDraw.Draw(page), 10
    for row, height in zip(rows, heights, strict=True):
        for i, (picture, caption) in enumerate(row):
            left = 10 + i * (CELL + 10)
            page.paste(picture, (left, top))
            pen.text((left, top + height - 26), caption, fill="#444444")
        top += height
    return page


def main() -> None:
    """Write the sheets that were asked for."""
    parser = argparse.ArgumentParser(description="contact sheets of designed graphics")
    parser.add_argument("sheets", nargs="*", default=[], choices=[*SHEETS, []])
    parser.add_argument("--out", type=Path, default=Path("sheets"))
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    for name in asked.sheets or SHEETS:
        sheet(SHEETS[name]()).save(asked.out / f"{name}.png")
        print(asked.out / f"{name}.png")


if __name__ == "__main__":
    main()
