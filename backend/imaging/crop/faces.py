"""Faces: where they are, found by a small network that is given as bytes. Who they are is never asked.

Source: https://github.com/google-ai-edge/mediapipe, modules/face_detection/face_detection_full_range.pbtxt (read
2026-11-22): 192 x 192 pixels in -1..1, one anchor in each cell of 48 x 48, four numbers of a box and six points.
"""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np

from backend.imaging.types import Box, Size

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    _Look = tuple[Box, float]
    """What is looked at, and how large it is shown."""
    _Turn = tuple[int, _Look]

_SIDE: Final = 192
_CELLS: Final = 48
_TILE: Final = 0.62
"""Side of a second, closer look, as a share of the picture's shorter side."""
_LOOKS: Final = 3
"""So many closer looks across and down are enough where they cover the picture."""
_AFAR: Final = 0.5
"""How large a picture is shown a last time, for faces that fill it: the network wants to see some room around them."""
_SURE: Final = 0.6
"""The score 0..1 from which on something counts as a face."""
_SAME: Final = 0.3
"""Intersection over union from which on two finds are the same face."""
_LEAST: Final = 0.012
"""Faces whose width is a smaller share of the picture's longer side are not looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A face in pixels of the picture, and how sure it is, 0..1."""

    box: Box
    score: float


class FaceFinder:
    """Finds faces; keeps its networks, so that the second picture is quicker than the first."""

    def __init__(self, weights: bytes) -> None:
        self._weights = weights
        self._net = _Net(weights)
        self._second: _Net | None = None

    def find(self, pixels: NDArray[np.uint8], beside: Executor | None = None) -> tuple[Face, ...]:
        """Return the faces of a picture (height x width x 3 uint8, RGB), the surest first.

        Upright and tilted ones seen from the front or a half profile; backs of heads are no faces. A thread of `beside`
        takes looks off the calling one where it has time for it; nothing waits for one that has not begun.
        """
        size = Size(pixels.shape[1], pixels.shape[0])
        looks = [*((view, 1.0) for view in views(size)), (_whole(size), _AFAR)]
        found = np.concatenate(self._looked(pixels, looks, beside))
        wide = found[:, 2] - found[:, 0] >= _LEAST * max(size.width, size.height)
        return tuple(_face(row, size) for row in distinct(found[wide]))

    def _looked(self, pixels: NDArray[np.uint8], looks: list[_Look], beside: Executor | None) -> list[Floats]:
        """Return what each look finds, in their order, whoever took it."""
        found: list[Floats] = [np.empty((0, 5), np.float32)] * len(looks)
        left = deque(enumerate(looks))

        def look(net: _Net) -> None:
            for index, (view, afar) in _taken(left):
                found[index] = net.look(pixels, view, from_afar=afar)

        helping = beside.submit(lambda: look(self._other())) if beside else None
        look(self._net)
        if helping and not helping.cancel():
            helping.result()
        return found

    def _other(self) -> _Net:
        """Return a network for a second thread: one can't be used by two."""
        self._second = self._second or _Net(self._weights)
        return self._second


class _Net:
    """The network, for one thread at a time."""

    def __init__(self, weights: bytes) -> None:
        self._net = cv2.dnn.readNetFromTFLite(np.frombuffer(weights, np.uint8))
        self._names = list(self._net.getUnconnectedOutLayersNames())

    def look(self, pixels: NDArray[np.uint8], view: Box, *, from_afar: float) -> Floats:
        """Return rows of left, top, right, bottom and score, in pixels of the picture."""
        seen = pixels[view.top : view.bottom, view.left : view.right]
        scale = _SIDE * from_afar / max(seen.shape[:2])
        wide, high = max(1, round(seen.shape[1] * scale)), max(1, round(seen.shape[0] * scale))
        fed = np.zeros((_SIDE, _SIDE, 3), np.float32)
        fed[:high, :wide] = cv2.resize(seen, (wide, high), interpolation=cv2.INTER_AREA).astype(np.float32) / 127.5 - 1
        self._net.setInput(fed.transpose(2, 0, 1)[None])
        rows = decoded(*self._answers())
        rows[:, :4] = rows[:, :4] / scale + (view.left, view.top, view.left, view.top)
        return rows

    def _answers(self) -> tuple[Floats, Floats]:
        outputs = [np.asarray(output, np.float32) for output in self._net.forward(self._names)]
        boxes = next(o for o in outputs if o.shape[-1] == 16)  # noqa: PLR2004 - a box and six points
        scores = next(o for o in outputs if o.shape[-1] == 1)
        return boxes.reshape(-1, 16), scores.reshape(-1)


def views(size: Size) -> tuple[Box, ...]:
    """Return what is looked at: the whole picture, and squares of it that overlap, in which small faces are larger."""
    whole = _whole(size)
    side = round(min(size.width, size.height) * _TILE)
    if side < _SIDE:
        return (whole,)
    across, down = _starts(size.width, side), _starts(size.height, side)
    return (whole, *(Box(x, y, x + side, y + side) for y in down for x in across))


def decoded(boxes: Floats, scores: Floats) -> Floats:
    """Return the rows of left, top, right, bottom (pixels of 192) and score of what the network takes for faces."""
    sure = 1 / (1 + np.exp(-np.clip(scores, -50, 50)))
    kept = np.flatnonzero(sure >= _SURE)
    across, down = (kept % _CELLS + 0.5) * _SIDE / _CELLS, (kept // _CELLS + 0.5) * _SIDE / _CELLS
    x, y, half_w, half_h = boxes[kept, 0] + across, boxes[kept, 1] + down, boxes[kept, 2] / 2, boxes[kept, 3] / 2
    return np.stack([x - half_w, y - half_h, x + half_w, y + half_h, sure[kept]], axis=1).astype(np.float32)


def distinct(rows: Floats) -> list[Floats]:
    """Return one row of each face, surest first: the mean of the finds that overlap, weighed by their scores."""
    left = rows[np.argsort(-rows[:, 4], kind="stable")]
    faces: list[Floats] = []
    while len(left):
        same = overlap(left[0], left) >= _SAME
        weight = left[same, 4:5]
        mean = (left[same, :4] * weight).sum(axis=0) / weight.sum()
        faces.append(np.append(mean, left[0, 4]).astype(np.float32))
        left = left[~same]
    return faces


def overlap(one: Floats, rows: Floats) -> Floats:
    """Return the intersection over union of a box with each of others; 1 where one of them lies within the other."""
    wide = np.clip(np.minimum(one[2], rows[:, 2]) - np.maximum(one[0], rows[:, 0]), 0, None)
    high = np.clip(np.minimum(one[3], rows[:, 3]) - np.maximum(one[1], rows[:, 1]), 0, None)
    shared = wide * high
    area = (rows[:, 2] - rows[:, 0]) * (rows[:, 3] - rows[:, 1])
    own = (one[2] - one[0]) * (one[3] - one[1])
    union = shared / np.maximum(own + area - shared, 1e-6)
    return np.where(shared >= 0.8 * np.minimum(own, area), 1.0, union).astype(np.float32)


def _whole(size: Size) -> Box:
    return Box(0, 0, size.width, size.height)


def _taken(left: deque[_Turn]) -> Iterator[_Turn]:
    """Give out what is left, each once, to however many threads take from it."""
    with suppress(IndexError):
        while True:
            yield left.popleft()


def _starts(length: int, side: int) -> list[int]:
    """Return where squares start so that they cover the length and overlap."""
    count = max(-(-length // side), min(_LOOKS, -(-(length - side) // (side * 2 // 3)) + 1))
    return [round(i * (length - side) / max(1, count - 1)) for i in range(count)]


def _face(row: Floats, size: Size) -> Face:
    left, top = max(0, int(np.floor(row[0]))), max(0, int(np.floor(row[1])))
    right, bottom = min(size.width, int(np.ceil(row[2]))), min(size.height, int(np.ceil(row[3])))
    return Face(box=Box(left, top, right, bottom), score=float(row[4]))
