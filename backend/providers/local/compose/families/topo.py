"""Topo: the lines of a map, flat bands of height, or layers of cut paper; the text stands on a plateau."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

import contourpy
import numpy as np

from backend.providers.local.compose import svg
from backend.providers.local.compose.calm import plateau
from backend.providers.local.compose.colour import hue_gap, lightness, mix, steps, tone
from backend.providers.local.compose.fields import noise
from backend.providers.local.compose.scene import Family, Scene, Writing
from backend.providers.local.compose.stream import between

if TYPE_CHECKING:
    from backend.providers.local.compose.colour import Floats
    from backend.providers.local.compose.type.setting import Block

_LONG = 240
"""Samples of the terrain along the long side; curves are smoothed between them."""


def draw(scene: Scene) -> Writing | None:
    """Set the text, raise the land around it, draw its heights."""
    block = scene.block(anchor="middle" if scene.sheet.landscape else "top")
    return {"lines": _lines, "bands": _bands, "layers": _layers}[scene.plan.kind](scene, block)


def _terrain(scene: Scene, block: Block | None, rest: float) -> Floats:
    """Return heights 0..1 with a plateau at `rest` where the text stands."""
    margin = 1.04
    scale = _LONG / max(scene.sheet.w, scene.sheet.h)
    size = (max(12, round(scene.sheet.w * scale * margin)), max(12, round(scene.sheet.h * scale * margin)))
    land = (
        noise(scene.rng, size, between(scene.rng, 1.6, 2.5) * (0.55 if scene.sheet.banner else 1.0), octaves=2) * 0.94
        + 0.03
    )
    quiet = plateau(scene, block, size)
    return np.asarray(land * (1 - quiet) + rest * quiet, dtype=np.float32)


def _contours(scene: Scene, land: Floats) -> Any:  # noqa: ANN401  (contourpy's generators are typed by their library only)
    height, width = land.shape
    pad = 0.02
    x = np.linspace(-pad * scene.sheet.w, (1 + pad) * scene.sheet.w, width)
    y = np.linspace(-pad * scene.sheet.h, (1 + pad) * scene.sheet.h, height)
    return contourpy.contour_generator(x, y, land)


def _path(points: Floats, *, closed: bool) -> str:
    """Return a contour as a soft curve through every second point."""
    kept = points[::2] if len(points) > 8 else points
    pairs = [(float(x), float(y)) for x, y in kept]
    return svg.smooth(pairs[:-1] if closed and len(pairs) > 3 else pairs, closed=closed)


def _lines(scene: Scene, block: Block | None) -> Writing | None:
    """26 fine lines, each fifth heavier."""
    p, u = scene.palette, scene.sheet.u
    ground = p.ink if scene.plan.dark else p.paper
    scene.canvas.add(svg.rect(scene.sheet.all.box, ground))
    colour = mix(p.against(ground, 2.2)[0], ground, 0.1)
    generator = _contours(scene, _terrain(scene, block, 0.0))
    for i in range(26):
        lines = cast("list[Floats]", generator.lines((i + 1) / 27))  # cast: contourpy's default line type
        data = "".join(_path(line, closed=bool(np.all(line[0] == line[-1]))) for line in lines if len(line) > 5)
        if data:
            scene.canvas.add(svg.stroke(data, colour, (2.6 if i % 5 == 2 else 1.25) * u, stroke_linejoin="round"))
    return Writing(block=block, ground=ground) if block else None


def _above(generator: Any, level: float) -> str:  # noqa: ANN401  (as above)
    """Return all land above a height as path data, holes included."""
    polygons, offsets = generator.filled(level, 9.0)
    parts: list[str] = []
    for points, ends in zip(cast("list[Floats]", polygons), cast("list[Floats]", offsets), strict=True):
        for start, end in pairwise(ends):
            parts.append(_path(points[int(start) : int(end)], closed=True))
    return "".join(parts)


def _ramp(scene: Scene, count: int) -> list[str]:
    """Return the colours of the heights: one family of hues, from deep to pale or the other way."""
    p = scene.palette
    body = p.vivid[0]
    kin = sorted((c for c in p.accents if hue_gap(c, body) < 1.3), key=lightness)
    deep = mix(tone(kin[0], min(0.0, 0.36 - lightness(kin[0]))), p.ink, 0.25 if hue_gap(p.ink, body) < 1.2 else 0.0)
    pale = mix(p.paper, kin[-1], 0.3)
    half = count // 2
    whole = steps(deep, body, half + 1)[:-1] + steps(body, pale, count - half)
    return whole if scene.plan.dark else whole[::-1]


def _bands(scene: Scene, block: Block | None) -> Writing | None:
    """Eleven flat bands."""
    colours = _ramp(scene, 11)
    scene.canvas.add(svg.rect(scene.sheet.all.box, colours[0]))
    generator = _contours(scene, _terrain(scene, block, 0.0))
    for i, colour in enumerate(colours[1:], start=1):
        data = _above(generator, i / 11)
        if data:
            scene.canvas.add(svg.path(data, colour, fill_rule="evenodd"))
    return Writing(block=block) if block else None


def _layers(scene: Scene, block: Block | None) -> Writing | None:
    """Eight sheets of cut paper, each with its shadow on the one below."""
    colours, u = _ramp(scene, 8), scene.sheet.u
    scene.canvas.add(svg.rect(scene.sheet.all.box, colours[0]))
    generator = _contours(scene, _terrain(scene, block, 1.02))
    for i, colour in enumerate(colours[1:], start=1):
        data = _above(generator, i / 8)
        if data:
            scene.canvas.shadow(data, 13 * u, (4 * u, 8 * u), (mix(scene.palette.ink, colour, 0.2), 0.36))
            scene.canvas.add(svg.path(data, colour, fill_rule="evenodd"))
    return Writing(block=block) if block else None


TOPO = Family(
    name="topo",
    kinds=("lines", "layers", "bands"),
    voices=("grotesk", "serif", "friendly", "playfair", "instrument"),
    draw=draw,
)
