"""Mesh: colour that flows. Points of colour that run into each other, folds of silk, or curtains of northern light."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from backend.providers.local.compose.calm import calm
from backend.providers.local.compose.colour import chroma, hue_gap, lab, lightness, mix, ramp, tone
from backend.providers.local.compose.fields import noise, sheet, stretched
from backend.providers.local.compose.scene import Family, Scene, Writing
from backend.providers.local.compose.stream import between

if TYPE_CHECKING:
    from backend.providers.local.compose.colour import Floats
    from backend.providers.local.compose.type.setting import Block

_LONG = 540
"""Length of the field's long side: colour this soft needs no more."""


def draw(scene: Scene) -> Writing | None:
    """Draw the field and set the text on it."""
    block = scene.block(anchor="bottom" if _low(scene) else "top") if scene.headline else None
    scene.canvas.field({"points": _points, "silk": _silk, "aurora": _aurora}[scene.plan.kind](scene, block), scene.rng)
    return Writing(block=block) if block else None


def _low(scene: Scene) -> bool:
    return scene.plan.kind == "aurora" and not scene.sheet.landscape


def _size(scene: Scene) -> tuple[int, int]:
    scale = _LONG / max(scene.sheet.w, scene.sheet.h)
    return max(8, round(scene.sheet.w * scale)), max(8, round(scene.sheet.h * scale))


def _ground(scene: Scene) -> str:
    return scene.palette.ink if scene.plan.dark else scene.palette.paper


def _colours(scene: Scene) -> list[str]:
    """Return the accents that carry colour, most vivid first; greys would look like dirt here."""
    found = [c for c in scene.palette.vivid if chroma(c) >= 0.05]
    return found if len(found) > 1 else scene.palette.vivid


def _points(scene: Scene, block: Block | None) -> Floats:
    """Six points of colour on a shaken grid, each fading with distance, on warped ground."""
    rng, size = scene.rng, _size(scene)
    x, y = sheet(size)
    wide, high = size[0] / min(size), size[1] / min(size)
    x = x + (noise(rng, size, 1.6) - 0.5) * 0.42
    y = y + (noise(rng, size, 1.6) - 0.5) * 0.42
    columns, rows = (5, 1) if scene.sheet.banner else ((3, 2) if wide > high else (2, 3))
    colours = [_ground(scene), *_colours(scene)[:4]]
    order = [*rng.sample(colours, len(colours)), *rng.sample(colours, len(colours)), *colours]
    total, weights = np.zeros((*x.shape, 3), dtype=np.float32), np.zeros_like(x)
    for i in range(columns * rows):
        px = (i % columns + between(rng, 0.2, 0.8)) / columns * wide
        py = (i // columns + between(rng, 0.2, 0.8)) / rows * high
        weight = 1 / ((x - px) ** 2 + (y - py) ** 2 + 0.012) ** 1.75
        weights += weight
        total += weight[..., None] * np.array(lab(order[i]), dtype=np.float32)
    labs = np.asarray(total / weights[..., None], dtype=np.float32)
    return _rested(scene, labs, calm(scene, block, size))


def _rested(scene: Scene, labs: Floats, still: Floats) -> Floats:
    """Lead the colours towards the ground where the text stands."""
    rest = np.array(lab(_ground(scene)), dtype=np.float32)
    share = (still * 0.9)[..., None]
    return (labs * (1 - share) + rest * share).astype(np.float32)


def _silk(scene: Scene, block: Block | None) -> Floats:
    """Folds: a sine over warped noise, lit from the side."""
    rng, size = scene.rng, _size(scene)
    x, y = sheet(size)
    angle = between(rng, 0.3, 1.2)
    warp = noise(rng, size, 1.1) * 1.5 + noise(rng, size, 2.3) * 0.45
    place = (x * np.cos(angle) + y * np.sin(angle)) * 0.55 + warp
    height = np.sin(5.6 * place)
    light = np.tanh((np.gradient(height, axis=1) - np.gradient(height, axis=0)) * size[0] * 0.035)
    tint = stretched(np.asarray(height * 0.35 + noise(rng, size, 1.0) * 1.2, dtype=np.float32))
    labs = ramp(_silk_stops(scene), tint)
    labs[..., 0] += light * 0.10 * (1 - 0.75 * calm(scene, block, size))
    return _rested(scene, labs, calm(scene, block, size) * 0.8)


def _silk_stops(scene: Scene) -> list[tuple[float, str]]:
    """Return a ramp that keeps to neighbours in lightness, from the ground on."""
    ordered = sorted(_colours(scene)[:3], key=lightness, reverse=not scene.plan.dark)
    whole = [_ground(scene), *ordered]
    return [(i / (len(whole) - 1), colour) for i, colour in enumerate(whole)]


def _aurora(scene: Scene, block: Block | None) -> Floats:
    """Four curtains of light that fade slowly upwards and quickly below."""
    rng, size = scene.rng, _size(scene)
    y = sheet(size)[1]
    high = size[1] / min(size)
    night = mix(scene.palette.ink, scene.palette.mids[0], 0.35)
    labs = ramp([(0, tone(scene.palette.ink, -0.03)), (1, night)], y / high)
    rest = calm(scene, block, size)
    glow = _colours(scene)
    kin = [c for c in glow if hue_gap(c, glow[0]) < 1.7]
    for i, colour in enumerate((kin * 4)[:4]):
        foot = high * between(rng, 0.42, 0.86) + (noise(rng, size, 0.9)[0] - 0.5) * 0.55 * high
        above = (foot - y) / high
        veil = np.exp(np.where(above > 0, -4.2, 22) * above)
        folds = (0.5 + 0.5 * noise(rng, size, 9 + 4 * i)[0]) * (0.3 + 0.7 * noise(rng, size, 1.3)[0])
        share = (veil * folds * (0.95 - 0.1 * i) * (1 - 0.75 * rest))[..., None]
        bright = np.array(lab(tone(colour, max(0.0, 0.74 - lightness(colour)))), dtype=np.float32)
        labs = labs * (1 - share) + bright * share
    return np.asarray(labs, dtype=np.float32)


MESH = Family(
    name="mesh",
    kinds=("points", "silk", "aurora"),
    voices=("grotesk", "serif", "instrument", "grotesk-wide", "serif-light", "playfair"),
    draw=draw,
    grain=0.03,
)
