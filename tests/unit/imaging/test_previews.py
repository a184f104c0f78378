"""Previews and the contact sheet: what is drawn, where, and that the picture is otherwise left alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.imaging.codec import decode, encode
from backend.imaging.contact import Tile, contact_sheet
from backend.imaging.previews import LONGEST, Guides, guided, preview
from backend.imaging.types import Box, Size

GREY = np.full((120, 200, 3), 128, np.uint8)
FORMAT = Size(1000, 600)


def test_what_is_not_safe_is_darkened_and_the_rest_left_alone():
    drawn = guided(GREY, Guides(size=FORMAT, safe=(100, 150, 200, 50)))
    assert (drawn[25:75, 15:165] == 128).all()
    assert (drawn[:15].max(axis=2) < 100).all()
    assert (drawn[90:].max(axis=2) < 100).all()
    assert (drawn[:, 175:].max(axis=2) < 100).all()


def test_nothing_is_drawn_where_the_platform_does_nothing():
    drawn = guided(GREY, Guides(size=FORMAT))
    assert (drawn == GREY).all()
    assert drawn is not GREY


def test_what_is_covered_turns_red_and_what_is_cut_elsewhere_gets_a_line_and_its_name():
    drawn = guided(GREY, Guides(size=FORMAT, covered=(Box(800, 400, 1000, 600),))).astype(int)
    assert (drawn[85:115, 165:195, 0] > drawn[85:115, 165:195, 1] + 30).all()
    named = guided(GREY, Guides(size=FORMAT, crops=(("grid_3_4", Box(300, 0, 700, 600)),)))
    assert tuple(named[2, 62]) == (255, 209, 64)
    assert (named[30:100, 70:130] == 128).all()


def test_names_of_crops_that_begin_together_stand_below_each_other():
    boxes = (("one", Box(100, 0, 900, 600)), ("two", Box(100, 0, 800, 600)), ("three", Box(110, 0, 800, 600)))
    drawn = guided(GREY, Guides(size=FORMAT, crops=boxes))
    filled = (drawn == (255, 209, 64)).all(axis=2)[:, 20:45].sum(axis=1)
    assert (filled[1:47] > 2).all()


def test_outside_of_a_round_format_it_is_dark():
    drawn = guided(np.full((100, 100, 3), 200, np.uint8), Guides(size=Size(400, 400), circle=True))
    assert drawn[3, 3].max() < 130
    assert (drawn[40:60, 40:60] == 200).all()


def test_a_preview_is_small_and_shows_through_what_is_see_through():
    see_through = np.zeros((700, 1400, 4), np.uint8)
    shown = decode(preview(encode(see_through, "png"), Guides(size=Size(1400, 700)))).pixels
    assert shown.shape == (LONGEST // 2, LONGEST, 3)
    assert shown.min() > 200


@settings(max_examples=25, deadline=None)
@given(
    size=st.tuples(st.integers(1, 90), st.integers(1, 90)),
    box=st.tuples(st.integers(0, 500), st.integers(0, 500), st.integers(501, 1000), st.integers(501, 600)),
)
def test_guides_are_drawn_on_pictures_of_every_shape(size: tuple[int, int], box: tuple[int, int, int, int]):
    pixels = np.full((size[1], size[0], 3), 90, np.uint8)
    guides = Guides(
        size=FORMAT, safe=(50, 50, 50, 50), covered=(Box(*box),), crops=(("a", Box(*box)),), circle=size[0] % 2 == 0
    )
    assert guided(pixels, guides).shape == pixels.shape


@pytest.fixture
def tiles() -> list[Tile]:
    picture = encode(np.full((60, 90, 3), (200, 40, 40), np.uint8), "webp")
    wide = encode(np.full((20, 160, 3), (40, 40, 200), np.uint8), "webp")
    made = [Tile(picture=picture, platform="Instagram", title=f"Post {n}", line="90 x 60", checked=3) for n in range(7)]
    return [*made, Tile(picture=wide, platform="X", title="Header " * 40, line="160 x 20", broken=("max_bytes",))]


def test_the_contact_sheet_shows_every_file(tiles: list[Tile]):
    sheet = decode(contact_sheet(tiles)).pixels.astype(int)
    red = (sheet[..., 0] > 150) & (sheet[..., 1] < 90)
    blue = (sheet[..., 2] > 150) & (sheet[..., 1] < 90)
    assert sheet.shape[1] == 1600
    assert red.sum() == pytest.approx(7 * 330 * 220, rel=0.1)
    assert blue.sum() == pytest.approx(460 * 58, rel=0.1)
    assert blue.argmax() > red.argmax(), "platforms stand in their order"
