"""Sizes and transparency: light stays light, and no dark fringe grows around what can be seen."""

from __future__ import annotations

import numpy as np

from backend.imaging.types import Size
from backend.providers.local.upscale.enlarging import larger
from backend.providers.local.upscale.lenses import Plain
from backend.providers.local.upscale.resampling import filled_under, part_resized


def test_a_fine_pattern_of_black_and_white_keeps_its_light_when_it_shrinks():
    pattern = np.indices((64, 64)).sum(axis=0) % 2 * 255
    pixels = np.repeat(pattern[..., None], 3, axis=2).astype(np.uint8)
    small = part_resized(pixels, (0, 0, 64, 64), Size(16, 16))
    assert abs(int(small[8, 8, 0]) - 188) <= 3  # half of the light is level 188, not 128


def disc(side: int = 64) -> np.ndarray:
    """A red disc on transparency that hides black."""
    y, x = np.mgrid[:side, :side] - (side - 1) / 2
    cover = np.clip(side / 3 - np.hypot(x, y) + 0.5, 0, 1)
    pixels = np.zeros((side, side, 4), np.uint8)
    pixels[..., 0] = np.where(cover > 0, 220, 0)
    pixels[..., 3] = np.rint(cover * 255)
    return pixels


def test_no_dark_fringe_grows_along_an_edge_into_transparency():
    made = larger(disc(), Size(256, 256), Plain())
    edge = (made[..., 3] > 8) & (made[..., 3] < 248)
    assert edge.sum() > 100
    assert made[..., 0][edge].min() >= 215


def test_alpha_stays_alpha_where_it_was_full_or_none():
    made = larger(disc(), Size(256, 256), Plain())
    assert made[128, 128, 3] == 255
    assert made[0, 0, 3] == 0


def test_what_can_be_seen_is_never_changed_by_filling():
    pixels = disc()
    filled = filled_under(pixels)
    seen = pixels[..., 3] > 0
    assert (filled[seen] == pixels[..., :3][seen]).all()
    assert (filled[~seen][:, 0] > 200).all()


def test_a_picture_of_nothing_but_transparency_is_left_alone():
    pixels = np.zeros((20, 20, 4), np.uint8)
    assert (larger(pixels, Size(40, 40), Plain()) == 0).all()
