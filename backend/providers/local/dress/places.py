"""Places: where on a format something may be laid, and how much speaks against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from backend.providers.local.compose.zones import BANNER, Frame, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from backend.imaging.types import Box, Size

    Pixels = NDArray[np.uint8]

_EDGE = 0.04
"""What stays free along the edges of what is safe, as a share of the shorter side."""
_INSCRIBED = 0.7
"""The side of a square within a circle, as a share of its diameter."""
_ROOM_ABOVE, _ROOM_BESIDE = 0.35, 0.12
"""What belongs to a face besides its box: hair, ears, chin."""
_SHARE = 0.7
"""How much the share of all detail counts beside the mean."""
_DETAIL = 256
"""The longest side that fine detail is looked for at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A format to lay something on, in its pixels: `safe` are insets (top, right, bottom, left), `covered` boxes."""

    size: Size
    safe: tuple[int, int, int, int] = (0, 0, 0, 0)
    covered: tuple[Box, ...] = ()
    circle: bool = False

    @property
    def sheet(self) -> Sheet:
        """Return the measures that follow from the size."""
        return Sheet(w=self.size.width, h=self.size.height)

    @property
    def edge(self) -> float:
        """Return what stays free along the edges, in pixels."""
        return max(3.0, _EDGE * self.sheet.s)

    @property
    def zone(self) -> Frame:
        """Return where something may stand."""
        if self.circle:
            wide, high = self.size.width * _INSCRIBED, self.size.height * _INSCRIBED
            return Frame((self.size.width - wide) / 2, (self.size.height - high) / 2, wide, high)
        top, right, bottom, left = self.safe
        return Frame(left, top, self.size.width - left - right, self.size.height - top - bottom).grown(-self.edge)

    @property
    def strip(self) -> bool:
        """Return whether what is safe is so low that everything stands side by side."""
        return self.zone.w > BANNER * self.zone.h

    @property
    def kept_off(self) -> tuple[Frame, ...]:
        """Return what the platform covers, with a little air."""
        return tuple(framed(box).grown(self.edge / 2) for box in self.covered)


def framed(box: Box) -> Frame:
    """Return a box as a frame."""
    return Frame(box.left, box.top, box.right - box.left, box.bottom - box.top)


def roomy(face: Box) -> Frame:
    """Return a face with what belongs to it."""
    wide, high = face.right - face.left, face.bottom - face.top
    return Frame(
        face.left - _ROOM_BESIDE * wide,
        face.top - _ROOM_ABOVE * high,
        wide * (1 + 2 * _ROOM_BESIDE),
        high * (1 + _ROOM_ABOVE + _ROOM_BESIDE),
    )


def overlap(one: Frame, other: Frame) -> float:
    """Return the area that two frames share, in pixels."""
    wide = min(one.right, other.right) - max(one.x, other.x)
    high = min(one.bottom, other.bottom) - max(one.y, other.y)
    return max(0.0, wide) * max(0.0, high)


def touches(frame: Frame, others: Iterable[Frame]) -> bool:
    """Tell whether a frame shares anything with one of the others."""
    return any(overlap(frame, other) > 0 for other in others)


def hidden(frame: Frame, faces: Sequence[Frame]) -> float:
    """Return the largest share of a face that a frame would hide, 0..1."""
    return max((overlap(frame, face) / (face.w * face.h) for face in faces), default=0.0)


def cleared(zone: Frame, taken: Iterable[Frame]) -> Frame | None:
    """Return the largest part of a zone beside everything that is taken; None where nothing is left."""
    for other in taken:
        if overlap(zone, other) <= 0:
            continue
        parts = (
            Frame(zone.x, zone.y, other.x - zone.x, zone.h),
            Frame(other.right, zone.y, zone.right - other.right, zone.h),
            Frame(zone.x, zone.y, zone.w, other.y - zone.y),
            Frame(zone.x, other.bottom, zone.w, zone.bottom - other.bottom),
        )
        zone = max(parts, key=lambda part: max(0.0, part.w) * max(0.0, part.h))
        if min(zone.w, zone.h) < 1:
            return None
    return zone


class Detail:
    """How much fine detail lies where."""

    def __init__(self, pixels: Pixels) -> None:
        high, wide = pixels.shape[:2]
        self._scale = min(1.0, _DETAIL / max(high, wide))
        size = max(2, round(wide * self._scale)), max(2, round(high * self._scale))
        grey = cv2.cvtColor(np.ascontiguousarray(pixels[..., :3]), cv2.COLOR_RGB2GRAY)
        small = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.float32)
        steps = np.abs(cv2.Sobel(small, cv2.CV_32F, 1, 0)) + np.abs(cv2.Sobel(small, cv2.CV_32F, 0, 1))
        self._table = cv2.integral(np.square(np.clip(steps / 160, 0, 1)).astype(np.float32))

    def under(self, frame: Frame) -> float:
        """Return how much detail a frame hides: its mean, and its share of all there is, so that small things count."""
        high, wide = self._table.shape[0] - 1, self._table.shape[1] - 1
        left, right = (min(max(round(x * self._scale), 0), wide) for x in (frame.x, frame.right))
        top, bottom = (min(max(round(y * self._scale), 0), high) for y in (frame.y, frame.bottom))
        table, area = self._table, max(1, (right - left) * (bottom - top))
        found = float(table[bottom, right] - table[top, right] - table[bottom, left] + table[top, left])
        return found / area + _SHARE * found / max(float(table[-1, -1]), 1.0)
