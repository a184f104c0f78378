"""Guides show what is in a picture and nothing else; strength 0 draws nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from backend.imaging import codec, guides
from backend.imaging.types import Size

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

DRAWERS = {"edges": guides.edges, "line_art": guides.line_art, "structure": guides.structure}
EMPTY = {"edges": 0, "line_art": 255, "structure": 128}


def disc(side: int = 200) -> Pixels:
    down, across = np.mgrid[:side, :side]
    inside = (across - side / 2) ** 2 + (down - side / 2) ** 2 < (side / 4) ** 2
    return np.where(inside[..., None], (240, 160, 40), (30, 60, 120)).astype(np.uint8)


@pytest.mark.parametrize("kind", DRAWERS)
@settings(max_examples=20, deadline=None)
@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, 50), st.integers(1, 50), st.just(3))), st.floats(0, 1))
def test_any_picture_has_a_guide_of_its_size(kind: str, pixels: Pixels, strength: float):
    drawn = DRAWERS[kind](pixels, strength)
    assert (drawn.shape, drawn.dtype) == (pixels.shape[:2], np.uint8)


@pytest.mark.parametrize("kind", DRAWERS)
def test_at_strength_zero_nothing_is_drawn(kind: str):
    assert (DRAWERS[kind](disc(), 0.0) == EMPTY[kind]).all()


@pytest.mark.parametrize("kind", ["edges", "line_art"])
def test_a_flat_picture_has_no_lines(kind: str):
    assert (DRAWERS[kind](np.full((60, 80, 3), 90, np.uint8), 1.0) == EMPTY[kind]).all()


def test_edges_lie_on_the_outline_and_nowhere_else():
    drawn = guides.edges(disc(), 1.0)
    down, across = np.nonzero(drawn)
    away = np.abs(np.hypot(across - 100, down - 100) - 50)
    assert len(away) > 200
    assert away.max() < 3


def test_ink_lies_on_the_dark_side_of_an_outline():
    drawn = guides.line_art(disc(), 1.0)
    assert drawn[100, 100] == drawn[5, 5] == 255
    assert drawn.min() < 128


def test_what_stands_out_is_light_in_the_relief():
    drawn = guides.structure(disc(), 1.0)
    assert drawn[100, 100] > drawn[10, 10] + 40


def test_large_pictures_get_a_smaller_guide_that_says_so():
    wide = codec.encode(np.zeros((200, 3200, 3), np.uint8), "png")
    made = guides.guide(wide, "edges", 0.5)
    assert (made.size, made.source) == (Size(1536, 96), Size(3200, 200))
    assert codec.decode(made.png).size == made.size


def test_see_through_pictures_are_drawn_as_on_white():
    clear = codec.encode(np.zeros((30, 30, 4), np.uint8), "png")
    assert (codec.decode(guides.guide(clear, "line_art", 1.0).png).pixels == 255).all()
