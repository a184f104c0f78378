"""Arches: a rainbow of nested arches on quiet ground, with a sun, round hills and sprigs of leaves."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from backend.providers.local.compose import svg
from backend.providers.local.compose.colour import chroma, contrast, lightness, mix, muted
from backend.providers.local.compose.families.hills import hill
from backend.providers.local.compose.scene import Family, Scene, Writing
from backend.providers.local.compose.stream import between

if TYPE_CHECKING:
    from backend.providers.local.compose.type.setting import Block
    from backend.providers.local.compose.zones import Frame


def draw(scene: Scene) -> Writing | None:
    """Lay the ground, set the text, build the arches in what is left."""
    sheet, ground = scene.sheet, _ground(scene)
    scene.canvas.add(svg.rect(sheet.all.box, ground))
    block = scene.centred_block()
    floor = sheet.h * (0.88 if sheet.landscape else 0.9)
    stage = _stage(scene, block, floor + sheet.s * 0.02)
    colours = _colours(scene, ground)
    {"rainbow": _rainbow, "row": _row, "gate": _gate}[scene.plan.kind](scene, stage, colours)
    earth = min((c for c in scene.palette.colours if contrast(c, ground) > 1.6), key=lightness)
    scene.canvas.add(svg.path(hill(scene, floor, sheet.s * 0.008, 0.7), earth))
    _sprigs(scene, stage, (earth, colours[0]))
    return Writing(block=block, ground=ground) if block else None


def _ground(scene: Scene) -> str:
    p = scene.palette
    if scene.plan.dark:
        return p.ink
    pale = [c for c in p.accents if lightness(c) > 0.82 and contrast(p.ink, c) > 5]
    soft = mix(p.paper, muted(p.mids[-1], 0.8), 0.5)
    return scene.rng.choice([p.paper, soft, *pale[:1]])


def _colours(scene: Scene, ground: str) -> list[str]:
    found = [c for c in scene.palette.colours if contrast(c, ground) > 1.35 and c != scene.palette.paper]
    ordered = sorted(found, key=lambda c: -chroma(c))
    return (ordered * 3)[:5]


def _stage(scene: Scene, block: Block | None, floor: float) -> Frame:
    """Return the free part above the floor: beside the text, or below it."""
    sheet = scene.sheet
    room = sheet.room_beside(block.frame) if block else sheet.all
    top = max(room.y, sheet.h * 0.08)
    return replace(room, y=top, h=max(8.0, floor - top))


def arch(centre: float, base: float, radius: float, height: float) -> str:
    """Return an arch's middle line as path data: two legs and a half circle."""
    r = svg.num(radius)
    legs = max(0.0, height - radius)
    return (
        f"M{svg.num(centre - radius)} {svg.num(base)}v{svg.num(-legs)}"
        f"a{r} {r} 0 0 1 {svg.num(radius * 2)} 0v{svg.num(legs)}"
    )


def _nest(scene: Scene, place: tuple[float, float, float, float], colours: list[str]) -> None:
    """Draw nested arches from the outside in; `place` is middle, base, outer radius and height."""
    centre, base, radius, height = place
    count = 4 if radius > scene.sheet.s * 0.12 else 3
    pitch = radius / (count + 0.35)
    width = pitch / 1.42
    for i in range(count):
        own = radius - width / 2 - i * pitch
        data = arch(centre, base + 2, own, height - (radius - own))
        scene.canvas.add(svg.stroke(data, colours[i % len(colours)], width))


def _rainbow(scene: Scene, stage: Frame, colours: list[str]) -> None:
    """One great rainbow, a half-hidden sun, a round hill in front."""
    rng, base = scene.rng, stage.bottom
    radius = min(stage.w * 0.3, stage.h * 0.52)
    height = min(stage.h * 0.86, radius * between(rng, 1.35, 1.7))
    side = rng.choice((-1, 1)) if not scene.sheet.landscape else 1
    centre = stage.centre[0] + side * radius * 0.35
    sun = radius * 0.34
    scene.canvas.add(svg.circle((centre - side * radius * 0.95, base - height * 0.92), sun, colours[2]))
    _nest(scene, (centre, base, radius, height), colours)
    mound = radius * 0.62
    scene.canvas.add(svg.circle((centre - side * radius * 1.28, base + mound * 0.1), mound, colours[1]))


def _row(scene: Scene, stage: Frame, colours: list[str]) -> None:
    """Arches of three sizes side by side, under a sun."""
    rng, base = scene.rng, stage.bottom
    unit = min(stage.w / 7.8, stage.h * 0.4)
    sizes = rng.sample((0.8, 1.0, 1.32), 3)
    x = stage.centre[0] - unit * sum(sizes)
    for i, size in enumerate(sizes):
        radius = unit * size
        turned = colours[i:] + colours[:i]
        _nest(scene, (x + radius, base, radius, radius * (1.2 + 0.4 * (i % 2))), turned)
        x += radius * 2
    free = stage.bottom - unit * 2.2 - stage.y
    sun = min(unit * 0.75, free * 0.42)
    if sun > unit * 0.2:
        place = (stage.centre[0] + unit * between(rng, -2, 2), stage.y + free * 0.45)
        scene.canvas.add(svg.circle(place, sun, colours[0]))


def _gate(scene: Scene, stage: Frame, colours: list[str]) -> None:
    """A sun in a tall gate, a hill on either side."""
    base = stage.bottom
    radius = min(stage.w * 0.26, stage.h * 0.42)
    height = min(stage.h * 0.92, radius * 2.0)
    centre = stage.centre[0]
    for side, share, colour in ((-1, 0.72, colours[1]), (1, 0.5, colours[2])):
        scene.canvas.add(svg.circle((centre + side * radius * 1.15, base + radius * 0.12), radius * share, colour))
    opening = arch(centre, base + 2, radius, height) + "Z"
    scene.canvas.add(svg.path(opening, colours[0]))
    inner = arch(centre, base + 2, radius * 0.8, height - radius * 0.2) + "Z"
    back = mix(scene.palette.paper, colours[3], 0.25)
    scene.canvas.add(svg.path(inner, back))
    sun = svg.circle((centre, base - height * 0.52), radius * 0.42, colours[1])
    wide = svg.num(radius * 2)
    crest = f"q{svg.num(radius)} {svg.num(-radius * 0.5)} {wide} 0V{svg.num(base + 2)}h-{wide}Z"
    swell = f"M{svg.num(centre - radius)} {svg.num(base - height * 0.28)}{crest}"
    scene.canvas.add(svg.clipped([sun, svg.path(swell, colours[2])], inner))


def _sprigs(scene: Scene, stage: Frame, colours: tuple[str, str]) -> None:
    """Set a few sprigs at the feet, dark ones before light ones."""
    rng, sheet = scene.rng, scene.sheet
    left, right = stage.x + sheet.s * 0.05, stage.right - sheet.s * 0.05
    height = min(stage.h * 0.42, sheet.s * 0.26)
    near = height * 0.35
    places = [(right, 1.0, -0.16), (right - near, 0.7, -0.02), (left, 0.85, 0.14), (left + near, 0.55, 0.05)]
    for i, (x, share, lean) in enumerate(places):
        if not (i in (2, 3) and scene.headline and sheet.landscape):
            grown = (x, stage.bottom, height * share * between(rng, 0.85, 1.1))
            scene.canvas.add(_sprig(grown, lean + between(rng, -0.08, 0.08), colours[i % 2]))


def _sprig(grown: tuple[float, float, float], lean: float, colour: str) -> str:
    """Return a stem with pairs of leaves that shorten upwards."""
    x, y, height = grown
    pairs = 6
    curve = f"q0 {svg.num(-height * 0.5)} {svg.num(height * lean)} {svg.num(-height)}"
    parts = [svg.stroke(f"M{svg.num(x)} {svg.num(y)}{curve}", colour, max(1.0, height * 0.022))]
    for i in range(pairs):
        share = (i + 0.8) / pairs
        foot = (x + height * lean * share * share, y - height * share)
        length = height * 0.3 * (1.05 - 0.62 * share)
        parts += [_leaf(foot, -math.pi / 2 + lean + side * 0.85, length, colour) for side in (-1, 1)]
    parts.append(_leaf((x + height * lean, y - height), -math.pi / 2 + lean, height * 0.15, colour))
    return svg.group(parts)


def _leaf(foot: tuple[float, float], angle: float, length: float, colour: str) -> str:
    tip = svg.around(foot, length, angle)
    one, other = svg.around(foot, length * 0.55, angle - 0.5), svg.around(foot, length * 0.55, angle + 0.5)
    points = " ".join(svg.num(v) for v in (*one, *tip))
    back = " ".join(svg.num(v) for v in (*other, *foot))
    return svg.path(f"M{svg.num(foot[0])} {svg.num(foot[1])}Q{points}Q{back}Z", colour)


ARCHES = Family(
    name="arches",
    kinds=("rainbow", "row", "gate"),
    voices=("instrument", "gloock", "serif", "playfair", "friendly", "abril"),
    draw=draw,
    grain=0.016,
)
