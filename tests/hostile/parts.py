"""The bricks that hostile files are built from."""

import functools
import io
import struct
import zlib

import numpy as np
from PIL import Image

CANARY = b"<?php CANARY(); ?><script>CANARY()</script>"
ZIP = b"PK\x03\x04\x14\0\0\0\0\0" + CANARY + b"PK\x05\x06" + bytes(18)
SIGNATURE = b"\x89PNG\r\n\x1a\n"


@functools.cache
def noise(width=120, height=90):
    return Image.fromarray(np.random.default_rng(7).integers(0, 256, (height, width, 3), np.uint8))


def saved(image, name, **options):
    target = io.BytesIO()
    image.save(target, name, **options)
    return target.getvalue()


@functools.cache
def plain(name, **options):
    return saved(noise(), name, **options)


def cut(data, percent):
    return data[: len(data) * percent // 100]


def patched(data, at, new):
    return data[:at] + new + data[at + len(new) :]


def behind(data, mark):
    return data.index(mark) + len(mark)


# --- PNG


def chunk(kind, body=b"", crc=None):
    return (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body) if crc is None else crc)
    )


def ihdr(width, height, depth=8, colour=0, interlace=0):
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace))


def png(*chunks):
    return SIGNATURE + b"".join(chunks) + chunk(b"IEND")


def deflated(length, byte=b"\0"):
    """So many equal bytes, packed, without ever holding them."""
    packer, block = zlib.compressobj(9), byte * (1 << 20)
    parts = [packer.compress(block) for _ in range(length >> 20)]
    return b"".join((*parts, packer.compress(byte * (length & ((1 << 20) - 1))), packer.flush()))


def flat(width, height, depth=8, colour=0, interlace=0, *extra):
    """A PNG of zeros, true to its header."""
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    rows = (1 + (width * depth * channels + 7) // 8) * height + (8 * height if interlace else 0)
    return png(ihdr(width, height, depth, colour, interlace), *extra, chunk(b"IDAT", deflated(rows)))


def with_chunks(*chunks):
    """An ordinary PNG with chunks of the caller's behind its header."""
    data = plain("PNG")
    return data[:33] + b"".join(chunks) + data[33:]


# --- JPEG


def segment(marker, body):
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def jpeg_with(*segments):
    """An ordinary JPEG with segments of the caller's in front."""
    return b"\xff\xd8" + b"".join(segments) + plain("JPEG")[2:]


def frame_at(data):
    return next(data.index(b"\xff" + bytes([m])) for m in (0xC0, 0xC2, 0xC1) if b"\xff" + bytes([m]) in data)


def jpeg_of(width, height):
    data = plain("JPEG")
    return patched(data, frame_at(data) + 5, struct.pack(">HH", height, width))


def many_scans(side, count):
    """A progressive JPEG whose last scan comes over and over again."""
    data = saved(Image.new("L", (side, side)), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:-2] + data[last:-2] * count + b"\xff\xd9"


def icc_segments(total):
    pieces = range(0, total, 65_000)
    return [segment(0xE2, b"ICC_PROFILE\0" + bytes([i % 255 + 1, 255]) + bytes(65_000)) for i, _ in enumerate(pieces)]


def looping_exif(order="<"):
    """A directory that comes after itself, with pointers to itself as EXIF and GPS."""
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    tags = ((0x0112, 3, 1, 1), (0x8769, 4, 1, 8), (0x8825, 4, 1, 8), (0x014A, 4, 2**31 - 1, 8))
    entries = b"".join(
        struct.pack(order + "HHI", *tag[:3])
        + struct.pack(order + ("HH" if tag[1] == 3 else "I"), *((tag[3], 0) if tag[1] == 3 else (tag[3],)))
        for tag in tags
    )
    return head + struct.pack(order + "H", len(tags)) + entries + struct.pack(order + "I", 8) + CANARY


# --- GIF


def gif_head(width, height):
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\0\0" + b"\0\0\0\xff\xff\xff"


def gif_frame(width, height, at=(0, 0), code=2, body=b"\x02\x44\x01\0"):
    return b"\x2c" + struct.pack("<HHHHB", *at, width, height, 0) + bytes([code]) + body


def gif_comment(text):
    blocks = [text[i : i + 255] for i in range(0, len(text), 255)]
    return b"\x21\xfe" + b"".join(bytes([len(b)]) + b for b in blocks) + b"\0"


# --- RIFF and boxes


def riff(*chunks):
    body = b"WEBP" + b"".join(kind + struct.pack("<I", len(c)) + c + b"\0" * (len(c) % 2) for kind, c in chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def canvas(width, height, flags=0):
    return b"VP8X", bytes([flags, 0, 0, 0]) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")


def webp_image(**options):
    """The one chunk that holds an ordinary picture."""
    data = plain("WEBP", **options)
    return data[12:16], data[20 : 20 + struct.unpack("<I", data[16:20])[0]]


def box(kind, body=b""):
    return struct.pack(">I", len(body) + 8) + kind + body


FTYP = box(b"ftyp", b"avif\0\0\0\0avifmif1")


def avif_of(width, height):
    data = plain("AVIF")
    return patched(data, behind(data, b"ispe\0\0\0\0"), struct.pack(">II", width, height))
