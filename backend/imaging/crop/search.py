"""The search for crops: faces first, then what stands out, then how it sits.

A window of a format's shape can only slide along one side of the picture, so every place it can lie in is tried. Sums
come from one summed-area table; a format takes well under a millisecond.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from backend.imaging.crop.windows import Focus, around, window_of
from backend.imaging.types import Box, Size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Values = NDArray[np.float64]
    """One number for each place."""

ReasonKind = Literal["focal-point", "faces", "subject", "covered", "whole"]

PLACES: Final = 240
"""How many places a window is tried in, besides those where faces just fit."""
_ROOM_ABOVE, _ROOM_BESIDE = 0.35, 0.12
"""What belongs to a face besides its box, as shares of its height and width: hair, ears, chin."""
_COVERED: Final = 0.3
"""How much less counts what the platform covers or cuts."""
_EDGE: Final = 0.12
"""How much it counts against a place that its edges run through what stands out."""
_SEAT: Final = 0.06
"""How much it counts that a face or subject sits well."""
_EYES: Final = 0.42
"""Where in a face the eyes are, from its top."""
_EYE_LEVEL: Final = 0.38
"""Where in a window's height eyes sit best."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is known of a picture: its size, what stands out (a map of any size), and its faces."""

    size: Size
    map: NDArray[np.float32]
    faces: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a format shows: its size, its insets (top, right, bottom, left), and boxes of it that are covered."""

    size: Size
    safe: tuple[int, int, int, int] = (0, 0, 0, 0)
    covered: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a window lies where it does: in words, and as a share 0..1 of what could be kept."""

    kind: ReasonKind
    says: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Crop:
    """A window in pixels of the picture, how well it keeps what matters (0..1), and why it lies there."""

    box: Box
    score: float
    reasons: tuple[Reason, ...]


class Cropper:
    """Finds the windows of one picture, for as many formats as are asked for."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        table = np.zeros((scene.map.shape[0] + 1, scene.map.shape[1] + 1))
        table[1:, 1:] = scene.map.cumsum(axis=0, dtype=np.float64).cumsum(axis=1)
        self._table = table / max(table[-1, -1], 1e-9)
        self._faces = np.array([(f.left, f.top, f.right, f.bottom) for f in scene.faces], float).reshape(-1, 4)
        self._roomy = _with_room(self._faces, scene.size)

    def at(self, shape: Shape, focus: Focus) -> Crop:
        """Return the window around a point that a person chose: it lies there, whatever stands elsewhere."""
        box = around(self._scene.size, shape.size, focus)
        why = Reason(kind="focal-point", says="Placed around the chosen point.", value=1.0)
        return self._crop(box, shape, (why,))

    def best(self, shape: Shape) -> Crop:
        """Return the window that keeps the most: every face it can, then what stands out, then how that sits."""
        window = window_of(self._scene.size, shape.size)
        if window == self._scene.size:
            why = Reason(kind="whole", says="The whole picture has this shape.", value=1.0)
            return self._crop(Box(0, 0, window.width, window.height), shape, (why,))
        places = self._places(window)
        for rank in (self._whole, self._shown, self._roomy_whole, self._uncut):
            ranks = rank(places)
            places = places[ranks >= ranks.max() - 1e-9]
        left, top, right, bottom = places[int(np.argmax(self._worth(places, shape)))]
        return self._crop(Box(int(left), int(top), int(right), int(bottom)), shape, ())

    def _places(self, window: Size) -> Values:
        """Return rows of left, top, right, bottom: evenly spread places, and those where faces just fit."""
        size = self._scene.size
        along = 0 if window.width < size.width else 1
        length, span = ((size.width, window.width), (size.height, window.height))[along]
        fits = [face[:, along + 2] - span for face in (self._faces, self._roomy)]
        begins = [face[:, along] for face in (self._faces, self._roomy)]
        spread = np.linspace(0, length - span, min(PLACES, length - span + 1))
        starts = np.unique(np.clip(np.rint(np.concatenate([spread, *fits, *begins])), 0, length - span))
        places = np.zeros((len(starts), 4))
        places[:, along] = starts
        places[:, 2:] = places[:, :2] + (window.width, window.height)
        return places

    def _whole(self, places: Values) -> Values:
        """Return how many faces lie within each place, each counted by its width."""
        return _within(places, self._faces)

    def _roomy_whole(self, places: Values) -> Values:
        """Return the same, with what belongs to the faces."""
        return _within(places, self._roomy)

    def _shown(self, places: Values) -> Values:
        """Return how much there is to see of the faces that are too large for any place, each counted by its width."""
        sides = self._faces[:, 2:] - self._faces[:, :2]
        large = self._faces[(sides > places[0, 2:] - places[0, :2]).any(axis=1)]
        ends = np.minimum(places[:, None, 2:], large[None, :, 2:])
        overlap = np.clip(ends - np.maximum(places[:, None, :2], large[None, :, :2]), 0, None).prod(axis=2)
        return overlap @ (1 / (large[:, 3] - large[:, 1]))

    def _uncut(self, places: Values) -> Values:
        """Return how few faces each place cuts through, each counted by its width."""
        apart = (places[:, None, 2:] <= self._faces[None, :, :2]) | (places[:, None, :2] >= self._faces[None, :, 2:])
        touched = ~apart.any(axis=2) @ (self._faces[:, 2] - self._faces[:, 0])
        return self._whole(places) - touched

    def _worth(self, places: Values, shape: Shape) -> Values:
        kept = self._mass(places)
        hidden, edge = self._hidden(places, kept, shape), kept - self._mass(_shrunk(places, 0.05))
        return kept - _COVERED * hidden - _EDGE * edge + _SEAT * self._seat(places, shape)

    def _hidden(self, places: Values, kept: Values, shape: Shape) -> Values:
        """Return the share of what stands out that each place puts where the platform covers or cuts it."""
        hidden = np.zeros(len(places))
        top, right, bottom, left = shape.safe
        width, height = shape.size.width, shape.size.height
        if any(shape.safe):
            safe = _parts(places, (left / width, top / height, 1 - right / width, 1 - bottom / height))
            hidden = kept - self._mass(safe)
        for box in shape.covered:
            part = (box.left / width, box.top / height, box.right / width, box.bottom / height)
            hidden = hidden + self._mass(_parts(places, part))
        return np.clip(hidden, 0, None)

    def _seat(self, places: Values, shape: Shape) -> Values:
        """Return how well the widest face, or what stands out, sits: 0 is best, -1 far off."""
        x, y = self._middle()
        across = (x - places[:, 0]) / (places[:, 2] - places[:, 0])
        down = (y - places[:, 1]) / (places[:, 3] - places[:, 1])
        top, right, bottom, left = shape.safe
        middle = (left / shape.size.width + 1 - right / shape.size.width) / 2
        level = _EYE_LEVEL if len(self._faces) else (top / shape.size.height + 1 - bottom / shape.size.height) / 2
        thirds = np.minimum(
            np.abs(across - middle), 0.5 * np.minimum(np.abs(across - 1 / 3), np.abs(across - 2 / 3)) + 0.1
        )
        return -np.clip(thirds + np.abs(down - level), 0, 1)

    def _middle(self) -> tuple[float, float]:
        """Return the middle of the widest face, or of what stands out, in pixels."""
        if len(self._faces):
            face = self._faces[int(np.argmax(self._faces[:, 2] - self._faces[:, 0]))]
            return float(face[0] + face[2]) / 2, float(face[1]) + _EYES * float(face[3] - face[1])
        rows, columns = np.diff(self._table[:, -1]), np.diff(self._table[-1])
        x = float((columns * (np.arange(len(columns)) + 0.5)).sum()) / len(columns)
        y = float((rows * (np.arange(len(rows)) + 0.5)).sum()) / len(rows)
        return x * self._scene.size.width, y * self._scene.size.height

    def _mass(self, boxes: Values) -> Values:
        """Return the share of what stands out that lies in each box: the summed-area table at its corners."""
        high, wide = self._table.shape[0] - 1, self._table.shape[1] - 1
        x0, fx = _between(boxes[:, 0::2], self._scene.size.width, wide)
        y0, fy = _between(boxes[:, 1::2], self._scene.size.height, high)
        # Rows of the four corners of each box: upper left, upper right, lower left, lower right.
        first = (y0[:, :, None] * (wide + 1) + x0[:, None, :]).reshape(-1, 4)
        fx, fy = np.tile(fx, 2), np.repeat(fy, 2, axis=1)
        flat = self._table.ravel()
        above = flat[first] * (1 - fx) + flat[first + 1] * fx
        below = flat[first + wide + 1] * (1 - fx) + flat[first + wide + 2] * fx
        corners = above * (1 - fy) + below * fy
        return corners[:, 3] - corners[:, 2] - corners[:, 1] + corners[:, 0]

    def _crop(self, box: Box, shape: Shape, why: Sequence[Reason]) -> Crop:
        place = np.array([[box.left, box.top, box.right, box.bottom]], float)
        mass = self._mass(place)
        kept, hidden = float(mass[0]), float(self._hidden(place, mass, shape)[0])
        reasons = [*why, *self._of_faces(place)]
        reasons.append(Reason(kind="subject", says=f"{kept:.0%} of what stands out is kept.", value=round(kept, 3)))
        if hidden > 0.02:  # noqa: PLR2004 - less is not worth a word
            says = f"{hidden:.0%} of what stands out lies where the platform covers or cuts it."
            reasons.append(Reason(kind="covered", says=says, value=round(hidden, 3)))
        return Crop(box=box, score=round(max(0.0, kept - _COVERED * hidden), 3), reasons=tuple(reasons))

    def _of_faces(self, place: Values) -> tuple[Reason, ...]:
        count = len(self._faces)
        if not count:
            return ()
        inside = (place[0, :2] <= self._faces[:, :2]) & (place[0, 2:] >= self._faces[:, 2:])
        whole = int(inside.all(axis=1).sum())
        faces = "face is" if count == 1 else "faces are"
        return (Reason(kind="faces", says=f"{whole} of {count} {faces} whole.", value=whole / count),)


def _with_room(faces: Values, size: Size) -> Values:
    """Return the faces with what belongs to them, within the picture."""
    wide, high = faces[:, 2] - faces[:, 0], faces[:, 3] - faces[:, 1]
    room = np.stack([-_ROOM_BESIDE * wide, -_ROOM_ABOVE * high, _ROOM_BESIDE * wide, _ROOM_BESIDE * high], axis=1)
    return np.clip(faces + room, 0, (size.width, size.height, size.width, size.height))


def _between(edges: Values, length: int, cells: int) -> tuple[NDArray[np.intp], Values]:
    """Return the points of a table that edges lie behind, and how far behind them."""
    at = np.clip(edges / length, 0, 1) * cells
    before = np.minimum(at.astype(np.intp), cells - 1)
    return before, at - before


def _within(places: Values, faces: Values) -> Values:
    inside = (places[:, None, :2] <= faces[None, :, :2]) & (places[:, None, 2:] >= faces[None, :, 2:])
    return inside.all(axis=2) @ (faces[:, 2] - faces[:, 0])


def _parts(places: Values, part: tuple[float, float, float, float]) -> Values:
    """Return the same part (fractions of width and height) of each place."""
    wide, high = places[:, 2] - places[:, 0], places[:, 3] - places[:, 1]
    x, y = places[:, 0], places[:, 1]
    return np.stack([x + part[0] * wide, y + part[1] * high, x + part[2] * wide, y + part[3] * high], axis=1)


def _shrunk(places: Values, share: float) -> Values:
    return _parts(places, (share, share, 1 - share, 1 - share))
