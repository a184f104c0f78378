import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from backend.errors import InvalidImage, UnsupportedFormat
from backend.imaging.codec import decode, encode
from backend.imaging.sniff import sniff
from backend.imaging.types import Size
from tests.unit.imaging.pictures import adobe_rgb, corners, display_p3, exif_with, file_of, gradient, see_through, srgb

sides = st.integers(1, 40)


def stored(pixels, orientation):
    """What a camera that was held so writes: turning it back by `orientation` gives `pixels`."""
    back = {
        1: lambda p: p,
        2: np.fliplr,
        3: lambda p: np.rot90(p, 2),
        4: np.flipud,
        5: lambda p: p.transpose(1, 0, 2),
        6: lambda p: np.rot90(p, 1),
        7: lambda p: np.rot90(p, 2).transpose(1, 0, 2),
        8: lambda p: np.rot90(p, -1),
    }
    return np.ascontiguousarray(back[orientation](pixels))


@settings(deadline=None, max_examples=30)
@given(width=sides, height=sides, channels=st.sampled_from((3, 4)), seed=st.integers(0, 999))
def test_png_and_lossless_webp_give_back_what_they_were_given(width, height, channels, seed):
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, channels), np.uint8)
    assert (decode(encode(pixels, "png")).pixels == pixels).all()
    if channels == 3:
        assert (decode(encode(pixels, "webp", quality=100)).pixels == pixels).all()


@settings(deadline=None, max_examples=30)
@given(width=sides, height=sides, encoding=st.sampled_from(("png", "jpg", "webp", "avif")), quality=st.integers(1, 99))
def test_size_and_type_survive_every_encoding(width, height, encoding, quality):
    data = encode(gradient(max(2, width), max(2, height)), encoding, quality=quality)
    assert decode(data).size == sniff(data).size == Size(max(2, width), max(2, height))
    assert sniff(data).format == {"jpg": "jpeg"}.get(encoding, encoding)


@pytest.mark.parametrize("encoding", ["png", "webp", "avif"])
def test_alpha_is_kept(encoding):
    picture = decode(encode(see_through(), encoding))
    assert picture.has_alpha
    assert np.abs(picture.pixels[..., 3].astype(int) - see_through()[..., 3]).max() <= 2


def test_jpeg_lays_what_is_see_through_on_white():
    clear = np.zeros((8, 8, 4), np.uint8)
    assert (decode(encode(clear, "jpg")).pixels == 255).all()


def test_grey_masks_can_be_encoded():
    mask = np.arange(256, dtype=np.uint8).reshape(16, 16)
    assert (decode(encode(mask, "png")).pixels[..., 0] == mask).all()


def test_a_profile_is_embedded_when_given():
    data = encode(gradient(), "jpg", icc=srgb())
    assert Image.open(io.BytesIO(data)).info["icc_profile"] == srgb()


def test_decoded_pixels_can_be_written_to():
    assert decode(encode(gradient(), "jpg")).pixels.flags.writeable


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_every_orientation_ends_upright(orientation, name):
    data = file_of(stored(corners(), orientation), name, exif=exif_with(orientation), quality=95)
    assert np.abs(decode(data).pixels.astype(int) - corners())[[0, 0, -1, -1], [0, -1, 0, -1]].max() < 20


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("profile", [display_p3, adobe_rgb])
def test_wide_colours_come_out_as_littlecms_has_them(name, profile):
    options = {"quality": 100} | ({"lossless": True} if name == "WEBP" else {"subsampling": "4:4:4"})
    data = file_of(gradient(), name, icc_profile=profile(), **(options if name != "PNG" else {}))
    untouched = Image.open(io.BytesIO(data)).convert("RGB")
    expected = ImageCms.profileToProfile(
        untouched, ImageCms.ImageCmsProfile(io.BytesIO(profile())), ImageCms.createProfile("sRGB")
    )
    assert np.abs(np.asarray(expected).astype(int) - decode(data).pixels).max() <= 1
    assert np.abs(np.asarray(untouched).astype(int) - decode(data).pixels).max() > 20


def test_alpha_passes_through_a_profile():
    data = file_of(see_through(), "PNG", icc_profile=display_p3())
    assert (decode(data).pixels[..., 3] == see_through()[..., 3]).all()


def test_a_profile_that_is_srgb_changes_nothing():
    assert (decode(file_of(gradient(), "PNG", icc_profile=srgb())).pixels == gradient()).all()


@pytest.mark.parametrize("icc", [b"", b"junk", display_p3()[:200], bytes(5000)])
def test_a_broken_profile_is_ignored(icc):
    assert (decode(file_of(gradient(), "PNG", icc_profile=icc)).pixels == gradient()).all()


def test_grey_pictures_with_a_colour_profile_are_converted():
    grey = gradient()[..., 0]
    converted = decode(file_of(grey, "JPEG", icc_profile=adobe_rgb(), quality=100)).pixels
    assert converted.shape == (48, 64, 3)


def test_cmyk_becomes_rgb():
    cyan = Image.new("CMYK", (8, 8), (255, 0, 0, 0))
    assert decode(file_of(cyan, "JPEG", quality=95)).pixels[4, 4].tolist() == pytest.approx([0, 255, 255], abs=4)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_mode_of_png_decodes_to_rgb_or_rgba(mode):
    picture = decode(file_of(Image.fromarray(corners()).convert("RGB").convert(mode), "PNG"))
    assert picture.has_alpha == (mode in ("LA", "RGBA"))
    assert picture.pixels[0, 0].tolist()[:3] != picture.pixels[-1, -1].tolist()[:3]


def test_a_palette_with_transparency_decodes_to_rgba():
    image = Image.fromarray(corners()).quantize(4)
    index = image.getpixel((0, 0))
    picture = decode(file_of(image, "PNG", transparency=index))
    assert picture.pixels[0, 0, 3] == 0
    assert picture.pixels[-1, -1].tolist() == [255, 255, 255, 255]


# --- sixteen bits ---------------------------------------------------------------------------------------------------


def deep_png(values, colour_type):
    """A 16-bit PNG by hand: Pillow writes none in colour."""
    import struct
    import zlib

    height, width = values.shape[:2]
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in values)

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 16, colour_type, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("channels", "colour_type"), [(1, 0), (3, 2), (4, 6)])
def test_sixteen_bits_are_rounded_to_eight(channels, colour_type):
    values = np.random.default_rng(1).integers(0, 65536, (300, 40, channels))
    values[:3, :3] = np.array([0, 127, 128, 129, 255, 256, 32768, 65407, 65535]).reshape(3, 3, 1)
    expected = np.round(values / 257).astype(np.uint8)
    decoded = decode(deep_png(values, colour_type)).pixels
    assert (decoded[..., : max(channels, 1)] == expected).all()


def test_sixteen_bit_grey_with_alpha_keeps_both():
    values = np.full((4, 4, 2), (40_000, 20_000))
    assert decode(deep_png(values, 4)).pixels[0, 0].tolist() == pytest.approx([156, 156, 156, 78], abs=1)


# --- what is refused ------------------------------------------------------------------------------------------------


def test_svg_is_named_and_refused():
    with pytest.raises(UnsupportedFormat) as refused:
        decode(b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>")
    assert refused.value.found == "svg"


def test_a_picture_whose_middle_is_missing_is_refused():
    data = encode(np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8), "png")
    with pytest.raises(InvalidImage):
        decode(data[:2000] + data[2100:])
