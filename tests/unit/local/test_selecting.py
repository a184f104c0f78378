"""Selections from clicks and boxes, and places known by where they lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from backend.errors import RequestRefused
from backend.providers.local.recolour import finding, ground
from backend.providers.local.recolour.words import understood
from backend.providers.local.select import growing
from backend.schemas.specs import Point
from tests.unit.local import pictures

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIDE = 256


def flags(*colours: tuple[int, int, int]) -> NDArray[np.uint8]:
    """Return upright flags side by side on grey, with grain."""
    picture = np.full((SIDE, SIDE, 3), 128.0)
    for number, colour in enumerate(colours):
        left = 20 + number * 80
        picture[80:180, left : left + 50] = colour
    grain = np.random.default_rng(5).normal(0, 3, picture.shape)
    return np.clip(picture + grain, 0, 255).astype(np.uint8)


def chosen(picture: NDArray[np.uint8], words: str) -> NDArray[np.bool_]:
    return finding.found(picture, understood("pink", words, masked=False), None) > 0.5


RED, BLUE = (200, 30, 40), (30, 60, 200)


@pytest.mark.parametrize("name", ["ball", "star", "bottle"])
def test_a_box_finds_the_thing_in_it(name: str):
    known = pictures.ALL[name]()
    left, top, width, height = cv2.boundingRect((known.alpha > 0.5).astype(np.uint8))
    box = (left / SIDE - 0.03, top / SIDE - 0.03, (left + width) / SIDE + 0.03, (top + height) / SIDE + 0.03)

    alpha = growing.from_box(known.pixels, box)

    true = known.alpha > 0.5
    assert ((alpha > 0.5) & true).sum() / ((alpha > 0.5) | true).sum() > 0.93


def test_a_click_selects_what_was_clicked_and_no_other_thing():
    alpha = growing.from_points(flags(RED, BLUE, RED), [Point(x=0.17, y=0.5)])

    assert alpha[130, 45] > 0.95
    assert alpha[130, 125] < 0.05
    assert alpha[130, 205] < 0.05


def test_a_place_not_to_keep_takes_its_thing_away():
    picture = flags(RED, BLUE)
    both = [Point(x=0.17, y=0.5), Point(x=0.49, y=0.5)]
    assert growing.from_points(picture, both)[130, 125] > 0.95

    alpha = growing.from_points(picture, [both[0], Point(x=0.49, y=0.5, keep=False)])

    assert alpha[130, 45] > 0.95
    assert alpha[130, 125] < 0.05


def test_the_same_clicks_give_the_same_selection():
    picture, points = pictures.star().pixels, [Point(x=0.5, y=0.5)]
    assert (growing.from_points(picture, points) == growing.from_points(picture, points)).all()


def test_selecting_nothing_is_refused():
    with pytest.raises(RequestRefused, match="at least one place"):
        growing.from_points(flags(RED), [Point(x=0.1, y=0.1, keep=False)])
    with pytest.raises(RequestRefused, match="empty"):
        growing.from_box(flags(RED), (0.5, 0.1, 0.5, 0.9))


def test_a_colour_is_found_wherever_it_is():
    found = chosen(flags(RED, BLUE, RED), "everything red")

    assert found[130, 45]
    assert found[130, 205]
    assert not found[130, 125]
    assert not found[20].any()


@pytest.mark.parametrize(("side", "at"), [("left", 45), ("right", 205), ("middle", 125)])
def test_a_side_narrows_it_down(side: str, at: int):
    found = chosen(flags(RED, RED, RED), f"the {side} red flag")

    assert [column for column in (45, 125, 205) if found[130, column]] == [at]


def test_the_sky_reaches_down_from_the_top_and_is_not_the_sea():
    picture = np.full((SIDE, SIDE, 3), (60, 110, 50), np.float64)
    picture[:140] = np.linspace((90, 150, 230), (190, 215, 240), 140)[:, None]
    picture[200:] = (80, 140, 220)
    picture += np.random.default_rng(2).normal(0, 2, picture.shape)

    sky = ground.sky(np.clip(picture, 0, 255).astype(np.uint8)) > 0.5

    assert sky[:130].mean() > 0.97
    assert not sky[150:].any()


def test_a_picture_without_a_sky_has_none():
    wall = np.random.default_rng(3).normal((120, 70, 50), 25, (SIDE, SIDE, 3))
    assert not ground.sky(np.clip(wall, 0, 255).astype(np.uint8)).any()
