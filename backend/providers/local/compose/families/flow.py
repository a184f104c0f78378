"""Flow: streams through a field of noise, thick ones first, none touching another; the text stands on a plate."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from backend.providers.local.compose import svg
from backend.providers.local.compose.calm import plated
from backend.providers.local.compose.fields import noise
from backend.providers.local.compose.scene import Family, Scene, Writing
from backend.providers.local.compose.stream import between

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.providers.local.compose.colour import Floats
    from backend.providers.local.compose.svg import Point

_WIDTHS = ((22.0, 90), (14.0, 150), (9.0, 260), (5.5, 420))
"""Width in u, and how many tries to place one on a sheet of 1080 x 1080."""
_FINE = ((9.0, 300), (6.0, 420), (4.0, 600))


def draw(scene: Scene) -> Writing | None:
    """Trace the streams, then lay the plate."""
    p = scene.palette
    ground = p.ink if scene.plan.dark else p.paper
    scene.canvas.add(svg.rect(scene.sheet.all.box, ground))
    river = _River(scene)
    colours = p.against(ground, 1.5)
    tint = noise(scene.rng, river.size, 2.2)
    for width, tries in _FINE if scene.plan.kind == "fine" else _WIDTHS:
        for _ in range(tries):
            stream = river.trace(width * scene.sheet.u)
            if stream:
                colour = _colour(scene, stream, (colours, tint), river)
                line = svg.stroke(svg.smooth(stream), colour, width * scene.sheet.u, stroke_linecap="round")
                scene.canvas.add(line)
    return plated(scene, ground)


def _colour(scene: Scene, stream: list[Point], paints: tuple[list[str], Floats], river: _River) -> str:
    """Return the colour of the neighbourhood, now and then the text's own."""
    colours, tint = paints
    if scene.rng.random() < 0.06:
        return scene.palette.paper if scene.plan.dark else scene.palette.ink
    row, column = river.cell(stream[len(stream) // 2])
    return colours[min(len(colours) - 1, int(float(tint[row, column]) * len(colours)))]


class _River:
    """The field of directions, and which cells of 5 u already carry a stream."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.step = 5 * scene.sheet.u
        self.size = (max(8, math.ceil(scene.sheet.w / self.step)), max(8, math.ceil(scene.sheet.h / self.step)))
        turns = between(scene.rng, 0.6, 1.1)
        whirl = noise(scene.rng, self.size, between(scene.rng, 0.9, 1.5))
        self.angles = whirl * math.tau * turns + scene.rng.random() * 6
        self.taken: NDArray[np.bool_] = np.zeros((self.size[1], self.size[0]), dtype=np.bool_)

    def cell(self, at: Point) -> tuple[int, int]:
        """Return row and column of a place, inside the grid."""
        column = min(self.size[0] - 1, max(0, int(at[0] / self.step)))
        return min(self.size[1] - 1, max(0, int(at[1] / self.step))), column

    def trace(self, width: float) -> list[Point]:
        """Return a stream from a chance place, both ways as far as it is free, and take its cells; maybe none."""
        rng, sheet = self.scene.rng, self.scene.sheet
        start = (rng.random() * sheet.w, rng.random() * sheet.h)
        reach = max(0, round((width * 0.72 - self.step * 0.5) / self.step))
        if not self._free(start, reach):
            return []
        longest = round(between(rng, 14, 70))
        back, on = self._follow(start, -1, (reach, longest)), self._follow(start, 1, (reach, longest))
        points = [*back[::-1], start, *on]
        if len(points) * self.step < width * 2.2:
            return []
        for point in points:
            row, column = self.cell(point)
            self.taken[max(0, row - reach) : row + reach + 1, max(0, column - reach) : column + reach + 1] = True
        return points[::3] if len(points) > 6 else points

    def _follow(self, at: Point, way: int, limits: tuple[int, int]) -> list[Point]:
        points: list[Point] = []
        for _ in range(limits[1]):
            row, column = self.cell(at)
            angle = float(self.angles[row, column])
            at = (at[0] + math.cos(angle) * self.step * way, at[1] + math.sin(angle) * self.step * way)
            if not self._free(at, limits[0]):
                break
            points.append(at)
        return points

    def _free(self, at: Point, reach: int) -> bool:
        sheet = self.scene.sheet
        edge = self.step * 4
        if not (-edge < at[0] < sheet.w + edge and -edge < at[1] < sheet.h + edge):
            return False
        row, column = self.cell(at)
        near = self.taken[max(0, row - reach) : row + reach + 1, max(0, column - reach) : column + reach + 1]
        return not bool(near.any())


FLOW = Family(
    name="flow",
    kinds=("bold", "fine"),
    voices=("grotesk", "serif", "instrument", "playfair", "friendly"),
    draw=draw,
)
