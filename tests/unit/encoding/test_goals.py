import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.errors import CannotFit
from backend.imaging.encoding import AtLeast, AtMost, Fixed, best_of, decoded, encoded, ssim, to_bytes, to_ssim
from backend.imaging.encoding.goals import worth_trying
from backend.imaging.sniff import sniff
from tests.unit.encoding.scenes import cut_out, graphic, photograph

LOSSY = ("jpg", "webp", "avif")
ALL = ("jpg", "png", "webp", "avif", "gif")
KINDS = {"jpg": "jpeg"}


@pytest.mark.parametrize("effort", ["quick", "small"])
@pytest.mark.parametrize("encoding", ALL)
def test_files_are_what_they_are_called_and_show_the_picture(encoding, effort):
    data = encoded(photograph(), encoding, 90, effort=effort)
    assert sniff(data).format == KINDS.get(encoding, encoding)
    assert ssim(photograph(), decoded(data)) > 0.8


@pytest.mark.parametrize("way", [(0, 1, 2), (1, 0, 2)], ids=["upright", "lying"])
def test_a_tiny_webp_keeps_colours_that_half_their_resolution_would_smear(way):
    bands = np.zeros((160, 200, 3), np.uint8)
    bands[:, ::8], bands[:, 1::8] = (59, 130, 246), (250, 90, 30)
    drawn = np.ascontiguousarray(bands.transpose(way))
    assert np.array_equal(decoded(encoded(drawn, "webp", 90)), drawn)
    assert not np.array_equal(decoded(encoded(drawn, "webp", 89)), drawn)
    large = np.tile(drawn, (3, 3, 1))
    assert not np.array_equal(decoded(encoded(large, "webp", 90)), large)


@pytest.mark.parametrize("encoding", LOSSY)
@settings(max_examples=12, deadline=None)
@given(most=st.integers(400, 30_000), seed=st.integers(0, 3))
def test_a_number_of_bytes_is_kept_to_or_refused(encoding, most, seed):
    pixels = photograph(96, 80, seed)
    least = len(encoded(pixels, encoding, 5, effort="small"))
    if least > most:
        with pytest.raises(CannotFit, match=f"{least:,} bytes"):
            to_bytes(pixels, encoding, most)
        return
    found = to_bytes(pixels, encoding, most)
    assert len(found.data) <= most
    assert found.ssim == pytest.approx(ssim(pixels, decoded(found.data)))


@pytest.mark.parametrize("encoding", LOSSY)
def test_the_bytes_are_made_use_of(encoding):
    best = to_bytes(photograph(), encoding, 9_000)
    assert len(best.data) <= 9_000
    assert best.quality is not None
    assert len(encoded(photograph(), encoding, best.quality + 2, effort="small")) > 9_000 * 0.98


@pytest.mark.parametrize("encoding", LOSSY)
@pytest.mark.parametrize("least", [0.85, 0.95, 0.985])
def test_a_likeness_is_reached_with_little_to_spare(encoding, least):
    found = to_ssim(photograph(), encoding, least)
    assert ssim(photograph(), decoded(found.data)) == pytest.approx(found.ssim)
    assert least <= found.ssim < least + 0.02


def test_what_no_file_can_be_is_refused_with_what_can_be_had():
    with pytest.raises(CannotFit) as refused:
        to_bytes(photograph(), "jpg", 300)
    assert refused.value.limit == "300 bytes"
    assert int(refused.value.reachable.split()[0]) > 300


def test_an_animation_format_does_not_pretend_to_hold_a_photograph():
    with pytest.raises(CannotFit, match="likeness"):
        to_ssim(photograph(), "gif", 0.999)


def test_a_png_of_few_colours_loses_nothing():
    found = to_ssim(graphic(), "png", 0.9)
    assert np.array_equal(decoded(found.data), graphic())
    assert len(found.data) < len(encoded(graphic(), "png"))


def test_a_png_meets_its_bytes_with_fewer_colours():
    whole = encoded(photograph(), "png", effort="small")
    found = to_bytes(photograph(), "png", len(whole) // 3)
    assert len(found.data) <= len(whole) // 3
    assert found.ssim > 0.7


def test_graphics_keep_their_colours_sharp():
    found = best_of(graphic(), ("jpg", "webp", "avif", "png"), AtLeast(0.98))
    off = np.abs(decoded(found.data)[..., :3].astype(int) - graphic())
    assert np.quantile(off, 0.99) <= 8


@pytest.mark.parametrize("encoding", ["png", "webp", "avif", "gif"])
def test_what_is_see_through_stays_so(encoding):
    pixels = cut_out(photograph())
    back = decoded(encoded(pixels, encoding, 90))
    assert (back[0, 0, 3], back[80, 96, 3]) == (0, 255)


def test_the_best_of_several_is_smallest_at_the_same_likeness():
    pixels = photograph(160, 128)
    best = best_of(pixels, LOSSY, AtLeast(0.95))
    others = [to_ssim(pixels, each, 0.95) for each in LOSSY]
    assert best.ssim >= 0.95
    assert len(best.data) == min(len(each.data) for each in others)


def test_the_best_of_several_within_bytes_is_the_most_like():
    pixels = photograph(160, 128)
    best = best_of(pixels, ("jpg", "avif"), AtMost(5_000))
    assert len(best.data) <= 5_000
    assert best.ssim >= max(to_bytes(pixels, each, 5_000).ssim for each in ("jpg", "avif")) - 0.001


def test_a_quality_means_the_likeness_of_its_jpeg():
    pixels = photograph(160, 128)
    plain = encoded(pixels, "jpg", 80)
    best = best_of(pixels, ("jpg", "webp"), Fixed(80))
    assert len(best.data) < len(plain)
    assert best.ssim >= ssim(pixels, decoded(plain))


def test_see_through_pictures_never_become_jpeg_where_there_is_a_choice():
    assert "jpg" not in worth_trying(cut_out(photograph()), ("jpg", "webp", "avif"))
    assert worth_trying(cut_out(photograph()), ("jpg",)) == ("jpg",)


def test_huge_pictures_are_not_kept_waiting_for_slow_formats():
    huge = np.lib.stride_tricks.as_strided(photograph(6000, 1), (4100, 6000, 3), (0, 3, 1))
    assert worth_trying(huge, ("jpg", "avif", "png")) == ("jpg",)


@pytest.mark.parametrize("size", [(1, 1), (2, 1), (5, 3)])
@pytest.mark.parametrize("encoding", ALL)
def test_the_smallest_pictures_can_be_written(size, encoding):
    assert decoded(encoded(photograph(*size), encoding, effort="small")).shape[:2] == size[::-1]
