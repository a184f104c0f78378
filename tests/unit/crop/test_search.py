"""Crops: faces first, then what stands out, then how it sits; and every crop says why."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from backend.imaging.crop.search import Cropper, Scene, Shape
from backend.imaging.crop.windows import Focus, around, window_of
from backend.imaging.types import Box, Size

SQUARE, STORY, BANNER = Size(1080, 1080), Size(1080, 1920), Size(1584, 396)
WIDE = Size(1600, 900)


def spot(size: Size, box: Box) -> np.ndarray:
    """Return a map on which one box stands out."""
    map_ = np.zeros((90, round(90 * size.width / size.height)), np.float32)
    scale = 90 / size.height
    rows = slice(round(box.top * scale), round(box.bottom * scale))
    map_[rows, round(box.left * scale) : round(box.right * scale)] = 1
    return map_


def holds(outer: Box, inner: Box) -> bool:
    return (
        outer.left <= inner.left
        and outer.top <= inner.top
        and outer.right >= inner.right
        and outer.bottom >= inner.bottom
    )


@st.composite
def faces(draw, size: Size) -> tuple[Box, ...]:
    found = []
    for _ in range(draw(st.integers(1, 4))):
        side = draw(st.integers(20, 300))
        left, top = draw(st.integers(0, size.width - side)), draw(st.integers(0, size.height - side))
        found.append(Box(left, top, left + side, top + side))
    return tuple(found)


@settings(max_examples=60, deadline=None)
@given(found=faces(WIDE), target=st.sampled_from([SQUARE, STORY, BANNER]), seed=st.integers(0, 9))
def test_no_face_is_cut_where_a_window_keeps_them_all(found, target, seed):
    window = window_of(WIDE, target)
    assume(max(f.right for f in found) - min(f.left for f in found) <= window.width)
    assume(max(f.bottom for f in found) - min(f.top for f in found) <= window.height)
    map_ = np.random.default_rng(seed).random((45, 80), np.float32)
    crop = Cropper(Scene(size=WIDE, map=map_, faces=found)).best(Shape(size=target))
    assert all(holds(crop.box, face) for face in found)


@settings(max_examples=60, deadline=None)
@given(found=faces(WIDE), target=st.sampled_from([SQUARE, STORY]))
def test_some_face_is_always_whole_where_one_fits(found, target):
    assume(any(face.size.width <= window_of(WIDE, target).width for face in found))
    crop = Cropper(Scene(size=WIDE, map=np.ones((45, 80), np.float32), faces=found)).best(Shape(size=target))
    assert any(holds(crop.box, face) for face in found)


@settings(max_examples=60, deadline=None)
@given(left=st.integers(0, 1300), side=st.integers(40, 300), target=st.sampled_from([SQUARE, STORY]))
def test_what_stands_out_is_kept_whole_where_it_fits(left, side, target):
    subject = Box(left, 300, left + side, 300 + side)
    crop = Cropper(Scene(size=WIDE, map=spot(WIDE, subject))).best(Shape(size=target))
    kept = min(crop.box.right, subject.right) - max(crop.box.left, subject.left)
    assert kept >= 0.97 * side


def test_of_faces_that_do_not_fit_together_the_larger_is_kept_and_the_other_not_cut():
    large, small = Box(60, 200, 360, 500), Box(1450, 300, 1520, 370)
    crop = Cropper(Scene(size=WIDE, map=np.ones((45, 80), np.float32), faces=(small, large))).best(Shape(size=STORY))
    assert holds(crop.box, large)
    assert crop.box.right <= small.left


def test_of_a_face_that_no_window_holds_as_much_as_can_be_is_shown():
    tall = Size(900, 1600)
    face = Box(250, 100, 650, 600)
    crop = Cropper(Scene(size=tall, map=spot(tall, Box(0, 1200, 900, 1600)), faces=(face,))).best(Shape(size=BANNER))
    assert crop.box.size.height < face.size.height
    assert face.top <= crop.box.top
    assert crop.box.bottom <= face.bottom
    eyes = face.top + 0.42 * face.size.height
    assert crop.box.top < eyes < crop.box.bottom


def test_what_the_platform_covers_counts_against_a_place():
    subject = Box(700, 250, 900, 450)
    free = Cropper(Scene(size=WIDE, map=spot(WIDE, subject)))
    covered = Shape(size=SQUARE, covered=(Box(0, 0, 540, 1080),))
    box = free.best(covered).box
    assert subject.left >= box.left + box.size.width / 2 - 20
    insets = Shape(size=SQUARE, safe=(0, 648, 0, 0))
    assert subject.right <= free.best(insets).box.left + 0.4 * box.size.width + 20


def test_hair_and_chin_are_given_room_where_there_is_some():
    face = Box(100, 300, 200, 420)
    crop = Cropper(Scene(size=Size(400, 900), map=np.ones((90, 40), np.float32), faces=(face,))).best(
        Shape(size=Size(400, 200))
    )
    assert crop.box.top <= face.top - 0.3 * 120
    assert crop.box.bottom >= face.bottom + 10


@settings(deadline=None)
@given(x=st.floats(0, 1), y=st.floats(0, 1))
def test_a_person_s_point_wins_over_faces(x, y):
    scene = Scene(size=WIDE, map=spot(WIDE, Box(0, 0, 100, 100)), faces=(Box(10, 10, 90, 90),))
    crop = Cropper(scene).at(Shape(size=SQUARE), Focus(x, y))
    assert crop.box == around(WIDE, SQUARE, Focus(x, y))
    assert crop.reasons[0].kind == "focal-point"


def test_a_picture_of_the_format_s_shape_is_kept_whole():
    crop = Cropper(Scene(size=Size(540, 960), map=np.ones((9, 5), np.float32))).best(Shape(size=STORY))
    assert crop.box == Box(0, 0, 540, 960)
    assert (crop.score, crop.reasons[0].kind) == (1.0, "whole")


def test_a_crop_says_why():
    face = Box(1200, 200, 1400, 400)
    scene = Scene(size=WIDE, map=spot(WIDE, Box(0, 0, 400, 400)), faces=(face,))
    crop = Cropper(scene).best(Shape(size=SQUARE, safe=(0, 0, 400, 0)))
    assert [(r.kind, r.value) for r in crop.reasons if r.kind == "faces"] == [("faces", 1.0)]
    assert "1 of 1 face is whole." in {r.says for r in crop.reasons}
    assert crop.score < 0.1


@pytest.mark.parametrize("size", [Size(1, 1), Size(1, 900), Size(3, 2), Size(16_000, 2)])
@pytest.mark.parametrize("target", [SQUARE, STORY, BANNER])
def test_the_smallest_and_narrowest_pictures_have_crops(size, target):
    box = Cropper(Scene(size=size, map=np.zeros((8, 8), np.float32))).best(Shape(size=target)).box
    assert box.size == window_of(size, target)
    assert box.right <= size.width
    assert box.bottom <= size.height
