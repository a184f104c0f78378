"""Ribbons: sheets between two swinging edges that cross, so that they turn over; or the same as hairlines."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.providers.local.compose import svg
from backend.providers.local.compose.colour import contrast, hue_gap, lightness, mix, tone
from backend.providers.local.compose.scene import Family, Scene, Writing
from backend.providers.local.compose.stream import between

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.providers.local.compose.svg import Point
    from backend.providers.local.compose.type.setting import Block

_STRIPS = 44
_HAIRLINES = 54
_POINTS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Ribbon:
    """Two edges as heights over 0..1 of the way, and where the way starts and ends."""

    upper: Callable[[float], float]
    lower: Callable[[float], float]
    start: float
    end: float

    def line(self, share: float) -> list[Point]:
        """Return the curve at that share between the edges."""
        points: list[Point] = []
        for i in range(_POINTS + 1):
            t = i / _POINTS
            y = self.upper(t) * (1 - share) + self.lower(t) * share
            points.append((self.start + (self.end - self.start) * t, y))
        return points


def draw(scene: Scene) -> Writing | None:
    """Lay the ground, set the text, let the ribbons run through what is left."""
    top, low = _ground(scene)
    gradient, paint = svg.linear([(0, top), (1, low)], (0, 0), (scene.sheet.w, scene.sheet.h))
    scene.canvas.add(gradient + svg.rect(scene.sheet.all.box, paint))
    block = scene.block(anchor="top" if not scene.sheet.landscape else "middle")
    pairs = _pairs(scene, top)
    if scene.plan.kind == "hairlines":
        _hairlines(scene, _ribbon(scene, block, 0), pairs[0])
    else:
        for i, colours in enumerate(pairs):
            _sheet(scene, _ribbon(scene, block, i), colours)
    return Writing(block=block) if block else None


def _ground(scene: Scene) -> tuple[str, str]:
    p = scene.palette
    if scene.plan.dark or scene.plan.kind == "hairlines":
        return p.ink, mix(p.ink, p.mids[0], 0.3)
    return p.paper, mix(p.paper, p.mids[-1], 0.35)


def _pairs(scene: Scene, ground: str) -> list[tuple[str, str]]:
    """Return two colours for each ribbon, of near hues where the palette has them."""
    seen = [c for c in scene.palette.vivid if contrast(c, ground) > 1.25] or scene.palette.vivid
    pairs: list[tuple[str, str]] = []
    for i in range(3 if scene.sheet.r < 4 else 2):
        first = seen[i % len(seen)]
        kin = [c for c in seen if c != first and hue_gap(c, first) < 1.5]
        other = kin[i % len(kin)] if kin else tone(first, 0.22 if lightness(first) < 0.6 else -0.22)
        pairs.append((first, other))
    return pairs


def _ribbon(scene: Scene, block: Block | None, index: int) -> Ribbon:
    """Return a ribbon's way: below the text, or rising from the lower edge to the right of it."""
    sheet, rng = scene.sheet, scene.rng
    beside = block is not None and sheet.landscape
    start = block.frame.x + block.frame.w * 0.8 if block and beside else -sheet.w * 0.04
    level = _level(scene, block) + sheet.s * 0.05 * (index - 1)
    swing = sheet.s * between(rng, 0.10, 0.15)
    tempo, phase = between(rng, 0.75, 1.05), between(rng, 0, math.tau)
    turn = between(rng, 0.5, 0.9)

    def centre(t: float) -> float:
        rise = sheet.h * 0.9 * (1 - min(1.0, t / 0.5)) ** 2 if beside else 0.0
        return level + rise + swing * math.sin(t * tempo * math.tau + phase)

    def half(t: float) -> float:
        return sheet.s * 0.13 * math.cos(t * turn * math.tau + phase * 0.7) + sheet.s * 0.015

    return Ribbon(
        upper=lambda t: centre(t) - half(t), lower=lambda t: centre(t) + half(t), start=start, end=sheet.w * 1.04
    )


def _level(scene: Scene, block: Block | None) -> float:
    sheet = scene.sheet
    if block is None or sheet.landscape:
        return sheet.h * 0.52
    return min(max(sheet.h * 0.7, block.frame.bottom + sheet.s * 0.3), sheet.h * 0.84)


def _sheet(scene: Scene, ribbon: Ribbon, colours: tuple[str, str]) -> None:
    """Draw the sheet as narrow strips, shaded as if it bent."""
    u = scene.sheet.u
    lines = [ribbon.line(i / _STRIPS) for i in range(_STRIPS + 1)]
    outline = svg.smooth(lines[0]) + "L" + svg.smooth(lines[-1][::-1])[1:] + "Z"
    scene.canvas.shadow(outline, 26 * u, (0, 16 * u), (mix(scene.palette.ink, colours[0], 0.3), 0.24))
    for i in range(_STRIPS):
        share = (i + 0.5) / _STRIPS
        shade = 0.075 * math.sin(share * math.tau * 1.25 + 0.6) - 0.02
        colour = tone(mix(*colours, share), shade)
        strip = svg.smooth(lines[i]) + "L" + svg.smooth(lines[min(_STRIPS, i + 2)][::-1])[1:] + "Z"
        scene.canvas.add(svg.path(strip, colour))


def _hairlines(scene: Scene, ribbon: Ribbon, colours: tuple[str, str]) -> None:
    """Draw the sheet as fine lines that run through each other."""
    sheet = scene.sheet
    wide = Ribbon(
        upper=lambda t: ribbon.upper(t) - sheet.s * 0.12,
        lower=lambda t: ribbon.lower(1 - t) + sheet.s * 0.12,
        start=ribbon.start,
        end=ribbon.end,
    )
    for i in range(_HAIRLINES):
        share = i / (_HAIRLINES - 1)
        colour = tone(mix(*colours, share), max(0.0, 0.7 - lightness(colours[0])))
        fade = svg.num(0.35 + 0.6 * abs(math.sin(share * math.pi)))
        line = svg.smooth(wide.line(share))
        scene.canvas.add(svg.stroke(line, colour, 1.8 * sheet.u, stroke_opacity=fade))


RIBBONS = Family(
    name="ribbons",
    kinds=("sheets", "hairlines"),
    voices=("grotesk-wide", "grotesk", "serif", "unbounded", "serif-light"),
    draw=draw,
    grain=0.016,
)
