"""Type stack: the headline is the picture. Each line fills the width; one of them takes the accent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from backend.providers.local.compose import svg
from backend.providers.local.compose.colour import contrast
from backend.providers.local.compose.scene import Family, Scene, Writing
from backend.providers.local.compose.type.bidi import runs_right
from backend.providers.local.compose.type.setting import Block, Row
from backend.providers.local.compose.type.shaping import Line, shape
from backend.providers.local.compose.type.voices import TEXT, VOICES, Voice
from backend.providers.local.compose.type.wrapping import broken, words_of
from backend.providers.local.compose.zones import Frame

if TYPE_CHECKING:
    from collections.abc import Sequence

_NARROW, _WIDE = 0.5, 1.34
"""How far lines may be stretched: most of it by the font's own width axis."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """Lines with their sizes and the height they make; `stretch` is what all of them need to fill the frame."""

    lines: tuple[str, ...]
    sizes: tuple[float, ...]
    stretch: float


def draw(scene: Scene) -> Writing | None:
    """Choose the ground, stack the lines, put the small words below."""
    sheet, ground = scene.sheet, _ground(scene)
    scene.canvas.add(svg.rect(sheet.all.box, ground))
    m = sheet.margin * (0.8 if not sheet.banner else 0.7)
    frame = Frame(m, m, sheet.w - 2 * m, sheet.h - 2 * m)
    small = _small_rows(scene, frame)
    if small:
        frame = replace(frame, h=small[0].frame.y - frame.y - sheet.s * (0.075 if sheet.banner else 0.045))
    rows = _rows(scene, frame)
    accents = _accents(scene, ground, len(rows)) if len(rows) > 1 else ()
    _figure(scene, (rows, frame), ground)
    return Writing(block=Block(rows=(*rows, *small), align="left"), ground=ground, accents=accents)


def _ground(scene: Scene) -> str:
    p = scene.palette
    loud = [c for c in p.vivid[:3] if contrast(p.readable(c), c) >= 4.6]
    return scene.rng.choice([p.ink, *loud[:1]] if scene.plan.dark else [*loud, *loud, p.paper])


def _voice(scene: Scene, width: int) -> Voice:
    voice = VOICES[scene.plan.voice]
    return replace(voice, face=replace(voice.face, width=width), tracking=-0.012)


def _small_rows(scene: Scene, frame: Frame) -> list[Row]:
    """Set subline and kicker as one small line at the foot, smaller where it would not fit."""
    texts = scene.texts
    text = "  ·  ".join(t for t in (texts.subline, texts.kicker) if t)
    if not text:
        return []
    line = shape(text, TEXT.face, right=runs_right(text))
    size = min(scene.sheet.s * (0.1 if scene.sheet.banner else 0.038), frame.w / max(line.width, 0.1))
    x = frame.right - line.width * size if runs_right(text) else frame.x
    return [Row(line=line, x=x, y=frame.bottom - line.bottom * size, size=size, role="subline")]


def _rows(scene: Scene, frame: Frame) -> list[Row]:
    """Stack the headline into the frame; what is left of the height stays free below."""
    text = scene.plan.texts.headline.upper()
    gap = scene.sheet.s * 0.022
    stacks = [_stack(scene, text, count, (frame, gap)) for count in range(1, min(7, len(words_of(text))) + 1)]
    best = min(stacks, key=lambda stack: _misfit(stack.stretch) + 0.004 * len(stack.lines))
    squeeze = min(max(best.stretch, _NARROW), _WIDE)
    rows: list[Row] = []
    top = frame.y
    for text_line, size in zip(best.lines, best.sizes, strict=True):
        row = _fitted(scene, text_line, (frame, top, size / squeeze))
        rows.append(row)
        top += (row.line.bottom - row.line.top) * row.size + gap
    spare = frame.bottom - rows[-1].frame.bottom
    return rows if spare >= 0 else _shrunk(rows, frame)


def _misfit(stretch: float) -> float:
    """Return how far from natural type this is; outside the limits the height isn't filled or is overrun."""
    inside = min(max(stretch, _NARROW), _WIDE)
    return abs(stretch - inside) * 3 + abs(inside - 0.92) * 0.6


def _stack(scene: Scene, text: str, count: int, room: tuple[Frame, float]) -> Stack:
    """Return the lines at the sizes that fill the width, and the stretch that would fill the height too."""
    frame, gap = room
    lines = broken(text, _voice(scene, 100), count)
    shaped = [_line(scene, line, 100) for line in lines]
    sizes = tuple(frame.w / max(line.width, 0.05) for line in shaped)
    high = sum((line.bottom - line.top) * size for line, size in zip(shaped, sizes, strict=True))
    return Stack(lines=lines, sizes=sizes, stretch=high / max(1.0, frame.h - gap * (len(lines) - 1)))


def _line(scene: Scene, text: str, width: int) -> Line:
    voice = _voice(scene, width)
    return shape(text, voice.face, voice.tracking, right=runs_right(scene.plan.texts.headline))


def _fitted(scene: Scene, text: str, place: tuple[Frame, float, float]) -> Row:
    """Return the line that fills the frame at that size: the font's width axis first, the rest by stretching."""
    frame, top, size = place
    widths = (62, 70, 80, 90, 100, 112, 125)
    options = [(width, frame.w / (_line(scene, text, width).width * size)) for width in widths]
    width, rest = min(options, key=lambda o: abs(o[1] - 1))
    line, stretch = _line(scene, text, width), min(max(rest, 0.6), 1.5)
    over = line.width * size * stretch / frame.w  # faces without a width axis are set smaller, where squeezing won't do
    size /= max(1.0, over)
    return Row(line=line, x=frame.x, y=top - line.top * size, size=size, role="headline", stretch=stretch)


def _shrunk(rows: list[Row], frame: Frame) -> list[Row]:
    """Return the rows made lower to fit the frame; their width stays."""
    share = frame.h / (rows[-1].frame.bottom - frame.y)
    return [
        replace(row, y=frame.y + (row.y - frame.y) * share, size=row.size * share, stretch=row.stretch / share)
        for row in rows
    ]


def _accents(scene: Scene, ground: str, count: int) -> tuple[str, ...]:
    """Return a colour for one of the lines, where the palette has one that reads."""
    readable = [c for c in scene.palette.vivid if contrast(c, ground) >= 4.6]
    if not readable or scene.plan.kind == "plain":
        return ()
    chosen = scene.rng.randrange(count)
    return tuple(readable[0] if i == chosen else "" for i in range(count))


def _figure(scene: Scene, stack: tuple[Sequence[Row], Frame], ground: str) -> None:
    """Fill a large rest of the height with a half disc on the lower edge of the frame."""
    rows, frame = stack
    top = rows[-1].frame.bottom + scene.sheet.s * 0.06
    free = frame.bottom - top
    if free < scene.sheet.s * 0.16:
        return
    r = min(free, frame.w / 2)
    x, base = frame.right - 2 * r, svg.num(frame.bottom)
    data = f"M{svg.num(x)} {base}a{svg.num(r)} {svg.num(r)} 0 0 1 {svg.num(2 * r)} 0Z"
    scene.canvas.add(svg.path(data, scene.palette.against(ground, 1.8)[0]))


TYPESTACK = Family(
    name="typestack",
    kinds=("accent", "plain"),
    voices=("grotesk",),
    draw=draw,
    needs_text=True,
)
