"""Alpha and colours keep their bounds, whatever they are refined from."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.providers.local import matte

sides = st.integers(1, 90)
seeds = st.integers(0, 2**32 - 1)


def noise(seed: int, width: int, height: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.integers(0, 256, (height, width, 3), np.uint8), rng.random((height, width)).astype(np.float32)


@settings(max_examples=40, deadline=None)
@given(seed=seeds, width=sides, height=sides)
def test_alpha_stays_a_fraction_of_the_pictures_size(seed: int, width: int, height: int):
    colour, rough = noise(seed, width, height)

    alpha = matte.refine(rough, colour)

    assert alpha.shape == (height, width)
    assert np.all((alpha >= 0) & (alpha <= 1))


@settings(max_examples=40, deadline=None)
@given(seed=seeds, width=sides, height=sides)
def test_colours_under_full_alpha_are_untouched(seed: int, width: int, height: int):
    colour, rough = noise(seed, width, height)
    alpha = np.where(rough > 0.5, 1, rough).astype(np.float32)

    own = matte.foreground(colour, alpha)

    assert own.dtype == np.uint8
    assert np.array_equal(own[alpha == 1], colour[alpha == 1])


def test_an_edge_moves_to_where_the_picture_has_it():
    colour = np.zeros((120, 120, 3), np.uint8)
    colour[:, 60:] = (230, 200, 40)
    rough = np.clip((np.arange(120) - 50) / 16, 0, 1)[None].repeat(120, 0).astype(np.float32)

    alpha = matte.refine(rough, colour)

    assert np.all(alpha[:, :58] < 0.05)
    assert np.all(alpha[:, 62:] > 0.95)


def test_crumbs_far_from_the_subject_are_swept_away():
    colour = np.full((120, 120, 3), 90, np.uint8)
    rough = np.zeros((120, 120), np.float32)
    for box in (np.s_[20:100, 10:70], np.s_[50:54, 110:114]):
        rough[box] = 1
        colour[box] = (220, 210, 60)

    alpha = matte.refine(rough, colour)

    assert alpha[60, 40] == 1
    assert np.all(alpha[:, 100:] == 0)


def test_a_half_transparent_edge_gets_the_subjects_colour_back():
    subject, ground = np.array([220.0, 40, 30]), np.array([30.0, 160, 60])
    alpha = np.clip((np.arange(100) - 45) / 10, 0, 1)[None].repeat(100, 0).astype(np.float32)
    colour = np.rint(subject * alpha[..., None] + ground * (1 - alpha[..., None])).astype(np.uint8)

    own = matte.foreground(colour, alpha)

    edge = (alpha > 0.25) & (alpha < 1)
    assert np.abs(own[edge] - subject).mean() < 12
    assert np.abs(colour[edge] - subject).mean() > 30
