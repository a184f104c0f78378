"""Terrazzo: chips of stone in ground, big ones first; the text stands on a plate."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from backend.providers.local.compose import svg
from backend.providers.local.compose.calm import plated
from backend.providers.local.compose.scene import Family, Scene, Writing
from backend.providers.local.compose.stream import Stream, between

if TYPE_CHECKING:
    from backend.providers.local.compose.svg import Point

_SIZES = ((78, 90), (46, 160), (25, 320), (12, 420), (5, 500))
"""Radius in u, and how many tries to place one on a sheet of 1080 x 1080."""


def draw(scene: Scene) -> Writing | None:
    """Strew the chips, then lay the plate."""
    p, u = scene.palette, scene.sheet.u
    ground = p.ink if scene.plan.dark else p.paper
    scene.canvas.add(svg.rect(scene.sheet.all.box, ground))
    colours = p.against(ground, 1.35)
    colours += colours[:2]
    largest = max(u, scene.sheet.s / 1080 * 0.9)
    placed, tight = _Floor(), 0.74 if scene.plan.kind == "shards" else 1.0
    for radius, tries in _SIZES:
        size = radius * (largest if radius > 40 else u)
        for _ in range(tries):
            at = (scene.rng.random() * scene.sheet.w, scene.rng.random() * scene.sheet.h)
            own = size * between(scene.rng, 0.72, 1.18)
            if placed.take(at, own * tight + 3.5 * u):
                scene.canvas.add(svg.path(_chip(scene.rng, at, own, scene.plan.kind), scene.rng.choice(colours)))
    return plated(scene, ground)


class _Floor:
    """Remembers where chips lie, in buckets, so that a new one is tested against near ones only."""

    def __init__(self) -> None:
        self._buckets: dict[tuple[int, int], list[tuple[float, float, float]]] = {}
        self._cell = 0.0

    def take(self, at: Point, radius: float) -> bool:
        """Take the place if no chip is in the way."""
        self._cell = self._cell or radius * 2.4
        column, row = int(at[0] // self._cell), int(at[1] // self._cell)
        near = [c for i in (-1, 0, 1) for j in (-1, 0, 1) for c in self._buckets.get((column + i, row + j), ())]
        if any(math.hypot(at[0] - x, at[1] - y) < radius + r for x, y, r in near):
            return False
        self._buckets.setdefault((column, row), []).append((at[0], at[1], radius))
        return True


def _chip(rng: Stream, at: Point, radius: float, kind: str) -> str:
    """Return a chip: corners at jittered angles, blunted; pebbles are soft all round, shards long and thin."""
    corners = {"chips": rng.randint(4, 7), "pebbles": rng.randint(5, 7), "shards": rng.randint(3, 4)}[kind]
    stretch = between(rng, 0.45, 0.7) if kind == "shards" else between(rng, 0.78, 1.0)
    turn = rng.random() * math.tau
    points: list[Point] = []
    for i in range(corners):
        angle = math.tau * (i + between(rng, -0.28, 0.28)) / corners
        reach = radius * between(rng, 0.86, 1.12)
        x, y = reach * math.cos(angle), reach * math.sin(angle) * stretch
        across = x * math.cos(turn) - y * math.sin(turn)
        points.append((at[0] + across, at[1] + x * math.sin(turn) + y * math.cos(turn)))
    return svg.smooth(points, closed=True) if kind == "pebbles" else _blunted(points, 0.16 if kind == "chips" else 0.06)


def _blunted(points: list[Point], cut: float) -> str:
    """Return the polygon with each corner cut off by a soft curve."""
    parts: list[str] = []
    count = len(points)
    for i, corner in enumerate(points):
        before, after = points[i - 1], points[(i + 1) % count]
        a = (corner[0] + (before[0] - corner[0]) * cut, corner[1] + (before[1] - corner[1]) * cut)
        b = (corner[0] + (after[0] - corner[0]) * cut, corner[1] + (after[1] - corner[1]) * cut)
        ends = " ".join(svg.num(v) for v in (*corner, *b))
        parts.append(f"{'L' if i else 'M'}{svg.num(a[0])} {svg.num(a[1])}Q{ends}")
    return "".join(parts) + "Z"


TERRAZZO = Family(
    name="terrazzo",
    kinds=("chips", "pebbles", "shards"),
    voices=("serif", "grotesk", "instrument", "friendly", "gloock"),
    draw=draw,
)
