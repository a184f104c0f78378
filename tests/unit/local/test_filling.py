"""What filling holes and continuing pictures keeps, whatever the picture."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.errors import RequestRefused
from backend.providers.local.fill.copying import reduced, scale_of
from backend.providers.local.fill.erasing import erased
from backend.providers.local.fill.extending import Margins, extended
from backend.providers.local.fill.painting import levelled
from backend.providers.local.fill.rarity import rarity
from backend.providers.local.fill.scene import Scene, halved, thickness
from backend.providers.local.fill.subjects import spared, subjects


def noise(height: int, width: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 255, (height, width, 3)).astype(np.uint8)


@settings(max_examples=8, deadline=None)
@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 9), st.data())
def test_no_pixel_outside_the_hole_changes_and_none_inside_is_needed(height, width, seed, data):
    picture = noise(height, width, seed)
    hole = np.zeros((height, width), bool)
    top, left = data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1))
    hole[top : top + data.draw(st.integers(1, 20)), left : left + data.draw(st.integers(1, 20))] = True
    if hole.all():
        with pytest.raises(RequestRefused, match="nothing is left"):
            erased(picture, hole, seed, tries=1)
        return
    other = picture.copy()
    other[hole] = 255 - other[hole]

    filled = erased(picture, hole, seed, tries=1)

    assert np.array_equal(filled[~hole], picture[~hole])
    assert np.array_equal(erased(other, hole, seed, tries=1), filled)


def test_a_large_hole_is_searched_small_and_filled_in_full_detail():
    columns = np.mgrid[:640, :640][1]
    stripes = np.where(columns // 3 % 2, 220, 40).astype(np.uint8)
    picture = np.dstack((stripes, stripes, stripes))
    hole = np.zeros((640, 640), bool)
    hole[260:370, 260:370] = True

    filled = erased(picture, hole, 1, tries=1)

    assert np.abs(np.diff(filled[hole].astype(int), axis=0)).mean() > 0
    assert filled[270:360, 270:360].std() > 40, "stripes, not their mean"


def test_a_scratch_is_closed_from_its_sides():
    picture = np.full((40, 40, 3), 90, np.uint8)
    hole = np.zeros((40, 40), bool)
    hole[:, 20:23] = True
    assert thickness(hole) < 5
    assert np.abs(erased(picture, hole, 0).astype(int) - picture).max() <= 2


def test_what_is_see_through_is_neither_copied_nor_filled():
    picture = np.dstack((np.full((60, 60, 3), 200, np.uint8), np.full((60, 60), 255, np.uint8)))
    picture[:, :20] = (255, 0, 0, 0)
    hole = np.zeros((60, 60), bool)
    hole[20:40, 10:44] = True

    filled = erased(picture, hole, 0, tries=1)

    assert np.array_equal(filled, picture)


@settings(max_examples=5, deadline=None)
@given(st.integers(1, 12), st.integers(1, 12), st.tuples(*(st.integers(0, 9),) * 4))
def test_a_continued_picture_lies_unchanged_where_it_belongs(height, width, margins):
    picture = noise(height, width)
    left, right, up, down = margins

    whole = extended(picture, Margins(left=left, right=right, up=up, down=down), 3)

    assert whole.shape == (height + up + down, width + left + right, 3)
    assert np.array_equal(whole[up : up + height, left : left + width], picture)


def test_a_flat_picture_is_continued_flat():
    whole = extended(np.full((24, 30, 3), 77, np.uint8), Margins(left=12, right=0, up=0, down=6), 1)
    assert (whole == 77).all()


def test_another_light_at_the_rim_is_carried_into_the_hole():
    hole = np.zeros((60, 60), bool)
    hole[20:40, 20:40] = True
    level = levelled(np.full((60, 60, 3), 100, np.float32), np.full((60, 60, 3), 112, np.uint8), hole, 1)
    assert np.abs(level[hole].astype(int) - 112).max() <= 2


def test_half_the_size_takes_no_colour_from_the_hole():
    hole = np.zeros((10, 11), bool)
    hole[4:7, 4:7] = True
    pixels = np.full((10, 11, 3), 50, np.float32)
    pixels[hole] = 1000

    small = halved(Scene(pixels=pixels, hole=hole, usable=~hole))

    assert small.shape == (5, 6)
    assert np.allclose(small.pixels[~small.hole], 50)
    assert not (small.usable & small.hole).any()


def test_a_window_is_made_smaller_by_a_power_of_two_until_it_fits():
    hole = np.zeros((300, 500), bool)
    assert [scale_of(hole, most) for most in (150_000, 149_999, 30_000)] == [1, 2, 4]
    small = reduced(noise(300, 500), hole, ~hole, 4)
    assert small.hole.shape == (75, 125)
    assert small.opaque.all()


def test_what_there_is_once_is_rare_and_what_repeats_is_not():
    rows, columns = np.mgrid[:72, :72]
    tiles = np.where((rows // 6 + columns // 6) % 2, 180, 60).astype(np.uint8)
    picture = np.dstack((tiles, tiles, tiles))
    picture[30:40, 30:40] = np.random.default_rng(1).integers(0, 255, (10, 10, 3))

    rare = rarity(picture)

    assert rare[35, 35] > 10 * np.median(rare) + 100


def plainly(height: int, width: int, seed: int = 0) -> np.ndarray:
    """Return grey noise, which no patch of anything red is like."""
    grey = np.random.default_rng(seed).integers(90, 140, (height, width, 1)).astype(np.uint8)
    return np.repeat(grey, 3, axis=2)


def red_of(pixels: np.ndarray) -> np.ndarray:
    return pixels[..., 0].astype(int) - pixels[..., 1]


def test_nothing_of_a_subject_beside_the_hole_is_taken_where_the_hole_is_not_its_own():
    picture, subject = plainly(120, 120), np.zeros((120, 120), bool)
    subject[30:90, 62:100] = True
    picture[subject] = (250, 20, 20)
    hole = np.zeros((120, 120), bool)
    hole[45:75, 30:61] = True

    filled = erased(picture, hole, 1, subject=subject, tries=1)

    inner = hole.copy()
    inner[:, 54:] = False
    assert red_of(filled)[inner].max() < 40


def test_a_hole_within_the_subject_is_filled_from_it():
    picture, subject = plainly(120, 120), np.zeros((120, 120), bool)
    subject[20:100, 20:100] = True
    picture[subject] = (250, 20, 20)
    hole = np.zeros((120, 120), bool)
    hole[45:65, 45:65] = True

    filled = erased(picture, hole, 1, subject=subject, tries=1)

    assert red_of(filled)[hole].min() > 150


def test_all_is_taken_from_where_leaving_the_subject_out_leaves_too_little():
    hole, subject = np.zeros((40, 40), bool), np.ones((40, 40), bool)
    hole[10:30, 10:30] = True
    subject[8:32, 8:32] = False

    assert not spared(hole, np.ones_like(hole), subject).any()


@pytest.mark.parametrize("seed", [1, 2])
def test_a_subject_away_from_the_border_is_not_continued(seed: int):
    picture, subject = plainly(96, 96, seed), np.zeros((96, 96), bool)
    subject[30:70, 30:70] = True
    picture[subject] = (250, 20, 20)

    whole = extended(picture, Margins(left=30, right=0, up=0, down=20), seed, subject=subject)

    assert red_of(whole[:96, :30]).max() < 40
    assert red_of(whole[96:]).max() < 40


def test_no_line_shows_where_a_picture_was_continued():
    rows, columns = np.mgrid[:96, :128]
    picture = np.dstack((rows * 2, columns, 255 - rows)).astype(np.uint8)

    whole = extended(picture, Margins(left=32, right=32, up=24, down=24), 1).astype(int)

    across = (whole[24:120, 31] - whole[24:120, 32], whole[24:120, 160] - whole[24:120, 159])
    down = (whole[23, 32:160] - whole[24, 32:160], whole[120, 32:160] - whole[119, 32:160])
    assert max(np.abs(steps).mean() for steps in (*across, *down)) < 4


def test_what_lies_in_the_hole_has_no_say_in_what_the_subject_is():
    picture = noise(200, 260)
    hole = np.zeros((200, 260), bool)
    hole[60:120, 80:150] = True
    other = picture.copy()
    other[hole] = 0

    assert np.array_equal(subjects(picture, hole, None), subjects(other, hole, None))


def test_a_small_hole_in_the_subject_among_larger_ones_beside_it_keeps_the_subject_as_a_source():
    subject, hole = np.zeros((120, 120), bool), np.zeros((120, 120), bool)
    subject[:40, :40] = True
    hole[15:21, 15:21] = True
    alone = np.zeros((120, 120), bool)
    alone[60:100, 60:100] = True

    assert not spared(hole | alone, np.ones_like(hole), subject).any()
    assert spared(alone, np.ones_like(hole), subject).any()
