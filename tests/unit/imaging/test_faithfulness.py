"""The promise of an enlargement, whatever an engine answers."""

from __future__ import annotations

import numpy as np
import pytest

from backend.errors import ProviderMisbehaved
from backend.imaging import codec
from backend.imaging.faithfulness import checked, colour_shift
from backend.imaging.types import Size


def scene(width: int = 60, height: int = 40, *, alpha: bool = False) -> np.ndarray:
    y, x = np.mgrid[:height, :width]
    channels = [x * 255 / width, y * 255 / height, (x + y) * 2 % 255]
    if alpha:
        channels.append(np.where(x < width / 2, 255, 0))
    return np.dstack(channels).astype(np.uint8)


def grown(pixels: np.ndarray, factor: int) -> np.ndarray:
    return pixels.repeat(factor, axis=0).repeat(factor, axis=1)


def settled(before: np.ndarray, after: np.ndarray, size: Size) -> np.ndarray:
    return codec.decode(checked(codec.encode(before, "png"), codec.encode(after, "png"), size, "png", False)).pixels


def test_a_faithful_picture_of_ours_is_handed_on_as_it_is():
    before, after = codec.encode(scene(), "png"), codec.encode(grown(scene(), 4), "jpg")
    assert checked(before, after, Size(240, 160), "jpg", True) is after


def test_another_size_of_the_same_shape_is_brought_to_the_promised_one():
    assert settled(scene(), grown(scene(), 4), Size(180, 120)).shape == (120, 180, 3)


def test_another_shape_is_refused():
    with pytest.raises(ProviderMisbehaved, match="shape"):
        settled(scene(), grown(scene(), 4)[:, :160], Size(240, 160))


def test_shifted_colours_are_refused():
    after = grown(scene(), 4)
    after[..., 0] = np.minimum(255, after[..., 0] + 40.0)
    with pytest.raises(ProviderMisbehaved, match="colours"):
        settled(scene(), after, Size(240, 160))


def test_alpha_that_an_engine_dropped_comes_back():
    made = settled(scene(alpha=True), grown(scene(), 4), Size(240, 160))
    assert made[80, 20, 3] == 255
    assert made[80, 220, 3] == 0


def test_alpha_that_nobody_sent_is_taken_away():
    assert settled(scene(), grown(scene(alpha=True), 4), Size(240, 160)).shape[2] == 3


def test_colours_under_transparency_count_for_nothing():
    before, after = scene(alpha=True), scene(alpha=True)
    after[before[..., 3] == 0, :3] = 255
    assert colour_shift(before, after) == 0
