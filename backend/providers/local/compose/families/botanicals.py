"""Botanicals: cut leaves and flowers, one to a panel, or strewn about the text."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from backend.providers.local.compose import svg
from backend.providers.local.compose.colour import contrast, mix
from backend.providers.local.compose.families.plants import PLANTS
from backend.providers.local.compose.scene import Family, Scene, Writing
from backend.providers.local.compose.stream import between
from backend.providers.local.compose.zones import Frame

if TYPE_CHECKING:
    from backend.providers.local.compose.type.setting import Block


def draw(scene: Scene) -> Writing | None:
    """Lay the ground, set the text, plant the rest."""
    return _panels(scene) if scene.plan.kind == "panels" else _strewn(scene)


def _panels(scene: Scene) -> Writing | None:
    """Panels in rows, each with a plant in a colour that stands out from it."""
    sheet, p, rng = scene.sheet, scene.palette, scene.rng
    ground = p.ink if scene.plan.dark else p.paper
    scene.canvas.add(svg.rect(sheet.all.box, ground))
    block = scene.block(anchor="top" if not sheet.landscape else "middle")
    gap = sheet.s * 0.022
    room = sheet.room_beside(block.frame) if block else sheet.all
    edge = sheet.margin * (0.6 if block else 0.75)
    right, low = sheet.w - edge, sheet.h - edge
    left, top = max(room.x, edge), max(room.y, edge)
    columns, rows = _counts(right - left, low - top)
    wide, high = (right - left - gap * (columns - 1)) / columns, (low - top - gap * (rows - 1)) / rows
    last = ""
    for i in range(columns * rows):
        panel = Frame(left + (i % columns) * (wide + gap), top + (i // columns) * (high + gap), wide, high)
        choices = [c for c in p.colours if c not in (last, ground) and contrast(c, ground) > 1.12]
        last = rng.choice(choices)
        scene.canvas.add(svg.rect(panel.box, last))
        loud = [c for c in p.colours if contrast(c, last) > 1.9] or [p.readable(last)]
        _plant(scene, panel.centre, min(wide, high) * 0.78, (rng.choice(loud), between(rng, -9, 9)))
    return Writing(block=block, ground=ground) if block else None


def _counts(wide: float, high: float) -> tuple[int, int]:
    """Return how many panels across and down make them nearest to square, four to twelve in all."""
    options = [(c, r) for c in range(1, 8) for r in range(1, 6) if 4 <= c * r <= 12]
    return min(options, key=lambda o: abs(math.log((wide / o[0]) / (high / o[1]))) + 0.02 * abs(o[0] * o[1] - 6))


def _strewn(scene: Scene) -> Writing | None:
    """Plants at all angles, the large ones first, none on another and none on the text."""
    sheet, p, rng = scene.sheet, scene.palette, scene.rng
    ground = rng.choice([p.ink, p.vivid[0]]) if scene.plan.dark else p.paper
    if contrast(p.readable(ground), ground) < 4.8:
        ground = p.ink
    scene.canvas.add(svg.rect(sheet.all.box, ground))
    wide = sheet.r > 1.6
    zone = sheet.text_zone() if wide else sheet.all.grown(-sheet.s * 0.2)
    block = scene.block(zone, align="left" if wide else "centre", anchor="middle", grow=0.9)
    colours = p.against(ground, 1.35)
    taken: list[tuple[float, float, float]] = []
    for size, tries in ((0.34, 70), (0.22, 160), (0.12, 300)):
        for _ in range(tries):
            at = (between(rng, -0.04, 1.04) * sheet.w, between(rng, -0.04, 1.04) * sheet.h)
            own = size * sheet.s * between(rng, 0.85, 1.15)
            if _is_free(block, taken, (*at, own * 0.46)):
                taken.append((*at, own * 0.46))
                _plant(scene, at, own, (rng.choice(colours), rng.random() * 360))
    return Writing(block=block, ground=ground) if block else None


def _is_free(block: Block | None, taken: list[tuple[float, float, float]], spot: tuple[float, float, float]) -> bool:
    x, y, radius = spot
    if block:
        frame = block.frame
        away = math.hypot(max(frame.x - x, 0, x - frame.right), max(frame.y - y, 0, y - frame.bottom))
        if away < radius * 1.25:
            return False
    return all(math.hypot(x - a, y - b) > radius + r for a, b, r in taken)


def _plant(scene: Scene, at: tuple[float, float], size: float, look: tuple[str, float]) -> None:
    """Lay a plant with a hard, thin shadow: cut paper on paper."""
    u, (colour, turn) = scene.sheet.u, look
    data = scene.rng.choice(PLANTS)()
    drop = max(1.0, min(5 * u, size * 0.02))
    shade = mix(scene.palette.ink, colour, 0.2)
    for dx, paint, alpha in ((drop, shade, 0.28), (0.0, colour, 1.0)):
        place = f"translate({svg.num(at[0] + dx)} {svg.num(at[1] + dx * 1.4)})"
        where = f"{place} rotate({svg.num(turn)}) scale({svg.num(size)})"
        scene.canvas.add(svg.path(data, paint, transform=where, fill_opacity=alpha))


BOTANICALS = Family(
    name="botanicals",
    kinds=("panels", "strewn"),
    voices=("serif", "instrument", "gloock", "friendly", "playfair"),
    draw=draw,
)
