"""Waves: swelling bands of paper, a mountain of fine ridgelines, or the scales of the Japanese sea."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from backend.providers.local.compose import svg
from backend.providers.local.compose.colour import lightness, mix, tone
from backend.providers.local.compose.fields import wander
from backend.providers.local.compose.scene import Family, Scene, Writing
from backend.providers.local.compose.stream import between

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.providers.local.compose.svg import Point
    from backend.providers.local.compose.type.setting import Block


def draw(scene: Scene) -> Writing | None:
    """Set the text above or beside, then let the sea fill the rest."""
    return {"bands": _bands, "lines": _lines, "scales": _scales}[scene.plan.kind](scene)


def _bands(scene: Scene) -> Writing | None:
    """Bands from pale and far to dark and near, each with its shadow on the one behind."""
    sheet, rng, p = scene.sheet, scene.rng, scene.palette
    block = scene.block(anchor="top") if sheet.r < 2.1 else scene.block()
    top, low = _air(scene)
    gradient, paint = svg.linear([(0, top), (1, low)], (0, 0), (0, sheet.h * 0.8))
    scene.canvas.add(gradient + svg.rect(sheet.all.box, paint))
    count = rng.randint(7, 9) if not sheet.banner else 6
    start = sheet.h * 0.3 if block is None else _start(scene, block)
    middle = min(p.vivid[:3], key=lambda c: abs(lightness(c) - 0.6))
    near = mix(tone(middle, -0.3), p.ink, 0.4)
    for i in range(count):
        share = i / (count - 1)
        colour = mix(low, middle, share * 2) if share < 0.5 else mix(middle, near, share * 2 - 1)
        base = start + (sheet.h * 0.95 - start) * share**0.95
        _band(scene, base, colour, slope=_slope(scene, block) * (1 - share))
    return Writing(block=block) if block else None


def _air(scene: Scene) -> tuple[str, str]:
    p = scene.palette
    if scene.plan.dark:
        return mix(p.ink, p.mids[0], 0.15), mix(p.ink, p.mids[0], 0.6)
    return p.paper, mix(p.paper, p.mids[-1], 0.55)


def _start(scene: Scene, block: Block) -> float:
    if scene.sheet.landscape:
        return scene.sheet.h * 0.5
    return min(block.frame.bottom + scene.sheet.s * 0.1, scene.sheet.h * 0.8)


def _slope(scene: Scene, block: Block | None) -> float:
    """Return how far the far bands fall to the left, where wide sheets have their text."""
    return scene.sheet.h * 0.42 if block and scene.sheet.landscape else 0.0


def _band(scene: Scene, base: float, colour: str, *, slope: float) -> None:
    sheet, rng, u = scene.sheet, scene.rng, scene.sheet.u
    roll, tempo, height = wander(rng, octaves=2, roughness=0.35), between(rng, 0.75, 1.15), sheet.s * 0.075
    step = 26 * u
    points: list[Point] = []
    for i in range(math.ceil(sheet.w / step) + 3):
        x = (i - 1) * step
        points.append((x, base - height * roll(x / sheet.s * tempo) + slope * (0.5 - x / sheet.w)))
    outline = f"{svg.smooth(points)}V{svg.num(sheet.h + 20)}H{svg.num(points[0][0])}Z"
    scene.canvas.shadow(outline, 15 * u, (0, -7 * u), (mix(scene.palette.ink, colour, 0.3), 0.30))
    crest = min(y for _, y in points)
    ends = (0, crest), (0, crest + sheet.s * 0.3)
    gradient, paint = svg.linear([(0, tone(colour, 0.035)), (1, tone(colour, -0.02))], *ends)
    rim = svg.stroke(outline, tone(colour, 0.07), 1.2 * u, stroke_opacity=0.6)
    scene.canvas.add(gradient + svg.path(outline, paint) + rim)


def _lines(scene: Scene) -> Writing | None:
    """46 ridgelines, each hiding what lies behind it, high in the middle and still at the edges."""
    sheet, rng, p = scene.sheet, scene.rng, scene.palette
    ground = p.ink if scene.plan.dark else p.paper
    scene.canvas.add(svg.rect(sheet.all.box, ground))
    block = scene.block(anchor="top" if not sheet.landscape else "middle")
    room = sheet.room_beside(block.frame) if block else sheet.all
    first, last = (p.against(ground, 2.1) * 2)[:2]
    count = 46 if not sheet.banner else 26
    high = min(room.h, room.w * 1.1) * (0.62 if block else 0.56)
    top = room.y + (room.h - high) * (0.62 if room.h > room.w else 0.7)
    hill = (room.x + room.w * between(rng, 0.44, 0.56), room.w * between(rng, 0.18, 0.24))
    crag = [wander(rng, octaves=3, roughness=0.7) for _ in range(6)]
    for i in range(count):
        depth = i / (count - 1)
        swell = high * 0.46 * (0.35 + 0.65 * math.sin(math.pi * min(1.0, 0.12 + depth)))
        points = _ridgeline(scene, room.x, (crag[i % 6], i * 0.37), (*hill, swell))
        line = [(x, top + high * depth - rise) for x, rise in points]
        scene.canvas.add(_drawn_line(scene, line, ground, mix(first, last, depth)))
    return Writing(block=block, ground=ground) if block else None


def _ridgeline(
    scene: Scene, left: float, rough: tuple[Callable[[float], float], float], hill: tuple[float, float, float]
) -> list[Point]:
    """Return a line's heights: crags under a bell; `hill` is its middle, breadth and height."""
    crag, shift = rough
    step = 6 * scene.sheet.u
    points: list[Point] = []
    for i in range(math.ceil((scene.sheet.w - left) / step) + 2):
        x = left + i * step
        bell = math.exp(-(((x - hill[0]) / hill[1]) ** 2))
        points.append((x, hill[2] * (0.02 + bell * (0.15 + abs(crag(x / scene.sheet.s * 5.2 + shift)) ** 1.2))))
    return points


def _drawn_line(scene: Scene, points: list[Point], ground: str, colour: str) -> str:
    """Return the line over a strip of ground; it fades in where it starts beside the text."""
    edge, left = svg.smooth(points), points[0][0]
    low = points[0][1] + scene.sheet.s * 0.05
    strip = svg.path(f"{edge}V{svg.num(low)}H{svg.num(left)}Z", ground)
    if left <= 0:
        return strip + svg.stroke(edge, colour, 2.2 * scene.sheet.u)
    ends = (left, 0), (left + (scene.sheet.w - left) * 0.3, 0)
    gradient, paint = svg.linear([(0, colour + "00"), (1, colour + "ff")], *ends)
    return gradient + strip + svg.stroke(edge, paint, 2.2 * scene.sheet.u)


def _scales(scene: Scene) -> Writing | None:
    """Seigaiha: rows of concentric discs, each row over the one above."""
    sheet, rng, p = scene.sheet, scene.rng, scene.palette
    ground = p.ink if scene.plan.dark else p.paper
    scene.canvas.add(svg.rect(sheet.all.box, ground))
    block = scene.block(anchor="top" if not sheet.landscape else "middle")
    radius = sheet.s * (0.19 if sheet.banner else between(rng, 0.085, 0.12))
    top = -radius if block is None or sheet.landscape else block.frame.bottom + radius * 1.5
    left = block.frame.right + radius * 1.3 if block and sheet.landscape else -radius
    colours = (p.against(ground, 1.25) * 2)[:4]
    rows = math.ceil((sheet.h - top) / (radius / 2)) + 2
    for j in range(rows):
        y = top + j * radius / 2
        shift = radius * (j % 2)
        edge = left + (sheet.h - y) * 0.22 if block and sheet.landscape else left
        for i in range(math.ceil(sheet.w / (2 * radius)) + 2):
            x = i * 2 * radius + shift
            if x >= edge:
                scene.canvas.add(_scale((x, y), radius, ground, _tint(colours, i + j * 2, j)))
    return Writing(block=block, ground=ground) if block else None


def _tint(colours: list[str], place: int, row: int) -> str:
    """Return the colour of a scale: rows keep to one, with a rare guest."""
    return colours[3] if place % 11 == 5 else colours[(row // 3) % 3]


def _scale(centre: tuple[float, float], radius: float, ground: str, colour: str) -> str:
    shares = (1.0, 0.82, 0.64, 0.46, 0.28)
    discs = [svg.circle(centre, radius * share * 0.985, ground if i % 2 else colour) for i, share in enumerate(shares)]
    return svg.circle(centre, radius, ground) + "".join(discs)


WAVES = Family(
    name="waves",
    kinds=("bands", "lines", "scales"),
    voices=("grotesk", "instrument", "serif", "friendly", "playfair", "gloock"),
    draw=draw,
    grain=0.014,
)
