"""Bokeh: lights out of focus in four depths on a dark ramp, gathered away from the text."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np

from backend.providers.local.compose.colour import chroma, lightness, mix, ramp, rgb, to_rgb, tone
from backend.providers.local.compose.fields import sheet as coordinates
from backend.providers.local.compose.scene import Family, Scene, Writing
from backend.providers.local.compose.stream import between

if TYPE_CHECKING:
    from backend.providers.local.compose.colour import Floats
    from backend.providers.local.compose.svg import Point
    from backend.providers.local.compose.type.setting import Block

_DEPTHS = ((170, 26, 9, 0.26), (96, 7, 26, 0.3), (46, 0, 46, 0.42), (10, 0, 90, 0.8))
"""Radius and blur in u, how many on a square sheet, and how strong."""
_SCALE = 0.5


def draw(scene: Scene) -> Writing | None:
    """Light the lamps depth by depth, then set the text in the dark."""
    block = _block(scene)
    size = (max(8, round(scene.sheet.w * _SCALE)), max(8, round(scene.sheet.h * _SCALE)))
    light = _night(scene, size)
    lamps = _lamps(scene)
    heart = _heart(scene, block)
    for radius, blur, count, strength in _DEPTHS:
        layer = np.zeros_like(light)
        for _ in range(round(count * max(0.8, min(1.6, scene.sheet.r)))):
            at = _place(scene, block, (heart, radius))
            own = radius * between(scene.rng, 0.55, 1.1) * scene.sheet.u * _SCALE
            _disc(layer, (at, own), (scene.rng.choice(lamps), strength * between(scene.rng, 0.35, 1.0)))
        if blur:
            layer = np.asarray(cv2.GaussianBlur(layer, (0, 0), blur * scene.sheet.u * _SCALE), dtype=np.float32)
        light = np.asarray(255 - (255 - light) * (255 - np.clip(layer, 0, 255)) / 255, dtype=np.float32)
    scene.canvas.cover(light, scene.rng)
    return Writing(block=block) if block else None


def _block(scene: Scene) -> Block | None:
    if scene.sheet.landscape:
        return scene.block(anchor="middle")
    sheet = scene.sheet
    return scene.block(sheet.all.grown(-sheet.s * 0.11), align="centre", anchor="middle")


def _night(scene: Scene, size: tuple[int, int]) -> Floats:
    p = scene.palette
    deep = tone(p.ink, min(0.0, 0.15 - lightness(p.ink)))
    glow = mix(deep, min(p.vivid[:3], key=lightness), 0.32)
    x, y = coordinates(size)
    height = size[1] / min(size)
    place = np.asarray((y + 0.12 * x) / (height + 0.12), dtype=np.float32)
    return to_rgb(ramp([(0, deep), (0.55, mix(deep, glow, 0.5)), (1, glow)], place))


def _lamps(scene: Scene) -> list[str]:
    found = [c for c in scene.palette.vivid if lightness(c) > 0.5 and chroma(c) > 0.04] or scene.palette.mids[-2:]
    return [*found, *found, mix(found[0], scene.palette.paper, 0.5)]


def _heart(scene: Scene, block: Block | None) -> Point:
    """Return where the lights gather."""
    sheet = scene.sheet
    if block and sheet.landscape:
        return sheet.w * 0.8, sheet.h * 0.55
    return sheet.w * between(scene.rng, 0.25, 0.75), sheet.h * (0.84 if block else between(scene.rng, 0.55, 0.75))


def _place(scene: Scene, block: Block | None, pull: tuple[Point, float]) -> Point:
    """Return a place near the heart, tried again a few times where it would fall on the text."""
    (x, y), radius = pull
    sheet = scene.sheet
    wide = (0.24 if block and sheet.landscape else 0.36) * sheet.w
    at = (x, y)
    for _ in range(8):
        at = (scene.rng.gauss(x, wide), scene.rng.gauss(y, 0.26 * sheet.h))
        if block is None or _away(block, at) > min(radius, 60) * sheet.u:
            break
    return at[0] * _SCALE, at[1] * _SCALE


def _away(block: Block, at: Point) -> float:
    frame = block.frame
    return math.hypot(max(frame.x - at[0], 0, at[0] - frame.right), max(frame.y - at[1], 0, at[1] - frame.bottom))


def _disc(layer: Floats, ball: tuple[Point, float], lamp: tuple[str, float]) -> None:
    """Add a disc of light: fainter in the middle, brightest at its rim."""
    (x, y), radius = ball
    height, width = int(layer.shape[0]), int(layer.shape[1])
    left, top = max(0, int(x - radius) - 1), max(0, int(y - radius) - 1)
    right, bottom = min(width, int(x + radius) + 2), min(height, int(y + radius) + 2)
    if left >= right or top >= bottom:
        return
    across, down = np.meshgrid(np.arange(left, right) + 0.5 - x, np.arange(top, bottom) + 0.5 - y)
    reach = np.hypot(across, down) / max(radius, 0.5)
    profile = np.interp(reach, (0.0, 0.8, 0.94, 1.0, 1.0 + 1.5 / max(radius, 1.0)), (0.55, 0.72, 1.0, 0.85, 0.0))
    colour = np.array(rgb(lamp[0]), dtype=np.float32)
    layer[top:bottom, left:right] += np.asarray(profile * lamp[1], dtype=np.float32)[..., None] * colour


BOKEH = Family(
    name="bokeh",
    kinds=("lights",),
    voices=("serif", "instrument", "gloock", "serif-italic", "playfair"),
    draw=draw,
    grain=0.022,
)
