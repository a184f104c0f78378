"""Paper landscape: ridges of cut paper before a ringed sun, from pale and far to dark and near."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from backend.providers.local.compose import svg
from backend.providers.local.compose.colour import chroma, contrast, hue_gap, lightness, mix, tone
from backend.providers.local.compose.fields import wander
from backend.providers.local.compose.scene import Family, Scene, Writing
from backend.providers.local.compose.stream import Stream, between

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.providers.local.compose.svg import Point
    from backend.providers.local.compose.type.setting import Block


def draw(scene: Scene) -> Writing | None:
    """Draw sky, sun and ridges, back to front."""
    block = scene.block(anchor="top") if scene.sheet.landscape else scene.centred_block()
    sky = _sky(scene)
    radius = scene.sheet.s * between(scene.rng, 0.13, 0.17) * (1.3 if scene.sheet.banner else 1.0)
    horizon = _horizon(scene, block, radius)
    _sun(scene, sky[1], horizon, radius)
    _ridges(scene, sky[1], horizon)
    return Writing(block=block) if block else None


def _sky(scene: Scene) -> tuple[str, str]:
    """Lay the ramp of the sky; return its colours above and at the horizon."""
    p, sheet = scene.palette, scene.sheet
    warm = min(p.accents, key=lambda c: abs(lightness(c) - 0.8) - chroma(c) * 0.4)
    if scene.plan.dark:
        top, low = mix(p.ink, p.mids[0], 0.25), mix(p.mids[0], warm, 0.45)
    else:
        top, low = mix(warm, p.paper, 0.25), mix(warm, p.paper, 0.78)
    gradient, paint = svg.linear([(0, top), (0.75, low)], (0, 0), (0, sheet.h))
    scene.canvas.add(gradient + svg.rect(sheet.all.box, paint))
    return top, low


def _horizon(scene: Scene, block: Block | None, radius: float) -> float:
    """Return where the farthest ridge stands: below the text, unless the text needs nearly all the height."""
    sheet = scene.sheet
    if block is None:
        return sheet.h * between(scene.rng, 0.50, 0.56)
    least = between(scene.rng, 0.57, 0.62) * sheet.h
    sun = 0.0 if sheet.landscape else radius * 1.1
    return min(max(least, block.frame.bottom + sheet.s * 0.05 + sun), sheet.h * 0.78)


def _sun(scene: Scene, low: str, horizon: float, radius: float) -> None:
    sheet, rng = scene.sheet, scene.rng
    across = between(rng, 0.34, 0.66)
    if scene.headline:
        across = between(rng, 0.72, 0.8) if sheet.landscape else between(rng, 0.42, 0.58)
    centre = (sheet.w * across, horizon - radius * 0.25)
    colour = max(scene.palette.vivid[:3], key=lambda c: contrast(c, low) * (1 + chroma(c)))
    for i, (times, share) in enumerate(((2.75, 0.16), (2.1, 0.26), (1.5, 0.38))):
        ring = mix(low, mix(colour, scene.palette.paper, 0.35), share + 0.06 * i)
        scene.canvas.add(svg.circle(centre, radius * times, ring, fill_opacity=0.75))
    scene.canvas.shadow(svg.disc(centre, radius), 14 * sheet.u, (0, 4 * sheet.u), (scene.palette.ink, 0.22))
    top, low_edge = (0, centre[1] - radius), (0, centre[1] + radius)
    gradient, paint = svg.linear([(0, tone(colour, 0.04)), (1, tone(colour, -0.03))], top, low_edge)
    scene.canvas.add(gradient + svg.circle(centre, radius, paint))


def _tones(scene: Scene, low: str, count: int) -> list[str]:
    """Return the colours of the ridges, far to near; far hues change from one ridge to the next, never by mixing."""
    p = scene.palette
    near = mix(p.mids[0], p.ink, 0.45)
    far = mix(min(p.mids[1:], key=lambda c: contrast(c, low)), low, 0.3)
    middle = min(p.mids[:3], key=lambda c: abs(lightness(c) - (lightness(near) + lightness(far)) / 2))
    half = (count + 1) // 2
    turn = middle if hue_gap(middle, near) < 1.4 else tone(near, 0.2)
    first = [mix(far, middle, i / half) for i in range(half)]
    return first + [mix(turn, near, i / max(1, count - half - 1)) for i in range(count - half)]


def _ridges(scene: Scene, low: str, horizon: float) -> None:
    sheet, rng = scene.sheet, scene.rng
    count = rng.randint(5, 7) if not sheet.banner else 5
    wooded = scene.plan.kind in ("hill", "mountain") and rng.random() < 0.7
    for i, colour in enumerate(_tones(scene, low, count)):
        depth = i / (count - 1)
        base = horizon + (sheet.h * 0.93 - horizon) * depth**0.9
        profile = _profile(scene, depth)
        points = _line(scene, base, profile)
        outline = _outline(scene, points, jagged=scene.plan.kind == "mountain" and depth < 0.5)
        if wooded and depth >= 0.66:
            outline += _conifers(scene, points, depth)
        _sheet_of_paper(scene, outline, points, colour)


def _sheet_of_paper(scene: Scene, outline: str, points: list[Point], colour: str) -> None:
    sheet, u = scene.sheet, scene.sheet.u
    blur, up = between(scene.rng, 11, 18) * u, between(scene.rng, 5, 9) * u
    scene.canvas.shadow(outline, blur, (0, -up), (mix(scene.palette.ink, colour, 0.25), 0.32))
    top = min(y for _, y in points)
    gradient, paint = svg.linear([(0, tone(colour, 0.025)), (1, tone(colour, -0.025))], (0, top), (0, sheet.h))
    rim = svg.stroke(outline, tone(colour, 0.07), 1.3 * u, stroke_opacity=0.7)
    scene.canvas.add(gradient + svg.path(outline, paint) + rim)


def _profile(scene: Scene, depth: float) -> Callable[[float], float]:
    """Return the height of a ridge above its base, in pixels, over x in short sides."""
    rng, s = scene.rng, scene.sheet.s * (1.25 if scene.sheet.banner else 1.0)
    kind = scene.plan.kind
    if kind == "mountain" and depth < 0.5:
        return _peaks(rng, s * (0.15 - 0.08 * depth))
    if kind == "dune":
        return _dunes(rng, s * between(rng, 0.06, 0.1))
    if kind == "wave":
        return _crests(rng, s * (0.018 + 0.022 * depth))
    roll = wander(rng, octaves=2, roughness=0.4)
    return lambda t: s * 0.055 * roll(t * 1.1)


def _peaks(rng: Stream, height: float) -> Callable[[float], float]:
    """Sharp summits: the absolute value of wandering lines, folded upwards, with finer crags."""
    large, fine = wander(rng, octaves=3, roughness=0.45), wander(rng, octaves=3, roughness=0.6)
    return lambda t: height * (0.9 - 1.5 * abs(large(t * 1.3)) + 0.16 * fine(t * 7))


def _dunes(rng: Stream, height: float) -> Callable[[float], float]:
    """Long windward slopes and short lee ones."""
    tempo, phase, skew = between(rng, 0.55, 0.9), rng.random(), between(rng, 0.62, 0.8)
    roll = wander(rng, octaves=1)

    def profile(t: float) -> float:
        place = (t * tempo + phase) % 1.0
        rise = place / skew if place < skew else (1 - place) / (1 - skew)
        return height * (rise * rise * (3 - 2 * rise) - 0.4 + 0.35 * roll(t))

    return profile


def _crests(rng: Stream, height: float) -> Callable[[float], float]:
    tempo, phase = between(rng, 3.2, 4.6), between(rng, 0, math.tau)
    roll = wander(rng, octaves=1)
    return lambda t: height * (math.sin(t * tempo * math.tau * 0.5 + phase) + 0.7 * roll(t))


def _line(scene: Scene, base: float, profile: Callable[[float], float]) -> list[Point]:
    sheet = scene.sheet
    fine = scene.plan.kind == "mountain"
    step = (7 if fine else 22) * sheet.u
    count = math.ceil((sheet.w + 2 * step) / step) + 1
    return [(-step + i * step, base - profile((-step + i * step) / sheet.s)) for i in range(count)]


def _outline(scene: Scene, points: list[Point], *, jagged: bool) -> str:
    edge = svg.polyline(points) if jagged else svg.smooth(points)
    low = svg.num(scene.sheet.h + 20)
    return f"{edge}L{svg.num(points[-1][0])} {low}L{svg.num(points[0][0])} {low}Z"


def _conifers(scene: Scene, points: list[Point], depth: float) -> str:
    """Return a wood of firs along the ridge, as path data: dense groves with clearings."""
    sheet, rng = scene.sheet, scene.rng
    height = sheet.s * (0.035 + 0.075 * (depth - 0.6)) * (1.3 if sheet.banner else 1.0)
    grove = wander(rng, octaves=2)
    parts: list[str] = []
    x = 0.0
    while x < sheet.w:
        if grove(x / sheet.s * 1.6) > -0.25:
            parts.append(_fir(rng, (x, _height_at(points, x)), height * between(rng, 0.55, 1.25)))
        x += height * between(rng, 0.22, 0.5)
    return "".join(parts)


def _height_at(points: list[Point], x: float) -> float:
    step = points[1][0] - points[0][0]
    place = (x - points[0][0]) / step
    i = min(max(int(place), 0), len(points) - 2)
    share = place - i
    return points[i][1] * (1 - share) + points[i + 1][1] * share


def _fir(rng: Stream, foot: Point, height: float) -> str:
    """Return one fir: tiers that widen downwards, a little uneven."""
    x, y = foot
    tiers = 5
    right: list[Point] = []
    left: list[Point] = []
    for i in range(1, tiers + 1):
        level = y - height * (1 - i / tiers)
        reach = height * 0.2 * (i / tiers) * between(rng, 0.85, 1.15)
        right += [(x + reach, level), (x + reach * 0.5, level - height * 0.02)]
        left += [(x - reach, level), (x - reach * 0.5, level - height * 0.02)]
    return svg.polygon([(x, y - height * 1.08), *right, (x, y + height * 0.3), *reversed(left)])


PAPER = Family(
    name="paper",
    kinds=("hill", "mountain", "dune", "wave"),
    voices=("grotesk", "serif", "friendly", "instrument", "gloock", "abril", "playfair"),
    draw=draw,
    grain=0.014,
)
