"""What stands out: things stand out from their ground, whatever their colours; and nothing from nothing."""

from __future__ import annotations

import numpy as np
import pytest

from backend.imaging.crop.saliency import LONGEST, saliency


def ground(shape=(180, 320), colour=(90, 120, 150), noise=6, seed=1) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.clip(np.array(colour) + rng.normal(0, noise, (*shape, 3)), 0, 255).astype(np.uint8)


def share_within(map_: np.ndarray, left: float, top: float, right: float, bottom: float) -> float:
    high, wide = map_.shape
    part = map_[int(top * high) : int(bottom * high) + 1, int(left * wide) : int(right * wide) + 1]
    return float(part.sum() / map_.sum())


@pytest.mark.parametrize("colour", [(220, 40, 40), (240, 240, 240), (20, 20, 20), (60, 200, 60)])
@pytest.mark.parametrize("at", [40, 140, 240])
def test_a_thing_stands_out_wherever_it_lies(colour, at):
    picture = ground()
    picture[60:120, at : at + 60] = colour
    map_ = saliency(picture)
    assert share_within(map_, (at - 15) / 320, 45 / 180, (at + 75) / 320, 135 / 180) > 0.8


def test_the_map_is_small_and_between_nothing_and_all():
    map_ = saliency(ground((900, 1600)))
    assert max(map_.shape) == LONGEST
    assert (map_.dtype, map_.min() >= 0, map_.max() <= 1) == (np.float32, True, True)


@pytest.mark.parametrize("shape", [(1, 1), (2, 300), (300, 2), (8, 8)])
def test_the_smallest_pictures_have_maps(shape):
    assert np.isfinite(saliency(np.full((*shape, 3), 128, np.uint8))).all()


def test_nothing_stands_out_of_one_colour_so_all_of_it_counts_alike():
    assert (saliency(np.full((100, 200, 3), 77, np.uint8)) == 1).all()


def test_a_cut_out_at_hand_says_it_all():
    alpha = np.zeros((180, 320), np.float32)
    alpha[:, 200:] = 1
    assert share_within(saliency(ground(), alpha), 200 / 320, 0, 1, 1) > 0.98


def test_a_cut_out_of_nothing_says_nothing():
    assert (saliency(ground(), np.zeros((180, 320), np.float32)) == saliency(ground())).all()


def test_the_same_picture_has_the_same_map():
    picture = ground(seed=4)
    picture[10:50, 10:90] = (200, 180, 20)
    assert (saliency(picture) == saliency(picture)).all()
    assert (saliency(np.dstack((picture, np.full(picture.shape[:2], 9, np.uint8)))) == saliency(picture)).all()
