"""Corners: where something small sits, off what the platform covers and, where another corner is free, off faces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.providers.local.compose.zones import Frame
from backend.providers.local.dress.places import hidden, touches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.providers.local.dress.places import Detail, Place
    from backend.schemas.specs.overlays import Corner

CORNERS: dict[Corner, tuple[float, float]] = {
    "bottom-right": (1, 1),
    "bottom-left": (0, 1),
    "top-right": (1, 0),
    "top-left": (0, 0),
}
"""How far along what is safe each corner is; the first is the usual one."""
SMALLER = (1.0, 0.8, 0.62, 0.48)
"""The shares of its size that a thing is tried in, one after the other, until there is room."""
_FACES, _DETAIL, _FAR = 20.0, 0.5, 1.0
"""How much a hidden face, fine detail and the distance from the wanted corner count against a seat."""
_BESIDE = 2.5
"""How much it counts against a seat that it is in no corner: more than any corner is away."""
_STEPS = 8
_HIDES = 0.02
"""From which share on a face counts as hidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which corner is wanted; `first` is preferred a little, where none is."""

    corner: Corner | None = None
    first: Corner = "bottom-right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated:
    """Where something sits: `corner` is None along an edge; `face` tells whether it hides a part of one."""

    frame: Frame
    corner: Corner | None
    face: bool


def seated(
    size: tuple[float, float],
    place: Place,
    wanted: Wanted,
    around: tuple[Sequence[Frame], tuple[Sequence[Frame], Detail]],
) -> Seated | None:
    """Return where a thing of a size sits best; `around` is what is taken, and the faces and detail of the picture.

    None if everything is taken.
    """
    taken, (faces, detail) = around
    goal = CORNERS[wanted.corner or wanted.first]
    weight = _FAR if wanted.corner else 0.08
    best: tuple[float, Seated] | None = None
    for fx, fy in _spots():
        frame = at(size, place.zone, (fx, fy))
        if frame is None or touches(frame, taken):
            continue
        away = abs(fx - goal[0]) + abs(fy - goal[1])
        corner = _corner_at((fx, fy))
        face = hidden(frame, faces)
        cost = weight * away + _FACES * face + _DETAIL * detail.under(frame) + (0 if corner else _BESIDE)
        if best is None or cost < best[0]:
            best = cost, Seated(frame=frame, corner=corner, face=face > _HIDES)
    return best[1] if best else None


def _corner_at(spot: tuple[float, float]) -> Corner | None:
    return next((name for name, own in CORNERS.items() if own == spot), None)


def at(size: tuple[float, float], zone: Frame, spot: tuple[float, float]) -> Frame | None:
    """Return a thing's frame at a spot of a zone (0, 0 top left to 1, 1 bottom right); None if it doesn't fit."""
    wide, high = size
    if wide > zone.w + 0.5 or high > zone.h + 0.5:
        return None
    return Frame(zone.x + spot[0] * (zone.w - wide), zone.y + spot[1] * (zone.h - high), wide, high)


def _spots() -> list[tuple[float, float]]:
    """Return the corners, then places along the edges."""
    steps = [n / _STEPS for n in range(1, _STEPS)]
    sides = [*((x, y) for x in steps for y in (1.0, 0.0)), *((x, y) for y in steps for x in (1.0, 0.0))]
    return [*((float(x), float(y)) for x, y in CORNERS.values()), *sides]
