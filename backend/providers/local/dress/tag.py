"""The price's tag: a disc for a short price, a rounded bar for a longer one, in a colour of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.errors import FieldError, RequestRefused
from backend.providers.local.compose import svg
from backend.providers.local.compose.type.shaping import shape
from backend.providers.local.compose.type.voices import VOICES
from backend.providers.local.compose.words import texts_of
from backend.providers.local.dress.corners import SMALLER, Wanted, seated
from backend.providers.local.dress.ground import ink_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.providers.local.compose.type.shaping import Line
    from backend.providers.local.compose.zones import Frame
    from backend.providers.local.dress.places import Detail, Place
    from backend.schemas.specs.overlays import Lettering

_SHARE = 0.26
"""The side of a disc, as a share of the shorter side of what is safe."""
_STRIP_SHARE = 0.56
_SHORT = 5
"""Most characters of a price that stands on a disc."""
_TYPE = 0.62
"""The width of the type on a disc, as a share of its side; and the height of type on a bar."""
_LEAST_PX = 9.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A price on its ground: the tag's bounds, the line, its size in pixels, and the colour of the ground."""

    frame: Frame
    line: Line
    size: float
    colour: str
    round: bool

    def drawing(self) -> str:
        """Return it as SVG."""
        middle = self.frame.centre
        if self.round:
            ground = svg.circle(middle, self.frame.w / 2, self.colour)
        else:
            ground = svg.rect(self.frame.box, self.colour, rx=self.frame.h * 0.28)
        x = middle[0] - self.line.width * self.size / 2
        y = middle[1] - (self.line.top + self.line.bottom) / 2 * self.size
        return ground + svg.path(self.line.path(x, y, self.size), ink_on(self.colour))


def tagged(lettering: Lettering, place: Place, taken: Sequence[Frame], seen: tuple[Sequence[Frame], Detail]) -> Tag:
    """Return the price's tag in the corner where least is in its way.

    Raises:
        RequestRefused: no font has its letters, or there is no room for it.
    """
    texts = texts_of([lettering.price])
    if not texts:
        raise _refused("None of the studio's fonts has the letters of the price.")
    line = shape(texts.headline, VOICES["grotesk"].face, -0.01)
    round_ = len(texts.headline) <= _SHORT
    for scale in SMALLER:
        wide, high, size = (scale * side for side in _measures(line, place, round_=round_))
        found = seated((wide, high), place, Wanted(first="top-right"), (taken, seen))
        if found and size >= _LEAST_PX:
            return Tag(frame=found.frame, line=line, size=size, colour=lettering.accent, round=round_)
    raise _refused(f"There is no room for the price on {place.size}; leave it or this format out.")


def _measures(line: Line, place: Place, *, round_: bool) -> tuple[float, float, float]:
    """Return width, height and size of type."""
    zone = place.zone
    side = min(zone.w, zone.h) * (_STRIP_SHARE if place.strip else _SHARE)
    if round_:
        size = min(_TYPE * side / line.width, 0.42 * side)
        return side, side, size
    high = 0.5 * side
    size = min(high * _TYPE / max(0.5, line.bottom - line.top), 0.6 * zone.w / line.width)
    return line.width * size + 0.8 * high, high, size


def _refused(detail: str) -> RequestRefused:
    return RequestRefused(detail=detail, errors=(FieldError(pointer="/text/price", detail=detail),))
