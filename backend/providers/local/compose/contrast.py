"""Legibility, measured on the drawn picture: which colour the text takes, and what helps where none is enough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from backend.providers.local.compose import svg
from backend.providers.local.compose.colour import from_lch, hue, luminance, luminances, ratio

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

    from backend.providers.local.compose.canvas import Canvas
    from backend.providers.local.compose.palettes import Palette
    from backend.providers.local.compose.scene import Writing
    from backend.providers.local.compose.type.setting import Row

LEAST = 4.5
_TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """The dark and the light end of what lies under a text, as luminances."""

    low: float
    high: float

    def against(self, colour: str) -> float:
        """Return the worse contrast of a colour to the two."""
        own = luminance(colour)
        return min(ratio(own, self.low), ratio(own, self.high))


def ends(picture: Image.Image, rows: Sequence[Row]) -> Ends:
    """Return the 3rd and 97th percentile of luminance under the rows, the worst row counting."""
    found = [_row_ends(picture, row) for row in rows]
    return Ends(low=min(e[0] for e in found), high=max(e[1] for e in found))


def _row_ends(picture: Image.Image, row: Row) -> tuple[float, float]:
    frame = row.frame.grown(row.size * 0.06)
    left, top = max(0, int(frame.x)), max(0, int(frame.y))
    right, bottom = min(picture.width, int(frame.right) + 1), min(picture.height, int(frame.bottom) + 1)
    left, top = min(left, picture.width - 1), min(top, picture.height - 1)
    part = picture.crop((left, top, max(right, left + 1), max(bottom, top + 1)))
    small = part.reduce(max(1, min(8, part.width // 8, part.height // 4)))
    light = luminances(np.asarray(small, dtype=np.float32))
    low, high = np.percentile(light, (3, 97))
    return float(low), float(high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inks:
    """The colour that each row takes, and the worst contrast of them to what lies under the text."""

    colours: tuple[str, ...]
    reached: float


def write(canvas: Canvas, palette: Palette, writing: Writing) -> float:
    """Draw the text in the colour that reads, helping the ground where needed; return the contrast reached."""
    inks = inks_for(canvas, palette, writing)
    for row, colour in zip(writing.block.rows, inks.colours, strict=True):
        canvas.add(svg.path(row.path(), colour))
    return inks.reached


def inks_for(canvas: Canvas, palette: Palette, writing: Writing) -> Inks:
    """Return the colours in which the text reads, with the ground helped where none would."""
    under = ends(canvas.pixels(), writing.block.rows)
    if writing.ground:
        under = _cleared(canvas, writing, under)
    colour = _best(palette, under)
    for attempt in range(_TRIES):
        if under.against(colour) >= LEAST:
            break
        _scrim(canvas, writing, (colour, attempt))
        under = ends(canvas.pixels(), writing.block.rows)
    return _inks(writing, colour, under)


def _best(palette: Palette, under: Ends) -> str:
    return max((palette.ink, palette.paper), key=under.against)


def _cleared(canvas: Canvas, writing: Writing, under: Ends) -> Ends:
    """On flat ground the text keeps its ground clean: a block of it is laid under, where the figure came too near."""
    own = luminance(writing.ground)
    if max(ratio(own, under.low), ratio(own, under.high)) < 1.15:
        return under
    canvas.add(svg.rect(writing.block.frame.grown(writing.block.size * 0.3).box, writing.ground))
    return ends(canvas.pixels(), writing.block.rows)


def _scrim(canvas: Canvas, writing: Writing, step: tuple[str, int]) -> None:
    """Lay a soft veil of the local hue under the text: dark under light text, light under dark."""
    colour, attempt = step
    frame = writing.block.frame
    mean = _mean(canvas.pixels(), frame.box)
    veil = from_lch(0.16 if luminance(colour) > 0.4 else 0.95, 0.04 if luminance(colour) > 0.4 else 0.015, hue(mean))
    strength = (0.55, 0.75, 0.95)[attempt]
    blur = writing.block.size * (0.5, 0.35, 0.2)[attempt]
    canvas.veil(frame.grown(writing.block.size * 0.35).box, (veil, strength), blur)


def _mean(picture: Image.Image, box: tuple[float, float, float, float]) -> str:
    x, y, w, h = (int(v) for v in box)
    part = picture.crop((max(0, x), max(0, y), min(picture.width, x + w + 1), min(picture.height, y + h + 1)))
    red, green, blue = (round(float(v)) for v in np.asarray(part, dtype=np.float32).reshape(-1, 3).mean(axis=0))
    return f"#{red:02x}{green:02x}{blue:02x}"


def _inks(writing: Writing, colour: str, under: Ends) -> Inks:
    wanted = [*writing.accents, *[""] * len(writing.block.rows)][: len(writing.block.rows)]
    colours = tuple(own if own and under.against(own) >= LEAST else colour for own in wanted)
    return Inks(colours=colours, reached=round(min(under.against(own) for own in colours), 2))
