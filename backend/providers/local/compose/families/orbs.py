"""Orbs: spheres of soft, stippled light on a quiet ground."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from backend.providers.local.compose import svg
from backend.providers.local.compose.colour import chroma, hue_gap, lab, lightness, mix, muted, to_rgb, tone
from backend.providers.local.compose.scene import Family, Scene, Writing
from backend.providers.local.compose.stream import between, grid

if TYPE_CHECKING:
    from backend.providers.local.compose.colour import Floats
    from backend.providers.local.compose.svg import Point
    from backend.providers.local.compose.type.setting import Block


def draw(scene: Scene) -> Writing | None:
    """Lay the ground, set the text, hang the orbs in what is left."""
    top, low = _ground(scene)
    gradient, paint = svg.linear([(0, top), (1, low)], (0, 0), (0, scene.sheet.h))
    scene.canvas.add(gradient + svg.rect(scene.sheet.all.box, paint))
    block = scene.block(anchor="top" if not scene.sheet.landscape else "middle")
    {"eclipse": _eclipse, "planet": _planet, "stack": _stack, "trio": _trio}[scene.plan.kind](scene, block)
    return Writing(block=block) if block else None


def _ground(scene: Scene) -> tuple[str, str]:
    p = scene.palette
    if scene.plan.dark or scene.plan.kind == "eclipse":
        return tone(p.ink, -0.01), mix(p.ink, p.mids[0], 0.35)
    pale = muted(p.mids[-1], 0.7)
    return mix(p.paper, pale, 0.25), mix(p.paper, pale, 0.75)


def _room(scene: Scene, block: Block | None) -> tuple[Point, float]:
    """Return the middle of the free part and the radius that fits it."""
    sheet = scene.sheet
    if block is None:
        return (sheet.w / 2, sheet.h / 2), sheet.s * 0.34
    room = sheet.room_beside(block.frame)
    return room.centre, min(room.w, room.h, sheet.s * 0.9) * (0.44 if sheet.banner else 0.36)


def _lights(scene: Scene) -> list[str]:
    """Return the accents that glow: vivid, not too deep."""
    seen = [c for c in scene.palette.vivid if lightness(c) > 0.45 or chroma(c) > 0.15]
    return seen if len(seen) > 1 else scene.palette.vivid


def _kin(scene: Scene, lights: list[str]) -> str:
    """Return a second light near the first one's hue, so that what lies between stays clean."""
    near = [c for c in lights[1:] if hue_gap(c, lights[0]) < 1.25]
    return near[0] if near else mix(tone(lights[0], 0.16), scene.palette.paper, 0.35)


def _eclipse(scene: Scene, block: Block | None) -> None:
    """One sphere lit from below, in its own glow."""
    centre, radius = _room(scene, block)
    lights = _lights(scene)
    glow = _kin(scene, lights)
    halo, paint = svg.radial([(0.3, glow + "80"), (0.6, glow + "26"), (1, glow + "00")], centre, radius * 2.1)
    scene.canvas.add(halo + svg.circle(centre, radius * 2.1, paint))
    angle = between(scene.rng, 0.9, 2.2)
    deep = mix(scene.palette.ink, lights[0], 0.35)
    _sphere(scene, (centre, radius), (glow, lights[0], deep), angle)


def _planet(scene: Scene, block: Block | None) -> None:
    """A great planet rising from the lower edge, and its moon."""
    sheet, lights = scene.sheet, _lights(scene)
    across = sheet.w * (0.74 if block and sheet.landscape else between(scene.rng, 0.35, 0.6))
    radius = sheet.s * (0.9 if sheet.landscape else 0.72)
    top = sheet.h * between(scene.rng, 0.5, 0.58)
    if block and not sheet.landscape:
        top = min(max(top, block.frame.bottom + sheet.s * 0.16), sheet.h * 0.86)
    if sheet.landscape:
        radius, top = sheet.s * 0.72, sheet.h * 0.42
    _sphere(scene, ((across, top + radius), radius), _shades(scene, lights[0]), -1.2)
    lean = between(scene.rng, 0.5, 0.75) * (1 if across < sheet.w * 0.7 else -1)
    moon = radius * 0.11
    edge = (sheet.w - across if lean > 0 else across) - moon * 1.6
    lean = math.copysign(min(abs(lean), math.asin(min(1.0, max(0.1, edge / (radius + moon))))), lean)
    place = svg.around((across, top + radius), radius + moon * 1.15, -math.pi / 2 + lean)
    _sphere(scene, (place, moon), _shades(scene, lights[1]), -1.0)


def _stack(scene: Scene, block: Block | None) -> None:
    """Five discs that overlap in a column, each another step of a ramp, lit from above."""
    centre, _ = _room(scene, block)
    sheet, lights = scene.sheet, _lights(scene)
    if sheet.r > 2.1:
        _row(scene, centre, lights)
        return
    top = block.frame.bottom + sheet.margin * 0.7 if block and not sheet.landscape else sheet.h * 0.1
    free = sheet.h * (0.94 if sheet.h > sheet.w else 0.92) - top
    radius = min(free / (2 + 4 * 0.62), sheet.s * 0.2)
    start = top + (free - radius * (2 + 4 * 0.62)) / 2 + radius
    ends = lights[0], _kin(scene, lights)
    for i in range(5):
        colour = mix(*ends, i / 4)
        below = tone(colour, -0.16 if scene.plan.dark else -0.08)
        at = (centre[0], start + i * radius * 0.62)
        _sphere(scene, (at, radius), (tone(colour, 0.04), colour, below), -math.pi / 2)


def _row(scene: Scene, centre: Point, lights: list[str]) -> None:
    """The stack lying down, for strips."""
    radius = scene.sheet.s * 0.34
    for i in range(5):
        colour = mix(lights[0], _kin(scene, lights), i / 4)
        at = (centre[0] + (i - 2) * radius * 0.62, centre[1])
        _sphere(scene, (at, radius), (tone(colour, 0.04), colour, tone(colour, -0.12)), -math.pi / 2)


def _trio(scene: Scene, block: Block | None) -> None:
    """Three spheres of far sizes that touch in depth."""
    centre, radius = _room(scene, block)
    lights = (_lights(scene) * 2)[:3]
    side = scene.rng.choice((-1, 1))
    places = ((0.0, 0.05, 0.86), (0.78 * side, -0.62, 0.34), (-0.72 * side, 0.62, 0.24))
    for (dx, dy, share), colour in zip(places, lights, strict=True):
        at = (centre[0] + dx * radius, centre[1] + dy * radius)
        scene.canvas.shadow(
            svg.disc(at, radius * share), 30 * scene.sheet.u, (0, 14 * scene.sheet.u), (scene.palette.ink, 0.25)
        )
        _sphere(scene, (at, radius * share), _shades(scene, colour), -2.2)


def _shades(scene: Scene, colour: str) -> tuple[str, str, str]:
    """Return light, body and shade of a sphere: lightness moves, hue only a little."""
    lift = mix(tone(colour, 0.12), scene.palette.paper, 0.25)
    return lift, colour, mix(tone(colour, -0.2), scene.palette.ink, 0.25)


def _sphere(scene: Scene, ball: tuple[Point, float], shades: tuple[str, str, str], angle: float) -> None:
    """Paint a sphere lit from `angle`; its shade is stippled, coarse as a print."""
    (x, y), radius = ball
    left, top = math.floor(x - radius) - 1, math.floor(y - radius) - 1
    side = math.ceil(radius * 2) + 3
    box = (max(0, left), max(0, top), min(scene.sheet.w, left + side), min(scene.sheet.h, top + side))
    if box[0] >= box[2] or box[1] >= box[3]:
        return
    across, down = np.meshgrid(np.arange(box[0], box[2]) + 0.5 - x, np.arange(box[1], box[3]) + 0.5 - y)
    reach = np.hypot(across, down)
    toward = (across * math.cos(angle) + down * math.sin(angle)) / radius
    shade = np.clip(0.5 - toward * 0.5, 0, 1)
    grain = _grain(scene, (box[2] - box[0], box[3] - box[1]))
    labs = _shaded(np.asarray(np.clip(shade + (grain - 0.5) * 0.26, 0, 1), dtype=np.float32), shades)
    edge = np.clip(radius - reach + 0.5, 0, 1)
    rgba = np.concatenate([to_rgb(labs), edge[..., None] * 255], axis=-1).astype(np.float32)
    scene.canvas.layer(rgba, (box[0], box[1]))


def _shaded(shade: Floats, shades: tuple[str, str, str]) -> Floats:
    stops = np.array([lab(colour) for colour in shades])
    return np.stack([np.interp(shade, (0.0, 0.5, 1.0), stops[:, i]) for i in range(3)], axis=-1).astype(np.float32)


def _grain(scene: Scene, size: tuple[int, int]) -> Floats:
    """Return grains about one u wide, so that they show alike at every size."""
    step = max(1.0, scene.sheet.u)
    small = grid(scene.rng, (math.ceil(size[1] / step), math.ceil(size[0] / step)))
    rows = np.minimum((np.arange(size[1]) / step).astype(np.int64), small.shape[0] - 1)
    columns = np.minimum((np.arange(size[0]) / step).astype(np.int64), small.shape[1] - 1)
    return small[rows][:, columns]


ORBS = Family(
    name="orbs",
    kinds=("eclipse", "planet", "stack", "trio"),
    voices=("grotesk", "instrument", "serif-light", "friendly", "serif"),
    draw=draw,
    grain=0.03,
)
