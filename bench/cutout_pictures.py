"""Photographs with a known true alpha: cut-outs from one Debian package laid over photographs from two others.

The packages are fetched by Debian's own client, unpacked beside each other, and nothing of them is kept in the project.
Which subject stands where on which ground follows from its number in the list: no pair was picked by its result.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

PACKAGES = ("tuxpaint-stamps-default", "lomiri-wallpapers-16.04", "plasma-workspace-wallpapers")
STAMPS = "usr/share/tuxpaint/stamps"
SUBJECTS = (
    "animals/birds/crowned_crane",
    "animals/birds/helmeted_guineafowl",
    "animals/birds/heron_greatblue_flying",
    "animals/birds/pink_flamingo",
    "animals/insects/Brown_slug",
    "animals/insects/Woodlouse",
    "animals/mammals/aquatic/otter",
    "animals/mammals/bears/european-bear",
    "animals/mammals/bovines/gnu-baby-stand",
    "animals/mammals/bovines/gnu-stand",
    "animals/mammals/bovines/indian_blackbuck",
    "animals/mammals/pig_golden2",
    "animals/mammals/rhino_black",
    "animals/mammals/rodents/capybara",
    "food/fruit/Apricot_whole",
    "food/fruit/Cherry_Stella",
    "food/fruit/Strawberry2",
    "food/fruit/avocado",
    "food/fruit/cherimoya",
    "food/fruit/orange_seville",
    "food/spices/ginger",
    "hobbies/music/percussion/drum_tomtom_floor",
    "hobbies/music/string/cello",
    "hobbies/music/string/guitar_classical",
    "household/tools/cementmixer",
    "people/fireman200b",
    "plants/flowers/anemone_red",
    "plants/flowers/daffodil",
    "plants/trees/holm_oak",
    "seasonal/christmas/German_Christmas_toy",
    "seasonal/christmas/Roast_turkey",
    "vehicles/emergency/firetruck",
    "vehicles/flight/balloon360",
    "vehicles/garbagetruck",
    "vehicles/wheel_tractor",
    "vehicles/construction/dumper",
)
GROUNDS = (
    "usr/share/backgrounds/aitzgorri_by_Aitzol_Berasategi.jpg",
    "usr/share/backgrounds/picosdeeuropa_by_Aitzol_Berasategi.jpg",
    "usr/share/backgrounds/sunset_by_Aitzol_Berasategi.jpg",
    "usr/share/backgrounds/life_by_Aitzol_Berasategi.jpg",
    "usr/share/backgrounds/Bridge_by_Sander_Klootwijk.jpg",
    "usr/share/wallpapers/Path/contents/images/2560x1600.jpg",
    "usr/share/wallpapers/FallenLeaf/contents/images/2560x1600.jpg",
    "usr/share/wallpapers/BytheWater/contents/images/2560x1600.jpg",
    "usr/share/wallpapers/ColdRipple/contents/images/2560x1600.jpg",
    "usr/share/wallpapers/OneStandsOut/contents/images/2560x1600.jpg",
    "usr/share/wallpapers/summer_1am/contents/images/2560x1600.jpg",
    "usr/share/wallpapers/Kite/contents/images/2560x1600.jpg",
)
SHAPES = ((4, 3), (1, 1), (3, 4), (3, 2))
FILLS = 0.66
"""How much of the picture's longer side the subject takes where it has its own size."""
FAINT = 9
"""The alpha 0..255 from which on a stamp is cropped to."""
LEAST, ENLARGED = 480, 1024
"""The shortest longer side, and the longer side of every third picture, whose subject is enlarged to fit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composite:
    """A picture (uint8 RGB), the alpha its subject really has (0..1), and what it is made of."""

    name: str
    ground: str
    pixels: NDArray[np.uint8]
    alpha: NDArray[np.float64]


def fetch(folder: Path) -> Path:
    """Return the folder with the packages' files, downloaded and unpacked unless they are there."""
    files = folder / "files"
    for package in PACKAGES:
        mark = folder / f"{package}.unpacked"
        if not mark.exists():
            _unpack(package, folder, files)
            mark.touch()
    return files


def composites(files: Path) -> Iterator[Composite]:
    """Make every picture of the list."""
    for number, subject in enumerate(SUBJECTS):
        ground = GROUNDS[number * 7 % len(GROUNDS)]
        with Image.open(files / STAMPS / f"{subject}.png") as stamp, Image.open(files / ground) as photograph:
            thing = stamp.convert("RGBA")
            thing = thing.crop(thing.getchannel("A").point([0] * FAINT + [255] * (256 - FAINT)).getbbox())
            backdrop = photograph.convert("RGB")
        yield _laid(thing, backdrop, number, name=Path(subject).name, ground=ground.split("/")[3].removesuffix(".jpg"))


def _unpack(package: str, folder: Path, files: Path) -> None:
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        sys.exit(f"This benchmark takes its pictures from Debian's package {package}: run it on Debian or Ubuntu.")
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["apt-get", "download", package], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    (archive,) = folder.glob(f"{package}_*.deb")
    subprocess.run(["dpkg-deb", "-x", str(archive), str(files)], check=True)
    archive.unlink()


def _laid(thing: Image.Image, backdrop: Image.Image, number: int, *, name: str, ground: str) -> Composite:
    if number % 3 == 2:
        scale = ENLARGED * FILLS / max(thing.size)
        thing = thing.resize((round(thing.width * scale), round(thing.height * scale)), Image.Resampling.LANCZOS)
    width, height = _frame(thing, number)
    picture = _cropped(backdrop, width, height, number)
    at = (
        (width - thing.width) * (30 + number * 17 % 41) // 100,
        (height - thing.height) * (40 + number * 11 % 36) // 100,
    )
    alpha = Image.new("L", (width, height))
    alpha.paste(thing.getchannel("A"), at)
    picture.paste(thing, at, thing)
    return Composite(name=name, ground=ground, pixels=np.asarray(picture), alpha=np.asarray(alpha) / 255)


def _frame(thing: Image.Image, number: int) -> tuple[int, int]:
    """Return a common shape that suits the subject's, large enough for it."""
    across, down = SHAPES[number % 4]
    if thing.width > 1.2 * thing.height:
        across, down = ((4, 3), (3, 2))[number % 2]
    if thing.height > 1.2 * thing.width:
        across, down = ((3, 4), (1, 1))[number % 2]
    longer = max(LEAST, round(max(thing.size) / FILLS))
    return (longer, longer * down // across) if across >= down else (longer * across // down, longer)


def _cropped(backdrop: Image.Image, width: int, height: int, number: int) -> Image.Image:
    scale = min(1.0, 1.25 * max(width / backdrop.width, height / backdrop.height))
    size = max(width, round(backdrop.width * scale)), max(height, round(backdrop.height * scale))
    wide = backdrop.resize(size, Image.Resampling.LANCZOS)
    left, top = (wide.width - width) * (number * 43 % 100) // 100, (wide.height - height) * (number * 71 % 100) // 100
    return wide.crop((left, top, left + width, top + height))
