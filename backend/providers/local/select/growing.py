"""Selections that grow from what a person pointed at: clicks, or a box around the thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from backend.errors import RequestRefused
from backend.providers.local.select import seeds
from backend.providers.local.select.seeds import LIKELY, LIKELY_NOT, NO, YES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from backend.providers.local.select.seeds import Bytes, Plane
    from backend.schemas.specs import Point

    Place = tuple[int, int]
    """Column and row."""

_TOLERANCES = (4, 6, 8, 11, 14, 18, 23, 29, 36)
"""Steps of Lab (0..255 each) within which a region counts as of the clicked colour."""
_DISC = 0.012
"""Radius of what a click is sure of, as a share of the longest side."""
_MOST = 0.8
"""The share of the picture that a region grown from one click may take."""
_BLEEDS = 2.2
"""A region that grows by this factor in one step of tolerance has broken through its edge."""
_SPECK = 0.003
"""The share of the picture up to which a region may grow by any factor: it has hardly begun."""
_SLOPE = (1, 1, 1)
"""The steps of Lab between neighbours that a gradient has, such as the sky's: it is one, however far it goes."""
_NEAR = 0.11
"""How far beyond the grown regions the thing may go on, as a share of the longest side."""


def from_points(colour: Bytes, points: Sequence[Point]) -> Plane:
    """Return what the clicked places belong to, 0..1, without what the places not to keep belong to.

    Raises:
        RequestRefused: no place to keep was given.
    """
    if not any(point.keep for point in points):
        raise RequestRefused(detail="Click at least one place that is to be selected.")
    view = seeds.small(colour)
    kept = _places(view, [point for point in points if point.keep])
    left = _places(view, [point for point in points if not point.keep])
    chosen = seeds.cut(view, _seeded(view, kept, left))
    return seeds.fine(_touching(chosen, kept), colour)


def from_box(colour: Bytes, box: tuple[float, float, float, float]) -> Plane:
    """Return the thing within a box of fractions (left, top, right, bottom), 0..1.

    Raises:
        RequestRefused: the box is empty.
    """
    left, top, right, bottom = box
    if right <= left or bottom <= top:
        raise RequestRefused(detail="The box is empty: its right and bottom must be beyond its left and top.")
    view = seeds.small(colour)
    marks = np.full(view.shape[:2], NO, np.uint8)
    height, width = view.shape[:2]
    rows = slice(int(top * height), max(int(top * height) + 1, round(bottom * height)))
    columns = slice(int(left * width), max(int(left * width) + 1, round(right * width)))
    marks[rows, columns] = LIKELY
    if not (marks == NO).any():  # a box around everything: its border is taken to be the ground
        marks[[0, -1], :] = NO
        marks[:, [0, -1]] = NO
    chosen = seeds.cut(view, marks, rounds=3)
    return seeds.fine(chosen if chosen.any() else marks == LIKELY, colour)


def _places(view: Bytes, points: Sequence[Point]) -> list[Place]:
    height, width = view.shape[:2]
    return [(min(width - 1, int(p.x * width)), min(height - 1, int(p.y * height))) for p in points]


def _seeded(view: Bytes, kept: Sequence[Place], left: Sequence[Place]) -> Bytes:
    """Return the seeds: sure at the clicks, likely where their colours go on, unlikely near by, no elsewhere."""
    lab = np.asarray(cv2.cvtColor(cv2.bilateralFilter(cv2.medianBlur(view, 5), 5, 24, 5), cv2.COLOR_RGB2LAB), np.uint8)
    barred = np.zeros(view.shape[:2], np.bool_)
    for place in left:
        barred |= _grown(lab, place, kept)
    likely = np.zeros_like(barred)
    for place in kept:
        likely |= _grown(lab, place, left)
    likely &= ~barred
    marks = np.where(_widened(likely, _NEAR), LIKELY_NOT, NO).astype(np.uint8)
    marks[likely] = LIKELY
    marks[cv2.erode(likely.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0] = YES
    marks[barred] = NO
    for place in kept:
        _stamp(marks, place, YES)
    for place in left:
        _stamp(marks, place, NO)
    return marks


def _grown(lab: NDArray[np.uint8], place: Place, against: Sequence[Place]) -> NDArray[np.bool_]:
    """Return the region of the clicked colour: as tolerant as it can be before it breaks through an edge."""
    region = _flooded(lab, place, _TOLERANCES[0])
    for tolerance in _TOLERANCES[1:]:
        wider = _flooded(lab, place, tolerance)
        broken = wider.sum() > _BLEEDS * region.sum() and region.mean() > _SPECK
        if broken or wider.mean() > _MOST or any(wider[row, column] for column, row in against):
            break
        region = wider
    slope = _filled(lab, place, _SLOPE, 0)
    crossed = slope.mean() > _MOST or any(slope[row, column] for column, row in against)
    return region if crossed else region | slope


def _flooded(lab: NDArray[np.uint8], place: Place, tolerance: int) -> NDArray[np.bool_]:
    """Return the region in which every pixel is as near to the clicked colour as that."""
    # Light varies more on one thing than colour does.
    return _filled(lab, place, (tolerance * 2, tolerance, tolerance), cv2.FLOODFILL_FIXED_RANGE)


def _filled(lab: NDArray[np.uint8], place: Place, spread: tuple[int, int, int], how: int) -> NDArray[np.bool_]:
    mask = np.zeros((lab.shape[0] + 2, lab.shape[1] + 2), np.uint8)
    cv2.floodFill(lab, mask, place, 0, spread, spread, 4 | cv2.FLOODFILL_MASK_ONLY | how | (255 << 8))
    return mask[1:-1, 1:-1] > 0


def _widened(region: NDArray[np.bool_], share: float) -> NDArray[np.bool_]:
    across = 2 * max(2, round(share * max(region.shape))) + 1
    return cv2.dilate(region.astype(np.uint8), np.ones((across, across), np.uint8)) > 0


def _stamp(marks: Bytes, place: Place, value: int) -> None:
    cv2.circle(marks, place, max(1, round(_DISC * max(marks.shape))), value, -1)


def _touching(chosen: NDArray[np.bool_], kept: Sequence[Place]) -> NDArray[np.bool_]:
    """Return the parts of a selection that hold a click."""
    _, labels = cv2.connectedComponents(chosen.astype(np.uint8), connectivity=8)
    wanted = {int(labels[row, column]) for column, row in kept} - {0}
    return np.isin(labels, list(wanted))
