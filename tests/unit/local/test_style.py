"""Painting over keeps the picture's size and alpha, does nothing at strength 0, and brings fine detail back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from backend.errors import MachineTrouble
from backend.imaging import codec
from backend.providers.local.style import finishing, painting, transferring
from backend.providers.local.style.vocabulary import chosen
from backend.schemas.base import AssetId
from backend.schemas.specs import StyleSpec, StyleTransferSpec
from tests.unit.local import pictures, weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

SHAPES = st.tuples(st.integers(1, 40), st.integers(1, 40), st.sampled_from((3, 4)))


def noise(height: int, width: int, channels: int = 3) -> Pixels:
    return np.random.default_rng(7).integers(0, 256, (height, width, channels), dtype=np.uint8)


@settings(max_examples=40)
@given(arrays.arrays(np.uint8, SHAPES), st.floats(0, 1))
def test_the_result_has_the_size_and_the_alpha_of_the_original(pixels: Pixels, weight: float):
    small = finishing.at_work(pixels)
    made = finishing.finished(pixels, 255 - small, weight)
    assert made.shape == pixels.shape
    assert np.array_equal(made[..., 3:], pixels[..., 3:])


@given(arrays.arrays(np.uint8, SHAPES))
def test_no_strength_is_no_change(pixels: Pixels):
    assert np.array_equal(finishing.finished(pixels, 255 - finishing.at_work(pixels), 0), pixels)


def test_a_picture_painted_as_itself_stays_itself_even_where_it_was_made_smaller():
    grain = pictures.ball().pixels
    large = np.kron(grain, np.ones((4, 4, 1), np.uint8))[: 4 * finishing.WORK, : 4 * finishing.WORK]
    made = finishing.finished(large, finishing.at_work(large), 1.0)
    assert np.abs(made.astype(int) - large).mean() < 2


def test_networks_get_whole_blocks_and_give_the_size_back():
    small = noise(70, 67)
    fed = finishing.padded(small)
    assert fed.shape[0] % 4 == fed.shape[1] % 4 == 0
    assert min(fed.shape[:2]) >= 64
    assert np.array_equal(finishing.unpadded(fed, small), small)


@pytest.mark.parametrize(("fidelity", "seen"), [(0, 0), (0.5, 0.75), (1, 1)])
def test_fidelity_goes_from_nothing_to_everything(fidelity: float, seen: float):
    assert painting.visible(fidelity) == seen


def test_styles_differ_and_the_same_one_gives_the_same_bytes():
    path = weights.real("styles-26")
    data = codec.encode(noise(40, 48), "png")
    spec = StyleSpec(control_image=AssetId("a"))
    made = [painting.painted(data, path, spec, chosen(name, None).mixture) for name in ("oil", "oil", "frost")]
    assert made[0] == made[1]
    assert made[0] != made[2]


def test_another_pictures_colours_come_over_and_at_zero_nothing_does():
    networks = weights.real("style-predict"), weights.real("style-transform")
    picture = pictures.ball().pixels[:96, :80]
    red = np.clip(noise(64, 64) // 4 + np.array([150, 10, 10]), 0, 255).astype(np.uint8)
    sent = codec.encode(picture, "png"), codec.encode(red, "png")

    def made(**strengths: float) -> Pixels:
        spec = StyleTransferSpec(control_image=AssetId("a"), style_image=AssetId("b"), **strengths)
        return codec.decode(transferring.transferred(sent, networks, spec)).pixels

    redness = [float((p[..., 0].astype(int) - p[..., 1]).mean()) for p in (picture, made())]
    assert redness[1] > redness[0] + 20
    assert np.array_equal(made(style_strength=0), picture)
    assert np.array_equal(made(change_strength=0), picture)


def test_the_network_is_freed_of_its_one_size_and_no_other_network_is_touched():
    network = weights.real("style-transform").read_bytes()
    assert len(transferring.freed(network)) == len(network)
    assert transferring.freed(network) != network
    with pytest.raises(MachineTrouble, match="not the one"):
        transferring.freed(weights.real("styles-26").read_bytes())


@settings(max_examples=25)
@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, 20), st.integers(1, 20), st.just(3))), st.floats(0, 1))
def test_light_and_shade_come_back_without_another_size(pixels: Pixels, fidelity: float):
    assert transferring.composed(pixels, 255 - pixels, fidelity).shape == pixels.shape


def test_a_see_through_reference_lies_on_white():
    clear = np.zeros((2, 2, 4), np.uint8)
    assert (transferring.on_white(clear) == 255).all()
