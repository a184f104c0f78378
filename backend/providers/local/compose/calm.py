"""Ways to keep quiet where the text stands: a plateau in a field, or a plate on a pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from backend.providers.local.compose import svg
from backend.providers.local.compose.colour import contrast
from backend.providers.local.compose.fields import sheet as coordinates
from backend.providers.local.compose.scene import Writing
from backend.providers.local.compose.zones import Frame

if TYPE_CHECKING:
    from backend.providers.local.compose.colour import Floats
    from backend.providers.local.compose.scene import Scene
    from backend.providers.local.compose.type.setting import Block


def calm(scene: Scene, block: Block | None, size: tuple[int, int]) -> Floats:
    """Return how strongly each place of a field of that size should rest, 0..1: the text's place does."""
    if block is None:
        return np.zeros((size[1], size[0]), dtype=np.float32)
    x, y = coordinates(size)
    scale = size[0] / scene.sheet.w / min(size)
    frame = block.frame
    cx, cy = frame.centre[0] * scale, frame.centre[1] * scale
    dx, dy = (x - cx) / (frame.w * scale * 0.62 + 0.08), (y - cy) / (frame.h * scale * 0.62 + 0.08)
    return np.exp(-((dx**2 + dy**2) ** 1.5)).astype(np.float32)


def plateau(scene: Scene, block: Block | None, size: tuple[int, int]) -> Floats:
    """Return 1 all over the text's rectangle and a little round it, falling softly to 0."""
    if block is None:
        return np.zeros((size[1], size[0]), dtype=np.float32)
    x, y = coordinates(size)
    scale = size[0] / scene.sheet.w / min(size)
    frame = block.frame.grown(scene.sheet.s * 0.02)
    dx = np.maximum(np.abs(x - frame.centre[0] * scale) - frame.w * scale / 2, 0)
    dy = np.maximum(np.abs(y - frame.centre[1] * scale) - frame.h * scale / 2, 0)
    away = np.clip(1 - np.hypot(dx, dy) / 0.3, 0, 1)
    return np.asarray(away * away * (3 - 2 * away), dtype=np.float32)


def plated(scene: Scene, ground: str) -> Writing | None:
    """Set the text on a plate with a gap of the pattern's ground around it, where there is text."""
    block = scene.block(_plate_zone(scene), anchor="middle" if scene.sheet.landscape else "bottom", grow=0.82)
    if block is None:
        return None
    pad = min(scene.sheet.s * 0.055, scene.sheet.margin * 0.62)
    inside = block.frame.grown(pad)
    gap = inside.grown(max(2.0, 9 * scene.sheet.u))
    colour = plate_colour(scene, ground)
    scene.canvas.add(svg.rect(gap.box, ground), svg.rect(inside.box, colour))
    return Writing(block=block, ground=colour)


def plate_colour(scene: Scene, ground: str) -> str:
    """Return a colour for a plate: it stands out from the ground, and ink or paper reads on it."""
    p = scene.palette
    seen = [c for c in (p.ink, p.paper, *p.vivid[:2]) if contrast(c, ground) > 1.9]
    choices = [c for c in seen if contrast(p.readable(c), c) >= 5]
    return scene.rng.choice(choices or [p.readable(ground)])


def _plate_zone(scene: Scene) -> Frame:
    """Return where a plate's text goes: the left middle of wide sheets, a lower or upper part of others."""
    sheet = scene.sheet
    edge = sheet.margin * 1.55
    if sheet.landscape:
        return Frame(edge, edge, sheet.w * (0.5 if sheet.r < 4 else 0.56) - edge, sheet.h - 2 * edge)
    high = sheet.h * 0.42
    top = edge if scene.rng.random() < 0.4 else sheet.h - edge - high
    return Frame(edge, top, sheet.w * 0.8 - edge, high)
