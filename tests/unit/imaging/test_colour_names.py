"""What the colours of a file are called."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms

from backend.imaging.inspect import inspect
from tests.unit.imaging.pictures import display_p3


def encoded(image: Image.Image, form: str, **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **how)
    return out.getvalue()


def plain(mode: str = "RGB") -> Image.Image:
    return Image.new("RGB", (24, 16), (200, 30, 40)).convert(mode)


def with_chunk(png: bytes, kind: bytes, body: bytes) -> bytes:
    """Put a chunk behind the header of a PNG."""
    chunk = struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return png[:33] + chunk + png[33:]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_a_file_that_says_nothing_is_srgb(form: str):
    assert inspect(encoded(plain(), form)).colours == "sRGB"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_profile_that_is_srgb_is_called_so(form: str):
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert inspect(encoded(plain(), form, icc_profile=icc)).colours == "sRGB"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_another_profile_is_not_srgb(form: str):
    assert inspect(encoded(plain(), form, icc_profile=display_p3())).colours != "sRGB"


def test_grey_is_srgb_too():
    assert inspect(encoded(plain("L"), "JPEG")).colours == "sRGB"


def test_cmyk_is_called_so():
    assert inspect(encoded(plain("CMYK"), "JPEG")).colours == "CMYK"


def test_a_profile_is_called_by_its_own_name():
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert inspect(encoded(plain(), "PNG", icc_profile=icc)).colours == "Lab identity built-in"


NUMBERS = (((1, 13), "sRGB"), ((12, 13), "Display P3"), ((9, 16), "BT.2020 PQ"), ((77, 1), "primaries 77"))


@pytest.mark.parametrize(("numbers", "name"), NUMBERS)
def test_numbers_in_a_png_name_its_colours(numbers: tuple[int, int], name: str):
    png = with_chunk(encoded(plain(), "PNG"), b"cICP", bytes((*numbers, 0, 1)))
    assert inspect(png).colours == name


def test_numbers_in_an_avif_name_its_colours():
    avif = encoded(plain(), "AVIF")
    at = avif.index(b"nclx")
    assert inspect(avif[: at + 4] + b"\0\x0c" + avif[at + 6 :]).colours == "Display P3"


def test_a_chunk_of_the_wrong_length_says_nothing():
    assert inspect(with_chunk(encoded(plain(), "PNG"), b"cICP", b"\x0c")).colours == "sRGB"
