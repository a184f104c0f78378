"""Pictures whose subject is known: cut-outs laid anywhere on photographs, and photographs with boxes drawn by hand.

Nothing is kept but the boxes (`bench/data/crop_boxes.json`, fractions of width and height): photographs come out of
packages (`bench.photographs`), things from Debian's stamps (`bench.cutout_pictures`), people from portraits in the
source package of face_recognition and from scikit-image, cut out here. Where each stands follows from its number.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from backend.imaging.types import Box
from backend.providers.local import cutout, models
from bench import cutout_pictures
from bench.photographs import photographs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

PORTRAITS = "face_recognition==1.3.0"
PEOPLE = ("obama.jpg", "obama2.jpg", "obama3.jpg", "biden.jpg")
"""Of that package's tests: portraits by the White House's photographers."""
EACH = 20
"""Composites with people, and as many with things."""
LONGEST = 960
SHAPES = ((3, 2), (4, 3), (2, 3), (16, 9), (1, 1))
BOXES = Path(__file__).parent / "data" / "crop_boxes.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A picture (uint8 RGB), the box of its subject, and whether that is a person with a face."""

    name: str
    pixels: NDArray[np.uint8]
    box: Box
    face: bool


def composites(folder: Path) -> Iterator[Known]:
    """Make twenty pictures with people and twenty with things; the same ones every time."""
    files = cutout_pictures.fetch(folder)
    grounds = [Image.open(files / name).convert("RGB") for name in cutout_pictures.GROUNDS]
    people = list(_people(folder))
    for number in range(2 * EACH):
        if number % 2:
            name, thing = people[number // 2 % len(people)]
        else:
            stamp = cutout_pictures.SUBJECTS[number * 5 % len(cutout_pictures.SUBJECTS)]
            name, thing = Path(stamp).name, _trimmed(Image.open(files / cutout_pictures.STAMPS / f"{stamp}.png"))
        yield _laid(thing, grounds[number * 7 % len(grounds)], number, name=name)


def real() -> Iterator[Known]:
    """Give the photographs that have a box."""
    drawn: dict[str, list[float]] = json.loads(BOXES.read_text("utf-8"))
    for name, pixels in photographs(longest=LONGEST):
        if name in drawn:
            high, wide = pixels.shape[:2]
            left, top, right, bottom = drawn[name]
            box = Box(round(left * wide), round(top * high), round(right * wide), round(bottom * high))
            yield Known(name=name, pixels=pixels, box=box, face=name == "astronaut")


def portraits(folder: Path) -> dict[str, NDArray[np.uint8]]:
    """Return the portraits by name, fetched unless they are there."""
    there = folder / "portraits"
    if not there.is_dir():
        there.mkdir(parents=True)
        _fetch(there)
    found = {Path(name).stem: Image.open(there / name).convert("RGB") for name in PEOPLE}
    return {name: np.array(image) for name, image in found.items()}


def _fetch(there: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary=:all:", PORTRAITS]
        subprocess.run(fetch, cwd=scratch, check=True)
        (archive,) = Path(scratch).glob("*.tar.gz")
        with tarfile.open(archive) as opened:
            for member in opened.getmembers():
                if Path(member.name).name in PEOPLE and "test_images" in member.name:
                    data = opened.extractfile(member)
                    assert data is not None, "portraits are files"
                    (there / Path(member.name).name).write_bytes(data.read())


def _people(folder: Path) -> Iterator[tuple[str, Image.Image]]:
    weights = models.path_of("u2netp", models.default_folder())
    ((name, astronaut),) = photographs(1)
    for one, pixels in {**portraits(folder), name: astronaut}.items():
        small = Image.fromarray(pixels)
        small.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
        yield one, _trimmed(Image.fromarray(cutout.subject(np.array(small), weights)))


def _trimmed(thing: Image.Image) -> Image.Image:
    thing = thing.convert("RGBA")
    return thing.crop(thing.getchannel("A").point([0] * 64 + [255] * 192).getbbox())


def _laid(thing: Image.Image, ground: Image.Image, number: int, *, name: str) -> Known:
    across, down = SHAPES[number * 3 % len(SHAPES)]
    longer = LONGEST / max(across, down)
    wide, high = round(across * longer), round(down * longer)
    scale = max(wide / ground.width, high / ground.height)
    whole = ground.resize((round(ground.width * scale) + 1, round(ground.height * scale) + 1), Image.Resampling.LANCZOS)
    picture = whole.crop((0, 0, wide, high))
    share = (34 + number * 13 % 35) / 100
    size = min(share * wide / thing.width, share * high / thing.height)
    thing = thing.resize((round(thing.width * size), round(thing.height * size)), Image.Resampling.LANCZOS)
    left = (wide - thing.width) * (number * 37 % 101) // 100
    top = (high - thing.height) * (number * 53 % 101) // 100
    picture.paste(thing, (left, top), thing)
    box = Box(left, top, left + thing.width, top + thing.height)
    return Known(name=f"{number}-{name}", pixels=np.array(picture), box=box, face=bool(number % 2))
