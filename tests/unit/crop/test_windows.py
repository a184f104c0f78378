"""Windows: of the format's shape, within the picture, around the point, and the same as in the browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.imaging.crop.windows import CENTRE, Focus, around, window_of
from backend.imaging.types import Size

VECTORS = Path(__file__).parents[3] / "frontend" / "src" / "features" / "social" / "crop-vectors.json"
SIZES = st.builds(Size, st.integers(1, 16_384), st.integers(1, 16_384))
FOCUSES = st.builds(Focus, st.floats(0, 1), st.floats(0, 1))


@pytest.mark.parametrize("vector", json.loads(VECTORS.read_text("utf-8")))
def test_the_server_cuts_what_the_browser_shows(vector):
    box = around(Size(*vector["source"]), Size(*vector["format"]), Focus(*vector["focus"]))
    found = {"left": box.left, "top": box.top, "width": box.size.width, "height": box.size.height}
    assert found == vector["crop"]


@settings(deadline=None)
@given(source=SIZES, target=SIZES, focus=FOCUSES)
def test_a_window_lies_within_and_fills_one_side(source, target, focus):
    box = around(source, target, focus)
    assert box.left >= 0
    assert box.top >= 0
    assert box.right <= source.width
    assert box.bottom <= source.height
    assert box.size.width == source.width or box.size.height == source.height


@settings(deadline=None)
@given(source=SIZES, target=SIZES)
def test_a_window_has_the_format_s_shape_to_half_a_pixel(source, target):
    window = window_of(source, target)
    across, down = source.height * target.width / target.height, source.width * target.height / target.width
    assert (window.height == source.height and (abs(window.width - across) <= 0.5 or window.width == 1)) or (
        window.width == source.width and (abs(window.height - down) <= 0.5 or window.height == 1)
    )


@settings(deadline=None)
@given(source=SIZES, target=SIZES, focus=FOCUSES)
def test_the_point_lies_in_the_window(source, target, focus):
    box = around(source, target, focus)
    assert box.left - 1 <= focus.x * source.width <= box.right + 1
    assert box.top - 1 <= focus.y * source.height <= box.bottom + 1


def test_the_middle_is_the_middle():
    assert around(Size(300, 100), Size(1, 1), CENTRE).left == 100
