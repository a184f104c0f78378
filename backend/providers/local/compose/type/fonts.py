"""The fonts of the house: a face is a family at fixed axes, held in one file for each script."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol, cast

FOLDER = Path(__file__).parents[4] / "data" / "fonts"
UNITS = 1000
"""Outlines and advances are in thousandths of an em."""

Move = tuple[str, tuple[float, ...]]
"""One step of an outline: an SVG letter and its absolute coordinates, y downwards."""


class HarfBuzzFont(Protocol):
    """What is used of uharfbuzz's fonts, which come without types."""

    def get_nominal_glyph(self, code: int) -> int | None: ...  # noqa: D102 - the library's own words
    def draw_glyph_with_pen(self, glyph: int, pen: object) -> None: ...  # noqa: D102


harfbuzz: Any = importlib.import_module("uharfbuzz")  # Any: the library has no types


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A family of `data/fonts` at one weight and width."""

    family: str
    weight: int = 400
    width: int = 100


FALLBACK: tuple[str, ...] = ("inter", "noto-arabic", "noto-hebrew")
"""The families that take over where a face lacks a character."""


@cache
def files(family: str) -> tuple[str, ...]:
    """Return the family's files, Latin first."""
    found = sorted(path.name for path in FOLDER.glob(f"{family}.*.ttf"))
    return tuple(sorted(found, key=lambda name: (".latin." not in name, name)))


@cache
def _loaded(file: str) -> Any:  # noqa: ANN401  (as above)
    return harfbuzz.Face(harfbuzz.Blob.from_file_path(str(FOLDER / file)))


@cache
def font(file: str, weight: int, width: int) -> HarfBuzzFont:
    """Return a file's font at the given axes; fonts without axes ignore them."""
    made = harfbuzz.Font(_loaded(file))
    made.scale = (UNITS, UNITS)
    made.set_variations({"wght": weight, "wdth": width})
    return cast("HarfBuzzFont", made)  # cast: as above


@cache
def _covered(file: str) -> frozenset[int]:
    return frozenset(cast("set[int]", _loaded(file).unicodes))  # cast: as above


def drawable(character: str) -> bool:
    """Tell whether any family of text faces has the character."""
    return any(ord(character) in _covered(f) for family in FALLBACK for f in files(family))


def font_for(face: Face, character: str) -> HarfBuzzFont | None:
    """Return the first font that has the character: the face's own, then the fallbacks at its weight."""
    for family in (face.family, *FALLBACK):
        for file in files(family):
            if ord(character) in _covered(file):
                return font(file, _weight(face, family), face.width)
    return None


def _weight(face: Face, family: str) -> int:
    """Poster faces have one weight, which is heavy: their fallback must be too."""
    heavy = {"anton", "abril", "bricolage", "gloock", "syne", "unbounded"}
    return 700 if family != face.family and face.family in heavy else face.weight


class _Pen:
    """Takes an outline from HarfBuzz, in its spelling of the methods."""

    def __init__(self) -> None:
        self.moves: list[Move] = []

    def _add(self, letter: str, points: tuple[tuple[float, float], ...]) -> None:
        self.moves.append((letter, tuple(value for x, y in points for value in (x, -y))))

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802  (the pen protocol's names)
        self._add("M", (point,))

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802  (as above)
        self._add("L", (point,))

    def qCurveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802  (as above)
        self._add("Q", points)

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802  (as above)
        self._add("C", points)

    def closePath(self) -> None:  # noqa: N802  (as above)
        self.moves.append(("Z", ()))

    def endPath(self) -> None:  # noqa: N802  (as above)
        pass


Outliner = Callable[[int], tuple[Move, ...]]


@cache
def outline(source: HarfBuzzFont, glyph: int) -> tuple[Move, ...]:
    """Return a glyph's outline at its origin."""
    pen = _Pen()
    source.draw_glyph_with_pen(glyph, pen)
    return tuple(pen.moves)
