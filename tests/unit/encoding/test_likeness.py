import cv2
import numpy as np
import pytest

from backend.imaging.encoding import decoded, encoded, ssim
from tests.unit.encoding.scenes import cut_out, photograph

KNOWN = {
    "grain": 0.91866,
    "soft": 0.92500,
    "steps": 0.96627,
    "bright": 0.97958,
    "flat": 0.91608,
    "blocks": 0.75658,
}
"""What skimage.metrics.structural_similarity of scikit-image 0.26.0 says of the same pictures' luma."""


def changed(pixels):
    random = np.random.default_rng(9)
    small = cv2.resize(pixels, (48, 40), interpolation=cv2.INTER_AREA)
    return {
        "grain": np.clip(pixels + random.normal(0, 8, pixels.shape), 0, 255).astype(np.uint8),
        "soft": cv2.GaussianBlur(pixels, (0, 0), 1.2),
        "steps": (pixels // 16 * 16 + 8).astype(np.uint8),
        "bright": np.clip(pixels.astype(int) + 12, 0, 255).astype(np.uint8),
        "flat": (pixels * 0.7 + 38).astype(np.uint8),
        "blocks": cv2.resize(small, (192, 160), interpolation=cv2.INTER_NEAREST),
    }


@pytest.mark.parametrize("name", KNOWN)
def test_it_says_what_the_usual_measure_says(name):
    pixels = photograph()
    assert ssim(pixels, changed(pixels)[name]) == pytest.approx(KNOWN[name], abs=0.012)


def test_it_puts_qualities_in_their_order():
    pixels = photograph()
    found = [ssim(pixels, decoded(encoded(pixels, "jpg", quality))) for quality in (10, 30, 50, 70, 90)]
    assert found == sorted(found)
    assert found[0] < found[-1] - 0.05


def test_a_picture_is_wholly_like_itself():
    assert ssim(photograph(), photograph()) == pytest.approx(1, abs=1e-6)
    assert ssim(cut_out(photograph()), cut_out(photograph())) == pytest.approx(1, abs=1e-6)


def test_a_lost_edge_of_the_alpha_counts():
    whole = cut_out(photograph())
    hard = whole.copy()
    hard[..., 3] = np.where(whole[..., 3] > 127, 255, 0)
    assert ssim(whole, hard) < 0.99


def test_colours_that_nobody_sees_do_not_count():
    whole = cut_out(photograph())
    other = whole.copy()
    other[whole[..., 3] == 0, :3] = 7
    assert ssim(whole, other) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("size", [(1, 1), (3, 200), (7, 9)])
def test_the_smallest_pictures_can_be_compared(size):
    pixels = photograph(*size)
    assert ssim(pixels, pixels) == pytest.approx(1, abs=1e-6)


def test_other_sizes_are_refused():
    with pytest.raises(ValueError, match="one size"):
        ssim(photograph(64, 64), photograph(64, 65))
