"""Hostile PNGs."""

import struct
import zlib

from tests.hostile.expect import BROKEN_OR_LARGE
from tests.hostile.parts import (
    CANARY,
    SIGNATURE,
    ZIP,
    chunk,
    cut,
    deflated,
    flat,
    ihdr,
    looping_exif,
    patched,
    plain,
    png,
    with_chunks,
)

MIB = 2**20


def frames(count, side=10):
    """An animation that announces `count` frames and whose one frame is `side` wide."""
    control = chunk(b"acTL", struct.pack(">II", count, 0))
    frame = chunk(b"fcTL", struct.pack(">IIIIIHHBB", 0, side, side, 0, 0, 1, 100, 0, 0))
    return with_chunks(control, frame, chunk(b"fdAT", bytes(4) + deflated(MIB)))


def small(colour=0, depth=8, rows=b"\0\0\0\0" * 3, *extra):
    return png(ihdr(3, 3, depth, colour), *extra, chunk(b"IDAT", zlib.compress(rows)))


def wrong_crc(kind):
    data = plain("PNG")
    at = data.index(kind)
    (length,) = struct.unpack_from(">I", data, at - 4)
    return patched(data, at + 4 + length, b"\xde\xad\xbe\xef")


def add_pngs(c):
    for percent in (10, 50, 99):
        c.broken(f"png cut off at {percent} %", lambda percent=percent: cut(plain("PNG"), percent))
    add_bombs(c)
    add_baggage(c)
    add_lies(c)


def add_bombs(c):
    c.too_large("png bomb of 100 megapixels", lambda: flat(10_000, 10_000))
    c.too_large("png bomb of 400 megapixels", lambda: flat(20_000, 20_000, 1))
    c.too_large("png bomb of 169 megapixels in a palette", lambda: flat(13_000, 13_000, 1, 3))
    c.too_large("interlaced png bomb of 400 megapixels", lambda: flat(20_000, 20_000, 1, 0, 1))
    c.too_large("png header of 50000x50000", lambda: png(ihdr(50_000, 50_000)))
    c.too_large("png header of 2147483647x2147483647", lambda: png(ihdr(2**31 - 1, 2**31 - 1)))
    c.too_large("png of 1x65535", lambda: flat(1, 65_535))
    c.too_large("png of 65535x1", lambda: flat(65_535, 1))
    c.cleaned("png of 16384x1", lambda: flat(16_384, 1))
    c.cleaned("png of 49 flat megapixels", lambda: flat(7000, 7000))
    c.cleaned("interlaced png of 16 flat megapixels", lambda: flat(4000, 4000, 8, 0, 1))
    c.cleaned("png of 12 flat megapixels in 16-bit colour", lambda: flat(4000, 3000, 16, 2))
    c.either("png of 49 megapixels that holds one row", lambda: png(ihdr(7000, 7000), chunk(b"IDAT", deflated(7001))))
    c.either("png whose data unpack to 200 MB too much", lambda: png(ihdr(10, 10), chunk(b"IDAT", deflated(200 * MIB))))
    c.too_large("file of 51 MiB", lambda: plain("PNG") + bytes(51 * MIB))


def add_baggage(c):
    text = b"Comment\0\0" + deflated(100 * MIB)
    c.cleaned("png with a ztxt bomb", lambda: with_chunks(chunk(b"zTXt", text)))
    c.cleaned("png with an itxt bomb", lambda: with_chunks(chunk(b"iTXt", b"k\0\x01\0\0\0" + deflated(100 * MIB))))
    c.cleaned("png with a profile bomb", lambda: with_chunks(chunk(b"iCCP", b"p\0\0" + deflated(100 * MIB))))
    c.cleaned("png with a broken profile", lambda: with_chunks(chunk(b"iCCP", b"p\0\0" + CANARY)), b"CANARY")
    c.too_large("png with 5 MB of profile", lambda: with_chunks(chunk(b"iCCP", bytes(5 * MIB))))
    c.too_large("png with 20 MB of text", lambda: with_chunks(chunk(b"tEXt", b"k\0" + bytes(20 * MIB))))
    c.too_large("png of 60000 chunks", lambda: with_chunks(chunk(b"tEXt") * 60_000))
    c.cleaned("png with looping exif", lambda: with_chunks(chunk(b"eXIf", looping_exif())), b"CANARY")
    c.cleaned("png and html", lambda: with_chunks(chunk(b"tEXt", b"k\0<html>" + CANARY)) + CANARY, b"CANARY")
    c.cleaned("png and zip", lambda: plain("PNG") + ZIP, b"CANARY")
    c.cleaned("png with php in a chunk of its own", lambda: with_chunks(chunk(b"prIv", CANARY)), b"CANARY")
    c.cleaned("png with an unknown critical chunk", lambda: with_chunks(chunk(b"EVIL", CANARY)), b"CANARY")
    c.cleaned("png with php behind its packed rows", lambda: small(0, 8, b"\0\0\0\0" * 3 + CANARY), b"CANARY")
    c.cleaned("png with a time of month 99", lambda: with_chunks(chunk(b"tIME", b"\xff" * 7)))
    c.cleaned("png with xmp", lambda: with_chunks(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + CANARY)), b"CANARY")
    c.cleaned("png that claims four milliard frames", lambda: frames(2**32 - 1))
    c.too_large("png with a frame of 60000x60000", lambda: frames(2, 60_000))


def add_lies(c):
    c.broken("png of its signature", lambda: SIGNATURE)
    c.broken("png of its header", lambda: SIGNATURE + ihdr(10, 10))
    c.broken("png without data", lambda: png(ihdr(10, 10)))
    c.broken("png without end", lambda: plain("PNG")[:-12])
    c.broken("png of 0x10", lambda: png(ihdr(0, 10)))
    c.broken("png that begins with another chunk", lambda: png(chunk(b"CgBI", bytes(4)), ihdr(3, 3)))
    c.broken("png with a chunk of 4 GB", lambda: SIGNATURE + ihdr(3, 3) + b"\xff\xff\xff\xffIDAT" + bytes(100))
    c.broken("png with a wrong checksum in its header", lambda: wrong_crc(b"IHDR"))
    c.broken("png with a wrong checksum in its data", lambda: wrong_crc(b"IDAT"))
    c.broken("png of colour type 5", lambda: small(5))
    c.broken("png of 3 bits", lambda: small(0, 3))
    c.broken("png with a palette of none", lambda: small(3))
    c.cleaned(
        "png with colours beyond its palette", lambda: small(3, 8, b"\0\xff\xfe\xfd" * 3, chunk(b"PLTE", bytes(6)))
    )
    c.either(
        "png with more transparency than palette",
        lambda: small(3, 8, b"\0\0\0\0" * 3, chunk(b"PLTE", bytes(6)), chunk(b"tRNS", bytes(300))),
    )
    c.either("png with half a transparent colour", lambda: small(2, 8, bytes(30), chunk(b"tRNS", b"\0")))
    c.broken("png with an unknown filter", lambda: small(0, 8, b"\xff\0\0\0" * 3))
    c.broken("png with junk as data", lambda: png(ihdr(3, 3), chunk(b"IDAT", CANARY)))
    c.broken("png packed with a dictionary", lambda: png(ihdr(3, 3), chunk(b"IDAT", b"\x78\xbb" + bytes(20))))
    c.add(
        "png of two headers",
        lambda: png(ihdr(3, 3), ihdr(40_000, 40_000), chunk(b"IDAT", zlib.compress(bytes(12)))),
        refusals=BROKEN_OR_LARGE,
        accepted=True,
    )
    c.either("png of interlace method 9", lambda: png(ihdr(3, 3, 8, 0, 9), chunk(b"IDAT", zlib.compress(bytes(100)))))
    c.cleaned("png in 16-bit grey and alpha", lambda: small(4, 16, bytes(13 * 3)))
    c.cleaned(
        "png in 16-bit colour with a transparent colour", lambda: small(2, 16, bytes(19 * 3), chunk(b"tRNS", bytes(6)))
    )
    c.cleaned("png in 1-bit grey with a transparent one", lambda: small(0, 1, bytes(6), chunk(b"tRNS", b"\0\1")))
