"""Marble: clouds of warped noise, fine ridged veins and two veins of gold; the text stands on a framed plate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from backend.providers.local.compose import svg
from backend.providers.local.compose.colour import chroma, hue, lab, lightness, mix, ramp, tone
from backend.providers.local.compose.fields import noise, stretched
from backend.providers.local.compose.scene import Family, Scene, Writing

if TYPE_CHECKING:
    from backend.providers.local.compose.colour import Floats

_LONG = 720


def draw(scene: Scene) -> Writing | None:
    """Grow the stone, then lay the plate."""
    scale = min(1.0, _LONG / max(scene.sheet.w, scene.sheet.h))
    size = (max(16, round(scene.sheet.w * scale)), max(16, round(scene.sheet.h * scale)))
    scene.canvas.field(_stone(scene, size), scene.rng)
    return _plate(scene)


def _stone(scene: Scene, size: tuple[int, int]) -> Floats:
    """Return the stone's colours: clouds, then veins a tone apart, then gold."""
    rng, p = scene.rng, scene.palette
    dark = scene.plan.kind == "dark" or scene.plan.dark
    ground = tone(p.ink, 0.02) if dark else p.paper
    cloud = mix(ground, p.mids[0] if dark else p.mids[-1], 0.75 if dark else 0.7)
    warp = (noise(rng, size, 1.4, 3), noise(rng, size, 1.4, 3))
    clouds = stretched(_warped(noise(rng, size, 1.8, 5), warp, 0.5))
    labs = ramp([(0, ground), (0.55, mix(ground, cloud, 0.45)), (1, cloud)], clouds)
    vein = mix(p.paper, cloud, 0.35) if dark else mix(p.mids[0], ground, 0.45)
    for waves, width, strength in ((1.7, 0.019, 0.6), (3.1, 0.011, 0.42)):
        labs = _veined(labs, _ridge(_warped(noise(rng, size, waves, 5), warp, 0.35), width) * strength, vein)
    gold = _gold(scene)
    for _ in range(2):
        run = _ridge(_warped(noise(rng, size, 0.9, 5), warp, 0.4), 0.008)
        worn = np.clip(noise(rng, size, 2.0) * 1.6 - 0.2, 0, 1)
        labs = _veined(labs, np.asarray(run * worn, dtype=np.float32), gold)
    return labs


def _warped(field: Floats, warp: tuple[Floats, Floats], reach: float) -> Floats:
    """Return the field with its places pulled about by two others; `reach` in short sides."""
    height, width = int(field.shape[0]), int(field.shape[1])
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    far = reach * min(width, height)
    across = np.asarray(x + (warp[0] - 0.5) * far, dtype=np.float32)
    down = np.asarray(y + (warp[1] - 0.5) * far, dtype=np.float32)
    moved = cv2.remap(field, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(moved, dtype=np.float32)


def _ridge(field: Floats, width: float) -> Floats:
    """Return 1 along the middle heights of a field, falling off within `width`."""
    return np.asarray(np.exp(-(((field - 0.5) / width) ** 2)), dtype=np.float32)


def _veined(labs: Floats, share: Floats, colour: str) -> Floats:
    part = np.clip(share, 0, 1)[..., None]
    return np.asarray(labs * (1 - part) + np.array(lab(colour), dtype=np.float32) * part, dtype=np.float32)


def _gold(scene: Scene) -> str:
    """Return the palette's own gold where it has one, else its most vivid accent made light."""
    golden = [c for c in scene.palette.accents if 0.9 < hue(c) < 1.75 and chroma(c) > 0.06 and lightness(c) > 0.55]
    return golden[0] if golden else tone(scene.palette.vivid[0], max(0.0, 0.68 - lightness(scene.palette.vivid[0])))


def _plate(scene: Scene) -> Writing | None:
    """Set the text in the middle of a plate with a fine frame, left on wide sheets."""
    sheet, p = scene.sheet, scene.palette
    wide = sheet.landscape
    edge = sheet.margin * 1.7
    zone = sheet.all.grown(-sheet.s * 0.2) if not wide else sheet.text_zone().grown(-min(edge, sheet.s * 0.16) * 0.6)
    block = scene.block(zone, align="left" if wide else "centre", anchor="middle", grow=0.78)
    if block is None:
        return None
    colour = p.paper if scene.plan.kind == "dark" or scene.plan.dark else p.ink
    plate = block.frame.grown(min(sheet.s * 0.085, sheet.margin))
    line = mix(_gold(scene), p.readable(colour), 0.25)
    scene.canvas.shadow(svg.box(plate.box), 18 * sheet.u, (0, 8 * sheet.u), (p.ink, 0.3))
    inner = plate.grown(-max(2.0, sheet.s * 0.014))
    frame = svg.rect(inner.box, "none", stroke=line, stroke_width=max(1.0, 1.5 * sheet.u))
    scene.canvas.add(svg.rect(plate.box, colour), frame)
    return Writing(block=block, ground=colour)


MARBLE = Family(
    name="marble",
    kinds=("dark", "light"),
    voices=("serif", "gloock", "playfair", "instrument", "abril"),
    draw=draw,
    grain=0.014,
)
