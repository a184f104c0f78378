"""Night city: dusk in five stops, stars and a moon, three skylines with lit windows, sometimes water."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from backend.providers.local.compose import svg
from backend.providers.local.compose.colour import chroma, from_lab, lab, lightness, mix, tone
from backend.providers.local.compose.scene import Family, Scene, Writing
from backend.providers.local.compose.stream import between, stream

if TYPE_CHECKING:
    from backend.providers.local.compose.svg import Point
    from backend.providers.local.compose.type.setting import Block


def draw(scene: Scene) -> Writing | None:
    """Draw the sky, set the text high in it, raise the city below."""
    sheet = scene.sheet
    glow = _sky(scene)
    block = scene.block(anchor="top")
    water = scene.plan.kind == "water"
    floor = sheet.h * (0.82 if water else 1.02)
    _stars(scene, floor)
    _moon(scene, block)
    night = tone(scene.palette.ink, min(0.0, 0.14 - lightness(scene.palette.ink)))
    tallest = _tallest(scene, block, floor)
    for i, share in enumerate((1.0, 0.78, 0.58)):
        colour = mix(glow, night, (0.5, 0.78, 1.0)[i])
        lamp = mix(_lamp(scene), colour, (0.55, 0.25, 0.0)[i])
        _skyline(scene, floor, tallest * share, (colour, lamp, (0.0, 0.16, 0.34)[i]))
    if water:
        _water(scene, floor, (glow, night))
    return Writing(block=block) if block else None


def _deep(colour: str, light: float, share: float) -> str:
    """Return the colour at that lightness, with a share of its chroma."""
    _, a, b = lab(colour)
    return from_lab((light, a * share, b * share))


def _sky(scene: Scene) -> str:
    """Lay the dusk; return the glow above the roofs."""
    p = scene.palette
    tint = max((c for c in p.accents if lightness(c) < 0.75), key=chroma, default=p.vivid[0])
    glow = _deep(tint, 0.52, 0.85)
    night = tone(p.ink, min(0.0, 0.17 - lightness(p.ink)))
    shares = ((0.0, 0.0), (0.3, 0.12), (0.55, 0.36), (0.75, 0.72), (1.0, 1.0))
    stops = [(place, mix(night, glow, share)) for place, share in shares]
    gradient, paint = svg.linear(stops, (0, 0), (0, scene.sheet.h * 0.86))
    scene.canvas.add(gradient + svg.rect(scene.sheet.all.box, paint))
    return glow


def _lamp(scene: Scene) -> str:
    return mix(max(scene.palette.accents, key=lightness), scene.palette.paper, 0.3)


def _stars(scene: Scene, floor: float) -> None:
    sheet, rng = scene.sheet, scene.rng
    for _ in range(round(70 * max(0.5, min(2.0, sheet.r)))):
        at = (rng.random() * sheet.w, rng.random() ** 1.5 * floor * 0.62)
        radius = between(rng, 0.7, 1.7) * sheet.u
        scene.canvas.add(svg.circle(at, radius, scene.palette.paper, fill_opacity=between(rng, 0.2, 0.75)))


def _moon(scene: Scene, block: Block | None) -> None:
    """Hang a full or a crescent moon where the sky is free, the same one on every sheet."""
    sheet, rng = scene.sheet, stream("moon", scene.plan.seed)
    radius = sheet.s * (0.13 if sheet.banner else between(rng, 0.055, 0.075))
    at = (sheet.w * between(rng, 0.62, 0.8), sheet.h * 0.3)
    if block and sheet.landscape:
        at = (sheet.w * 0.82, sheet.h * 0.32)
    elif block:
        at = (sheet.w * 0.76, block.frame.bottom + radius * 1.7)
    halo, paint = svg.radial([(0.2, scene.palette.paper + "50"), (1, scene.palette.paper + "00")], at, radius * 3.6)
    scene.canvas.add(halo + svg.circle(at, radius * 3.6, paint))
    body = mix(_lamp(scene), scene.palette.paper, 0.5)
    scene.canvas.add(svg.path(_crescent(at, radius) if rng.random() < 0.5 else svg.disc(at, radius), body))


def _crescent(at: Point, radius: float) -> str:
    r, inner = svg.num(radius), svg.num(radius * 1.05)
    top, low = svg.around(at, radius, -2.2), svg.around(at, radius, 1.1)
    start, end = (f"{svg.num(p[0])} {svg.num(p[1])}" for p in (top, low))
    return f"M{start}A{r} {r} 0 1 0 {end}A{inner} {inner} 0 0 1 {start}Z"


def _tallest(scene: Scene, block: Block | None, floor: float) -> float:
    """Return how high the farthest roofs may reach without standing in the text."""
    sheet = scene.sheet
    if block is None:
        return sheet.h * 0.44
    return max(
        sheet.h * 0.16, min(sheet.h * 0.46, floor - block.frame.bottom - sheet.s * (0.1 if sheet.landscape else 0.22))
    )


def _skyline(scene: Scene, floor: float, tallest: float, look: tuple[str, str, float]) -> None:
    """Raise houses side by side, each with a roof of its own and lit windows."""
    sheet, rng = scene.sheet, scene.rng
    colour, lamp, lit = look
    unit = max(sheet.s * 0.016, 3.0) * (1.4 if sheet.banner else 1.0)
    x = -unit * rng.random() * 3
    while x < sheet.w:
        width = unit * rng.randint(3, 7)
        height = tallest * between(rng, 0.42, 1.0)
        top = floor - height
        scene.canvas.add(svg.rect((x, top, width + 0.6, height + 2), colour), _roof(scene, (x, top, width), colour))
        if lit:
            scene.canvas.add(_windows(scene, (x, top, width, height), (lamp, lit * between(rng, 0.35, 1.5)), unit))
        x += width + (unit * rng.randint(0, 1) if rng.random() < 0.4 else 0)


def _roof(scene: Scene, house: tuple[float, float, float], colour: str) -> str:
    """Return what a house wears: nothing, a step, a mast, or a slant."""
    x, top, width = house
    kind, rise = scene.rng.randrange(5), width * 0.28
    if kind == 1:
        return svg.rect((x + width * 0.2, top - rise * 0.6, width * 0.6, rise * 0.6 + 1), colour)
    if kind == 2:
        return svg.rect((x + width * 0.47, top - rise * 1.7, max(1.0, width * 0.06), rise * 1.7 + 1), colour)
    if kind == 3:
        return svg.path(svg.polygon([(x, top + 1), (x + width, top + 1), (x + width, top - rise)]), colour)
    return ""


def _windows(scene: Scene, house: tuple[float, float, float, float], light: tuple[str, float], unit: float) -> str:
    x, top, width, height = house
    columns, rows = max(1, math.floor(width / unit) - 1), math.floor(height / (unit * 1.35)) - 1
    start = x + (width - (columns - 1) * unit) / 2
    lit = [(i, j) for i in range(columns) for j in range(max(0, rows)) if scene.rng.random() < light[1]]
    left, above, pane = start - unit * 0.22, top + unit * 0.9, (unit * 0.44, unit * 0.62)
    panes = [svg.box((left + i * unit, above + 1.35 * unit * j, *pane)) for i, j in lit]
    return svg.path("".join(panes), light[0], fill_opacity=0.92) if panes else ""


def _water(scene: Scene, floor: float, colours: tuple[str, str]) -> None:
    """Lay water with broken light along the lower edge."""
    sheet, rng = scene.sheet, scene.rng
    gradient, paint = svg.linear([(0, mix(*colours, 0.55)), (1, colours[1])], (0, floor), (0, sheet.h))
    scene.canvas.add(gradient + svg.rect((0, floor, sheet.w, sheet.h - floor + 1), paint))
    for _ in range(round(90 * max(0.6, min(2.5, sheet.r)))):
        depth = rng.random() ** 1.4
        width = sheet.s * between(rng, 0.01, 0.05) * (0.5 + depth)
        at = (rng.random() * sheet.w, floor + (sheet.h - floor) * depth + 2, width, max(0.8, 1.6 * sheet.u))
        scene.canvas.add(svg.rect(at, _lamp(scene), fill_opacity=between(rng, 0.12, 0.5) * (1 - depth * 0.6)))


NIGHTCITY = Family(
    name="nightcity",
    kinds=("land", "water"),
    voices=("grotesk", "instrument", "unbounded", "serif-light", "anton"),
    draw=draw,
    grain=0.018,
)
