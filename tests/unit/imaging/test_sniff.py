import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import InvalidImage, StudioError, TooLarge, UnsupportedFormat
from backend.imaging.containers import exif
from backend.imaging.sniff import sniff, strip
from backend.imaging.types import Size
from tests.unit.imaging.pictures import exif_with, file_of, gradient

NAMES = {"JPEG": "jpeg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "AVIF": "avif"}
BEGINNINGS = {name: file_of(gradient(16, 12), name) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_format_type_and_size_are_read_from_the_container(name):
    sniffed = sniff(file_of(gradient(123, 45), name))
    assert (sniffed.format, sniffed.mime, sniffed.size) == (NAMES[name], f"image/{NAMES[name]}", Size(123, 45))
    assert sniffed.frames == 1


@pytest.mark.parametrize("name", ["PNG", "WEBP", "GIF", "AVIF"])
def test_frames_are_counted(name):
    from PIL import Image

    frames = [Image.fromarray(np.roll(gradient(), 7 * i, 0)) for i in range(5)]
    assert sniff(file_of(frames[0], name, save_all=True, append_images=frames[1:], duration=40)).frames == 5


def test_a_lossless_webp_tells_its_size_too():
    assert sniff(file_of(gradient(77, 31), "WEBP", lossless=True)).size == Size(77, 31)


def test_a_refusal_names_what_was_found():
    with pytest.raises(UnsupportedFormat, match="of the kind pdf"):
        sniff(b"%PDF-1.7\n")


def test_the_limits_stand_in_the_refusal():
    header = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" + struct.pack(">II", 9000, 9000) + bytes(9) + bytes(12)
    with pytest.raises(TooLarge) as refused:
        sniff(header)
    assert (refused.value.limit, refused.value.found) == ("50 megapixels", "9000x9000")


def test_nothing_is_not_a_picture():
    with pytest.raises(InvalidImage, match="empty"):
        sniff(b"")


@given(st.sampled_from(sorted(NAMES)), st.integers(0, 400), st.binary(max_size=60))
def test_no_bytes_make_the_containers_stumble(name, at, junk):
    data = BEGINNINGS[name][:at] + junk + BEGINNINGS[name][at + len(junk) // 2 :]
    try:
        strip(sniff(data).format, data)
    except StudioError as error:
        assert error.detail  # noqa: PT017 - what matters is that nothing else is raised


@given(st.binary(max_size=200))
def test_any_bytes_at_all_get_an_answer(data):
    with pytest.raises(StudioError):
        sniff(data)


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "GIF"])
def test_what_is_cut_down_can_not_be_cut_down_further(name):
    bare = strip(NAMES[name], file_of(gradient(), name, **({} if name == "GIF" else {"exif": exif_with()})) + b"tail")
    again = strip(NAMES[name], bare.data)
    assert again.data == bare.data
    assert again.removed == ()
    assert "trailing data" in bare.removed


@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_and_place_are_read_from_exif(orientation):
    found = exif.read(exif_with(orientation, gps=True))
    assert (found.orientation, found.has_gps) == (orientation, True)
    assert exif.read(exif_with(orientation)).has_gps is False


@given(st.binary(max_size=120), st.sampled_from((b"II*\0", b"MM\0*", b"")))
def test_exif_of_any_bytes_is_upright_or_turned(junk, order):
    assert exif.read(order + junk).orientation in range(1, 9)
