"""Portal: sheets of paper with wobbly holes, one behind the other, and a small landscape at the end."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from backend.providers.local.compose import svg
from backend.providers.local.compose.colour import chroma, hue_gap, lightness, mix, tone
from backend.providers.local.compose.families.hills import hill
from backend.providers.local.compose.scene import Family, Scene, Writing
from backend.providers.local.compose.stream import between

if TYPE_CHECKING:
    from backend.providers.local.compose.svg import Point

_SHEETS = 6


def draw(scene: Scene) -> Writing | None:
    """Draw the landscape at the end, then the sheets from the farthest to the nearest."""
    sheet = scene.sheet
    block = scene.block(anchor="top" if not sheet.landscape else "middle")
    x, y, _ = sheet.figure_spot(headline=scene.headline)
    centre = (x, y if sheet.landscape or not block else max(y, block.frame.bottom + sheet.s * 0.3))
    tones = _tones(scene)
    inner = sheet.s * (0.2 if block else 0.22)
    _view(scene, centre, inner * 1.3, tones[0])
    outer = sheet.s * 0.62
    lobes, phase = scene.rng.choice((2, 3)), between(scene.rng, 0, math.tau)
    for i in range(_SHEETS):
        share = (i / (_SHEETS - 1)) ** 1.15
        radius = inner + (outer - inner) * share
        hole = _hole(scene, (centre, radius), (lobes, phase + 0.55 * i))
        _paper(scene, hole, tones[i + 1])
    return Writing(block=block) if block else None


def _tones(scene: Scene) -> list[str]:
    """Return the colour of the far sky, then of the sheets from far to near."""
    p = scene.palette
    body = max(p.accents, key=lambda c: chroma(c) - 2 * abs(lightness(c) - 0.74))
    kin = [c for c in p.accents if c != body and hue_gap(c, body) < 1.5] or [tone(body, 0.12)]
    other = min(kin, key=lambda c: abs(lightness(c) - 0.8))
    if scene.plan.dark:
        near, sky = mix(tone(p.ink, 0.03), body, 0.12), mix(body, p.paper, 0.55)
        return [sky, *(mix(mix(body, p.paper, 0.25), near, i / 5) for i in range(6))]
    sky = mix(p.paper, other, 0.25)
    far, near = mix(other, p.paper, 0.55), mix(body, p.paper, 0.12)
    return [sky, *(mix(far, other, i / 2) for i in range(3)), *(mix(other, near, (i + 1) / 3) for i in range(3))]


def _view(scene: Scene, centre: Point, reach: float, sky: str) -> None:
    """Draw a sun with a ring over three hills."""
    p, (x, y) = scene.palette, centre
    scene.canvas.add(svg.rect((x - reach * 1.6, y - reach * 1.6, reach * 3.2, reach * 3.2), sky))
    sun = max(p.vivid[:2], key=lightness)
    place = (x + reach * between(scene.rng, -0.12, 0.12), y - reach * 0.1)
    scene.canvas.add(svg.circle(place, reach * 0.46, mix(sky, sun, 0.35)), svg.circle(place, reach * 0.31, sun))
    deep = p.mids[0]
    frame = svg.box((x - reach * 1.6, y - reach * 1.6, reach * 3.2, reach * 3.2))
    for i in range(3):
        colour = mix(mix(deep, sky, 0.55 - 0.25 * i), p.ink, 0.1 * i)
        land = hill(scene, y + reach * (0.14 + 0.24 * i), reach * 0.09, 2.6)
        scene.canvas.add(svg.clipped([svg.path(land, colour)], frame))


def _hole(scene: Scene, ring: tuple[Point, float], wobble: tuple[int, float]) -> str:
    """Return a wobbling ring as path data, counter-clockwise so that it cuts a hole; wider on wider sheets."""
    (x, y), radius = ring
    lobes, phase = wobble
    widen = min(1.9, max(1.0, scene.sheet.r * 0.62)) if scene.sheet.landscape else 1.0
    tall = min(1.25, max(1.0, 0.8 / scene.sheet.r)) if not scene.sheet.landscape else 1.0
    points: list[Point] = []
    for i in range(28):
        angle = -math.tau * i / 28
        sway = 0.10 * math.sin(lobes * angle + phase) + 0.035 * math.sin((lobes + 3) * angle - phase * 1.7)
        own = radius * (1 + sway)
        points.append((x + own * widen * math.cos(angle), y + own * tall * math.sin(angle)))
    return svg.smooth(points, closed=True)


def _paper(scene: Scene, hole: str, colour: str) -> None:
    sheet, u = scene.sheet, scene.sheet.u
    edge = 40 * u
    data = svg.box((-edge, -edge, sheet.w + 2 * edge, sheet.h + 2 * edge)) + hole
    dark = mix(scene.palette.ink, colour, 0.3)
    scene.canvas.shadow(data, between(scene.rng, 10, 16) * u, (4 * u, 9 * u), (dark, 0.38))
    scene.canvas.add(svg.path(data, colour), svg.stroke(hole, tone(colour, 0.05), 1.3 * u, stroke_opacity=0.8))


PORTAL = Family(
    name="portal",
    kinds=("hole",),
    voices=("grotesk", "friendly", "serif", "instrument", "abril"),
    draw=draw,
    grain=0.016,
)
