"""Quote: a card for words that someone said, with its mark, and little else."""

from __future__ import annotations

import math

from backend.providers.local.compose import svg
from backend.providers.local.compose.colour import contrast, lightness, mix
from backend.providers.local.compose.scene import Family, Scene, Writing
from backend.providers.local.compose.stream import between
from backend.providers.local.compose.type.fonts import Face
from backend.providers.local.compose.type.shaping import shape
from backend.providers.local.compose.zones import Frame

_MARK = Face(family="gloock")


def draw(scene: Scene) -> Writing | None:
    """Lay the card, put the mark, set the words under it."""
    sheet, p = scene.sheet, scene.palette
    ground = p.ink if scene.plan.dark else p.paper
    scene.canvas.add(svg.rect(sheet.all.box, ground))
    inside = _DRESSES[scene.plan.kind](scene, ground)
    accent = p.against(ground, 1.8)[0]
    size = sheet.s * (0.2 if sheet.banner else 0.3)
    height = size * 0.36
    if scene.plan.kind != "ghost":
        _mark(scene, (inside.x, inside.y + height), size, accent)
    top = inside.y + (height * 1.5 if scene.plan.kind != "ghost" else 0)
    zone = Frame(inside.x, top, inside.w, inside.bottom - top)
    block = scene.block(zone, anchor="middle", grow=0.86)
    return Writing(block=block, ground=ground if scene.plan.kind != "ghost" else "") if block else None


def _mark(scene: Scene, at: tuple[float, float], size: float, colour: str, opacity: float = 1.0) -> None:
    """Put an opening mark whose ink ends on the line."""
    mark = shape("\u201c", _MARK)
    scene.canvas.add(svg.path(mark.path(at[0], at[1] - mark.bottom * size, size), colour, fill_opacity=opacity))


def _framed(scene: Scene, ground: str) -> Frame:
    """A card on a tinted mount, with a fine line inside its edge."""
    sheet, p = scene.sheet, scene.palette
    tint = mix(ground, p.mids[-1] if lightness(ground) > 0.5 else p.mids[0], 0.6)
    edge = sheet.s * 0.045
    card = sheet.all.grown(-edge)
    line = mix(p.readable(ground), ground, 0.45)
    scene.canvas.add(svg.rect(sheet.all.box, tint), svg.rect(card.box, ground))
    scene.canvas.add(svg.rect(card.grown(-edge * 0.35).box, "none", stroke=line, stroke_width=max(1.0, 1.4 * sheet.u)))
    return card.grown(-sheet.margin * (0.8 if sheet.banner else 1.0))


def _blobs(scene: Scene, ground: str) -> Frame:
    """Soft shapes in three corners."""
    sheet, colours = scene.sheet, scene.palette.against(ground, 1.3)
    for i, corner in enumerate(((1.0, 0.0), (0.0, 1.06), (1.0, 1.0))):
        x, y, reach = corner[0] * sheet.w, corner[1] * sheet.h, sheet.s * (0.36, 0.2, 0.24)[i]
        phase = between(scene.rng, 0, math.tau)
        ring = [math.tau * k / 14 for k in range(14)]
        points = [svg.around((x, y), reach * (1 + 0.16 * math.sin(2 * a + phase)), a) for a in ring]
        scene.canvas.add(svg.path(svg.smooth(points, closed=True), colours[i % len(colours)]))
    inside = sheet.all.grown(-sheet.margin)
    share = 0.7 if sheet.landscape else 0.92
    return Frame(inside.x, inside.y, inside.w * share, inside.h * (1.0 if sheet.landscape else 0.88))


def _ghost(scene: Scene, ground: str) -> Frame:
    """A huge pale mark behind the words."""
    sheet = scene.sheet
    _mark(scene, (sheet.w * 0.52, sheet.h * 0.98), sheet.s * 1.5, scene.palette.against(ground, 1.5)[0], 0.16)
    return sheet.all.grown(-sheet.margin * 1.1)


def _band(scene: Scene, ground: str) -> Frame:
    """A band of colour along one side, with rows of half discs."""
    sheet, colours = scene.sheet, scene.palette.against(ground, 1.5)
    long = sheet.h if sheet.landscape else sheet.w
    count = max(3, round(long / (sheet.s * 0.19)))
    cell = long / count
    for i in range(count):
        x, y = (sheet.w - cell, i * cell) if sheet.landscape else (i * cell, sheet.h - cell)
        back, front = colours[i % len(colours)], ground
        if contrast(back, front) < 1.3:
            front = scene.palette.readable(back)
        r = svg.num(cell / 2)
        dome = f"M{svg.num(x)} {svg.num(y + cell)}a{r} {r} 0 0 1 {svg.num(cell)} 0Z"
        scene.canvas.add(svg.rect((x, y, cell + 0.6, cell + 0.6), back), svg.path(dome, front))
    inside = sheet.all.grown(-sheet.margin)
    cut = cell + sheet.margin * 0.5
    if sheet.landscape:
        return Frame(inside.x, inside.y, inside.w - cut, inside.h)
    return Frame(inside.x, inside.y, inside.w, inside.h - cut)


_DRESSES = {"frame": _framed, "blobs": _blobs, "ghost": _ghost, "band": _band}

QUOTE = Family(
    name="quote",
    kinds=tuple(_DRESSES),
    voices=("serif", "serif-italic", "instrument", "gloock", "playfair", "abril"),
    draw=draw,
    needs_text=True,
)
