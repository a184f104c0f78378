"""One file being dressed: first everything gets its place, then it is drawn from the back to the front."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from backend.errors import FieldError, RequestRefused
from backend.providers.local.compose import svg
from backend.providers.local.compose.zones import Frame
from backend.providers.local.dress.corners import SMALLER, Seated, Wanted, seated
from backend.providers.local.dress.ground import LEAST, best_ink, plate_for, ramped, reads, shade_for, shaded, under
from backend.providers.local.dress.laying import boxed, drawn, laid
from backend.providers.local.dress.mark import PAD, PLATES, shown
from backend.providers.local.dress.places import Detail, hidden, roomy, touches
from backend.providers.local.dress.tag import tagged
from backend.providers.local.dress.words import set_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from backend.imaging.types import Box
    from backend.providers.local.dress.mark import Mark
    from backend.providers.local.dress.places import Place
    from backend.providers.local.dress.tag import Tag
    from backend.providers.local.dress.words import Set
    from backend.schemas.specs.overlays import Lettering, Logo, Overlay

    Pixels = NDArray[np.uint8]
    Seen = tuple[Sequence[Frame], Detail]

_MOST_SHADE = 0.8
"""A shade stronger than this hides what it lies on: a plate is the more honest."""
_ENLARGED = 1.5
"""From how much a logo's enlargement is told."""
_FACE = 0.02
"""From which share on a face counts as hidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was laid.

    `notes` are sentences about what is not as asked for, `text` and `logo` boxes in pixels of the file, `contrast` the
    least that the words have.
    """

    notes: tuple[str, ...] = ()
    text: tuple[Box, ...] = ()
    logo: Box | None = None
    contrast: float | None = None


class Work:
    """One file being dressed: first everything gets its place, then it is drawn from the back to the front."""

    def __init__(self, overlay: Overlay, mark: Mark | None, place: Place, seen: tuple[Pixels, Sequence[Box]]) -> None:
        self._place, self._overlay, self._mark = place, overlay, mark
        pixels, faces = seen
        self._pixels = pixels
        self._seen: Seen = ([roomy(face) for face in faces], Detail(pixels))
        self._taken = list(place.kept_off)
        self._notes: list[str] = []
        self._text: list[Frame] = []
        self._logo: Frame | None = None
        self._contrast: float | None = None

    def done(self) -> Pixels:
        """Return the pixels with the overlay."""
        logo, text = self._overlay.logo, self._overlay.text
        seat = self._seat(logo) if logo and (logo.corner or logo.x is not None) else None
        first = self._tag(text) if text and text.price and self._place.strip else None
        words = self._words(text) if text and text.words else None
        tag = first or (self._tag(text) if text and text.price else None)
        seat = seat or (self._seat(logo) if logo else None)
        if words and text:
            self._write(words, text)
        if tag:
            self._pixels = drawn(self._pixels, tag.drawing(), tag.frame)
        if seat:
            self._stamp(seat)
        return self._pixels

    def told(self) -> Told:
        """Return what was laid."""
        boxes = tuple(boxed(frame) for frame in self._text)
        logo = boxed(self._logo) if self._logo else None
        return Told(notes=tuple(self._notes), text=boxes, logo=logo, contrast=self._contrast)

    def _take(self, frame: Frame) -> None:
        self._taken.append(frame.grown(self._place.edge))

    def _seat(self, logo: Logo) -> Seated:
        """Return where the logo sits, and keep others off."""
        assert self._mark is not None, "the room reads the logo's file"
        place, zone, around = self._place, self._place.zone, (self._taken, self._seen)
        size = self._mark.sized(logo.share, (0.62 * zone.w, 0.55 * zone.h), place.sheet.s)
        found = self._free(logo, size) if logo.x is not None else None
        tried = (
            seated((scale * size[0], scale * size[1]), place, Wanted(corner=logo.corner), around) for scale in SMALLER
        )
        found = found or next((one for one in tried if one), None)
        if found is None:
            detail = f"There is no room for the logo on {place.size}; make it smaller, or leave this format out."
            raise RequestRefused(detail=detail, errors=(FieldError(pointer="/logo/share", detail=detail),))
        if logo.corner and found.corner != logo.corner:
            where = f"at the {found.corner.replace('-', ' ')}" if found.corner else "along the edge"
            self._notes.append(f"The logo is {where}: something is in its way at the {logo.corner.replace('-', ' ')}.")
        if found.face:
            self._notes.append("The logo lies over a face: every other place is taken, too.")
        self._take(found.frame)
        return found

    def _free(self, logo: Logo, size: tuple[float, float]) -> Seated | None:
        """Return the place that a person chose, as near as it can be seen; None where the platform covers it."""
        zone, place = self._place.zone, self._place.size
        x = min(max((logo.x or 0) * place.width - size[0] / 2, zone.x), zone.right - size[0])
        y = min(max((logo.y or 0) * place.height - size[1] / 2, zone.y), zone.bottom - size[1])
        frame = Frame(x, y, *size)
        if touches(frame, self._taken):
            self._notes.append("The logo is in a corner: the platform covers the place that was chosen.")
            return None
        return Seated(frame=frame, corner=None, face=hidden(frame, self._seen[0]) > _FACE)

    def _words(self, text: Lettering) -> Set:
        found = set_words(text, self._place, self._taken, self._seen)
        if text.subline and not found.texts.subline:
            self._notes.append("The subline is left out: there is no room for it.")
        if found.texts.undrawable:
            self._notes.append("Letters that none of the studio's fonts has are left out.")
        if hidden(found.frame, self._seen[0]) > _FACE:
            self._notes.append("The words lie over a face: there is no better place for them.")
        self._take(found.plate)
        return found

    def _tag(self, text: Lettering) -> Tag:
        found = tagged(text, self._place, self._taken, self._seen)
        self._take(found.frame)
        self._text.append(found.frame)
        return found

    def _write(self, words: Set, text: Lettering) -> None:
        """Draw the words in an ink that reads, on what helps it to."""
        ink = self._grounded(words, text)
        self._contrast = round(reads(under(self._pixels, _lines(words)), ink), 2)
        rows = "".join(svg.path(row.path(), ink) for row in words.block.rows)
        self._pixels = drawn(self._pixels, rows, words.frame.grown(3))
        self._text.append(words.frame)

    def _grounded(self, words: Set, text: Lettering) -> str:
        """Lay under the words what makes them read, and return their ink."""
        samples = under(self._pixels, _lines(words))
        ink = best_ink(samples)
        if text.ground == "auto" and text.colour is None and reads(samples, ink) >= LEAST + 0.2:
            return ink
        ink, shade = shade_for(samples, text.colour)
        if text.ground == "shade" or (text.ground == "auto" and shade.strength <= _MOST_SHADE):
            size = self._place.size
            where = ramped((size.width, size.height), words.plate, whole=words.seat == "middle")
            self._pixels = shaded(self._pixels, shade, where)
            return ink
        ink, colour = plate_for(samples, text.colour)
        plate = words.plate
        body = svg.rect(plate.box, colour, rx=min(words.pad, plate.h / 2) * 0.45)
        self._pixels = drawn(self._pixels, body, plate)
        return ink

    def _stamp(self, seat: Seated) -> None:
        """Lay the logo so that it stands out."""
        assert self._mark is not None, "as above"
        frame = seat.frame
        pixels = self._mark.resized((frame.w, frame.h))
        kind, pixels = shown(self._mark, pixels, self._under(pixels, frame))
        if kind in PLATES:
            frame, pixels = self._plated(frame, PLATES[kind])
        if kind != "as it is":
            how = f"on a {kind}" if kind in PLATES else f"in {kind}"
            self._notes.append(f"The logo is shown {how}, so that it stands out.")
        if pixels.shape[1] > _ENLARGED * self._mark.pixels.shape[1]:
            self._notes.append("The logo was enlarged; a larger file of it would be sharper.")
        self._pixels = laid(self._pixels, pixels, (round(frame.x), round(frame.y)))
        self._logo = seat.frame

    def _plated(self, frame: Frame, colour: str) -> tuple[Frame, Pixels]:
        """Lay a plate into the logo's place, and return the smaller place that is left, with the logo's pixels."""
        assert self._mark is not None, "as above"
        corner = min(frame.w, frame.h) * 0.12
        self._pixels = drawn(self._pixels, svg.rect(frame.box, colour, rx=corner), frame)
        inner = frame.grown(-PAD * min(frame.w, frame.h))
        scale = min(inner.w / frame.w, inner.h / frame.h)
        pixels = self._mark.resized((frame.w * scale, frame.h * scale))
        high, wide = pixels.shape[:2]
        return Frame(frame.centre[0] - wide / 2, frame.centre[1] - high / 2, wide, high), pixels

    def _under(self, logo: Pixels, frame: Frame) -> Pixels:
        """Return what lies under a logo, of its size; white where the picture is see-through."""
        left, top = round(frame.x), round(frame.y)
        part = self._pixels[top : top + logo.shape[0], left : left + logo.shape[1]]
        if part.shape[2] == 3:  # noqa: PLR2004 - RGB
            return part
        alpha = part[..., 3:] / 255
        return np.rint(part[..., :3] * alpha + 255 * (1 - alpha)).astype(np.uint8)


def _lines(words: Set) -> list[Frame]:
    """Return where the lines are, with a little around them."""
    return [line.grown(words.block.size * 0.06) for line in words.lines]
