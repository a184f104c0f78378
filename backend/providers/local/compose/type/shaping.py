"""Words to outlines: runs by direction and font coverage, shaped by HarfBuzz."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any, cast

from backend.providers.local.compose.type.bidi import visual_runs
from backend.providers.local.compose.type.fonts import UNITS, Face, HarfBuzzFont, Move, font_for, harfbuzz, outline


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """A glyph at its place in the line: thousandths of an em, y downwards from the baseline."""

    x: float
    y: float
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One shaped line at a size of 1 em; the ink may start before 0 and end after the advance. All in em."""

    text: str
    glyphs: tuple[Glyph, ...]
    advance: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def width(self) -> float:
        """Return the width of the ink."""
        return self.right - self.left

    def path(self, x: float, y: float, size: float, *, stretch: float = 1.0) -> str:
        """Return SVG path data whose ink starts at `x` on baseline `y`, for that many pixels an em."""
        scale = size / UNITS
        start = x - self.left * size * stretch
        parts: list[str] = []
        for glyph in self.glyphs:
            dx, dy = start + glyph.x * scale * stretch, y + glyph.y * scale
            parts += [_move(move, (dx, dy), (scale * stretch, scale)) for move in glyph.moves]
        return "".join(parts)


def _move(move: Move, origin: tuple[float, float], scale: tuple[float, float]) -> str:
    letter, values = move
    placed = (f"{origin[i % 2] + v * scale[i % 2]:.2f}" for i, v in enumerate(values))
    return letter + " ".join(placed)


@lru_cache(maxsize=4096)
def shape(text: str, face: Face, tracking: float = 0.0, *, right: bool = False) -> Line:
    """Return the line in that face; `tracking` in em is left out where letters join."""
    glyphs: list[Glyph] = []
    pen = 0.0
    for part, backwards in visual_runs(text, right=right):
        for source, run in _by_font(part, face, backwards=backwards):
            pen = _shape_run(glyphs, (source, run, backwards), pen, tracking * UNITS)
    return _measured(text, glyphs, pen)


def _by_font(part: str, face: Face, *, backwards: bool) -> list[tuple[HarfBuzzFont, str]]:
    """Split a run where the font changes; spaces and marks stay with what precedes them."""
    chosen: list[tuple[HarfBuzzFont, str]] = []
    for character in part:
        found = chosen[-1][0] if chosen and _belongs(chosen[-1][0], character) else font_for(face, character)
        if found is not None:
            chosen.append((found, character))
    runs = [(source, "".join(c for _, c in group)) for source, group in groupby(chosen, key=lambda p: p[0])]
    return runs[::-1] if backwards else runs


def _belongs(source: HarfBuzzFont, character: str) -> bool:
    return not character.isalnum() and source.get_nominal_glyph(ord(character)) is not None


def _shape_run(glyphs: list[Glyph], run: tuple[HarfBuzzFont, str, bool], pen: float, tracking: float) -> float:
    source, text, backwards = run
    buffer: Any = harfbuzz.Buffer()  # Any: the library has no types
    buffer.add_str(text)
    buffer.guess_segment_properties()
    # A run of nothing but brackets has no direction to guess, and brackets are turned round by it.
    buffer.direction = "rtl" if backwards else "ltr"
    harfbuzz.shape(source, buffer, {"kern": True, "liga": True})
    rows = zip(cast("list[Any]", buffer.glyph_infos), cast("list[Any]", buffer.glyph_positions), strict=True)
    for info, position in rows:
        moves = outline(source, int(info.codepoint))
        glyphs.append(Glyph(x=pen + float(position.x_offset), y=-float(position.y_offset), moves=moves))
        pen += float(position.x_advance) + (tracking if position.x_advance and not backwards else 0.0)
    return pen


def _measured(text: str, glyphs: list[Glyph], pen: float) -> Line:
    xs = [g.x + v for g in glyphs for _, values in g.moves for v in values[::2]]
    ys = [g.y + v for g in glyphs for _, values in g.moves for v in values[1::2]]
    if not xs:
        wide = pen / UNITS
        return Line(text=text, glyphs=tuple(glyphs), advance=wide, left=0, right=wide, top=0, bottom=0)
    edges = {"left": min(xs), "right": max(xs), "top": min(ys), "bottom": max(ys)}
    return Line(text=text, glyphs=tuple(glyphs), advance=pen / UNITS, **{k: v / UNITS for k, v in edges.items()})
