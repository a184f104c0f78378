"""Whether exports are exact: every format, of pictures of every shape and kind, in every mode.

    python -m bench.exports_exact [--formats N] [--sources N] [--only NAME]

Fifty sources go through the studio's intake as uploads do: eight orientations, panoramas, towers, tiny ones, RGBA,
CMYK, Display P3, Adobe RGB, 16 bits, grey, palettes, animations, in JPEG, PNG, WebP, GIF and AVIF. Each is made into
all 93 formats in the mode that is its turn. Of each file is checked: that another library reads it, at exactly the
format's size and in a type that the format takes, that it has no more bytes than the network takes less what marks
need, that `fit` shows all of the picture, and that its colours lie within ΔE 2 (CIE 2000, mean) of a
conversion by LittleCMS and Pillow in floating point. Ends with 1 where anything is off.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image

from backend.errors import CannotFit, StudioError
from backend.imaging.export.pipeline import exports
from backend.imaging.export.targets import Background, Export, Quality, Target
from backend.imaging.inspect import inspect
from backend.services.image_studio.format_shelf import types_of
from backend.services.image_studio.formats import FormatBook
from bench.delta_e import delta_e
from bench.exact_sources import Source, sources
from bench.photographs import photographs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from backend.imaging.codec import Encoding
    from backend.imaging.types import Box

    Pixels = NDArray[np.uint8]

MARKS = 8_000
"""Bytes that marks of where a file comes from may take."""
MODES = ("smart", "center", "fit")
GROUNDS = (Background(kind="blur"), Background(kind="mirror"), Background(kind="colour", colour="#3b82f6"))
MOST_DELTA_E = 2.0
OPAQUE = 254.5
GIVES_WAY = "for want of bytes, "
COMPARED = 160
"""Pixels of the longer side at which colours are compared, and at most half of the file's: the question is whether they
are right, not how sharp they are."""
_ENCODINGS: dict[str, Encoding] = {"jpeg": "jpg", "png": "png", "webp": "webp"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A format as a target, and what is said about it where it goes wrong."""

    name: str
    target: Target


def asked(turn: int, count: int | None = None) -> list[Asked]:
    """Return all formats, or some evenly chosen, as the `turn`-th source gets them: in turns."""
    book = FormatBook.load()
    found = [(platform, one) for platform in book.platforms for one in platform.formats]
    found = found if count is None else [found[(n * len(found) // count + turn) % len(found)] for n in range(count)]
    every: list[Asked] = []
    for number, (platform, one) in enumerate(found):
        types: tuple[Encoding, ...] = tuple(_ENCODINGS[n] for n in types_of(platform, one) if n in _ENCODINGS)
        most = {rule.name: rule.limit for rule in platform.rules_of(one)}.get("max_bytes")
        target = Target(
            size=one.pixels,
            mode=MODES[(turn + number) % len(MODES)],
            background=GROUNDS[(turn + number // len(MODES)) % len(GROUNDS)],
            encodings=types[(turn + number // 9) % len(types) :][:1],
            quality=Quality(fixed=92),
            most_bytes=most - MARKS if isinstance(most, int) else None,
        )
        every.append(Asked(name=f"{platform.key}.{one.id}", target=target))
    return every


def faults(source: Source, wanted: list[Asked]) -> Iterator[str]:
    """Yield what is wrong with the files of a source, in words."""
    taken = inspect(source.data)
    found: dict[int, Export | StudioError] = {}
    exports(taken.data, [each.target for each in wanted], faces=None, hand=found.__setitem__)
    for number, each in enumerate(wanted):
        told = list(_of(source, each, found[number]))
        if told and _gives_way(source, each, taken.data):
            told = [f"{GIVES_WAY}{fault}" for fault in told]
        for fault in told:
            yield f"{source.name}, {each.name} ({each.target.mode}, {each.target.encodings[0]}): {fault}"


def _gives_way(source: Source, each: Asked, data: bytes) -> bool:
    """Say whether all is well with a file that may have any number of bytes, and that it then has more than it may."""
    most, found = each.target.most_bytes, list[Export | StudioError]()
    if most is None:
        return False
    free = Asked(name=each.name, target=replace(each.target, most_bytes=None))
    exports(data, [free.target], faces=None, hand=lambda _, outcome: found.append(outcome))
    (outcome,) = found
    return isinstance(outcome, Export) and len(outcome.data) > most and not list(_of(source, free, outcome))


def _of(source: Source, each: Asked, outcome: Export | StudioError) -> Iterator[str]:
    if isinstance(outcome, CannotFit) and each.target.encodings == ("png",):
        return  # a photograph as PNG may be too large for what a network takes: that is said, not hidden
    if isinstance(outcome, StudioError):
        yield f"refused: {outcome}"
        return
    with Image.open(io.BytesIO(outcome.data)) as image:
        kind = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}.get(str(image.format), "?")
        if kind != each.target.encodings[0]:
            yield f"is {kind}"
        if image.size != (each.target.size.width, each.target.size.height):
            yield f"is {image.size}"
        pixels = np.asarray(image.convert("RGBA"))
    most = each.target.most_bytes
    if most is not None and len(outcome.data) > most:
        yield f"has {len(outcome.data)} bytes of {most}"
    yield from _colours(source, each.target, outcome, pixels)


def _colours(source: Source, target: Target, outcome: Export, pixels: Pixels) -> Iterator[str]:
    whole, box = source.exact, outcome.crop
    if target.mode == "fit" and (box.left, box.top, box.right, box.bottom) != (0, 0, whole.shape[1], whole.shape[0]):
        yield f"shows {box} only"
    left, top, right, bottom = _place(target, box)
    shown = pixels[top:bottom, left:right].astype(np.float32)
    one, other = (_from_afar(each) for each in (_resized(whole, box, (right - left, bottom - top)), shown))
    seen = one[..., 3] >= OPAQUE if one.shape[2] == 4 else np.ones(one.shape[:2], bool)
    if seen.any() and (apart := delta_e(one[..., :3], other[..., :3], seen)) > MOST_DELTA_E:
        yield f"colours are {apart:.2f} off at quality {outcome.quality}"


def _place(target: Target, box: Box) -> tuple[int, int, int, int]:
    """Return where the picture lies in the file: in all of it, but with `fit` only as far as its shape reaches."""
    width, height = target.size.width, target.size.height
    if target.mode != "fit":
        return 0, 0, width, height
    scale = min(width / box.size.width, height / box.size.height)
    wide, high = (max(1, round(side * scale)) for side in (box.size.width, box.size.height))
    left, top = (width - wide) // 2, (height - high) // 2
    return left, top, left + wide, top + high


def _resized(pixels: NDArray[np.float32], box: Box, size: tuple[int, int]) -> NDArray[np.float32]:
    """Return a box at a size by Lanczos in floating point; what is see-through lends its colour to nothing."""
    alpha = pixels[..., 3:] / 255 if pixels.shape[2] == 4 else np.ones((*pixels.shape[:2], 1), np.float32)
    laid = np.dstack((pixels[..., :3] * alpha, alpha * 255))
    edges = (box.left, box.top, box.right, box.bottom)
    planes = [Image.fromarray(np.ascontiguousarray(laid[..., n], np.float32)) for n in range(4)]
    resized = np.dstack([np.asarray(plane.resize(size, Image.Resampling.LANCZOS, box=edges)) for plane in planes])
    colour = resized[..., :3] / np.maximum(resized[..., 3:] / 255, 1 / 255)
    return np.asarray(np.clip(np.dstack((colour, resized[..., 3:])), 0, 255)[..., : pixels.shape[2]], np.float32)


def _from_afar(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    scale = min(0.5, COMPARED / max(pixels.shape[:2]))
    size = max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.float32)


def main() -> None:
    """Make them all, print what is wrong, and count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--formats", type=int, help="only so many of the formats, other ones for each source")
    parser.add_argument("--sources", type=int, help="only every so many-th source")
    parser.add_argument("--only", default="", help="only sources with this in their name")
    options = parser.parse_args()
    ((_, photograph),) = photographs(1, longest=900)
    began, made, wrong, few = time.process_time(), 0, 0, 0
    for turn, source in enumerate(sources(photograph)[:: options.sources or 1]):
        if options.only not in source.name:
            continue
        wanted = asked(turn, options.formats)
        found = list(faults(source, wanted))
        few += sum(GIVES_WAY in one for one in found)
        made, wrong = made + len(wanted), wrong + sum(GIVES_WAY not in one for one in found)
        print("\n".join(found) if found else f"{source.name}: {len(wanted)} files as they should be", flush=True)
    took = time.process_time() - began
    print(f"{made} files, {wrong} faults, {few} whose colours give way to a limit of bytes, {took:.0f} CPU seconds")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
