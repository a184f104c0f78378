"""Confetti: six shapes in four sizes with hard shadows, and an oval of calm for the text."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from backend.providers.local.compose import svg
from backend.providers.local.compose.colour import contrast, tone
from backend.providers.local.compose.scene import Family, Scene, Writing
from backend.providers.local.compose.stream import between

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.providers.local.compose.type.setting import Block

_SIZES = ((62, 26), (40, 70), (24, 120), (12, 150))
"""Length in u, and how many on a sheet of 1080 x 1080."""


def draw(scene: Scene) -> Writing | None:
    """Lay the ground, set the text in the middle, throw the confetti around it."""
    ground = _ground(scene)
    scene.canvas.add(svg.rect(scene.sheet.all.box, ground))
    wide = scene.sheet.landscape and scene.sheet.r > 1.6
    zone = scene.sheet.text_zone() if wide else scene.sheet.all.grown(-scene.sheet.s * 0.17)
    block = scene.block(zone, align="left" if wide else "centre", anchor="middle")
    colours = [c for c in scene.palette.colours if contrast(c, ground) > 1.5]
    shapes = _SHAPES if scene.plan.kind == "mixed" else [_strip, _strip, _curl]
    for length, count in _SIZES:
        for _ in range(count):
            at = (scene.rng.random() * scene.sheet.w, scene.rng.random() * scene.sheet.h)
            size = length * max(scene.sheet.u, scene.sheet.s / 1080) * between(scene.rng, 0.75, 1.25)
            if scene.rng.random() < _density(scene, block, at, size):
                colour = scene.rng.choice(colours)
                shape = scene.rng.choice(shapes)(size)
                scene.canvas.add(_thrown(scene, (shape, at), (colour, ground), size))
    return Writing(block=block, ground=ground) if block else None


def _ground(scene: Scene) -> str:
    p = scene.palette
    vivid = [c for c in p.vivid[:2] if contrast(p.readable(c), c) >= 4.8]
    return scene.rng.choice([p.ink] if scene.plan.dark else [p.paper, *vivid])


def _density(scene: Scene, block: Block | None, at: tuple[float, float], size: float) -> float:
    """Return the chance that a piece stays: none at the text, more and more away from it."""
    if block is None:
        return 0.62
    frame = block.frame.grown(size * 1.2 + scene.sheet.s * 0.02)
    dx = (at[0] - frame.centre[0]) / (frame.w / 2)
    dy = (at[1] - frame.centre[1]) / (frame.h / 2)
    away = max((dx**4 + dy**4) ** 0.25, math.hypot(dx, dy) * 0.8)
    return 0.0 if away < 1.05 else min(0.85, (away - 1.05) * 0.9 + 0.12)


def _thrown(scene: Scene, piece: tuple[str, tuple[float, float]], paint: tuple[str, str], size: float) -> str:
    """Return the piece at its place and angle, over its hard shadow."""
    data, (x, y) = piece
    turn, drop = between(scene.rng, 0, 360), size * 0.14
    line = "Z" not in data
    look = {"stroke": paint[0], "stroke_width": svg.num(size * 0.2), "stroke_linecap": "round"} if line else {}
    dark = tone(paint[1], -0.07 if contrast(paint[1], "#000000") > 3 else 0.06)
    shade = {**look, "stroke": dark} if line else {}
    where = f"rotate({svg.num(turn)})"
    low = f"translate({svg.num(x + drop)} {svg.num(y + drop)}) {where}"
    high = f"translate({svg.num(x)} {svg.num(y)}) {where}"
    below = svg.path(data, "none" if line else dark, transform=low, **shade)
    return below + svg.path(data, "none" if line else paint[0], transform=high, **look)


def _strip(size: float) -> str:
    return svg.box((-size * 0.5, -size * 0.19, size, size * 0.38))


def _dot(size: float) -> str:
    return svg.disc((0, 0), size * 0.33)


def _triangle(size: float) -> str:
    return svg.polygon([(-size * 0.4, size * 0.3), (size * 0.4, size * 0.3), (0, -size * 0.4)])


def _curl(size: float) -> str:
    s = svg.num(size * 0.45)
    return f"M-{svg.num(size * 0.9)} 0q{svg.num(size * 0.225)} -{s} {s} 0t{s} 0t{s} 0t{s} 0"


def _half(size: float) -> str:
    r = svg.num(size * 0.42)
    return f"M-{r} 0a{r} {r} 0 0 1 {svg.num(size * 0.84)} 0Z"


def _diamond(size: float) -> str:
    return svg.polygon([(0, -size * 0.42), (size * 0.3, 0), (0, size * 0.42), (-size * 0.3, 0)])


_SHAPES: list[Callable[[float], str]] = [_strip, _strip, _dot, _triangle, _curl, _half, _diamond]

CONFETTI = Family(
    name="confetti",
    kinds=("mixed", "streamers"),
    voices=("grotesk", "abril", "friendly", "unbounded", "gloock"),
    draw=draw,
)
