import io

import numpy as np
import pytest
from PIL import Image

from backend.errors import CannotFit
from backend.imaging.encoding import AtLeast, AtMost, Fixed, ssim
from backend.imaging.encoding.moving import Moving, moving_in, written
from tests.unit.encoding.scenes import cut_out, graphic, photograph

KINDS = ("gif", "webp", "png")


def rolling(pixels, frames=5):
    return Moving([np.roll(pixels, 9 * n, 1) for n in range(frames)], [40, 80, 120, 40, 200][:frames])


@pytest.mark.parametrize("kind", KINDS)
def test_frames_times_and_runs_come_back(kind):
    before = rolling(graphic(96, 64))
    after = moving_in(written(before, kind, Fixed(100)).data)
    assert after.durations == before.durations
    assert after.loops == 0
    assert min(ssim(one, other) for one, other in zip(before.frames, after.frames, strict=True)) > 0.97


@pytest.mark.parametrize("loops", [1, 3])
@pytest.mark.parametrize("kind", KINDS)
def test_it_runs_as_often_as_before(kind, loops):
    before = Moving(rolling(graphic(64, 48)).frames, [50] * 5, loops)
    assert moving_in(written(before, kind, Fixed(100)).data).loops == loops


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_see_through_stays_so_in_every_frame(kind):
    before = rolling(cut_out(photograph(64, 48)))
    after = moving_in(written(before, kind, Fixed(100)).data)
    assert after.has_alpha
    for one, other in zip(before.frames, after.frames, strict=True):
        clear = one[..., 3] == 0
        assert not other[clear][:, 3].any()


@pytest.mark.parametrize("kind", ["gif", "webp"])
def test_bytes_are_kept_to(kind):
    before = rolling(photograph(96, 80))
    whole = written(before, kind, Fixed(90))
    found = written(before, kind, AtMost(len(whole.data) * 2 // 3))
    assert len(found.data) <= len(whole.data) * 2 // 3
    assert len(moving_in(found.data).frames) == 5


def test_a_likeness_is_reached():
    before = rolling(photograph(96, 80))
    found = written(before, "webp", AtLeast(0.95))
    after = moving_in(found.data)
    assert min(ssim(one, other) for one, other in zip(before.frames, after.frames, strict=True)) >= 0.949
    assert found.quality < 100


@pytest.mark.parametrize("kind", KINDS)
def test_what_no_file_can_be_is_refused(kind):
    with pytest.raises(CannotFit, match="bytes"):
        written(rolling(photograph(96, 80)), kind, AtMost(500))


def test_frames_that_an_encoder_joins_are_compared_by_their_time():
    still = photograph(64, 48)
    before = Moving([still, still, np.roll(still, 9, 1), still], [100] * 4)
    assert written(before, "gif", Fixed(100)).ssim > 0.8


def test_a_still_picture_does_not_move():
    file = io.BytesIO()
    Image.fromarray(photograph(16, 16)).save(file, "GIF")
    assert moving_in(file.getvalue()) is None
