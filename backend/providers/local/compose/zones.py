"""Where text and figure go on sheets of every shape. Pixels."""

from __future__ import annotations

from dataclasses import dataclass

STRIP = 4
BANNER = 2.6
WIDE = 2.1
LANDSCAPE = 1.25
PORTRAIT = 0.8


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """Return the right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """Return the lower edge."""
        return self.y + self.h

    @property
    def centre(self) -> tuple[float, float]:
        """Return the middle."""
        return self.x + self.w / 2, self.y + self.h / 2

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return x, y, width, height."""
        return self.x, self.y, self.w, self.h

    def grown(self, by: float) -> Frame:
        """Return the frame with `by` more on every side; less where negative."""
        return Frame(self.x - by, self.y - by, max(1.0, self.w + 2 * by), max(1.0, self.h + 2 * by))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The size of the picture, and the measures that follow from it."""

    w: int
    h: int

    @property
    def s(self) -> float:
        """Return the short side."""
        return min(self.w, self.h)

    @property
    def u(self) -> float:
        """Return the unit of hairlines, blurs and dots: 1 on a picture of 1080 x 1080."""
        return (self.w * self.h) ** 0.5 / 1080

    @property
    def r(self) -> float:
        """Return width by height."""
        return self.w / self.h

    @property
    def landscape(self) -> bool:
        """Tell whether text and figure stand side by side."""
        return self.r >= LANDSCAPE

    @property
    def banner(self) -> bool:
        """Tell whether the sheet is a strip."""
        return self.r > BANNER

    @property
    def strip(self) -> bool:
        """Tell whether the sheet is so low that a third line of text would make all of them small."""
        return self.r > STRIP

    @property
    def margin(self) -> float:
        """Return the free edge."""
        return (0.13 if self.banner else 0.075) * self.s

    @property
    def all(self) -> Frame:
        """Return the whole sheet."""
        return Frame(0, 0, self.w, self.h)

    def text_zone(self) -> Frame:
        """Return where text may stand when the figure takes the rest."""
        m = self.margin
        if self.landscape:
            share = 0.54 if self.r < WIDE else (0.56 if self.r > 4 else 0.5)
            return Frame(m, m, self.w * share - m, self.h - 2 * m)
        if self.r < PORTRAIT:
            return Frame(m, self.h * 0.09, self.w - 2 * m, self.h * 0.34)
        return Frame(m, m * 1.05, self.w - 2 * m, self.h * 0.42 - m)

    def figure_spot(self, *, headline: bool) -> tuple[float, float, float]:
        """Return where the figure's middle stands, and its scale."""
        if not headline:
            return self.w / 2, self.h / 2, 1.0
        if self.landscape:
            return self.w * (0.76 if self.r < BANNER else 0.8), self.h / 2, 0.9
        return self.w / 2, self.h * (0.66 if self.r < PORTRAIT else 0.7), 0.86

    def room_beside(self, taken: Frame) -> Frame:
        """Return what is free of the text, to the edges: right of it, or below."""
        gap = self.margin * 0.8
        if self.landscape:
            return Frame(taken.right + gap, 0, max(1.0, self.w - taken.right - gap), self.h)
        return Frame(0, taken.bottom + gap, self.w, max(1.0, self.h - taken.bottom - gap))
