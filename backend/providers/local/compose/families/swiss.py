"""Swiss: one large figure of the international style on flat ground, two colours and an accent."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.providers.local.compose import svg
from backend.providers.local.compose.colour import contrast
from backend.providers.local.compose.scene import Family, Scene, Writing

if TYPE_CHECKING:
    from backend.providers.local.compose.stream import Stream
    from backend.providers.local.compose.zones import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What a figure is drawn with: the room that is free, a main and a second colour and the accent."""

    room: Frame
    rng: Stream
    ground: str
    main: str
    second: str
    accent: str


def draw(scene: Scene) -> Writing | None:
    """Lay the ground, set the text, give the figure all that is left."""
    sheet, ground = scene.sheet, _ground(scene)
    scene.canvas.add(svg.rect(sheet.all.box, ground))
    block = scene.block(anchor="top" if sheet.r < 1.6 else "middle")
    room = sheet.room_beside(block.frame) if block else sheet.all
    loud = scene.palette.against(ground, 1.8)
    figure = Figure(
        room=room,
        rng=scene.rng,
        ground=ground,
        main=loud[0],
        second=loud[1],
        accent=next((c for c in [*loud[2:], scene.palette.readable(ground)] if c not in loud[:2]), loud[0]),
    )
    scene.canvas.add(svg.clipped(_FIGURES[scene.plan.kind](figure), svg.box(room.box)))
    return Writing(block=block, ground=ground) if block else None


def _ground(scene: Scene) -> str:
    """Return paper, ink or a vivid colour that ink or paper reads on."""
    p = scene.palette
    vivid = [c for c in p.vivid[:2] if contrast(p.readable(c), c) >= 4.6]
    choices = [p.ink, *vivid] if scene.plan.dark else [p.paper, p.paper, *vivid, *vivid]
    return scene.rng.choice(choices)


def _arcs(f: Figure) -> list[str]:
    """Rings about a corner of the room, each half as wide again as the one inside."""
    reach = min(math.hypot(f.room.w, f.room.h) * 0.86, max(f.room.w, f.room.h))
    corner = (f.room.right, f.room.bottom)
    radii = [reach / 1.5**i for i in range(6)]
    colours = [f.main, f.second, f.ground, f.main, f.accent, f.ground]
    return [svg.circle(corner, radius, colour) for radius, colour in zip(radii, colours, strict=True)]


def _bars(f: Figure) -> list[str]:
    """Slanting bars that widen by the root of two."""
    width, x = f.room.h * 0.035, f.room.x - f.room.h * 0.55
    parts: list[str] = []
    turn = 0
    while x < f.room.right:
        feet = [(x + width, f.room.bottom), (x, f.room.bottom)]
        slanted = [(x + f.room.h, f.room.y), (x + f.room.h + width, f.room.y), *feet]
        parts.append(svg.path(svg.polygon(slanted), (f.main, f.main, f.second, f.main, f.accent)[turn % 5]))
        x += width * 1.95
        width = min(width * 1.42, f.room.h * 0.4)
        turn += 1
    return parts


def _dots(f: Figure) -> list[str]:
    """A grid of discs that swell across it; one of them stands out."""
    cell = min(f.room.w, f.room.h) / (7 if min(f.room.w, f.room.h) > 0.75 * max(f.room.w, f.room.h) else 5)
    columns, rows = max(1, round(f.room.w / cell)), max(1, round(f.room.h / cell))
    across, down = f.room.w / columns, f.room.h / rows
    chosen = (f.rng.randrange(columns // 2, columns), f.rng.randrange(rows))
    parts: list[str] = []
    for i in range(columns):
        for j in range(rows):
            swell = (i / max(1, columns - 1)) * 0.75 + (j / max(1, rows - 1)) * 0.25
            centre = (f.room.x + (i + 0.5) * across, f.room.y + (j + 0.5) * down)
            radius = min(across, down) * (0.07 + 0.37 * swell)
            parts.append(svg.circle(centre, radius, f.accent if (i, j) == chosen else f.main))
    return parts


def _disc(f: Figure) -> list[str]:
    """A disc cut in two, its halves slipped along the cut, and a small one."""
    radius = min(f.room.w, f.room.h) * (0.4 if f.room.w < f.room.h else 0.44)
    (x, y), slip = f.room.centre, radius * 0.42
    angle = f.rng.choice((-45, 45, 0, 90))
    r = svg.num(radius)
    upper = f"M{svg.num(x - radius - slip / 2)} {svg.num(y)}a{r} {r} 0 0 1 {svg.num(radius * 2)} 0Z"
    lower = f"M{svg.num(x - radius + slip / 2)} {svg.num(y)}a{r} {r} 0 0 0 {svg.num(radius * 2)} 0Z"
    small = svg.circle((x + radius * 0.5, y - radius * 0.42), radius * 0.2, f.accent)
    halves = [svg.path(upper, f.main), svg.path(lower, f.second), small]
    return [svg.group(halves, transform=f"rotate({angle} {svg.num(x)} {svg.num(y)})")]


def _stairs(f: Figure) -> list[str]:
    """Columns that grow to the right; one of them in the accent."""
    count = 9 if f.room.w > f.room.h * 1.4 else 7
    width = f.room.w / count
    chosen = f.rng.randrange(count // 2, count)
    parts: list[str] = []
    for i in range(count):
        height = f.room.h * (0.1 + 0.82 * (i / (count - 1)) ** 1.15)
        frame = (f.room.x + i * width, f.room.bottom - height, width * 0.86, height + 1)
        parts.append(svg.rect(frame, f.accent if i == chosen else f.main))
    return parts


def _quarters(f: Figure) -> list[str]:
    """A grid of quarter discs, each turned its own way: whole cells, standing on the edge."""
    columns = min(range(2, 7), key=lambda n: _waste(f.room, n))
    cell = f.room.w / columns
    parts: list[str] = []
    last = ""
    for j in range(max(1, math.floor(f.room.h / cell + 0.03))):
        for i in range(columns):
            place = (f.room.x + i * cell, f.room.bottom - (j + 1) * cell, cell)
            last = f.rng.choice([c for c in (f.main, f.main, f.second, f.accent) if c != last or c == f.main])
            parts += _quarter(place, last, f.rng.randrange(5))
    return parts


def _waste(room: Frame, columns: int) -> float:
    """Return how badly so many columns fit the room: what is left over above, and cells too large or small."""
    cell = room.w / columns
    rows = math.floor(room.h / cell + 0.03)
    return (room.h - rows * cell) / room.h + abs(rows * columns - 8) * 0.03 if rows else 9.0


def _quarter(place: tuple[float, float, float], colour: str, turn: int) -> list[str]:
    x, y, cell = place
    if turn == 4:
        return [svg.circle((x + cell / 2, y + cell / 2), cell / 2, colour)]
    corners = ((x, y), (x + cell, y), (x + cell, y + cell), (x, y + cell))
    start, end = corners[(turn + 1) % 4], corners[(turn + 3) % 4]
    c = svg.num(cell)
    centre = f"M{svg.num(corners[turn][0])} {svg.num(corners[turn][1])}L{svg.num(start[0])} {svg.num(start[1])}"
    outline = f"{centre}A{c} {c} 0 0 1 {svg.num(end[0])} {svg.num(end[1])}Z"
    return [svg.path(outline, colour, stroke=colour, stroke_width=0.7)]


_FIGURES = {"arcs": _arcs, "bars": _bars, "dots": _dots, "disc": _disc, "stairs": _stairs, "quarters": _quarters}

SWISS = Family(
    name="swiss",
    kinds=tuple(_FIGURES),
    voices=("grotesk", "grotesk", "grotesk-wide", "grotesk-narrow"),
    draw=draw,
)
