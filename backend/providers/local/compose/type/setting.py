"""Setting: headline, subline and kicker become lines at their places inside a zone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from backend.providers.local.compose.type.bidi import runs_right
from backend.providers.local.compose.type.shaping import Line, shape
from backend.providers.local.compose.type.voices import LABEL, TEXT, Voice
from backend.providers.local.compose.type.wrapping import broken, words_of
from backend.providers.local.compose.zones import Frame

if TYPE_CHECKING:
    from backend.providers.local.compose.words import Texts

Align = Literal["left", "centre", "right"]
Anchor = Literal["top", "middle", "bottom"]
MOST_LINES = 7
_SHRINKS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How a block is to be set: where, how it leans, the largest headline and the limits of the subline, in pixels."""

    zone: Frame
    align: Align
    anchor: Anchor
    largest: float
    small: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line at its place: the left end of its ink, its baseline and its size."""

    line: Line
    x: float
    y: float
    size: float
    role: str
    stretch: float = 1.0

    @property
    def frame(self) -> Frame:
        """Return the bounds of the ink."""
        height = (self.line.bottom - self.line.top) * self.size
        return Frame(self.x, self.y + self.line.top * self.size, self.line.width * self.size * self.stretch, height)

    def path(self) -> str:
        """Return the outlines as SVG path data."""
        return self.line.path(self.x, self.y, self.size, stretch=self.stretch)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A set text."""

    rows: tuple[Row, ...]
    align: Align

    @property
    def frame(self) -> Frame:
        """Return the bounds of all ink."""
        frames = [row.frame for row in self.rows]
        left, top = min(f.x for f in frames), min(f.y for f in frames)
        return Frame(left, top, max(f.right for f in frames) - left, max(f.bottom for f in frames) - top)

    @property
    def size(self) -> float:
        """Return the headline's size."""
        return max(row.size for row in self.rows)

    def moved(self, dx: float, dy: float) -> Block:
        """Return the block at another place."""
        return replace(self, rows=tuple(replace(row, x=row.x + dx, y=row.y + dy) for row in self.rows))


def set_block(texts: Texts, voice: Voice, order: Order) -> Block:
    """Return the texts set as large as the order allows; all of it lies inside the zone."""
    if order.align == "left" and runs_right(texts.headline):
        order = replace(order, align="right")
    lines, size = _headline(texts, voice, order)
    block = Block(rows=_stacked(texts, (voice, lines, size), order), align=order.align)
    for _ in range(_SHRINKS):
        over = max(block.frame.h / order.zone.h, block.frame.w / order.zone.w)
        if over <= 1.001:
            break
        size *= max(0.6, min(0.97, 1 / over))
        block = Block(rows=_stacked(texts, (voice, lines, size), order), align=order.align)
    return _anchored(block, order)


def _headline(texts: Texts, voice: Voice, order: Order) -> tuple[tuple[str, ...], float]:
    """Choose the number of lines: the largest type, with some care for full lines."""
    reserve = order.small[0] * ((2.6 if texts.subline else 0) + (2.2 if texts.kicker else 0))
    height = max(order.zone.h * 0.35, order.zone.h - reserve)
    best: tuple[float, tuple[str, ...], float] = (-1.0, (texts.headline,), 1.0)
    for count in range(1, min(MOST_LINES, len(words_of(texts.headline))) + 1):
        lines = broken(texts.headline, voice, count)
        shaped = _shaped(lines, voice, right=runs_right(texts.headline))
        wide = [line.width for line in shaped]
        pitch = _pitch(shaped, voice, right=runs_right(texts.headline))
        size = min(order.largest, order.zone.w / max(wide), height / (0.85 + pitch * (count - 1)))
        fill = sum(wide) / len(wide) / max(wide)
        score = size * (0.86 + 0.14 * fill) * (1 - 0.012 * count)
        best = max(best, (score, lines, size), key=lambda b: b[0])
    return best[1], best[2]


def _shaped(lines: tuple[str, ...], voice: Voice, *, right: bool) -> list[Line]:
    """Return the lines of one text, which all run as the text does, whatever each of them begins with."""
    return [shape(line, voice.face, voice.tracking, right=right) for line in lines]


def _pitch(shaped: list[Line], voice: Voice, *, right: bool) -> float:
    """Return the distance of baselines in em: the voice's, or more where descenders would touch accents."""
    touch = [above.bottom - below.top + 0.04 for above, below in pairwise(shaped)]
    least = 1.3 if right else voice.line
    return max([least, *touch])


def _stacked(texts: Texts, head: tuple[Voice, tuple[str, ...], float], order: Order) -> tuple[Row, ...]:
    """Put kicker, headline and subline under each other, the first ink at the zone's top."""
    voice, lines, size = head
    small = min(max(0.30 * size, order.small[0]), order.small[1], size * 0.72)
    rows: list[Row] = []
    bottom = order.zone.y
    if texts.kicker:
        rows += _rows((texts.kicker,), LABEL, small * 0.86, ("kicker", bottom, order))
        bottom = rows[-1].y + small * 0.95
    rows += _rows(lines, voice, size, ("headline", bottom, order))
    if texts.subline:
        drop = max(rows[-1].frame.bottom - rows[-1].y, size * 0.08)
        place = ("subline", rows[-1].y + drop + small * 0.9, order)
        rows += _rows(_measure(texts.subline, small, order), TEXT, small, place)
    return tuple(rows)


def _measure(text: str, size: float, order: Order) -> tuple[str, ...]:
    """Break a subline into as few lines as its measure allows."""
    limit = min(order.zone.w / size, 34.0)
    for count in range(1, MOST_LINES):
        lines = broken(text, TEXT, count)
        if max(line.width for line in _shaped(lines, TEXT, right=runs_right(text))) <= limit:
            return lines
    return broken(text, TEXT, MOST_LINES)


def _rows(lines: tuple[str, ...], voice: Voice, size: float, place: tuple[str, float, Order]) -> list[Row]:
    role, top, order = place
    right = runs_right(" ".join(lines))
    shaped = _shaped(lines, voice, right=right)
    pitch = _pitch(shaped, voice, right=right) * size
    cap = max(-shaped[0].top, 0.5) * size
    return [
        Row(line=line, x=_left(line.width * size, order), y=top + cap + i * pitch, size=size, role=role)
        for i, line in enumerate(shaped)
    ]


def _left(width: float, order: Order) -> float:
    spare = order.zone.w - width
    return order.zone.x + {"left": 0.0, "centre": spare / 2, "right": spare}[order.align]


def _anchored(block: Block, order: Order) -> Block:
    spare = max(0.0, order.zone.bottom - block.frame.bottom)
    return block.moved(0, {"top": 0.0, "middle": spare / 2, "bottom": spare}[order.anchor])
