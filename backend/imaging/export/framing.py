"""Framing: which part of the picture each target shows, found once for all of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from backend.imaging.crop.saliency import saliency
from backend.imaging.crop.search import Cropper, Scene, Shape
from backend.imaging.crop.windows import CENTRE, around, window_of
from backend.imaging.types import Box, Size

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from backend.imaging.crop.faces import FaceFinder
    from backend.imaging.crop.search import Reason
    from backend.imaging.export.pictures import Pictured
    from backend.imaging.export.targets import Target

    Pixels = NDArray[np.uint8]
    Faces = FaceFinder | tuple[Box, ...] | None
    """What finds faces, or where they are already known to be."""

_LOOKED_AT: Final = 640
"""Pixels of the longer side of what faces are looked for in."""
_WITH_ALPHA: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Framed:
    """The part of the picture that a target shows, how well that keeps what matters, and why it is there."""

    box: Box
    score: float | None = None
    reasons: tuple[Reason, ...] = ()


class Framer:
    """Knows what is in a picture, and frames it for any target."""

    def __init__(self, picture: Pictured, faces: Faces, pool: Executor, *, searched: bool) -> None:
        self._size = picture.size
        self.faces: tuple[Box, ...] = faces if isinstance(faces, tuple) else ()
        self._cropper: Cropper | None = None
        self._found: dict[object, Framed] = {}
        finder = None if isinstance(faces, tuple) else faces
        if finder is None and not searched:
            return
        small = _small(picture)
        standing_out = pool.submit(saliency, small, _subject(small)) if searched else None
        if finder is not None:
            self.faces = _faces(small, finder, picture.size, pool)
        if standing_out is not None:
            self._cropper = Cropper(Scene(size=picture.size, map=standing_out.result(), faces=self.faces))

    def framed(self, target: Target) -> Framed:
        """Return what a target shows: a person's window before a person's point, both before what its mode says."""
        asked = (self._shape(target), target.mode, target.box, target.focus)
        if asked not in self._found:
            self._found[asked] = self._framed(target)
        return self._found[asked]

    def _shape(self, target: Target) -> object:
        """Return all that a search goes by: formats of one shape and the same margins get one window."""
        wide, high, (top, right, bottom, left) = target.size.width, target.size.height, target.safe
        margins = (top / high, right / wide, bottom / high, left / wide)
        covered = [(box.left / wide, box.top / high, box.right / wide, box.bottom / high) for box in target.covered]
        return window_of(self._size, target.size), target.size if target.box else None, margins, *covered

    def _framed(self, target: Target) -> Framed:
        shape = Shape(size=target.size, safe=target.safe, covered=target.covered)
        if target.box is not None:
            return Framed(box=shaped(target.box, self._size, target.size))
        if target.mode == "fit":
            return Framed(box=Box(0, 0, self._size.width, self._size.height))
        if self._cropper is None:
            return Framed(box=around(self._size, target.size, target.focus or CENTRE))
        if target.focus is None and target.mode == "center":
            return Framed(box=around(self._size, target.size, CENTRE))
        crop = self._cropper.best(shape) if target.focus is None else self._cropper.at(shape, target.focus)
        return Framed(box=crop.box, score=crop.score, reasons=crop.reasons)


def is_searched(target: Target) -> bool:
    """Say whether what stands out in the picture has to be known for a target."""
    return target.box is None and (target.focus is not None or target.mode == "smart")


def shaped(box: Box, source: Size, target: Size) -> Box:
    """Return the largest window of the target's shape within a box, around the box's middle; pixels of the picture."""
    left, top = min(max(box.left, 0), source.width - 1), min(max(box.top, 0), source.height - 1)
    right, bottom = min(max(box.right, left + 1), source.width), min(max(box.bottom, top + 1), source.height)
    there = Size(right - left, bottom - top)
    if has_shape(there, target):
        return Box(left, top, right, bottom)
    window = window_of(there, target)
    left, top = left + (there.width - window.width) // 2, top + (there.height - window.height) // 2
    return Box(left, top, left + window.width, top + window.height)


def has_shape(size: Size, target: Size) -> bool:
    """Say whether a window has the target's shape as nearly as whole pixels can."""
    return abs(size.width * target.height - size.height * target.width) <= max(target.width, target.height)


def seen_in(faces: tuple[Box, ...], box: Box, place: Box) -> tuple[Box, ...]:
    """Return the faces as they lie in a file that shows `box` of the picture at `place`; none that is out of it."""
    x, y = place.size.width / box.size.width, place.size.height / box.size.height
    found: list[Box] = []
    for face in faces:
        left, right = max(face.left, box.left), min(face.right, box.right)
        top, bottom = max(face.top, box.top), min(face.bottom, box.bottom)
        if left < right and top < bottom:
            across = [place.left + round((edge - box.left) * x) for edge in (left, right)]
            down = [place.top + round((edge - box.top) * y) for edge in (top, bottom)]
            found.append(Box(across[0], down[0], max(across[1], across[0] + 1), max(down[1], down[0] + 1)))
    return tuple(found)


def _small(picture: Pictured) -> Pixels:
    size = picture.size
    scale = min(1.0, _LOOKED_AT / max(size.width, size.height))
    wanted = Size(max(1, round(size.width * scale)), max(1, round(size.height * scale)))
    return picture.pixels(Box(0, 0, size.width, size.height), wanted)


def _faces(small: Pixels, finder: FaceFinder, size: Size, pool: Executor) -> tuple[Box, ...]:
    """Return the faces in pixels of the picture; this thread and one of the pool look for them."""
    x, y = size.width / small.shape[1], size.height / small.shape[0]
    found = (face.box for face in finder.find(np.ascontiguousarray(small[..., :3]), pool))
    return tuple(_enlarged(box, x, y, size) for box in found)


def _enlarged(box: Box, x: float, y: float, size: Size) -> Box:
    right, bottom = min(size.width, math.ceil(box.right * x)), min(size.height, math.ceil(box.bottom * y))
    return Box(math.floor(box.left * x), math.floor(box.top * y), right, bottom)


def _subject(small: Pixels) -> NDArray[np.float32] | None:
    """Return what there is of a cut-out: that is what stands out."""
    return np.asarray(small[..., 3] / 255, np.float32) if small.shape[2] == _WITH_ALPHA else None
