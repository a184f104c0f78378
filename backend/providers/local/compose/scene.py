"""A scene: everything a family is given to draw with, and what it says about its text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from backend.providers.local.compose.type.setting import Order, set_block
from backend.providers.local.compose.type.voices import VOICES, fitting

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.providers.local.compose.canvas import Canvas
    from backend.providers.local.compose.palettes import Palette
    from backend.providers.local.compose.stream import Stream
    from backend.providers.local.compose.type.setting import Align, Anchor, Block
    from backend.providers.local.compose.words import Texts
    from backend.providers.local.compose.zones import Frame, Sheet

LEGIBLE_PX = 11.0
"""Sublines are set no smaller than this where the sheet is not tiny."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is decided before the first stroke; the same plan makes the same picture at every size."""

    family: str
    kind: str
    palette: Palette
    dark: bool
    voice: str
    texts: Texts
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The plan on a sheet, with the canvas and the stream of chance to draw it."""

    plan: Plan
    sheet: Sheet
    canvas: Canvas
    rng: Stream

    @property
    def palette(self) -> Palette:
        """Return the colours."""
        return self.plan.palette

    @property
    def headline(self) -> bool:
        """Tell whether there is text to set."""
        return bool(self.plan.texts)

    @property
    def texts(self) -> Texts:
        """Return the texts that this sheet has room for: strips go without a kicker."""
        return replace(self.plan.texts, kicker="") if self.sheet.strip else self.plan.texts

    def block(
        self,
        zone: Frame | None = None,
        *,
        align: Align = "left",
        anchor: Anchor = "middle",
        grow: float = 1.0,
    ) -> Block | None:
        """Return the text set in the zone (by default the sheet's own), or nothing where there is none."""
        texts = self.texts
        if not texts:
            return None
        voice = fitting(VOICES[self.plan.voice], banner=self.sheet.strip)
        largest = voice.reach * (self.sheet.w * self.sheet.h) ** 0.5 * grow
        strip = min(1.0, max(0.0, (self.sheet.r - 2.1) / 2.4))
        small = (0.034 + 0.081 * strip, 0.05 + 0.075 * strip)
        least = min(LEGIBLE_PX, 0.075 * self.sheet.s)
        order = Order(
            zone=zone or self.sheet.text_zone(),
            align=align,
            anchor=anchor,
            largest=min(largest, self.sheet.s * 0.42),
            small=(max(small[0] * self.sheet.s, least), max(small[1] * self.sheet.s, least)),
        )
        block = set_block(texts, voice, order)
        if block.align == "right" and self.sheet.landscape:
            return block.moved(order.zone.x - block.frame.x, 0)
        return block

    def centred_block(self) -> Block | None:
        """Return the text of a symmetric picture: in the middle above, or left in the middle of wide sheets."""
        if self.sheet.landscape:
            return self.block(align="left", anchor="middle")
        return self.block(align="centre", anchor="top")


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """The text of a finished scene: `ground` is the flat colour behind it, empty where it stands on art.

    `accents` colours the rows one by one, where a family wants that.
    """

    block: Block
    ground: str = ""
    accents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One way of drawing: its name, its sub-kinds, the voices that suit it, and the drawing itself."""

    name: str
    kinds: tuple[str, ...]
    voices: tuple[str, ...]
    draw: Callable[[Scene], Writing | None]
    grain: float = 0.012
    needs_text: bool = False
