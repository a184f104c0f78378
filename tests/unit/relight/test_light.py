"""Light is told by pixels, and changes a picture within bounds."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.imaging.types import Size
from backend.providers.local.relight import forms, grain, inplace, light, merging, placing, shadows, tones
from tests.unit.local import pictures

BALL = pictures.ball()
ALPHA = BALL.alpha.astype(np.float32)
SUBJECT = np.dstack((BALL.pixels, np.rint(ALPHA * 255).astype(np.uint8)))
fractions = st.floats(0, 1, width=32)


def painted(colour: tuple[int, int, int]) -> np.ndarray:
    return np.full((256, 256, 3), colour, np.uint8)


def sloped(left: tuple[int, int, int], right: tuple[int, int, int]) -> np.ndarray:
    share = np.linspace(0, 1, 256)[None, :, None]
    row = np.array(left) * (1 - share) + np.array(right) * share
    return np.broadcast_to(row, (256, 256, 3)).astype(np.uint8)


def change(background: np.ndarray, strength: float = 0.5) -> merging.Change:
    return merging.Change(before=light.of(BALL.pixels), after=light.of(background), strength=strength)


def mean_of_subject(pixels: np.ndarray) -> np.ndarray:
    return pixels[ALPHA == 1].astype(float).mean(axis=0)


@given(value=fractions, gain=st.floats(0.05, 2.8))
def test_a_gain_never_clips_and_leaves_white_white(value: float, gain: float):
    result = float(tones.gained(np.float32([[[value] * 3]]), np.float32(gain))[0, 0, 0])
    assert 0 <= result <= max(1, gain * value) + 1e-6
    assert result <= 1 + 1e-6


@given(gain=st.floats(0.05, 2.8))
def test_a_gain_keeps_the_order_of_light_and_dark(gain: float):
    ramp = np.linspace(0, 1, 200, dtype=np.float32)[None, :, None]
    assert np.all(np.diff(tones.gained(ramp, np.float32(gain))[0, :, 0]) >= -1e-6)


@pytest.mark.parametrize(
    ("pixels", "side"),
    [
        (sloped((255, 250, 240), (20, 20, 25)), "left"),
        (sloped((20, 20, 25), (255, 250, 240)), "right"),
        (sloped((255, 250, 240), (20, 20, 25)).transpose(1, 0, 2), "above"),
        (painted((120, 130, 140)), "all around"),
    ],
)
def test_light_comes_from_where_the_picture_is_bright(pixels: np.ndarray, side: str):
    assert light.of(np.ascontiguousarray(pixels)).side == side


def test_the_colour_of_light_is_that_of_the_picture():
    red, _, blue = light.of(painted((240, 200, 120))).fill
    assert red > blue
    warmer = light.warmed(light.of(painted((200, 200, 200))), 1)
    assert warmer.key[0] > 1 > warmer.key[2]


def test_no_strength_leaves_the_subject_as_it_was():
    merged = merging.merge(SUBJECT, painted((40, 60, 160)), change(painted((40, 60, 160)), 0.0))
    inside = ALPHA == 1
    assert np.abs(merged[inside].astype(int) - BALL.pixels[inside]).max() <= 1


def test_a_subject_takes_on_the_colour_of_its_background():
    warm = merging.merge(SUBJECT, painted((230, 150, 60)), change(painted((230, 150, 60))))
    cold = merging.merge(SUBJECT, painted((60, 110, 230)), change(painted((60, 110, 230))))
    assert mean_of_subject(warm)[2] < mean_of_subject(cold)[2]


def test_a_subject_gets_darker_at_night_and_brighter_by_day():
    night = merging.merge(SUBJECT, painted((8, 10, 20)), change(painted((8, 10, 20))))
    day = merging.merge(SUBJECT, painted((240, 245, 250)), change(painted((240, 245, 250))))
    assert mean_of_subject(night).mean() < mean_of_subject(BALL.pixels).mean() < mean_of_subject(day).mean()


@pytest.mark.parametrize("direction", ["left", "right", "above", "below"])
def test_the_side_that_faces_the_light_gets_more_of_it(direction: str):
    before = tones.linear(BALL.pixels)
    towards = light.turned(light.of(BALL.pixels), direction)
    form = forms.form(ALPHA, before)
    stops, _ = forms.shading(form, towards, np.full_like(before, 0.2))
    facing = form.right * towards.towards[0] + form.down * towards.towards[1]
    inside = ALPHA == 1
    assert stops[inside & (facing > 0.4)].mean() > stops[inside & (facing < -0.4)].mean() + 0.5
    assert abs(np.average(stops, weights=ALPHA)) < 0.01


def test_a_disc_is_taken_for_a_ball():
    form = forms.form(ALPHA, np.full((256, 256, 3), 0.2, np.float32))
    right = (np.arange(256)[None] - 132.1) / 67.5 * np.ones((256, 1))
    inside = ALPHA == 1
    assert np.abs(form.right - right)[inside].mean() < 0.12
    assert form.front[135, 132] > 0.95


def test_a_shadow_lies_under_what_stands_and_not_under_what_the_frame_cuts():
    lamp = light.turned(light.of(painted((200, 200, 200))), "left")
    shade = shadows.of(ALPHA, lamp)
    assert shade[203, 132] > 0.3
    assert shade[20, 20] == 0
    assert shade.min() >= 0
    assert shade.max() <= 1
    cut = np.roll(ALPHA, 90, axis=0)
    cut[:80] = 0
    assert shadows.firmness(cut) == 0
    assert not shadows.of(cut, lamp).any()


def test_what_flies_has_no_shadow_and_what_may_stand_a_faint_one():
    lamp = light.turned(light.of(painted((200, 200, 200))), "left")
    flying = np.zeros((100, 140), np.float32)
    cv2.fillConvexPoly(flying, np.array([(40, 20), (100, 20), (70, 60)]), 1.0)
    low = np.roll(flying, 30, axis=0)
    table = np.zeros((100, 140), np.float32)
    table[30:60, 30:110] = 1.0

    assert not shadows.of(flying, lamp).any()
    assert shadows.firmness(table) == 1
    assert 0 < shadows.of(low, lamp).max() < 0.5 * shadows.of(table, lamp).max()


def test_a_cast_shadow_falls_away_from_the_light():
    lamp = light.turned(light.of(painted((200, 200, 200))), "left")
    shade = shadows.of(ALPHA, lamp)
    other = shadows.of(ALPHA, replace(lamp, towards=(0.9, -0.25)))
    assert shade[150:220, 210:].sum() > other[150:220, 210:].sum()


@settings(max_examples=25, deadline=None)
@given(width=st.integers(1, 90), height=st.integers(1, 90), wide=st.integers(1, 200), high=st.integers(1, 200))
def test_a_background_covers_any_picture(width: int, height: int, wide: int, high: int):
    alpha = np.zeros((height, width), np.float32)
    background = np.zeros((high, wide, 3), np.uint8)
    assert placing.covering(background, Size(width, height), alpha).shape == (height, width, 3)


def test_a_background_is_cut_so_that_the_subject_hides_little_of_it():
    wide = np.full((100, 300, 3), 120, np.uint8)
    wide[30:70:4, 130:170] = 255
    alpha = np.zeros((100, 100), np.float32)
    alpha[20:80, 30:70] = 1
    shown = placing.covering(wide, Size(100, 100), alpha)
    assert not (shown[20:80, 30:70] == 255).any()


def test_grain_is_measured_as_it_was_added():
    flat = np.full((200, 200, 3), 128, np.uint8)
    alpha = np.zeros((200, 200), np.float32)
    assert grain.level(flat) == 0
    assert grain.laid(flat, (0, 0), alpha, 1) is flat
    assert grain.level(grain.laid(flat, (0, 3), alpha, 1)) == pytest.approx(3, rel=0.25)
    assert grain.missing(3, 5) == 4
    assert grain.missing(5, 3) == 0


def test_a_background_is_never_sharper_than_the_subject():
    rng = np.random.default_rng(1)
    crisp = (rng.random((200, 200, 1)) > 0.5).astype(np.uint8).repeat(3, 2) * 255
    softer, by = grain.softened(crisp, np.dstack((BALL.pixels, SUBJECT[..., 3]))[:200, :200], ALPHA[:200, :200])
    assert softer.shape == crisp.shape
    assert by == 0 or softer.astype(float).std() < crisp.astype(float).std()


def test_light_from_the_left_falls_off_to_the_right_of_a_landscape():
    ground = np.full((120, 160, 3), 128, np.uint8)
    lamp = light.turned(light.of(ground), "left")
    lit = inplace.lit(
        ground, np.zeros((120, 160), np.float32), merging.Change(before=light.of(ground), after=lamp, strength=0.8)
    )
    assert lit[60, 5, 0] > 128 > lit[60, 155, 0]


@settings(max_examples=20, deadline=None)
@given(width=st.integers(1, 70), height=st.integers(1, 70), seed=st.integers(0, 99), strength=fractions)
def test_anything_can_be_merged_and_keeps_its_size(width: int, height: int, seed: int, strength: float):
    rng = np.random.default_rng(seed)
    subject = rng.integers(0, 256, (height, width, 4), np.uint8)
    background = rng.integers(0, 256, (height, width, 3), np.uint8)
    own = np.ascontiguousarray(subject[..., :3])
    wanted = merging.Change(before=light.of(own), after=light.of(background), strength=strength)
    assert merging.merge(subject, background, wanted).shape == (height, width, 3)
    assert inplace.lit(own, subject[..., 3] / np.float32(255), wanted).shape == (height, width, 3)
