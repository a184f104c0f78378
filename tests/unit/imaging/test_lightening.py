"""What engines are sent fits what they take, and is as near to the picture as that allows."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from backend.errors import ProviderRefused
from backend.imaging import codec
from backend.imaging.lightening import fits, lightened
from backend.imaging.sniff import sniff
from backend.imaging.types import Size

NOISE = np.random.default_rng(7).integers(0, 256, (240, 320, 3), np.uint8)
SOFT = np.dstack([np.linspace(0, 255, 320, dtype=np.uint8)[None].repeat(240, 0)] * 3)


def test_what_fits_is_sent_as_it_is():
    data = codec.encode(SOFT, "png")
    assert fits(data, 320 * 240, len(data))
    assert not fits(data, 320 * 240 - 1, None)
    assert not fits(data, None, len(data) - 1)


def test_a_picture_that_is_heavy_only_by_its_format_loses_nothing():
    data = codec.encode(SOFT, "png")
    light = lightened(data, None, len(data) - 1)
    assert len(light) < len(data)
    assert (codec.decode(light).pixels == SOFT).all()


def test_a_heavy_picture_is_made_as_good_as_the_bytes_allow():
    most = 60_000
    light = lightened(codec.encode(NOISE, "png"), None, most)
    assert most / 2 < len(light) <= most
    assert sniff(light).size == Size(320, 240)


def test_transparency_survives():
    pixels = np.dstack([NOISE, np.full((240, 320), 90, np.uint8)])
    light = lightened(codec.encode(pixels, "png"), None, 80_000)
    assert (codec.decode(light).pixels[..., 3] == 90).all()


@pytest.mark.parametrize("most", [76_799, 10_000, 1])
def test_a_large_picture_gets_as_many_pixels_as_are_taken_and_keeps_its_shape(most):
    size = sniff(lightened(codec.encode(SOFT, "png"), most, None)).size
    assert size.pixels <= most
    assert size.width >= size.height


def test_an_animation_is_sent_as_its_first_frame():
    frames = [Image.fromarray(SOFT), Image.fromarray(NOISE)]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    assert not fits(file.getvalue(), None, None)
    seen = sniff(lightened(file.getvalue(), None, None))
    assert (seen.format, seen.frames, seen.size) == ("png", 1, Size(320, 240))


def test_what_can_only_be_spoiled_is_refused_so_that_another_engine_may_take_it():
    with pytest.raises(ProviderRefused) as refused:
        lightened(codec.encode(NOISE, "png"), None, 500)
    assert refused.value.retryable
