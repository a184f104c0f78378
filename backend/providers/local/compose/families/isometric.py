"""Isometric: a city of blocks in half steps, three faces each, with a ragged edge towards the text."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from backend.providers.local.compose import svg
from backend.providers.local.compose.colour import contrast, tone
from backend.providers.local.compose.fields import noise
from backend.providers.local.compose.scene import Family, Scene, Writing
from backend.providers.local.compose.stream import between

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.providers.local.compose.colour import Floats
    from backend.providers.local.compose.type.setting import Block

_COS = math.cos(math.pi / 6)
_TALLEST = 3.0
"""Blocks are at most so many sides high."""


def draw(scene: Scene) -> Writing | None:
    """Lay the ground, set the text, build from the back to the front."""
    ground = _ground(scene)
    scene.canvas.add(svg.rect(scene.sheet.all.box, ground))
    block = scene.block(anchor="top" if not scene.sheet.landscape else "middle")
    colours = scene.palette.against(ground, 1.25)[:4]
    side = scene.sheet.s * {"large": 0.085, "small": 0.05}[scene.plan.kind] * (1.6 if scene.sheet.banner else 1.0)
    land = noise(scene.rng, (64, 64), 4.0)
    _city(scene, (side, land), colours, _free(scene, block, side))
    return Writing(block=block, ground=ground) if block else None


def _ground(scene: Scene) -> str:
    p = scene.palette
    vivid = [c for c in p.vivid[:2] if contrast(p.readable(c), c) >= 4.8]
    return scene.rng.choice([p.ink] if scene.plan.dark else [p.paper, p.paper, *vivid[:1]])


def _free(scene: Scene, block: Block | None, side: float) -> Callable[[float, float], bool]:
    """Return which feet may carry a block of full height without reaching the text."""
    sheet = scene.sheet
    sway = noise(scene.rng, (64, 8), 2.0)[0]

    def ragged(place: float) -> float:
        return float(sway[min(63, max(0, int(place * 64)))]) * side * 2.4

    if block is None:
        slope = between(scene.rng, -0.35, 0.35)
        return lambda x, y: y > sheet.h * (0.34 + slope * (x / sheet.w - 0.5)) + ragged(x / sheet.w)
    if sheet.landscape:
        edge = block.frame.right + side * 1.6
        return lambda x, y: x > edge + ragged(y / sheet.h)
    edge = block.frame.bottom + side * (_TALLEST + 1.2)
    return lambda x, y: y > edge + ragged(x / sheet.w)


def _city(scene: Scene, blocks: tuple[float, Floats], colours: list[str], free: Callable[[float, float], bool]) -> None:
    side, land = blocks
    sheet, rng = scene.sheet, scene.rng
    across, down = side * _COS, side / 2
    rows = math.ceil((sheet.h + side * (_TALLEST + 2)) / down)
    for row in range(rows):
        y = row * down
        for column in range(-1, math.ceil(sheet.w / (2 * across)) + 1):
            x = (2 * column + row % 2) * across
            if not free(x, y):
                continue
            height = float(land[row % 64, (2 * column + row % 2) % 64]) * 1.6 + rng.random() * 1.4
            steps = min(_TALLEST, math.floor(height * 2) / 2)
            shade = float(land[(row // 2 + 20) % 64, (column + 9) % 64]) * 0.75 + rng.random() * 0.25
            tint = colours[int(shade * len(colours)) % len(colours)]
            scene.canvas.add(_block((x, y), (across, down), steps * side, tint))


def _block(foot: tuple[float, float], half: tuple[float, float], height: float, colour: str) -> str:
    """Return a block whose base has its middle at `foot`: lid, left and right face."""
    (x, y), (across, down) = foot, half
    lid = y - height
    low = y + down * 3
    top = svg.polygon([(x, lid - down), (x + across, lid), (x, lid + down), (x - across, lid)])
    left = svg.polygon([(x - across, lid), (x, lid + down), (x, low + down), (x - across, low)])
    right = svg.polygon([(x + across, lid), (x, lid + down), (x, low + down), (x + across, low)])
    return _face(left, tone(colour, -0.045)) + _face(right, tone(colour, -0.14)) + _face(top, tone(colour, 0.035))


def _face(data: str, colour: str) -> str:
    """A hair of stroke in the same colour closes the seams between faces."""
    return svg.path(data, colour, stroke=colour, stroke_width=0.6)


ISOMETRIC = Family(
    name="isometric",
    kinds=("large", "small"),
    voices=("grotesk", "grotesk-wide", "unbounded"),
    draw=draw,
)
