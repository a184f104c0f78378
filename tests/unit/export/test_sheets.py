"""Sheets: windows of large soft pictures come from shared halves, and lie exactly where they were asked for."""

import numpy as np
import pytest
from PIL import Image

from backend.imaging.export.sheets import Sheet, Window, halved, is_soft
from backend.imaging.types import Size


def soft(width, height):
    """Waves so gentle that halving loses nothing, and steep enough that half a pixel shows."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    return np.rint(128 + 60 * np.sin(x / 9) + 60 * np.cos(y / 7)).astype(np.uint8)


@pytest.fixture(scope="module")
def large():
    return soft(2101, 1501)


def by_pillow(pixels, window, size):
    edges = (window.left, window.top, window.right, window.bottom)
    image = Image.fromarray(pixels.astype(np.float32))
    return np.asarray(image.resize((size.width, size.height), Image.Resampling.LANCZOS, box=edges))


@pytest.mark.parametrize("left", [0, 1, 2, 3, 100.5, 101.5])
@pytest.mark.parametrize("size", [Size(700, 420), Size(901, 541), Size(333, 200), Size(1000, 600)])
def test_windows_that_begin_anywhere_lie_where_another_resampler_puts_them(large, left, size):
    window = Window(left, left + 2, left + 1801, left + 2 + 1081)
    for colour in (True, False):
        found = Sheet(large, colour=colour).resized(window, size).astype(float)
        apart = np.abs(found - by_pillow(large, window, size))[4:-4, 4:-4]
        assert found.shape == (size.height, size.width)
        assert apart.mean() < 1.2


def test_a_sample_tells_soft_pictures_from_sharp_ones(large):
    noise = np.random.default_rng(3).integers(0, 256, large.shape, np.uint8)
    assert is_soft(np.full_like(large, 90))
    assert is_soft(large)
    assert not is_soft(noise)
    assert not is_soft(large[:100, :100])


def test_halves_are_means_and_odd_sides_count_twice():
    pixels = np.array([[0, 4, 8], [4, 8, 12], [100, 100, 200]], np.uint8)
    assert halved(pixels).tolist() == [[4, 10], [100, 200]]


def test_what_is_see_through_lends_no_colour_to_halves():
    pixels = np.zeros((2, 2, 4), np.uint8)
    pixels[0, 0] = (200, 100, 50, 255)
    assert np.abs(halved(pixels)[0, 0].astype(int) - (200, 100, 50, 64)).max() <= 3
