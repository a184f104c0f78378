"""Whether designed graphics read, measured on their pixels: every family, every format, several writing systems.

python -m bench.compose_quality                 325 pictures; exits 1 if an aim is missed
python -m bench.compose_quality --pictures 75   fewer of them
python -m bench.compose_quality --worst DIR     also writes the five whose text reads worst

The contrast is not the one that the studio chose its colours by: it is taken from the finished ground, in a ring around
the very shapes of the letters, where the eye compares.
"""

from __future__ import annotations

import argparse
import math
import resource
import sys
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from backend.providers.local.compose import FAMILIES, Brief, raster, svg
from backend.providers.local.compose.canvas import Canvas
from backend.providers.local.compose.choice import plan_for
from backend.providers.local.compose.colour import chroma, hue, luminance, luminances
from backend.providers.local.compose.contrast import LEAST, inks_for
from backend.providers.local.compose.families import named
from backend.providers.local.compose.scene import Scene
from backend.providers.local.compose.stream import stream
from backend.providers.local.compose.zones import Sheet
from backend.services.image_studio.templates import TemplateManager
from bench.compose_sheet import BRANDS, SCRIPTS, TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from PIL import Image

    from backend.providers.local.compose.scene import Plan, Writing
    from backend.providers.local.compose.type.setting import Row

MIXED = (
    '"iPhone 16 (جديد) متجر الرياض" "من 9 إلى 18"',
    '"قهوة (طازجة) كل صباح" "Open daily 7-19"',
    '"שבוע העיצוב (2026) תל אביב" "12-18 October"',
    '"Выставка Open Air в Москве" "Вход 500 ₽"',
)
ALL_TEXTS = (*TEXTS, *SCRIPTS, *MIXED)
RING = 0.07
"""How far around a letter its ground counts, in em; at least two pixels."""
SMALLEST_PX = 8.0
WORST = 5
FOREIGN = 0.01
"""The share of a brand's picture that may be vivid in a hue far from every colour of its palette."""
GREY, VIVID = 0.02, 0.09
"""The chroma below which a colour has no hue to speak of, and above which its hue is seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One picture and what was measured on it."""

    name: str
    picture: Image.Image
    contrast: float
    """The worst row's: the third percentile over the ring around its letters."""
    outside: float
    """By how many pixels text leaves the sheet; 0 if none does."""
    smallest: float
    """The smallest type, in pixels."""
    lost: tuple[str, ...]
    """Words that were asked for and are not set."""
    foreign: float | None
    """The share of vivid pixels whose hue is none of the brand's; None without a brand."""


def briefs(count: int) -> Iterator[tuple[str, Brief]]:
    """Yield briefs: families, formats, texts and palettes in cycles that meet in ever other ways."""
    sizes = list(dict.fromkeys((t.size.width, t.size.height, t.id) for t in TemplateManager.load().list(None, None)))
    brands = cycle(((), (), *BRANDS))
    texts = cycle(ALL_TEXTS)
    for number, family in enumerate(islice(cycle(FAMILIES), count)):
        width, height, template = sizes[(number * 7 + number // len(FAMILIES)) % len(sizes)]
        palette = next(brands)
        brief = Brief(
            prompt=f"{family} {next(texts)}", width=width, height=height, seed=number, palette=palette, style=family
        )
        yield f"{number:03d} {family} {template}{' brand' if palette else ''}", brief


def judged(name: str, brief: Brief) -> Judged:
    """Return what one picture came to, drawn as the studio draws it but for the grain."""
    plan, sheet = plan_for(brief), Sheet(w=brief.width, h=brief.height)
    canvas = Canvas(sheet.w, sheet.h, plan.palette.paper)
    writing = named()[plan.family].draw(
        Scene(plan=plan, sheet=sheet, canvas=canvas, rng=stream(plan.family, plan.seed))
    )
    assert writing, "all of these have text"
    inks = inks_for(canvas, plan.palette, writing)
    ground = luminances(np.asarray(canvas.pixels(), dtype=np.float32))
    rows = list(zip(writing.block.rows, inks.colours, strict=True))
    found = [around(row, colour, ground) for row, colour in rows]
    for row, colour in rows:
        canvas.add(svg.path(row.path(), colour))
    picture = canvas.pixels()
    return Judged(
        name=name,
        picture=picture,
        contrast=min(found),
        outside=max(0.0, *(beyond(row, sheet) for row, _ in rows)),
        smallest=min(row.size for row, _ in rows),
        lost=lost(plan, sheet, writing),
        foreign=foreign(picture, plan) if brief.palette else None,
    )


def around(row: Row, colour: str, ground: NDArray[np.float32]) -> float:
    """Return the contrast of a row to what is around its letters: the third percentile."""
    height, width = ground.shape
    letters = np.asarray(
        raster.render(svg.path(row.path(), "#000"), (0, 0, width, height), (width, height)).getchannel("A")
    )
    reach = max(2, round(row.size * RING))
    near = cv2.dilate(letters, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1)))
    seen = cv2.blur(ground, (3, 3))[(near > 127) & (letters < 32)]
    if not seen.size:
        return 0.0
    own = luminance(colour)
    ratios = (np.maximum(seen, own) + 0.05) / (np.minimum(seen, own) + 0.05)
    return float(np.percentile(ratios, 3))


def beyond(row: Row, sheet: Sheet) -> float:
    """Return by how many pixels a row leaves the sheet."""
    frame = row.frame
    return max(-frame.x, -frame.y, frame.right - sheet.w, frame.bottom - sheet.h)


def lost(plan: Plan, sheet: Sheet, writing: Writing) -> tuple[str, ...]:
    """Return the words that are not set, but for the kicker of a strip."""
    parts = (plan.texts.headline, plan.texts.subline, "" if sheet.strip else plan.texts.kicker)
    written = "".join("".join(row.line.text.split()) for row in writing.block.rows).casefold()
    return tuple(word for part in parts for word in part.split() if word.casefold() not in written)


def foreign(picture: Image.Image, plan: Plan) -> float:
    """Return the share of pixels that are vivid in a hue more than 45 degrees from every colour of the palette."""
    small = picture.resize((96, max(1, round(96 * picture.height / picture.width))))
    hues = [hue(colour) for colour in plan.palette.colours if chroma(colour) > GREY] or [0.0]
    pixels, counts = np.unique(np.asarray(small).reshape(-1, 3), axis=0, return_counts=True)
    counted = [
        (int(count), f"#{red:02x}{green:02x}{blue:02x}")
        for count, (red, green, blue) in zip(counts, pixels, strict=True)
    ]
    far = [count for count, seen in counted if chroma(seen) > VIVID and _gap(hue(seen), hues) > math.pi / 4]
    return sum(far) / (small.width * small.height)


def _gap(seen: float, hues: list[float]) -> float:
    return min(abs((seen - own + math.pi) % math.tau - math.pi) for own in hues)


def main() -> None:
    """Measure, print the figures, and fail if an aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=int, default=325)
    parser.add_argument("--worst", type=Path)
    asked = parser.parse_args()
    found = [judged(name, brief) for name, brief in briefs(asked.pictures)]
    ranked = sorted(found, key=lambda one: one.contrast)
    misses = [one for one in found if one.contrast < LEAST or one.outside > 1 or one.lost or one.smallest < SMALLEST_PX]
    strange = [one for one in found if one.foreign is not None and one.foreign > FOREIGN]
    beyond_it, losing = sum(one.outside > 1 for one in found), sum(bool(one.lost) for one in found)
    print(f"{len(found)} pictures, {len(FAMILIES)} families, {len(ALL_TEXTS)} texts")
    print(
        f"contrast around the letters: worst {ranked[0].contrast:.2f}, median {ranked[len(ranked) // 2].contrast:.2f}"
    )
    print(f"below {LEAST}: {sum(one.contrast < LEAST for one in found)}")
    print(f"text beyond the sheet: {beyond_it}; words lost: {losing}")
    print(f"smallest type: {min(one.smallest for one in found):.1f} px")
    print(f"brands: {sum(one.foreign is not None for one in found)} pictures, {len(strange)} with foreign hues")
    for one in {one.name: one for one in (*misses, *strange)}.values():
        share = f" foreign {one.foreign:.3f}" if one.foreign else ""
        print(f"  {one.name}: {one.contrast:.2f}, {one.smallest:.1f} px, out {one.outside:.1f}, lost {one.lost}{share}")
    if asked.worst:
        asked.worst.mkdir(parents=True, exist_ok=True)
        for one in (*ranked[:WORST], *strange[:WORST]):
            one.picture.save(asked.worst / f"{one.name.replace(' ', '-')}.png")
    spent = resource.getrusage(resource.RUSAGE_SELF)
    print(f"{spent.ru_utime + spent.ru_stime:.0f} s of CPU")
    sys.exit(bool(misses or strange))


if __name__ == "__main__":
    main()
