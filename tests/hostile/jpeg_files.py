"""Hostile JPEGs."""

import struct

from PIL import Image

from tests.hostile.expect import BROKEN_OR_LARGE
from tests.hostile.parts import (
    CANARY,
    ZIP,
    behind,
    cut,
    frame_at,
    icc_segments,
    jpeg_of,
    jpeg_with,
    looping_exif,
    many_scans,
    noise,
    patched,
    plain,
    saved,
    segment,
)

ENTITIES = b"<!DOCTYPE x [" + b"".join(b'<!ENTITY e%d "&e%d;&e%d;">' % (i + 1, i, i) for i in range(40)) + b"]>&e40;"


def without(marker):
    data = plain("JPEG")
    at = data.index(marker)
    return data[:at] + data[at + 2 + struct.unpack_from(">H", data, at + 2)[0] :]


def frame_as(marker, bits=8):
    data = plain("JPEG")
    at = frame_at(data)
    return patched(patched(data, at + 1, bytes([marker])), at + 4, bytes([bits]))


def flipped(every):
    data = bytearray(plain("JPEG", quality=95))
    for at in range(behind(bytes(data), b"\xff\xda") + 20, len(data) - 4, every):
        data[at] ^= 0x10
    return bytes(data)


def print_colours():
    return saved(noise().convert("CMYK"), "JPEG", comment=CANARY)


def two_frames():
    data = plain("JPEG")
    at = frame_at(data)
    return data[:at] + segment(0xC0, struct.pack(">BHHB", 8, 60000, 60000, 1) + b"\x01\x11\0") + data[at:]


def filled():
    return plain("JPEG")[:-2] + b"\xff" * 40_000_000 + b"\xff\xd9"


def add_jpegs(c):
    for percent in (10, 50, 99):
        c.broken(f"jpeg cut off at {percent} %", lambda percent=percent: cut(plain("JPEG"), percent))
    c.broken("jpeg of three bytes", lambda: b"\xff\xd8\xff")
    c.broken("jpeg of its begin and end", lambda: b"\xff\xd8\xff\xd9")
    c.broken("jpeg without end", lambda: plain("JPEG")[:-2])
    c.broken("progressive jpeg cut between scans", lambda: cut(plain("JPEG", progressive=True), 70))
    c.broken("jpeg 0 pixels wide", lambda: jpeg_of(0, 90))
    c.broken("jpeg 0 pixels high", lambda: jpeg_of(120, 0))
    add_large(c)
    add_baggage(c)
    add_oddities(c)


def add_large(c):
    c.too_large("jpeg header of 50000x50000", lambda: jpeg_of(50000, 50000))
    c.too_large("jpeg header of 1x65535", lambda: jpeg_of(1, 65535))
    c.too_large("jpeg header of 65535x1", lambda: jpeg_of(65535, 1))
    c.broken("jpeg that claims 8000x6000 and holds 120x90", lambda: jpeg_of(8000, 6000)[:-2])
    c.broken("jpeg of 40 MB of fill bytes", lambda: b"\xff\xd8" + b"\xff" * 40_000_000)
    c.cleaned("jpeg with 40 MB of fill bytes in its scan", filled, b"\xff" * 99)
    c.too_large("jpeg of 300 scans", lambda: many_scans(4000, 300))
    c.too_large("jpeg of 1000 scans", lambda: many_scans(1000, 1000))
    c.cleaned("jpeg of 60 scans", lambda: many_scans(1000, 50))
    c.too_large("jpeg with 5 MB of colour profile", lambda: jpeg_with(*icc_segments(5_000_000)))
    c.too_large("jpeg with 20 MB of exif", lambda: jpeg_with(*[segment(0xE1, b"Exif\0\0" + bytes(65_000))] * 310))
    c.too_large("jpeg with 20 MB of comments", lambda: jpeg_with(*[segment(0xFE, bytes(65_000))] * 310))
    c.too_large("jpeg with 60000 empty segments", lambda: jpeg_with(segment(0xEF, b"") * 60_000))


def add_baggage(c):
    c.cleaned("jpeg with looping exif", lambda: jpeg_with(segment(0xE1, b"Exif\0\0" + looping_exif())), CANARY)
    c.cleaned(
        "jpeg with looping exif, big-endian", lambda: jpeg_with(segment(0xE1, b"Exif\0\0" + looping_exif(">"))), CANARY
    )
    c.cleaned("jpeg with exif of one byte", lambda: jpeg_with(segment(0xE1, b"Exif\0\0I")))
    c.cleaned("jpeg with exif pointing far away", lambda: jpeg_with(segment(0xE1, b"Exif\0\0II*\0\xff\xff\xff\xff")))
    c.cleaned(
        "jpeg with orientation 99",
        lambda: saved(noise(), "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x63\0\0\0\0\0\0\0"),
    )
    c.cleaned(
        "jpeg with an entity bomb as xmp",
        lambda: jpeg_with(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + ENTITIES)),
        b"ENTITY",
    )
    c.cleaned("jpeg with php as comment", lambda: jpeg_with(segment(0xFE, CANARY)), b"CANARY")
    c.cleaned("jpeg with html as application data", lambda: jpeg_with(segment(0xEC, b"<html>" + CANARY)), b"CANARY")
    c.cleaned("jpeg and zip", lambda: plain("JPEG") + ZIP, b"CANARY", b"PK\x05\x06")
    c.cleaned("jpeg and jpeg", lambda: plain("JPEG") + jpeg_with(segment(0xFE, CANARY)), b"CANARY")
    c.cleaned("jpeg with garbage between segments", lambda: jpeg_with(segment(0xFE, b"") + CANARY), b"CANARY")
    c.cleaned(
        "jpeg with a photoshop block",
        lambda: jpeg_with(segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04" + CANARY)),
        b"CANARY",
    )
    c.cleaned(
        "jpeg with a broken profile", lambda: jpeg_with(segment(0xE2, b"ICC_PROFILE\0\x01\x01" + CANARY)), b"CANARY"
    )
    c.cleaned("jpeg with profile pieces out of order", lambda: jpeg_with(*reversed(icc_segments(300_000))))
    c.cleaned(
        "jpeg with a lying thumbnail", lambda: jpeg_with(segment(0xE0, b"JFXX\0\x13\xff\xff" + CANARY)), b"CANARY"
    )
    c.cleaned(
        "jpeg with an mpf that points nowhere",
        lambda: jpeg_with(segment(0xE2, b"MPF\0II*\0\x08\0\0\0\xff\xff" + CANARY)),
        b"CANARY",
    )


def add_oddities(c):
    c.cleaned("jpeg in print colours", print_colours, b"CANARY", b"Adobe")
    c.cleaned(
        "jpeg in ycck", lambda: patched(print_colours(), behind(print_colours(), b"Adobe") + 6, b"\x02"), b"Adobe"
    )
    c.cleaned("jpeg that says both jfif and rgb", lambda: jpeg_with(segment(0xEE, b"Adobe\0\x64\0\0\0\0\0")), b"Adobe")
    c.unsupported("jpeg of 12 bits", lambda: frame_as(0xC1, 12), "12-bit jpeg")
    c.unsupported("lossless jpeg", lambda: frame_as(0xC3), "lossless or hierarchical jpeg")
    c.unsupported("hierarchical jpeg", lambda: frame_as(0xC5), "lossless or hierarchical jpeg")
    c.either("arithmetic jpeg that is none", lambda: frame_as(0xC9))
    c.either("progressive jpeg that is none", lambda: frame_as(0xC2))
    c.broken("jpeg whose segment is longer than the file", lambda: b"\xff\xd8\xff\xe0\xff\xff" + bytes(100))
    c.broken("jpeg whose segment has no length", lambda: b"\xff\xd8\xff\xe0\0\0" + bytes(100))
    c.broken("jpeg without quantisation", lambda: without(b"\xff\xdb"))
    c.either("jpeg without huffman tables", lambda: without(b"\xff\xc4"))
    c.add("jpeg of two frames", two_frames, refusals=BROKEN_OR_LARGE)
    c.broken("jpeg of 255 components", lambda: patched(plain("JPEG"), frame_at(plain("JPEG")) + 9, b"\xff"))
    c.either("jpeg with flipped bits", lambda: flipped(97))
    c.either("jpeg with flipped bits all over", lambda: flipped(5))
    c.cleaned("jpeg of 16384x1", lambda: saved(Image.new("RGB", (16384, 1)), "JPEG"))
    c.cleaned("jpeg of 1x16384", lambda: saved(Image.new("RGB", (1, 16384)), "JPEG"))
    c.cleaned("grey jpeg of 49 megapixels", lambda: saved(Image.new("L", (7000, 7000), 99), "JPEG"))
