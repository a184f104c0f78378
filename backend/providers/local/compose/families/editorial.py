"""Editorial: a large serif headline under a hairline, beside the art of another family in a frame."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from backend.providers.local.compose import svg
from backend.providers.local.compose.canvas import Canvas
from backend.providers.local.compose.colour import mix
from backend.providers.local.compose.families.arches import ARCHES, arch
from backend.providers.local.compose.families.flow import FLOW
from backend.providers.local.compose.families.orbs import ORBS
from backend.providers.local.compose.families.paper import PAPER
from backend.providers.local.compose.families.sunburst import SUNBURST
from backend.providers.local.compose.families.topo import TOPO
from backend.providers.local.compose.families.waves import WAVES
from backend.providers.local.compose.scene import Family, Scene, Writing
from backend.providers.local.compose.words import Texts
from backend.providers.local.compose.zones import Frame, Sheet

if TYPE_CHECKING:
    from backend.providers.local.compose.type.setting import Block

_ART = (PAPER, ARCHES, WAVES, ORBS, FLOW, SUNBURST, TOPO)


def draw(scene: Scene) -> Writing | None:
    """Lay the page and its hairline, set the text, hang the art."""
    sheet, p = scene.sheet, scene.palette
    page = p.ink if scene.plan.dark else mix(p.paper, p.mids[-1], 0.12 if scene.rng.random() < 0.5 else 0.0)
    scene.canvas.add(svg.rect(sheet.all.box, page))
    m = sheet.margin
    zone = _zone(scene)
    block = scene.block(zone, anchor="middle" if sheet.landscape else "top", grow=0.95)
    if block is None:
        return None
    line = m if not sheet.landscape else zone.y * 0.7
    if not sheet.banner:
        end = sheet.w - m if not sheet.landscape else zone.right
        data = f"M{svg.num(m)} {svg.num(line)}H{svg.num(end)}"
        scene.canvas.add(svg.stroke(data, p.readable(page), max(1.0, 1.6 * sheet.u)))
    _hang(scene, _frame(scene, block))
    return Writing(block=block, ground=page)


def _zone(scene: Scene) -> Frame:
    sheet = scene.sheet
    m = sheet.margin
    if sheet.landscape:
        top = m if sheet.banner else m * 1.9
        return Frame(m, top, sheet.w * 0.5 - m, sheet.h - m - top)
    return Frame(m, m * 1.65, sheet.w - 2 * m, sheet.h * 0.3)


def _frame(scene: Scene, block: Block) -> Frame:
    """Return where the art hangs: a right part, or what is left below the text."""
    sheet = scene.sheet
    m = sheet.margin
    if sheet.landscape:
        left = max(block.frame.right + m, sheet.w * 0.54)
        inset = m * (0.5 if sheet.banner else 1.0)
        return Frame(left, inset, sheet.w - left - inset, sheet.h - 2 * inset)
    top = block.frame.bottom + m * 0.9
    return Frame(m, top, sheet.w - 2 * m, sheet.h - m - top)


def _hang(scene: Scene, frame: Frame) -> None:
    """Draw another family on a canvas of its own and set it into the frame's shape."""
    family = scene.rng.choice(_ART)
    plan = replace(
        scene.plan,
        family=family.name,
        kind=scene.rng.choice(family.kinds),
        texts=Texts(),
        dark=scene.rng.random() < 0.4,
    )
    frame = _shape_frame(scene.plan.kind, frame)
    size = Sheet(w=max(16, round(frame.w)), h=max(16, round(frame.h)))
    art = Canvas(size.w, size.h, scene.palette.paper)
    family.draw(Scene(plan=plan, sheet=size, canvas=art, rng=scene.rng))
    scene.canvas.inset(art, (round(frame.x), round(frame.y)), _outline(scene.plan.kind, size))


def _shape_frame(kind: str, frame: Frame) -> Frame:
    """An arch stands taller than wide, so that wide frames give it their middle."""
    width = min(frame.w, frame.h * 1.3) if kind == "arch" else frame.w
    return Frame(frame.x + (frame.w - width) / 2, frame.y, width, frame.h)


def _outline(kind: str, size: Sheet) -> str:
    """Return the frame's shape at the origin: a rectangle, an arch or a pill."""
    if kind == "arch":
        return arch(size.w / 2, size.h, size.w / 2, max(size.h, size.w / 2)) + "Z"
    if kind == "pill":
        r = min(size.w, size.h) / 2
        a, across, down = f"a{svg.num(r)} {svg.num(r)} 0 0 1 ", svg.num(size.w - 2 * r), svg.num(size.h - 2 * r)
        n = svg.num(r)
        return f"M{n} 0h{across}{a}{n} {n}v{down}{a}-{n} {n}h-{across}{a}-{n} -{n}v-{down}{a}{n} -{n}Z"
    return svg.box((0, 0, size.w, size.h))


EDITORIAL = Family(
    name="editorial",
    kinds=("rectangle", "arch", "pill"),
    voices=("serif", "instrument", "serif-light", "playfair", "gloock", "abril"),
    draw=draw,
    needs_text=True,
)
