"""How the options of `edit` are read: places in fractions, and any option by its name."""

from __future__ import annotations

import pytest
import typer

from backend.cli import edit


def test_places_become_points_that_belong_to_it_or_not():
    told = edit._places(["0.5,0.25"], ["0,1"], None)
    assert told == {"what": "points", "points": [{"x": 0.5, "y": 0.25, "keep": True}, {"x": 0, "y": 1, "keep": False}]}


def test_a_box_is_four_fractions():
    assert edit._places([], [], "0.1,0.2,0.9,1") == {"what": "box", "box": [0.1, 0.2, 0.9, 1]}


def test_no_places_are_no_options():
    assert edit._places([], [], None) == {}


@pytest.mark.parametrize("text", ["0.5", "0.5,2", "a,b", "0.1,0.2,0.3", ""])
def test_what_is_no_place_is_refused(text: str):
    with pytest.raises(typer.BadParameter, match="2 numbers from 0 to 1"):
        edit._places([text], [], None)


def test_options_are_json_where_they_read_as_such_and_words_otherwise():
    told = edit._settings(["light_strength=0.8", "keep_background=true", "light_direction=left", "a=b=c"], {})
    expected = {"light_strength": 0.8, "keep_background": True, "light_direction": "left", "a": "b=c"}
    assert told == {"options": expected}


def test_fields_of_the_form_can_be_set_too_and_no_options_are_none():
    assert edit._settings(["steps=30"], {"grow_mask": None}) == {"steps": 30, "options": None}


@pytest.mark.parametrize("text", ["grow_mask", "=3"])
def test_an_option_without_name_or_value_is_refused(text: str):
    with pytest.raises(typer.BadParameter, match="options read"):
        edit._settings([text], {})
