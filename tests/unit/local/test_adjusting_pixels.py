"""What adjustments do to pixels: as much as is asked for, to what is meant, and nothing cut off."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.errors import RequestRefused
from backend.providers.local.adjust import frame
from backend.providers.local.adjust.applying import applied
from backend.providers.local.adjust.lab import to_lab, to_pixels
from backend.providers.local.adjust.order import Order, Step
from backend.providers.local.adjust.vocabulary import vocabulary
from tests.unit.local import pictures

if TYPE_CHECKING:
    from numpy.typing import NDArray

BALL = pictures.ball().pixels
RAMP = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2).repeat(8, axis=0)
APART = {"background_blur", "straighten", "rotate"}
COLOURING = {"warmth", "tint", "sepia", "warm_highlights", "warm_shadows"}
PLAIN = [
    (name, sign)
    for name, one in vocabulary().adjustments.items()
    if name not in APART
    for sign in ((1.0, -1.0) if one.both else (1.0,))
]


def done(
    pixels: NDArray[np.uint8], *steps: tuple[str, float], mask: NDArray[np.uint8] | None = None, seed: int = 1
) -> NDArray[np.uint8]:
    order = Order(
        steps=tuple(Step(name, amount) for name, amount in steps), seed=seed, output_format="png", weights=Path("none")
    )
    return applied(pixels, mask, order)[0]


def light(pixels: NDArray[np.uint8]) -> NDArray[np.floating]:
    return to_lab(pixels)[..., 0]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_colours_come_back_as_they_went(seed: int):
    pixels = np.random.default_rng(seed).integers(0, 256, (16, 16, 3), np.uint8)

    assert np.array_equal(to_pixels(to_lab(pixels)), pixels)


@pytest.mark.parametrize(("name", "sign"), PLAIN)
def test_every_adjustment_shows_and_none_at_all_changes_nothing(name: str, sign: float):
    scene = np.concatenate((BALL, BALL // 3))

    assert np.abs(done(scene, (name, sign)).astype(int) - scene).mean() > 0.2
    assert np.array_equal(done(scene, (name, 0.0)), scene)


@pytest.mark.parametrize(("name", "sign"), [one for one in PLAIN if one[0] not in COLOURING])
def test_grey_stays_grey_unless_it_is_tinted(name: str, sign: float):
    grey = np.repeat(cv2.cvtColor(BALL, cv2.COLOR_RGB2GRAY)[..., None], 3, axis=2)
    after = done(grey, (name, 2 * sign))

    assert np.array_equal(after[..., 0], after[..., 1])
    assert np.array_equal(after[..., 0], after[..., 2])


@pytest.mark.parametrize("amount", [-2.0, -1.0, 1.0, 2.0])
@pytest.mark.parametrize("name", ["exposure", "brightness", "contrast"])
def test_tones_keep_their_order_and_their_ends(name: str, amount: float):
    after = done(RAMP, (name, amount))[0, :, 0].astype(int)

    assert (after[0], after[-1]) == (0, 255)
    assert (np.diff(after) >= 0).all()


@pytest.mark.parametrize("amount", [-1.0, 1.0])
def test_brightness_keeps_the_contrast_and_contrast_the_brightness(amount: float):
    brighter, harder = light(done(BALL, ("brightness", amount))), light(done(BALL, ("contrast", amount)))

    assert (brighter.mean() - light(BALL).mean()) * amount > 0.03
    assert brighter.std() == pytest.approx(light(BALL).std(), rel=0.03)
    assert (harder.std() - light(BALL).std()) * amount > 0.01
    assert harder.mean() == pytest.approx(light(BALL).mean(), abs=0.005)


def test_white_stays_white_and_light_as_light_whatever_the_white_balance():
    assert (done(np.full((4, 4, 3), 255, np.uint8), ("warmth", 2.0)) >= 254).all()
    assert np.abs(light(done(RAMP, ("warmth", 1.0))) - light(RAMP)).max() < 0.01


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(PLAIN), min_size=2, max_size=4, unique_by=lambda one: one[0]))
def test_the_order_of_the_steps_makes_no_difference(steps: list[tuple[str, float]]):
    small = np.ascontiguousarray(BALL[::8, ::8])

    assert np.array_equal(done(small, *steps), done(small, *reversed(steps)))


def test_a_histogram_is_that_of_what_is_under_the_mask():
    halves = np.concatenate((np.full((32, 32, 3), 20, np.uint8), BALL[:32, :32] // 2 + 100), axis=1)
    mask = np.zeros((32, 64, 1), np.uint8)
    mask[:, 32:] = 255
    inside = light(done(halves, ("contrast", 1.0), mask=np.repeat(mask, 3, axis=2)))[:, 32:]

    assert inside.mean() == pytest.approx(light(halves)[:, 32:].mean(), abs=0.005)


def test_the_same_seed_gives_the_same_grain_and_another_one_does_not():
    first = done(BALL, ("grain", 1.0), seed=5)

    assert np.array_equal(first, done(BALL, ("grain", 1.0), seed=5))
    assert not np.array_equal(first, done(BALL, ("grain", 1.0), seed=6))


def test_noise_goes_and_edges_stay():
    clean = np.repeat(np.where(np.arange(128) < 64, 70, 180).astype(np.uint8)[None, :, None], 128, 0).repeat(3, 2)
    noisy = np.clip(clean + np.random.default_rng(3).normal(0, 8, clean.shape), 0, 255).astype(np.uint8)
    after = done(noisy, ("denoise", 1.0)).astype(int)

    assert after[:, 8:56].std() < 0.5 * noisy[:, 8:56].std()
    assert after[:, 68:72].mean() - after[:, 56:60].mean() > 0.95 * 110


def test_what_stands_askew_is_turned_upright_in_its_frame():
    house = np.full((240, 320, 3), 200, np.uint8)
    for left in range(40, 300, 40):
        cv2.rectangle(house, (left, 40), (left + 24, 200), (60, 60, 70), -1)
    askew = frame.turned(house, 3.0)

    assert frame.tilt(askew) == pytest.approx(3.0, abs=0.2)
    assert abs(frame.tilt(done(askew, ("straighten", 1.0)))) < 0.2
    assert done(askew, ("straighten", 1.0)).shape == house.shape


def test_fur_and_clouds_are_not_straightened():
    with pytest.raises(RequestRefused, match="rotate 2 degrees"):
        done(BALL, ("straighten", 1.0))
