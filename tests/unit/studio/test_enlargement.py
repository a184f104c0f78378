"""How large an enlarged picture gets, and what is refused before any work."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from backend.errors import InvalidRequest
from backend.imaging.types import Size
from backend.schemas.upscale import UpscaleRequest
from backend.services.image_studio.enlargement import MOST_PIXELS, largest_of, target_of

SIDES = st.integers(16, 7000)


def request(**fields: object) -> UpscaleRequest:
    return UpscaleRequest.model_validate({"image_asset_id": "a" * 32, **fields})


@settings(max_examples=30, deadline=None)
@given(SIDES, SIDES)
def test_without_a_target_sides_grow_fourfold_or_it_is_said_what_would_fit(width: int, height: int):
    own = Size(width, height)
    usual, largest = Size(4 * width, 4 * height), largest_of(own)
    if usual.width <= largest.width and usual.height <= largest.height:
        assert target_of(request(), own) == usual
        return
    with pytest.raises(InvalidRequest, match=str(largest)):
        target_of(request(), own)


@settings(max_examples=30, deadline=None)
@given(SIDES, SIDES, st.integers(17, 16_000))
def test_the_other_side_follows_from_the_shape(width: int, height: int, wide: int):
    own = Size(width, height)
    assume(wide > width)
    try:
        target = target_of(request(target_width=wide), own)
    except InvalidRequest:
        return
    assert target.width == wide
    assert abs(target.height - height * wide / width) <= 0.5
    assert target.pixels <= MOST_PIXELS


@settings(max_examples=30, deadline=None)
@given(SIDES, SIDES)
def test_the_largest_size_that_is_named_is_accepted(width: int, height: int):
    own = Size(width, height)
    largest = largest_of(own)
    assume(largest.width > width and largest.height > height)
    assert target_of(request(target_width=largest.width), own) == largest


@pytest.mark.parametrize(
    ("preset", "own", "target"),
    [
        ("web", Size(1280, 720), Size(2560, 1440)),
        ("web", Size(720, 1280), Size(1440, 2560)),
        ("print", Size(1000, 750), Size(3508, 2631)),
        ("social", Size(640, 360), Size(1920, 1080)),
        ("social", Size(360, 640), Size(1080, 1920)),
    ],
)
def test_presets_are_sizes_by_what_they_are_for(preset: str, own: Size, target: Size):
    assert target_of(request(preset=preset), own) == target


@pytest.mark.parametrize(
    ("fields", "own", "pointer", "why"),
    [
        ({"target_width": 800}, Size(800, 600), "/target_width", "800x600 already"),
        ({"target_height": 500}, Size(800, 600), "/target_height", "800x600 already"),
        ({"preset": "web"}, Size(4000, 3000), "/preset", "4000x3000 already"),
        ({"target_width": 1600, "target_height": 1600}, Size(800, 600), "/target_height", "1600x1200 or 2133x1600"),
        ({"target_width": 16_000}, Size(800, 600), "/target_width", "which is 11547x8660"),
        ({}, Size(12, 600), "/image", "at least 16 pixels"),
        ({"target_width": 2000}, Size(100, 100), "/target_width", "16 times a side"),
    ],
)
def test_what_can_not_be_is_refused_and_says_what_can(fields: dict[str, object], own: Size, pointer: str, why: str):
    with pytest.raises(InvalidRequest, match=why) as refusal:
        target_of(request(**fields), own)
    assert refusal.value.errors[0].pointer == pointer


def test_both_sides_are_taken_where_they_fit_the_shape():
    assert target_of(request(target_width=1001, target_height=667), Size(300, 200)) == Size(1001, 667)


def test_a_target_comes_before_a_preset():
    assert target_of(request(target_width=900, preset="web"), Size(300, 200)) == Size(900, 600)
