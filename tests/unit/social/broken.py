"""Files that are right for a format, and files that break exactly one of its rules."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from backend.imaging.types import Box
from backend.services.image_studio.format_shelf import FormatShelf
from tests.unit.imaging.pictures import adobe_rgb, display_p3

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.services.image_studio.formats import Format

SHELF = FormatShelf.load()
COLOUR = (40, 110, 160)
ROOMY = 20_000
"""Bytes that are enough for every least size, and under every largest one."""
ALT = "A blue rectangle"

Boxes = tuple[Box, ...]


@dataclass(frozen=True, kw_only=True)
class Broken:
    """A file for a format, given as `platform.format`, and the one rule that it breaks."""

    rule: str
    where: str
    make: Callable[[Format], bytes]
    faces: Boxes = ()
    text: Boxes = ()
    alt: str = ALT
    items: int = 1
    says: str = field(default="", kw_only=True)
    """What tells two files apart that break the same rule of the same format."""

    def __str__(self) -> str:
        return "-".join(filter(None, (self.rule, self.where, self.says)))


def form_of(where: str) -> Format:
    meant = SHELF.meant(where)
    assert meant, where
    return meant[1]


def encoded(image: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind.upper(), **how)
    return out.getvalue()


def padded(data: bytes, size: int) -> bytes:
    """Return a file made longer behind its end, where no reader looks."""
    return data + bytes(max(0, size - len(data)))


def file(kind: str = "jpeg", width: int = 0, height: int = 0, *, least: int = ROOMY, **how: object):
    """Return what makes a file of a type, of the format's size unless told, and at least so many bytes."""

    def make(form: Format) -> bytes:
        size = (width or form.pixels.width, height or form.pixels.height)
        mode = "L" if size[0] * size[1] > 20_000_000 else "RGB"
        colour = COLOUR if mode == "RGB" else COLOUR[1]
        return padded(encoded(Image.new(mode, size, colour), kind, **how), least)

    return make


def turned(width: int, height: int, orientation: int):
    """Return what makes a JPEG whose pixels lie, and whose EXIF says how they stand."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    return file("jpeg", width, height, exif=exif.tobytes())


def ink(_form: Format) -> bytes:
    """Return a CMYK JPEG."""
    size = (_form.pixels.width, _form.pixels.height)
    return padded(encoded(Image.new("CMYK", size, (120, 30, 10, 5)), "jpeg"), ROOMY)


def deep(form: Format) -> bytes:
    """Return a PNG of 16 bits, which is as right as one of 8."""
    return padded(
        encoded(Image.fromarray(np.full((form.pixels.height, form.pixels.width), 30_000, np.uint16)), "png"), ROOMY
    )


def film(kind: str, frames: int = 3, *, least: int = ROOMY):
    """Return what makes an animation."""

    def make(form: Format) -> bytes:
        size = (form.pixels.width, form.pixels.height)
        first, *rest = [Image.new("P", size, shade) for shade in range(1, frames + 1)]
        return padded(encoded(first, kind, save_all=True, append_images=rest), least)

    return make


def glass(share: float):
    """Return what makes a PNG of which this share is transparent."""

    def make(form: Format) -> bytes:
        image = Image.new("RGBA", (form.pixels.width, form.pixels.height), (*COLOUR, 255))
        image.paste((0, 0, 0, 0), (0, 0, form.pixels.width, round(form.pixels.height * share)))
        return padded(encoded(image, "png", compress_level=1), ROOMY)

    return make


def bmff(brand: bytes) -> Callable[[Format], bytes]:
    """Return what makes the head of a file that no format takes."""
    return lambda _form: padded(struct.pack(">I", 20) + b"ftyp" + brand + b"\0\0\0\0" + brand, ROOMY)


def at(left: float, top: float, right: float, bottom: float, where: str) -> Boxes:
    """Return a box by shares of a format's sides."""
    size = form_of(where).pixels
    return (
        Box(round(left * size.width), round(top * size.height), round(right * size.width), round(bottom * size.height)),
    )


def of(rule: str, where: str, make: Callable[[Format], bytes], says: str = "", **how: object) -> Broken:
    return Broken(rule=rule, where=where, make=make, says=says, **how)


TYPES = (
    of("types", "instagram.ig_feed_square", file("png")),
    of("types", "instagram.ig_feed_portrait", file("webp")),
    of("types", "facebook.fb_link", file("gif")),
    of("types", "linkedin.li_post_square", file("webp")),
    of("types", "youtube.yt_thumbnail", file("webp")),
    of("types", "tiktok.tt_photo_square", file("png")),
    of("types", "snapchat.snap_story_tile", file("jpeg")),
    of("types", "bluesky.bsky_card_thumb", file("gif")),
    of("types", "email.email_hero", file("avif")),
    of("types", "twitter.x_profile", file("avif")),
    of("types", "google_ads.gads_portrait", file("gif")),
    of("types", "instagram.ig_profile", bmff(b"heic"), "heic"),
    of("types", "display.disp_300x250", lambda _form: padded(b"<svg xmlns='http://www.w3.org/2000/svg'/>", 200), "svg"),
    of("types", "whatsapp.wa_image", lambda _form: padded(b"II*\0", ROOMY), "tiff"),
)
WEIGHT = (
    of("max_bytes", "instagram.ig_feed_square", file(least=8_000_001)),
    of("max_bytes", "facebook.fb_feed_square", file(least=4_000_001)),
    of("max_bytes", "twitter.x_post_landscape", file("png", least=5_000_001)),
    of("max_bytes", "twitter.x_two_images", file("gif", least=5_000_001), "a still one"),
    of("max_bytes", "twitter.x_profile", file(least=2_000_001)),
    of("max_bytes", "youtube.yt_thumbnail", file("png", least=2_000_001)),
    of("max_bytes", "bluesky.bsky_card_thumb", file("webp", least=1_000_001)),
    of("max_bytes", "reddit.reddit_thumb", file(least=500_001)),
    of("max_bytes", "display.disp_728x90", file("gif", least=150_001)),
    of("max_bytes", "display.disp_970x250", film("gif", least=150_001), "one that moves"),
    of("max_bytes", "google_ads.gads_logo_square", file("png", least=150_001)),
    of("max_bytes", "mastodon.masto_header", file(least=2_000_001)),
    of("gif_max_bytes", "twitter.x_card_large", film("gif", least=15_000_001)),
    of("min_bytes", "google_business.gbp_cover", file("png", least=0)),
    of("min_bytes", "google_business.gbp_post", file("png", least=10_239)),
    of("target_bytes", "open_graph.og_image", file(least=300_001)),
    of("target_bytes", "facebook.fb_cover_classic", file(least=100_001)),
    of("target_bytes", "email.email_hero", file(least=300_001)),
)
SIZES = (
    of("w_min", "instagram.ig_feed_square", file(width=319, height=319)),
    of("w_min", "facebook.fb_link", file(width=599, height=320)),
    of("w_min", "youtube.yt_thumbnail", file(width=639, height=360)),
    of("w_min", "google_ads.gads_vertical", file(width=599, height=1067)),
    of("w_min", "threads.th_square", file(width=200, height=200)),
    of("w_max", "instagram.ig_feed_portrait", file(width=1441, height=1801)),
    of("w_max", "threads.th_portrait", file(width=1500, height=1875)),
    of("h_min", "open_graph.og_image", file(width=620, height=314)),
    of("h_min", "linkedin.li_post_landscape", file(width=560, height=275)),
    of("h_min", "google_business.gbp_post", file(width=405, height=299)),
    of("side_min", "twitter.x_profile", file(width=3, height=3)),
    of("side_max", "twitter.x_header", file(width=8193, height=400)),
    of("short_side_max", "tiktok.tt_photo_square", file(width=1081, height=1081)),
    of("short_side_max", "tiktok.tt_photo", file(width=1100, height=1956)),
    of("sum_sides_max", "telegram.tg_photo", file(width=600, height=9401)),
    of("max_pixels", "linkedin.li_logo", file(width=6013, height=6013)),
    of("max_pixels", "mastodon.masto_image", file(width=7681, height=4321)),
    of("ratio_min", "instagram.ig_feed_portrait", file(width=720, height=1000)),
    of("ratio_min", "threads.th_portrait", file(width=320, height=3240)),
    of("ratio_max", "instagram.ig_feed_landscape", file(width=1080, height=540)),
    of("ratio_max", "threads.th_square", file(width=1430, height=140)),
    of("ratio_max", "telegram.tg_photo", file(width=2120, height=100)),
    of("ratio_tol", "google_ads.gads_landscape", file(width=1200, height=645)),
    of("ratio_tol", "google_ads.gads_logo_wide", file("png", width=1200, height=310)),
    of("size", "display.disp_300x600", file(width=300, height=601)),
    of("size", "display.disp_320x50", file("png", width=640, height=100), "twice as large"),
    of("size", "instagram.ig_carousel_4_5", file(width=1080, height=1080), "another shape"),
    of("size", "pinterest.pin_square", file(width=500, height=500), "half as large"),
    of("size", "threads.th_portrait", turned(1080, 1350, 6), "lying by its EXIF"),
    of("size", "instagram.ig_profile", file(width=321, height=321), "a pixel more"),
)
LOOKS = (
    of("colour", "instagram.ig_profile", file(icc_profile=display_p3())),
    of("colour", "facebook.fb_profile", file("png", icc_profile=adobe_rgb())),
    of("colour", "threads.th_square", ink, "ink"),
    of("transparency_min", "snapchat.snap_filter", glass(0.4)),
    of("transparency_min", "snapchat.snap_filter", file("png"), "opaque"),
)
WORDS = (
    of("alt_required", "bluesky.bsky_card_thumb", file(), alt=""),
    of("alt_required", "bluesky.bsky_avatar", file("png"), "blanks", alt="  "),
    of("alt_max_chars", "mastodon.masto_image", file(), alt="a" * 1501),
    of("max_items", "instagram.ig_feed_landscape", file(), items=11),
    of("max_items", "twitter.x_profile", file(), items=5),
    of("max_items", "linkedin.li_logo", file(), items=21),
)
ZONES = (
    of("safe_faces", "instagram.ig_story", file(), faces=at(0.4, 0.8, 0.6, 0.95, "instagram.ig_story")),
    of("safe_text", "instagram.ig_reel_cover", file(), text=at(0.2, 0.02, 0.8, 0.1, "instagram.ig_reel_cover")),
    of("safe_text", "open_graph.og_image", file(), text=at(0.3, 0.85, 0.7, 0.95, "open_graph.og_image")),
    of("safe_faces", "facebook.fb_cover_classic", file(), faces=at(0.02, 0.3, 0.12, 0.7, "facebook.fb_cover_classic")),
    of(
        "keepout_faces",
        "linkedin.li_personal_cover",
        file(),
        faces=at(0.1, 0.5, 0.2, 0.9, "linkedin.li_personal_cover"),
    ),
    of("keepout_text", "youtube.yt_thumbnail", file(), text=at(0.87, 0.92, 0.98, 0.98, "youtube.yt_thumbnail")),
    of("keepout_text", "linkedin.li_company_cover", file(), text=at(0.02, 0.6, 0.2, 0.9, "linkedin.li_company_cover")),
    of("circle_faces", "facebook.fb_profile", file(), faces=at(0, 0, 0.3, 0.3, "facebook.fb_profile")),
    of("circle_text", "twitter.x_profile", file(), text=at(0.1, 0.85, 0.9, 0.95, "twitter.x_profile")),
)
EVERY = TYPES + WEIGHT + SIZES + LOOKS + WORDS + ZONES
