"""Stage: a lit wall, a form against it, a floor with podiums that wait for a product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.providers.local.compose import svg
from backend.providers.local.compose.colour import lightness, mix, muted, tone
from backend.providers.local.compose.families.arches import arch
from backend.providers.local.compose.scene import Family, Scene, Writing
from backend.providers.local.compose.stream import between

if TYPE_CHECKING:
    from backend.providers.local.compose.svg import Point
    from backend.providers.local.compose.type.setting import Block

_FLAT = 0.24
"""Height of a podium's ellipse in its width."""


def draw(scene: Scene) -> Writing | None:
    """Light the wall, lay the floor, set form and podiums, then the text above or beside."""
    sheet = scene.sheet
    wall = _wall_colour(scene)
    floor = sheet.h * (0.72 if sheet.landscape else 0.74)
    block = scene.block(anchor="middle") if sheet.landscape else scene.block(align="centre", anchor="top")
    x = sheet.figure_spot(headline=scene.headline)[0]
    unit = _unit(scene, block, floor)
    _wall(scene, wall, (x, floor))
    _form(scene, (x, floor), unit, wall)
    _podiums(scene, (x, floor), unit, wall)
    _window(scene, (x, floor), unit)
    return Writing(block=block) if block else None


def _unit(scene: Scene, block: Block | None, floor: float) -> float:
    """Return the measure of the figures: what fits between text and floor."""
    sheet = scene.sheet
    if block is None or sheet.landscape:
        return min(sheet.s * 0.5, floor * 0.74, sheet.w * 0.3)
    return min(sheet.s * 0.5, (floor - block.frame.bottom - sheet.s * 0.045) / 1.34)


def _wall_colour(scene: Scene) -> str:
    p = scene.palette
    if scene.plan.dark:
        return mix(p.ink, p.mids[0], 0.75)
    soft = min(p.accents, key=lambda c: abs(lightness(c) - 0.84))
    return mix(soft, p.paper, 0.25)


def _wall(scene: Scene, wall: str, place: Point) -> None:
    """Lay wall and floor: light falls from above, the floor is a tone apart and darkens forwards."""
    sheet, (x, floor) = scene.sheet, place
    reach = max(sheet.w, sheet.h) * 0.72
    glow, paint = svg.radial([(0, tone(wall, 0.05)), (1, tone(wall, -0.055))], (x, floor * 0.42), reach)
    scene.canvas.add(glow + svg.rect((0, 0, sheet.w, floor + 1), paint))
    ground = tone(wall, -0.035)
    ramp, fill = svg.linear([(0, tone(ground, 0.03)), (1, tone(ground, -0.05))], (0, floor), (0, sheet.h))
    scene.canvas.add(ramp + svg.rect((0, floor, sheet.w, sheet.h - floor + 1), fill))


def _form(scene: Scene, place: Point, unit: float, wall: str) -> None:
    """Stand the form before the wall: an arch, a disc or a panel."""
    (x, floor), u = place, scene.sheet.u
    body = mix(_accents(scene, wall)[0], wall, 0.25)
    shapes = {
        "arch": arch(x, floor + unit * 0.06, unit * 0.52, unit * 1.32) + "Z",
        "disc": svg.disc((x, floor - unit * 0.56), unit * 0.6),
        "panel": svg.box((x - unit * 0.5, floor - unit * 1.2, unit, unit * 1.26)),
    }
    data = shapes[scene.plan.kind]
    scene.canvas.shadow(data, 22 * u, (14 * u, 10 * u), (mix(scene.palette.ink, wall, 0.3), 0.32))
    top, low = (x - unit * 0.5, floor - unit * 1.3), (x + unit * 0.5, floor)
    ramp, fill = svg.linear([(0, tone(body, 0.035)), (1, tone(body, -0.045))], top, low)
    scene.canvas.add(ramp + svg.path(data, fill))
    if scene.plan.kind == "arch":
        inner = arch(x, floor + unit * 0.06, unit * 0.36, unit * 1.12) + "Z"
        deep, fill = svg.linear([(0, tone(body, -0.11)), (1, tone(body, -0.03))], top, low)
        scene.canvas.add(deep + svg.path(inner, fill))


def _accents(scene: Scene, wall: str) -> list[str]:
    ranked = sorted(scene.palette.accents, key=lambda c: -abs(lightness(c) - lightness(wall)))
    return [c for c in ranked if 0.3 < lightness(c) < 0.95] or list(scene.palette.accents)


def _podiums(scene: Scene, place: Point, unit: float, wall: str) -> None:
    """Set a side podium behind and a wide low one in front, free for what is to be shown, and two balls."""
    (x, floor), p = place, scene.palette
    side = scene.rng.choice((-1, 1))
    colours = _accents(scene, wall)
    pale = mix(p.paper, wall, 0.18)
    back = colours[1 % len(colours)] if len(colours) > 1 else tone(wall, -0.1)
    _cylinder(scene, (x + side * unit * 0.56, floor + unit * 0.16), (unit * 0.42, unit * 0.38), back)
    if scene.rng.random() < 0.5:
        third = (x - side * unit * 0.6, floor + unit * 0.14)
        _cylinder(scene, third, (unit * 0.34, unit * 0.2), muted(colours[0], 0.8))
    _cylinder(scene, (x - side * unit * 0.04, floor + unit * 0.38), (unit * 1.0, unit * 0.17), pale)
    _ball(scene, (x - side * unit * 0.62, floor + unit * 0.44), unit * 0.07, back)
    _ball(scene, (x - side * unit * 0.5, floor + unit * 0.5), unit * 0.042, pale)


def _cylinder(scene: Scene, foot: Point, size: tuple[float, float], colour: str) -> None:
    """Draw a podium: its shadow to the right, the side in three tones, the lid a tone lighter."""
    (x, y), (width, height), u = foot, size, scene.sheet.u
    rx, ry = width / 2, width * _FLAT / 2
    sweep = f"a{svg.num(rx * 1.12)} {svg.num(ry * 1.25)} 0 0 0 {svg.num(rx * 2.3)} {svg.num(ry * 0.3)}"
    scene.canvas.shadow(f"M{svg.num(x - rx)} {svg.num(y)}{sweep}Z", 16 * u, (10 * u, 6 * u), (scene.palette.ink, 0.36))
    oval = f"a{svg.num(rx)} {svg.num(ry)} 0 0 0 {svg.num(width)} 0"
    body = f"M{svg.num(x - rx)} {svg.num(y - height)}v{svg.num(height)}{oval}v{svg.num(-height)}Z"
    tones = [(0, tone(colour, -0.045)), (0.35, tone(colour, 0.05)), (1, tone(colour, -0.145))]
    ramp, fill = svg.linear(tones, (x - rx, 0), (x + rx, 0))
    lid_ramp, lid = svg.linear([(0, tone(colour, 0.07)), (1, tone(colour, 0.015))], (x - rx, 0), (x + rx, 0))
    top = f'<ellipse{svg.attributes(cx=x, cy=y - height, rx=rx, ry=ry)} fill="{lid}"/>'
    scene.canvas.add(ramp + svg.path(body, fill) + lid_ramp + top)


def _ball(scene: Scene, at: Point, radius: float, colour: str) -> None:
    u = scene.sheet.u
    below = svg.disc((at[0], at[1] + radius * 0.5), radius * 0.9)
    scene.canvas.shadow(below, 9 * u, (7 * u, 5 * u), (scene.palette.ink, 0.4))
    light = (at[0] - radius * 0.35, at[1] - radius * 0.4)
    shades = [(0, tone(colour, 0.1)), (0.55, colour), (1, tone(colour, -0.16))]
    ramp, fill = svg.radial(shades, light, radius * 1.4)
    scene.canvas.add(ramp + svg.circle(at, radius, fill))


def _window(scene: Scene, place: Point, unit: float) -> None:
    """Let light fall through a window: four slanted panes, barely there."""
    (x, floor) = place
    left, lean = x - unit * between(scene.rng, 0.9, 1.2), unit * 0.24
    panes: list[str] = []
    for i in range(2):
        for j in range(2):
            px, py = left + i * unit * 0.34 - j * lean * 0.5, floor - unit * (1.3 - j * 0.5)
            high, wide = unit * 0.46, unit * 0.3
            corners = [(px, py), (px + wide, py - unit * 0.05), (px + wide - lean * 0.5, py + high - unit * 0.05)]
            panes.append(svg.polygon([*corners, (px - lean * 0.5, py + high)]))
    scene.canvas.shadow("".join(panes), 7 * scene.sheet.u, (0, 0), (scene.palette.paper, 0.16))
    scene.canvas.add(svg.path("".join(panes), scene.palette.paper, fill_opacity=0.07))


STAGE = Family(
    name="stage",
    kinds=("arch", "disc", "panel"),
    voices=("instrument", "serif-light", "gloock", "playfair", "grotesk"),
    draw=draw,
    grain=0.016,
)
