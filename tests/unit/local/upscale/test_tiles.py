"""Pieces of a picture: they cover it, overlap enough, and leave no seam."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.imaging.types import Size
from backend.providers.local.upscale.enlarging import larger, passes
from backend.providers.local.upscale.lenses import Plain
from backend.providers.local.upscale.tiles import BLIND, enlarged, spans, weights

LENGTHS = st.integers(1, 3000)


@given(LENGTHS)
def test_stretches_cover_a_side_and_share_what_they_should(length: int):
    found = spans(length, longest=288, overlap=32)
    assert (found[0].first, found[-1].last) == (0, length)
    for before, after in pairwise(found):
        assert after.shared == before.last - after.first >= 31
    assert all(one.last - one.first <= 288 for one in found)


@given(LENGTHS, st.floats(1, 16))
def test_every_pixel_of_the_larger_side_is_filled(length: int, factor: float):
    target = max(length + 1, round(length * factor))
    filled = np.zeros(target, bool)
    for span in spans(length, longest=288, overlap=32):
        first, past = enlarged(span, length, target)
        assert filled[:first].all()
        filled[first:past] = True
    assert filled.all()


def test_a_piece_counts_for_nothing_at_its_blind_border_and_for_all_where_it_is_alone():
    _, second = spans(500, longest=288, overlap=40)
    share = weights(second, 500, 2000)
    assert share[: 4 * BLIND - 2].max() == 0
    assert (np.diff(share) >= 0).all()
    assert share[4 * second.shared :].min() == 1


def test_pieces_of_a_smooth_picture_meet_without_a_seam():
    ramp = np.linspace(0, 255, 500)[None, :, None] * np.ones((300, 1, 3))
    made = larger(ramp.astype(np.uint8), Size(1000, 600), Plain(longest=128))
    whole = larger(ramp.astype(np.uint8), Size(1000, 600), Plain())
    assert np.abs(made.astype(int) - whole).max() <= 1


class Doubler(Plain):
    """Enlarges twofold by repeating pixels, and counts what it reads."""

    factor = 2

    def __call__(self, piece: np.ndarray) -> np.ndarray:
        return np.ascontiguousarray(np.repeat(np.repeat(piece, 2, axis=0), 2, axis=1))


@settings(max_examples=25, deadline=None)
@given(st.integers(16, 90), st.integers(16, 90), st.integers(17, 500))
def test_any_target_is_met_to_the_pixel(width: int, height: int, target: int):
    size = Size(max(width + 1, target), max(1, round(height * max(width + 1, target) / width)))
    pixels = np.full((height, width, 3), (200, 100, 50), np.uint8)
    made = larger(pixels, size, Doubler(longest=48, overlap=12))
    assert made.shape == (size.height, size.width, 3)
    assert np.abs(made.astype(int) - (200, 100, 50)).max() <= 1


def test_a_network_is_used_again_only_where_it_is_worth_it():
    own = Size(100, 80)
    assert passes(own, Size(400, 320), 4) == (Size(400, 320),)
    assert passes(own, Size(480, 384), 4) == (Size(480, 384),)
    assert passes(own, Size(1600, 1280), 4) == (Size(400, 320), Size(1600, 1280))
    assert passes(own, Size(1600, 1280), 1) == (Size(1600, 1280),)
