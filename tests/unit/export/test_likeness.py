"""How a file looks from afar: small, of its shape, and of its colours, whichever way it was made."""

import io

import numpy as np
import pytest
from PIL import Image

from backend.imaging.export.likeness import likeness_of, likeness_of_planes
from backend.imaging.export.pictures import opened
from backend.imaging.types import Box, Size
from tests.unit.export.conftest import jpeg, scene


def pixels_of(likeness):
    with Image.open(io.BytesIO(likeness.thumbnail)) as image:
        return np.asarray(image.convert("RGB"), np.int16)


@pytest.mark.parametrize("size", [Size(1080, 1350), Size(401, 401), Size(1500, 240), Size(99, 640), Size(61, 33)])
def test_a_thumbnail_is_small_and_has_the_files_shape(size):
    for likeness in (
        likeness_of(scene(size.width, size.height)),
        likeness_of(np.dstack((scene(size.width, size.height), np.full((size.height, size.width), 99, np.uint8)))),
    ):
        high, wide = pixels_of(likeness).shape[:2]
        assert max(high, wide) <= 320
        assert high * wide <= 257 * 257
        assert (wide, high) == (size.width, size.height) or max(high, wide) >= 256
        assert abs(wide * size.height - high * size.width) <= max(size.width, size.height)


@pytest.mark.parametrize("size", [Size(540, 540), Size(333, 201), Size(640, 360), Size(120, 90)])
def test_planes_and_colours_look_the_same_from_afar(size):
    picture = opened(jpeg(scene(), quality=97))
    box = Box(0, 0, 640, round(640 * size.height / size.width)) if size.width > size.height else Box(80, 0, 560, 480)
    of_planes, of_colours = (
        likeness_of_planes(picture.planes(box, size)),
        likeness_of(picture.pixels(box, size)),
    )
    apart = np.abs(pixels_of(of_planes) - pixels_of(of_colours))
    assert apart.mean() < 3
    assert np.percentile(apart, 99) < 16


def test_the_main_colour_is_the_commonest():
    pixels = np.full((300, 400, 3), (200, 40, 30), np.uint8)
    pixels[:, :120] = (10, 20, 250)
    assert likeness_of(pixels).colour == "#c8281e"
