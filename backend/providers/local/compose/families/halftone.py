"""Halftone: a picture of dots on a turned hexagonal screen, sometimes a second ink at another angle."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from backend.providers.local.compose import svg
from backend.providers.local.compose.colour import contrast
from backend.providers.local.compose.fields import wander
from backend.providers.local.compose.scene import Family, Scene, Writing
from backend.providers.local.compose.stream import between

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.providers.local.compose.type.setting import Block
    from backend.providers.local.compose.zones import Sheet


def draw(scene: Scene) -> Writing | None:
    """Lay the ground, set the text, print one or two inks around it."""
    ground = _ground(scene)
    scene.canvas.add(svg.rect(scene.sheet.all.box, ground))
    block = scene.block(anchor="top" if not scene.sheet.landscape else "middle")
    inks = scene.palette.against(ground, 1.8)
    angle = math.radians(between(scene.rng, 15, 45))
    values = _TONES[scene.plan.kind](scene, block)
    if scene.plan.kind != "sphere" and scene.rng.random() < 0.5:
        second = _TONES[scene.plan.kind](scene, block)
        scene.canvas.add(_screen(scene, block, (second, inks[1]), angle + math.pi / 6))
    scene.canvas.add(_screen(scene, block, (values, inks[0]), angle))
    return Writing(block=block, ground=ground) if block else None


def _ground(scene: Scene) -> str:
    p = scene.palette
    vivid = [c for c in p.vivid[:2] if contrast(p.readable(c), c) >= 4.8 and len(p.against(c, 1.8)) > 1]
    return scene.rng.choice([p.ink] if scene.plan.dark else [p.paper, p.paper, *vivid[:1]])


def _screen(scene: Scene, block: Block | None, ink: tuple[Callable[[float, float], float], str], angle: float) -> str:
    """Return all dots of one ink as a single path; each is as large as its place is dark."""
    sheet = scene.sheet
    pitch = scene.rng.choice((15, 19, 26)) * max(sheet.u, sheet.s / 1080 * 0.7)
    row = pitch * math.sqrt(3) / 2
    reach = math.hypot(sheet.w, sheet.h) / 2 + pitch
    cos, sin = math.cos(angle), math.sin(angle)
    clear, parts = _clear(sheet, block), list[str]()
    for j in range(-math.ceil(reach / row), math.ceil(reach / row) + 1):
        for i in range(-math.ceil(reach / pitch), math.ceil(reach / pitch) + 1):
            across, down = (i + 0.5 * (j % 2)) * pitch, j * row
            x, y = sheet.w / 2 + across * cos - down * sin, sheet.h / 2 + across * sin + down * cos
            if -pitch < x < sheet.w + pitch and -pitch < y < sheet.h + pitch:
                dark = min(1.0, ink[0](x, y)) * clear(x, y)
                radius = math.sqrt(max(0.0, dark)) * 0.66 * pitch
                if radius > 0.07 * pitch:
                    parts.append(svg.disc((x, y), radius))
    return svg.path("".join(parts), ink[1]) if parts else ""


def _clear(sheet: Sheet, block: Block | None) -> Callable[[float, float], float]:
    """Return what is 0 up to the end of the text, to the right or below, and 1 a little way on."""
    if block is None:
        return lambda _x, _y: 1.0
    frame, soft = block.frame.grown(sheet.s * 0.03), sheet.s * 0.16
    if sheet.landscape:
        return lambda x, _y: min(1.0, max(0.0, (x - frame.right) / soft))
    return lambda _x, y: min(1.0, max(0.0, (y - frame.bottom) / soft))


def _sphere(scene: Scene, block: Block | None) -> Callable[[float, float], float]:
    """A ball lit from the upper left; never quite solid, so that dots stay dots."""
    sheet = scene.sheet
    centre, radius = (sheet.w / 2, sheet.h / 2), sheet.s * 0.4
    if block:
        room = sheet.room_beside(block.frame)
        centre, radius = room.centre, min(room.w, room.h) * 0.44
    turn = between(scene.rng, -2.6, -1.9)
    light = (math.cos(turn) * 0.55, math.sin(turn) * 0.55)

    def at(x: float, y: float) -> float:
        dx, dy = (x - centre[0]) / radius, (y - centre[1]) / radius
        if dx * dx + dy * dy > 1:
            return 0.0
        return min(0.8, 0.06 + 0.52 * ((dx - light[0]) ** 2 + (dy - light[1]) ** 2) ** 0.9)

    return at


def _wave(scene: Scene, _: Block | None) -> Callable[[float, float], float]:
    """Bands that swing across the sheet."""
    s, rng = scene.sheet.s, scene.rng
    swing, tempo, phase = wander(rng, octaves=2), between(rng, 1.1, 1.7), rng.random() * math.tau
    lean = between(rng, 0.2, 1.2)

    def at(x: float, y: float) -> float:
        place = (x * math.cos(lean) + y * math.sin(lean)) / s
        aside = swing((y * math.cos(lean) - x * math.sin(lean)) / s)
        return max(0.0, 0.45 + 0.5 * math.sin((place * tempo + 0.36 * aside) * math.tau + phase))

    return at


def _fade(scene: Scene, _: Block | None) -> Callable[[float, float], float]:
    """Dark at one edge, thinning out with a swaying border."""
    sheet, sway = scene.sheet, wander(scene.rng, octaves=2)
    if sheet.landscape:
        return lambda x, y: max(0.0, (x / sheet.w - 0.42 + 0.12 * sway(y / sheet.s * 1.2)) * 1.9) * 0.72
    return lambda x, y: max(0.0, (y / sheet.h - 0.38 + 0.1 * sway(x / sheet.s * 1.2)) * 1.75) * 0.72


def _ripple(scene: Scene, block: Block | None) -> Callable[[float, float], float]:
    """Rings about a point, weaker the farther they run."""
    sheet, rng = scene.sheet, scene.rng
    x0, y0 = sheet.figure_spot(headline=block is not None)[:2]
    x0, y0 = x0 + sheet.s * between(rng, -0.1, 0.1), y0 + sheet.s * between(rng, -0.06, 0.16)
    tempo = between(rng, 3.6, 5.2)

    def at(x: float, y: float) -> float:
        far = math.hypot(x - x0, y - y0) / sheet.s
        return max(0.0, (0.52 + 0.5 * math.cos(far * tempo * math.tau)) * math.exp(-1.5 * far))

    return at


_TONES = {"sphere": _sphere, "wave": _wave, "fade": _fade, "ripple": _ripple}

HALFTONE = Family(
    name="halftone",
    kinds=tuple(_TONES),
    voices=("anton", "grotesk", "grotesk-narrow", "grotesk-wide", "syne"),
    draw=draw,
)
