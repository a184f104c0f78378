"""What of a region is of the thing that was named: foliage, not the path through it."""

from __future__ import annotations

import cv2
import numpy as np

from backend.providers.local.recolour import belonging
from backend.providers.local.recolour.words import Tint

GREEN, BROWN, NIGHT, GREY = (50, 120, 55), (120, 90, 20), (3, 3, 4), (120, 122, 120)
PICTURE = np.repeat(np.array([GREEN] * 7 + [BROWN, GREY], np.uint8), 40, axis=0)[None].repeat(60, axis=0)
EVERYWHERE = np.ones(PICTURE.shape[:2], np.float32)


def at(found: np.ndarray, stripe: int) -> float:
    return float(found[30, 40 * stripe + 20])


def test_foliage_is_told_from_the_path_and_the_stone_in_it():
    found = belonging.share(PICTURE, EVERYWHERE, (Tint(name="greenery"),))

    assert at(found, 0) == 1
    assert at(found, 7) < 0.05
    assert at(found, 8) < 0.05


def test_where_two_things_meet_the_share_changes_softly():
    running = np.asarray(cv2.GaussianBlur(PICTURE, (0, 0), 6), np.uint8)

    found = belonging.share(running, EVERYWHERE, (Tint(name="greenery"),))

    assert np.abs(np.diff(found[30, 240:320])).max() < 0.4


def test_gloss_and_shadow_of_a_named_colour_stay_with_it():
    red = np.repeat(np.array([(200, 30, 30), NIGHT, GREY], np.uint8), 40, axis=0)[None].repeat(60, axis=0)

    found = belonging.share(red, np.ones(red.shape[:2], np.float32), (Tint(name="red"),))

    assert min(at(found, stripe) for stripe in range(3)) > 0.95
