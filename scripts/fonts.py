"""Turns the open fonts, as npm packs them, into the small ttf files kept in `backend/data/fonts/`.

Run once, when the set changes, in an environment of its own:

    npm install $(python scripts/fonts.py --packages)
    pip install fonttools==4.68.* brotli==1.2.*
    python scripts/fonts.py node_modules

Axes that the studio never moves are fixed, the others cut to the range it uses. Fonts: SIL Open Font License 1.1.
Source: https://fontsource.org (read 2026-11-22)
"""

from __future__ import annotations

import importlib
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

VERSION = "5.3.0"
OUT = Path(__file__).parent.parent / "backend" / "data" / "fonts"
Limits = dict[str, float | tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """One face: the package it comes from, which subset files, and what is left of its axes."""

    name: str
    package: str
    file: str
    subsets: tuple[str, ...] = ("latin", "latin-ext")
    limits: Limits = field(default_factory=dict[str, float | tuple[float, float]])


CUTS = (
    Cut(
        name="archivo",
        package="@fontsource-variable/archivo",
        file="archivo-{}-wdth-normal",
        limits={"wght": (560, 800), "wdth": (62, 125)},
    ),
    Cut(
        name="fraunces",
        package="@fontsource-variable/fraunces",
        file="fraunces-{}-opsz-normal",
        limits={"opsz": 144, "wght": (300, 600)},
    ),
    Cut(
        name="fraunces-italic",
        package="@fontsource-variable/fraunces",
        file="fraunces-{}-opsz-italic",
        limits={"opsz": 144, "wght": 420},
    ),
    Cut(
        name="bricolage",
        package="@fontsource-variable/bricolage-grotesque",
        file="bricolage-grotesque-{}-opsz-normal",
        limits={"opsz": 48, "wght": 780},
    ),
    Cut(
        name="playfair",
        package="@fontsource-variable/playfair-display",
        file="playfair-display-{}-wght-normal",  # whole: its name is reserved to unchanged copies
    ),
    Cut(name="instrument", package="@fontsource/instrument-serif", file="instrument-serif-{}-400-normal"),
    Cut(name="gloock", package="@fontsource/gloock", file="gloock-{}-400-normal"),
    Cut(name="abril", package="@fontsource/abril-fatface", file="abril-fatface-{}-400-normal"),
    Cut(name="anton", package="@fontsource/anton", file="anton-{}-400-normal"),
    Cut(name="syne", package="@fontsource-variable/syne", file="syne-{}-wght-normal", limits={"wght": 800}),
    Cut(
        name="unbounded",
        package="@fontsource-variable/unbounded",
        file="unbounded-{}-wght-normal",
        subsets=("latin", "latin-ext", "cyrillic"),
        limits={"wght": 700},
    ),
    Cut(
        name="inter",
        package="@fontsource-variable/inter",
        file="inter-{}-wght-normal",
        subsets=("latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "greek-ext"),
        limits={"wght": (400, 800)},
    ),
    Cut(
        name="noto-arabic",
        package="@fontsource-variable/noto-sans-arabic",
        file="noto-sans-arabic-{}-wght-normal",
        subsets=("arabic",),
        limits={"wght": (400, 800)},
    ),
    Cut(
        name="noto-hebrew",
        package="@fontsource-variable/noto-sans-hebrew",
        file="noto-sans-hebrew-{}-wght-normal",
        subsets=("hebrew",),
        limits={"wght": (400, 800)},
    ),
)


def convert(cut: Cut, modules: Path) -> int:
    """Write the ttf files of one face and its licence; return their size in bytes."""
    fonts: Any = importlib.import_module("fontTools.ttLib")  # Any: a tool of this script alone, not installed here
    instancer: Any = importlib.import_module("fontTools.varLib.instancer")  # Any: as above
    total = 0
    for subset in cut.subsets:
        font = fonts.TTFont(modules / cut.package / "files" / f"{cut.file.format(subset)}.woff2")
        font.flavor = None
        if cut.limits:
            instancer.instantiateVariableFont(font, cut.limits, inplace=True)
        target = OUT / f"{cut.name}.{subset}.ttf"
        font.save(target, reorderTables=False)
        total += target.stat().st_size
    licence = f"{cut.package.rsplit('/', maxsplit=1)[-1]}.LICENSE.txt"
    shutil.copyfile(modules / cut.package / "LICENSE", OUT / licence)
    return total


def main() -> None:
    """Print the packages to install, or convert what lies in the given node_modules."""
    if sys.argv[1:] == ["--packages"]:
        print(" ".join(sorted({f"{cut.package}@{VERSION}" for cut in CUTS})))
        return
    OUT.mkdir(parents=True, exist_ok=True)
    total = sum(convert(cut, Path(sys.argv[1])) for cut in CUTS)
    print(f"{total / 1e6:.2f} MB in {OUT}")


if __name__ == "__main__":
    main()
