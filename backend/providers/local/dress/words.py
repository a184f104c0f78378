"""Words on a picture: where they stand in each format, how large, and what is laid under them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.errors import FieldError, RequestRefused
from backend.providers.local.compose.type.setting import Order, set_block
from backend.providers.local.compose.type.voices import VOICES, fitting
from backend.providers.local.compose.words import Texts, texts_of
from backend.providers.local.compose.zones import BANNER, LANDSCAPE, STRIP, Frame
from backend.providers.local.dress.places import cleared, hidden

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from backend.providers.local.compose.type.setting import Align, Anchor, Block
    from backend.providers.local.dress.places import Detail, Place
    from backend.schemas.specs.overlays import Lettering, Seat

_LEAST = 0.024
"""The smallest headline, as a share of √(width x height)."""
_LEAST_PX, _LEAST_SMALL_PX = 11.0, 8.5
"""The smallest headline and subline in pixels."""
_GROW = 0.8
"""How large a headline may be on a picture, as a share of its largest on a sheet of its own."""
_PAD = 0.42
"""What a plate has around words, as a share of their size."""
_MOST_PAD = 0.9
"""The same at most, as a share of what stays free along the edges."""
_FACES, _DETAIL, _SMALL = 6.0, 1.5, 2.4
"""How much hidden faces, fine detail and small type count against a seat."""
_NARROW = 0.55
"""Words above or below take at least this share of the width: a column beside a face is for the sides."""
_SEATS: dict[str, tuple[tuple[float, float, float, float], Align, Anchor]] = {
    "top": ((0, 0, 1, 0.36), "left", "top"),
    "bottom": ((0, 0.64, 1, 0.36), "left", "bottom"),
    "left": ((0, 0, 0.5, 1), "left", "middle"),
    "right": ((0.5, 0, 0.5, 1), "left", "middle"),
    "middle": ((0.1, 0.2, 0.8, 0.6), "centre", "middle"),
}
"""Which part of what is safe (left, top, width, height as shares) each seat takes, and how words lean in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """Words set at a seat: `frame` is their ink, `pad` what a plate has around them, in pixels."""

    block: Block
    seat: Seat
    pad: float
    texts: Texts
    over_face: float = 0.0

    @property
    def frame(self) -> Frame:
        """Return the bounds of the ink."""
        return self.block.frame

    @property
    def plate(self) -> Frame:
        """Return the bounds of a plate."""
        return self.frame.grown(self.pad)

    @property
    def lines(self) -> tuple[Frame, ...]:
        """Return the bounds of each line."""
        return tuple(row.frame for row in self.block.rows)


def texts_in(lettering: Lettering) -> Texts:
    """Return the words to set.

    Raises:
        RequestRefused: no font of the studio has any of the letters.
    """
    head = texts_of([lettering.words])
    if not head:
        detail = "None of the studio's fonts has these letters; write the words in others."
        raise RequestRefused(detail=detail, errors=(FieldError(pointer="/text/words", detail=detail),))
    return texts_of([lettering.words, lettering.subline])


def set_words(lettering: Lettering, place: Place, taken: Sequence[Frame], seen: tuple[Sequence[Frame], Detail]) -> Set:
    """Return the words at the seat that is wanted, or at the one where least is in their way.

    `taken` is kept off; `seen` are the faces and the detail of the picture.

    Raises:
        RequestRefused: they would be too small to be read.
    """
    texts = texts_in(lettering)
    beside = [*taken, *seen[0]]
    around = (taken, beside) if seen[0] else (taken,)
    asked: list[tuple[Seat, Sequence[Frame]]] = [
        (seat, others) for seat in _seats(lettering, place) for others in around
    ]
    found = [one for where in asked for one in _settings(lettering, texts, place, where)]
    if not found:
        detail = (
            f"The words don't fit into {place.size}: they would be too small to be read. "
            "Shorten them, or leave this format out."
        )
        raise RequestRefused(detail=detail, errors=(FieldError(pointer="/text/words", detail=detail),))
    largest = max(one.block.size for one in found)
    return min(found, key=lambda one: _against(one, largest, seen))


def _seats(lettering: Lettering, place: Place) -> tuple[Seat, ...]:
    if lettering.position:
        return (lettering.position,)
    if place.circle:
        return ("middle", "bottom")
    ratio = place.zone.w / place.zone.h
    if place.strip:
        return ("left", "right", "middle")
    return ("left", "right", "bottom", "top") if ratio >= LANDSCAPE else ("bottom", "top")


def _settings(lettering: Lettering, texts: Texts, place: Place, where: tuple[Seat, Sequence[Frame]]) -> Iterator[Set]:
    """Yield the words as they fit at a seat: with the subline, or else without; nothing if neither is readable."""
    seat, taken = where
    zone = _zone(place, seat, taken)
    if zone and seat in ("top", "bottom") and zone.w < _NARROW * place.zone.w:
        return
    if zone and lettering.ground == "plate":
        zone = zone.grown(-_MOST_PAD * place.edge)
    if zone is None:
        return
    for words in dict.fromkeys((texts, Texts(headline=texts.headline, undrawable=texts.undrawable))):
        block = _block(words, lettering, place, (zone, seat))
        if _readable(block, place):
            pad = min(_PAD * block.size, _MOST_PAD * place.edge)
            yield Set(block=block, seat=seat, pad=pad, texts=words)
            return


def _zone(place: Place, seat: Seat, taken: Sequence[Frame]) -> Frame | None:
    x, y, w, h = _SEATS[seat][0]
    whole = place.zone
    if seat in ("left", "right") and whole.w > STRIP * whole.h:
        x, w = (0.0, 0.62) if seat == "left" else (0.38, 0.62)
    if seat in ("top", "bottom") and whole.w > BANNER * whole.h:
        y, h = 0.0, 1.0
    return cleared(Frame(whole.x + x * whole.w, whole.y + y * whole.h, w * whole.w, h * whole.h), taken)


def _block(texts: Texts, lettering: Lettering, place: Place, where: tuple[Frame, Seat]) -> Block:
    """Return the words as large as a seat allows, at the side that the seat is named after."""
    zone, seat = where
    _, align, anchor = _SEATS[seat]
    sheet = place.sheet
    voice = fitting(VOICES[lettering.voice], banner=sheet.strip)
    strip = min(1.0, max(0.0, (sheet.r - 2.1) / 2.4))
    small = tuple(max(_LEAST_SMALL_PX, (base + more * strip) * sheet.s) for base, more in ((0.03, 0.08), (0.046, 0.07)))
    largest = min(_GROW * voice.reach * (sheet.w * sheet.h) ** 0.5, 0.42 * sheet.s)
    order = Order(zone=zone, align=align, anchor=anchor, largest=largest, small=(small[0], small[1]))
    block = set_block(texts, voice, order)
    if seat == "right" and block.align == "left":
        return block.moved(zone.right - block.frame.right, 0)
    if block.align == "right" and seat == "left":
        return block.moved(zone.x - block.frame.x, 0)
    return block


def _readable(block: Block, place: Place) -> bool:
    least = max(_LEAST_PX, _LEAST * place.size.pixels**0.5)
    rows = block.rows
    return block.size >= least and min(row.size for row in rows) >= _LEAST_SMALL_PX


def _against(one: Set, largest: float, seen: tuple[Sequence[Frame], Detail]) -> float:
    """Return how much speaks against a seat."""
    faces, detail = seen
    less = 1 - one.block.size / largest
    dropped = 0.4 * (not one.texts.subline)
    return _FACES * hidden(one.plate, faces) + _DETAIL * detail.under(one.plate) + _SMALL * less + dropped
