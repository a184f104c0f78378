"""Sunburst: rays in two near tones, a sun of rings on the horizon, three hills before it."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from backend.providers.local.compose import svg
from backend.providers.local.compose.colour import chroma, contrast, hue_gap, lightness, mix, tone
from backend.providers.local.compose.families.hills import hill
from backend.providers.local.compose.scene import Family, Scene, Writing

if TYPE_CHECKING:
    from backend.providers.local.compose.svg import Point
    from backend.providers.local.compose.type.setting import Block


def draw(scene: Scene) -> Writing | None:
    """Draw sky and rays, the sun, the ground, then set the text in the sky."""
    sheet = scene.sheet
    horizon = sheet.h * (0.83 if sheet.landscape else 0.8)
    block = _block(scene, horizon)
    across = sheet.figure_spot(headline=scene.headline)[0]
    centre = (across, horizon - sheet.s * 0.01)
    radius = sheet.s * (0.5 if sheet.landscape else 0.36)
    if block and not sheet.landscape:
        radius = min(radius, max(sheet.s * 0.16, (horizon - block.frame.bottom) * 0.86))
    sky = _sky(scene)
    _rays(scene, centre, sky)
    _sun(scene, centre, radius, sky)
    _ground(scene, horizon)
    return Writing(block=block) if block else None


def _block(scene: Scene, horizon: float) -> Block | None:
    if not scene.sheet.landscape:
        return scene.centred_block()
    zone = scene.sheet.text_zone()
    return scene.block(replace(zone, h=horizon - scene.sheet.s * 0.05 - zone.y), anchor="middle")


def _sky(scene: Scene) -> str:
    """Return the sky: a colour that ink or paper reads on, warm or deep."""
    p = scene.palette
    if scene.plan.dark:
        return mix(p.ink, p.mids[0], 0.55)
    warm = [c for c in p.accents if lightness(c) > 0.66] or [p.mids[-1]]
    return max(warm, key=chroma)


def _rays(scene: Scene, centre: Point, sky: str) -> None:
    """Lay every second ray a tone beside the sky; the lightest tint stays of the sky's own hue."""
    sheet, rng = scene.sheet, scene.rng
    scene.canvas.add(svg.rect(sheet.all.box, sky))
    kin = [c for c in scene.palette.accents if c != sky and hue_gap(c, sky) < 0.8]
    near = [c for c in kin if abs(lightness(c) - lightness(sky)) < 0.22]
    other = mix(sky, rng.choice(near), 0.45) if near else mix(sky, scene.palette.paper, 0.3)
    if scene.plan.dark:
        other = tone(sky, 0.05)
    count = rng.randint(16, 28) if not sheet.banner else 30
    reach, turn = math.hypot(sheet.w, sheet.h), rng.random()
    for i in range(count):
        start = math.tau * (i + turn) / count
        rim = [svg.around(centre, reach, start + math.pi / count * share) for share in (0.0, 0.5, 1.0)]
        scene.canvas.add(svg.path(svg.polygon([centre, *rim]), other))
    glow, paint = svg.radial([(0, tone(sky, 0.1) + "b0"), (1, tone(sky, 0.1) + "00")], centre, sheet.s * 0.75)
    scene.canvas.add(glow + svg.rect(sheet.all.box, paint))


def _sun(scene: Scene, centre: Point, radius: float, sky: str) -> None:
    p, rng = scene.palette, scene.rng
    loud = p.against(sky, 1.3)
    rng.shuffle(loud)
    if scene.plan.kind == "disc":
        body = max(loud, key=lambda c: contrast(c, sky) * (0.4 + chroma(c)))
        scene.canvas.add(svg.circle(centre, radius * 1.08, p.paper), svg.circle(centre, radius, body))
        return
    rings = 3 if scene.plan.kind == "rings" else 5
    colours = [c for c in dict.fromkeys([*loud, p.paper, p.ink]) if contrast(c, sky) > 1.2][: rings - 1]
    core = p.paper if p.paper not in colours else max(p.accents, key=lightness)
    order = [*colours, core]
    thick = 0.19 if rings > 3 else 0.25
    for i, colour in enumerate(order):
        scene.canvas.add(svg.circle(centre, radius * (1 - thick * i), colour))


def _ground(scene: Scene, horizon: float) -> None:
    """Lay three hills, darker towards the viewer."""
    sheet, p = scene.sheet, scene.palette
    first = mix(p.mids[0], p.ink, 0.15)
    for i, share in enumerate((0.0, 0.36, 0.7)):
        base = horizon + (sheet.h - horizon) * share
        colour = mix(first, p.ink, 0.22 + 0.3 * i)
        scene.canvas.add(svg.path(hill(scene, base, sheet.s * 0.02, 0.9), colour))


SUNBURST = Family(
    name="sunburst",
    kinds=("rings", "disc", "rainbow"),
    voices=("anton", "abril", "friendly", "grotesk", "gloock"),
    draw=draw,
    grain=0.018,
)
