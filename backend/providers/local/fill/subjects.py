"""What a picture is of, and faces: of those nothing is copied to where the picture shows something else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from backend.errors import RequestRefused
from backend.providers.local.fill.planes import nearest
from backend.providers.local.fill.scene import REACH, eroded, grown

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

_LOOK = 640
"""Longest side in pixels at which is looked for subjects and faces."""
_LEAST_SIDE = 24
_SUBJECT = 0.4
"""The saliency from which on a place is taken to be the subject's: rather too much of it than too little."""
_AROUND = 0.012
"""By how much of the longest side a subject is taken to be larger than it was seen."""
_HEAD = 0.4, 0.55, 0.3
"""How far a head reaches beyond its face, in faces: at both sides, above and below."""
_LEAST_FACE = 0.06
"""The width of a face that is looked for, in the shorter side of the picture."""
_SURE = 6
"""How many finds close together make a face; fewer are often none."""
_WITHIN = 0.2
"""A hole is the subject's own if so much of its rim is, and is then filled from the subject too."""
_ENOUGH = 0.75
"""How much is to be left to copy from, in areas of the hole, when a subject is left out."""


def subjects(colour: NDArray[np.uint8], hole: Mask | None, weights: Path | None) -> NDArray[np.uint8]:
    """Return where subjects and faces are, 255, else 0, in a picture of at most 640 pixels a side.

    What lies in the hole has no say. Faces are found by OpenCV's own cascade, subjects where there are `weights`.

    Raises:
        MachineTrouble: the weights are damaged.
    """
    small = _small(colour, hole)
    found = faces(small)
    if weights is not None:
        found |= grown(_salient(small, weights), max(1, round(_AROUND * max(found.shape))))
    return np.where(found, np.uint8(255), np.uint8(0))


def faces(colour: NDArray[np.uint8]) -> Mask:
    """Return where heads are whose face looks at us."""
    grey = cv2.equalizeHist(cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY))
    least = max(20, round(_LEAST_FACE * min(grey.shape)))
    boxes = _cascade().detectMultiScale(grey, scaleFactor=1.1, minNeighbors=_SURE, minSize=(least, least))
    heads = np.zeros(grey.shape, np.uint8)
    aside, above, below = _HEAD
    for left, top, width, height in np.asarray(boxes, np.float64).reshape(-1, 4):
        middle = left + width / 2, top + height * (1 + below - above) / 2
        axes = width * (0.5 + aside), height * (1 + above + below) / 2
        cv2.ellipse(heads, (middle, (2 * axes[0], 2 * axes[1]), 0), (1,), cv2.FILLED)
    return heads.astype(np.bool_)


def fitted(subject: NDArray[np.uint8], shape: tuple[int, ...]) -> Mask:
    """Return the subject at the picture's own height and width."""
    return np.asarray(cv2.resize(subject, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR)) > 127  # noqa: PLR2004 - half of white


def spared(hole: Mask, free: Mask, subject: Mask) -> Mask:
    """Return what of the subject nothing is to be taken from: none of it if a hole is its own, or too little is left.

    `free` is what may be copied otherwise.
    """
    if not subject.any() or _most_of_a_rim(hole, subject) > _WITHIN:
        return np.zeros_like(hole)
    left = eroded(free & ~hole & ~subject, REACH).sum()
    return subject & ~hole if left >= _ENOUGH * hole.sum() else np.zeros_like(hole)


def _most_of_a_rim(hole: Mask, subject: Mask) -> float:
    """Return the share of a hole's rim that is the subject's, of the hole with the most."""
    black, box = hole.astype(np.uint8), np.ones((2 * REACH + 1, 2 * REACH + 1), np.uint8)
    count, numbers = cv2.connectedComponents(black, connectivity=8)
    rim = np.where(hole, 0, cv2.dilate(numbers.astype(np.float32), box)).astype(np.int64)
    all_of, own = np.bincount(rim.ravel(), minlength=count), np.bincount(rim[subject], minlength=count)
    return float((own[1:] / np.maximum(all_of[1:], 1)).max(initial=0))


def blank(colour: NDArray[np.uint8], hole: Mask) -> NDArray[np.uint8]:
    """Return the picture with each pixel of the hole like the nearest one outside: what was there must not tell."""
    _, numbers, places = nearest(hole)
    result = colour.copy()
    result[hole] = colour[places[:, 0], places[:, 1]][numbers[hole]]
    return result


def _small(colour: NDArray[np.uint8], hole: Mask | None) -> NDArray[np.uint8]:
    height, width = colour.shape[:2]
    scale = min(1.0, _LOOK / max(height, width))
    size = max(_LEAST_SIDE, round(width * scale)), max(_LEAST_SIDE, round(height * scale))
    small = np.asarray(cv2.resize(colour, size, interpolation=cv2.INTER_AREA), np.uint8)
    if hole is None:
        return small
    share = cv2.resize(hole.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    gone = grown(np.asarray(share) > 0, 1)
    return small if gone.all() else blank(small, gone)


def _salient(colour: NDArray[np.uint8], weights: Path) -> Mask:
    from backend.providers.local import cutout  # noqa: PLC0415 - only the child for models loads their runtime

    try:
        return cutout.saliency(colour, weights) > _SUBJECT
    except RequestRefused:  # a picture of nothing in particular: then there is nothing to leave out
        return np.zeros(colour.shape[:2], np.bool_)


def _cascade() -> cv2.CascadeClassifier:
    return cv2.CascadeClassifier(str(Path(cv2.__file__).parent / "data" / "haarcascade_frontalface_alt2.xml"))
