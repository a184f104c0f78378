"""A region in another colour: hue of the target, light and texture of the region, nothing changed elsewhere."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.imaging import oklab
from backend.providers.local.recolour import dyeing, shades
from backend.providers.local.recolour.vocabulary import vocabulary
from backend.providers.local.recolour.words import Tint
from tests.unit.local import pictures

if TYPE_CHECKING:
    from numpy.typing import NDArray

BALL = pictures.ball()
MASK = np.rint(BALL.alpha * 255).astype(np.uint8)
HUES = sorted(name for name in vocabulary().colours if not shades.given(Tint(name=name)).neutral)


def dyed(name: str, *changes: str) -> NDArray[np.uint8]:
    return dyeing.dyed(BALL.pixels, MASK, shades.given(Tint(name=name, changes=changes)))


def hue_of(region: NDArray[np.uint8]) -> float:
    total = oklab.lab(oklab.linear(region)).sum(axis=0)
    return math.atan2(total[2], total[1])


def luminance(region: NDArray[np.uint8]) -> NDArray[np.floating]:
    return oklab.luminance(oklab.linear(region))


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(HUES))
def test_the_hue_is_the_targets_and_the_light_is_the_regions(name: str):
    after = dyed(name)
    inside = MASK == 255

    off = math.degrees(hue_of(after[inside]) - shades.given(Tint(name=name)).hue)
    assert abs((off + 180) % 360 - 180) < 8
    assert np.corrcoef(luminance(BALL.pixels[inside]), luminance(after[inside]))[0, 1] > 0.97
    assert (after[MASK == 0] == BALL.pixels[MASK == 0]).all()


@pytest.mark.parametrize("name", ["white", "grey", "black"])
def test_without_a_hue_the_colour_goes_and_the_light_stays(name: str):
    after = dyed(name)[MASK == 255]

    assert np.ptp(after.astype(int), axis=-1).mean() < 12
    assert np.corrcoef(luminance(BALL.pixels[MASK == 255]), luminance(after))[0, 1] > 0.97


def test_white_is_lighter_than_grey_and_black_is_darker():
    means = [dyed(name)[MASK == 255].mean() for name in ("black", "grey", "white")]
    assert means == sorted(means)


def test_no_fringe_of_the_old_colour_is_left_at_the_edge():
    after = dyed("blue")
    edge = (MASK > 0) & (MASK < 255)

    assert BALL.pixels[edge][:, 0].mean() > BALL.pixels[edge][:, 2].mean()
    assert (after[edge][:, 0].astype(int) - after[edge][:, 2]).max() < 20


def test_a_grey_thing_takes_a_colour():
    grey = np.repeat(BALL.pixels.mean(axis=-1, keepdims=True).astype(np.uint8), 3, axis=-1)
    after = dyeing.dyed(grey, MASK, shades.given(Tint(name="green")))

    assert (after[MASK == 255].argmax(axis=-1) == 1).mean() > 0.98


def test_blended_by_a_soft_mask_it_comes_out_as_dyed():
    shade = shades.given(Tint(name="blue"))
    beneath = dyeing.beneath(BALL.pixels, MASK, 3, shade).astype(float)
    share = MASK[..., None] / 255

    blended = BALL.pixels + share * (beneath - BALL.pixels)

    assert np.abs(blended - dyeing.dyed(BALL.pixels, MASK, shade))[MASK > 0].mean() < 1


def test_no_colour_is_cut_flat_at_the_edge_of_the_gamut():
    ramp = np.linspace(20, 235, 216).astype(np.uint8)
    red = np.dstack((ramp, ramp // 6, ramp // 6)).repeat(40, axis=0)
    after = dyeing.dyed(
        red, np.full(red.shape[:2], 255, np.uint8), shades.given(Tint(name="yellow", changes=("neon",)))
    )

    assert (np.diff(luminance(after[20]).astype(float)) > -2e-3).all()
    assert len(np.unique(after[20], axis=0)) > 60


def foliage() -> NDArray[np.uint8]:
    """Return dark foliage, as a camera stores it: few levels, and its colour in noise."""
    random = np.random.default_rng(5)
    shade = cv2.GaussianBlur(random.uniform(0.004, 0.06, (96, 128)), (0, 0), 3) ** 2 * 24
    light = shade[..., None] * np.array([0.35, 1.0, 0.3]) + random.normal(0, 4e-4, (96, 128, 3))
    return np.rint(oklab.coded(light.astype(np.float32))).astype(np.uint8)


@pytest.mark.parametrize("name", ["rust", "mustard", "turquoise"])
def test_dark_foliage_keeps_its_shadows_and_gets_no_blots(name: str):
    before = foliage()
    after = dyeing.dyed(before, np.full(before.shape[:2], 255, np.uint8), shades.given(Tint(name=name)))
    smooth = np.abs(np.diff(before.astype(int), axis=1)).max(axis=-1) <= 1

    was, now = (
        np.percentile(np.linalg.norm(np.diff(oklab.lab(oklab.linear(view)), axis=1), axis=-1)[smooth], 99)
        for view in (before, after)
    )
    assert now < 2 * was
    spread_before, spread_after = (np.ptp(np.percentile(np.cbrt(luminance(v)), [5, 95])) for v in (before, after))
    assert spread_after > 0.9 * spread_before


def test_strips_leave_no_seam():
    tall = np.tile(foliage(), (4, 1, 1))
    shade = shades.given(Tint(name="rust"))
    mask = np.full(tall.shape[:2], 255, np.uint8)
    dye = dyeing.fitted(tall.reshape(-1, 3), shade)

    whole = np.clip(np.rint(dyeing.apply(tall, dye)), 0, 255)

    assert np.abs(dyeing.dyed(tall, mask, shade) - whole).max() <= 1
