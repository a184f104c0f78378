import base64
import io
import zlib

import fast_thumbhash
import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from backend.errors import InvalidImage
from backend.imaging.codec import decode
from backend.imaging.inspect import inspect
from backend.imaging.types import Size
from tests.unit.imaging.pictures import (
    corners,
    display_p3,
    exif_with,
    file_of,
    gradient,
    see_through,
    srgb,
)

XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Owner Name</x:xmpmeta>"


def coefficients(data):
    """The coded part of a JPEG, from its frame header on."""
    return data[data.index(b"\xff\xdb") :]


def text_chunks():
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Owner Name")
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return info


# --- nobody learns where or by whom


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_place_and_owner_never_survive(name, orientation):
    data = file_of(gradient(), name, exif=exif_with(orientation, gps=True), **({} if name == "PNG" else {"xmp": XMP}))
    assert b"Owner Name" in data
    found = inspect(data)
    assert b"Owner Name" not in found.data + found.thumbnail
    assert b"Exif" not in found.data + found.thumbnail
    assert {"gps", "exif"} <= set(found.removed)
    assert not Image.open(io.BytesIO(found.data)).getexif()


def test_texts_of_a_png_are_left_out_and_named():
    found = inspect(file_of(gradient(), "PNG", pnginfo=text_chunks()))
    assert b"Owner Name" not in found.data
    assert found.removed == ("text", "xmp")


def test_comments_of_a_jpeg_are_left_out_even_when_it_is_coded_anew():
    found = inspect(file_of(gradient(), "JPEG", comment=b"Owner Name", icc_profile=display_p3()))
    assert b"Owner Name" not in found.data
    assert found.removed == ("comment",)


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "GIF"])
def test_what_follows_the_picture_is_left_out(name):
    found = inspect(file_of(gradient(), name) + b"PK\x03\x04<?php evil(); ?>")
    assert b"evil" not in found.data
    assert "trailing data" in found.removed


def test_a_clean_picture_has_nothing_removed():
    assert inspect(file_of(gradient(), "JPEG")).removed == ()


# --- pixels are touched only where they must be


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"subsampling": 0, "quality": 100}, {"optimize": True}])
def test_an_ordinary_jpeg_keeps_its_coded_pixels(options):
    data = file_of(gradient(200, 150), "JPEG", exif=exif_with(gps=True), comment=b"hello", **options)
    assert coefficients(inspect(data).data) == coefficients(data)


def test_a_grey_jpeg_keeps_its_coded_pixels():
    data = file_of(gradient()[..., 0], "JPEG")
    assert coefficients(inspect(data).data) == coefficients(data)


def test_a_jpeg_tagged_srgb_loses_the_tag_and_nothing_else():
    data = file_of(gradient(), "JPEG", icc_profile=srgb())
    found = inspect(data)
    assert coefficients(found.data) == coefficients(data)
    assert b"ICC_PROFILE" not in found.data


def test_a_jpeg_of_another_profile_is_converted():
    data = file_of(gradient(), "JPEG", icc_profile=display_p3(), quality=95, subsampling=0)
    found = inspect(data)
    assert found.mime == "image/jpeg"
    assert "icc_profile" not in Image.open(io.BytesIO(found.data)).info
    assert np.abs(decode(found.data).pixels.astype(int) - decode(data).pixels).mean() < 2


def test_a_turned_jpeg_is_written_upright():
    found = inspect(file_of(corners(32, 20), "JPEG", exif=exif_with(6), quality=95))
    assert found.size == Size(20, 32)
    assert decode(found.data).pixels[2, -3].tolist() == pytest.approx([255, 0, 0], abs=25)


def test_a_jpeg_stored_as_rgb_is_not_mistaken_for_ycbcr():
    data = file_of(corners(), "JPEG", keep_rgb=True, quality=95)
    assert np.abs(decode(inspect(data).data).pixels.astype(int) - corners())[0, 0].max() < 10


def test_a_print_jpeg_becomes_rgb():
    data = file_of(Image.fromarray(corners()).convert("CMYK"), "JPEG", quality=95)
    found = inspect(data)
    assert Image.open(io.BytesIO(found.data)).mode == "RGB"
    assert np.abs(decode(found.data).pixels[2, 2].astype(int) - [255, 0, 0]).max() < 10


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_png_is_rewritten_without_loss(mode):
    data = file_of(Image.fromarray(see_through()).convert(mode), "PNG", exif=exif_with())
    found = inspect(data)
    assert found.mime == "image/png"
    assert (decode(found.data).pixels == decode(data).pixels).all()


def test_a_png_with_a_palette_keeps_it():
    found = inspect(file_of(Image.fromarray(gradient()).quantize(16), "PNG"))
    assert Image.open(io.BytesIO(found.data)).mode == "P"


def test_an_alpha_channel_that_hides_nothing_is_dropped():
    found = inspect(file_of(np.dstack((gradient(), np.full((48, 64), 255, np.uint8))), "PNG"))
    assert not found.has_alpha
    assert Image.open(io.BytesIO(found.data)).mode == "RGB"


@pytest.mark.parametrize("options", [{"lossless": True}, {"quality": 80}])
def test_webp_keeps_its_coded_pixels(options):
    data = file_of(see_through(), "WEBP", exif=exif_with(gps=True), xmp=XMP, **options)
    found = inspect(data)
    assert found.mime == "image/webp"
    assert found.has_alpha
    assert (decode(found.data).pixels == decode(data).pixels).all()


def test_a_lossless_webp_that_must_be_turned_loses_nothing():
    data = file_of(see_through(), "WEBP", lossless=True, exact=True, exif=exif_with(6))
    found = inspect(data)
    assert found.mime == "image/png"
    assert (decode(found.data).pixels == np.rot90(see_through(), -1)).all()


def animated(name, **options):
    frames = [Image.fromarray(np.roll(corners(), shift, 1)) for shift in range(4)]
    return file_of(frames[0], name, save_all=True, append_images=frames[1:], duration=40, **options)


@pytest.mark.parametrize("name", ["GIF", "PNG", "WEBP"])
def test_an_animation_keeps_every_frame_bit_for_bit_and_nothing_else(name):
    data = animated(
        name, **({"lossless": True} if name == "WEBP" else {}), **({"comment": "x"} if name == "GIF" else {})
    )
    found = inspect(data)
    assert (found.mime, found.size) == (f"image/{name.lower()}", Size(32, 20))
    before, after = (Image.open(io.BytesIO(each)) for each in (data, found.data))
    assert before.n_frames == after.n_frames == 4
    for number in range(4):
        before.seek(number)
        after.seek(number)
        assert before.convert("RGBA").tobytes() == after.convert("RGBA").tobytes()
        assert before.info.get("duration") == after.info.get("duration")
    assert found.removed == (("comment",) if name == "GIF" else ())
    assert inspect(found.data).data == found.data


def test_of_an_avif_the_first_frame_is_kept():
    found = inspect(animated("AVIF"))
    assert (found.mime, found.removed) == ("image/jpeg", ("animation",))


def first_frame_alone(found):
    assert "animation" in found.removed
    assert getattr(Image.open(io.BytesIO(found.data)), "n_frames", 1) == 1
    assert np.abs(decode(found.data).pixels[..., :3].astype(int) - corners())[[2, -2], [2, -2]].max() < 25


def test_of_a_longer_animation_the_first_frame_is_kept(monkeypatch):
    monkeypatch.setattr("backend.imaging.sniff.MAX_FRAMES", 3)
    for name in ("GIF", "PNG"):
        first_frame_alone(inspect(animated(name)))


def test_of_an_animation_that_must_be_turned_the_first_frame_is_kept():
    found = inspect(animated("WEBP", lossless=True, exif=exif_with(6)))
    assert (found.mime, "animation" in found.removed) == ("image/png", True)


def test_of_a_gif_whose_frames_leave_its_screen_the_first_frame_is_kept():
    data = bytearray(animated("GIF"))
    second = data.index(b"\x2c", data.index(b"\x2c") + 100)
    while data[second - 1] != 0 or int.from_bytes(data[second + 5 : second + 7], "little") > 32:
        second = data.index(b"\x2c", second + 1)
    data[second + 5 : second + 7] = (60_000).to_bytes(2, "little")
    first_frame_alone(inspect(bytes(data)))


def test_a_broken_frame_anywhere_breaks_the_file():
    data = animated("PNG")
    chunk = data.rindex(b"fdAT")
    length = int.from_bytes(data[chunk - 4 : chunk], "big")
    body = data[chunk : chunk + 8] + bytes(length - 4)
    broken = data[:chunk] + body + zlib.crc32(body).to_bytes(4, "big") + data[chunk + length + 8 :]
    with pytest.raises(InvalidImage):
        inspect(broken)


def test_a_see_through_avif_becomes_png():
    found = inspect(file_of(see_through(), "AVIF"))
    assert (found.mime, found.has_alpha) == ("image/png", True)


def test_rewriting_twice_changes_nothing_more():
    for name in ("JPEG", "PNG", "WEBP", "GIF"):
        once = inspect(file_of(gradient(), name, **({"exif": exif_with(3)} if name != "GIF" else {})))
        twice = inspect(once.data)
        assert twice.removed == ()
        assert (decode(twice.data).pixels == decode(once.data).pixels).all()


# --- what is told about it


@pytest.mark.parametrize(("size", "small"), [((2000, 1000), (512, 256)), ((30, 20), (30, 20)), ((5000, 1), (512, 1))])
def test_the_thumbnail_has_at_most_512_pixels_a_side(size, small):
    found = inspect(file_of(Image.new("RGB", size, "teal"), "JPEG"))
    assert Image.open(io.BytesIO(found.thumbnail)).size == small
    assert found.size == Size(*size)


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_thumbnail_hash_and_colour_show_the_picture(name):
    found = inspect(file_of(Image.new("RGB", (90, 60), (200, 100, 50)), name))
    colour = np.array(list(bytes.fromhex(found.colour[1:])))
    assert np.abs(colour - [200, 100, 50]).max() <= 4
    average = fast_thumbhash.thumb_hash_to_average_rgba(base64.b64decode(found.thumbhash))
    assert np.abs(np.array(average[:3]) * (255 if max(average) <= 1 else 1) - [200, 100, 50]).max() < 16
    assert (
        np.abs(np.asarray(Image.open(io.BytesIO(found.thumbnail)).convert("RGB")).astype(int)[30, 45] - colour).max()
        < 8
    )


def test_the_dominant_colour_is_the_commonest_not_the_mean():
    picture = np.full((60, 60, 3), (20, 30, 160), np.uint8)
    picture[:20] = (250, 240, 20)
    assert inspect(file_of(picture, "PNG")).colour == "#141ea0"


def test_what_is_see_through_does_not_count_for_the_colour():
    picture = np.zeros((40, 40, 4), np.uint8)
    picture[:5] = (200, 10, 10, 255)
    assert inspect(file_of(picture, "PNG")).colour == "#c80a0a"
    assert inspect(file_of(np.zeros((4, 4, 4), np.uint8), "PNG")).colour == "#000000"


def test_one_pixel_is_enough():
    found = inspect(file_of(Image.new("RGB", (1, 1), "red"), "PNG"))
    assert (found.size, found.colour) == (Size(1, 1), "#ff0000")


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_picture_that_is_cut_off_is_refused(name, share):
    data = file_of(np.random.default_rng(3).integers(0, 256, (90, 120, 3), np.uint8), name)
    with pytest.raises(InvalidImage):
        inspect(data[: int(len(data) * share)])
