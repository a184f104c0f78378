"""Hostile GIFs, WebPs and AVIFs."""

import struct

from tests.hostile.parts import (
    CANARY,
    FTYP,
    ZIP,
    avif_of,
    behind,
    box,
    canvas,
    cut,
    gif_comment,
    gif_frame,
    gif_head,
    looping_exif,
    noise,
    patched,
    plain,
    riff,
    saved,
    webp_image,
)

LOOP = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"


def gif(*blocks, width=1, height=1):
    return gif_head(width, height) + b"".join(blocks) + b"\x3b"


def add_gifs(c):
    for percent in (10, 50, 99):
        c.broken(f"gif cut off at {percent} %", lambda percent=percent: cut(plain("GIF")[:-1], percent))
    c.broken("gif of its signature", lambda: b"GIF89a")
    c.broken("gif without a picture", lambda: gif(gif_comment(b"nothing else")))
    c.broken("gif of 0x0", lambda: gif(gif_frame(1, 1), width=0, height=0))
    c.broken("gif with an unknown block", lambda: gif(b"\x99" + bytes(20)))
    c.broken("gif of code size 13", lambda: gif(gif_frame(1, 1, code=13)))
    c.either("gif of code size 0", lambda: gif(gif_frame(1, 1, code=0)))
    c.broken("gif of endless data", lambda: gif_head(1, 1) + gif_frame(1, 1, body=b"\xff" + bytes(100)))
    c.too_large("gif of 50000x50000", lambda: gif(gif_frame(1, 1), width=50_000, height=50_000))
    c.too_large("gif of 1x65535", lambda: gif(gif_frame(1, 1), width=1, height=65_535))
    c.too_large("gif with a frame far outside", lambda: gif(gif_frame(60_000, 60_000, (5000, 5000))))
    c.either("gif with a frame just outside", lambda: gif(gif_frame(1, 1, (100, 100))))
    c.either("gif of 40 megapixels that holds one", lambda: gif(gif_frame(8000, 5000), width=8000, height=5000))
    c.cleaned("gif of 1000 frames", lambda: gif(LOOP, gif_frame(1, 1) * 1000), b"NETSCAPE")
    c.cleaned("gif of 20000 frames", lambda: gif(gif_frame(1, 1) * 20_000))
    c.too_large("gif of 60000 comments", lambda: gif(gif_comment(b"") * 60_000, gif_frame(1, 1)))
    c.too_large(
        "gif of 10 million sub-blocks", lambda: gif(b"\x21\xfe" + b"\x01x" * 10_000_000 + b"\0", gif_frame(1, 1))
    )
    c.cleaned("gif with a comment of 1 MB", lambda: gif(gif_comment(CANARY * 24_000), gif_frame(1, 1)), b"CANARY")
    script = b"GIF89a/*\x01\0\x80\0\0" + bytes(6) + gif_comment(b"*/=CANARY();//") + gif_frame(1, 1) + b"\x3b"
    c.cleaned("gif and javascript", lambda: script, b"CANARY")
    c.cleaned("gif and zip", lambda: gif(gif_frame(1, 1)) + ZIP, b"CANARY")
    c.cleaned(
        "gif with xmp", lambda: gif(b"\x21\xff\x0bXMP DataXMP\x2b" + CANARY[:43] + b"\0", gif_frame(1, 1)), b"CANARY"
    )


def webp_frames(count):
    kind, body = webp_image()
    frame = bytes(6) + (119).to_bytes(3, "little") + (89).to_bytes(3, "little") + b"\x28\0\0\0"
    frame += kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
    return riff(canvas(120, 90, 2), (b"ANIM", bytes(6)), *[(b"ANMF", frame)] * count)


def bent_huffman(at):
    data = bytearray(plain("WEBP", lossless=True))
    for index in range(at, at + 40):
        data[index] ^= 0xFF
    return bytes(data)


def add_webps(c):
    for percent in (10, 50, 99):
        c.broken(f"webp cut off at {percent} %", lambda percent=percent: cut(plain("WEBP"), percent))
    c.broken("webp of twelve bytes", lambda: b"RIFF\x04\0\0\0WEBP")
    c.broken("webp without a picture", lambda: riff((b"EXIF", looping_exif())))
    c.broken("webp with a canvas and nothing on it", lambda: riff(canvas(100, 100)))
    c.broken("webp whose riff is longer than the file", lambda: patched(plain("WEBP"), 4, b"\xff\xff\xff\x7f"))
    c.broken("webp whose chunk is longer than the file", lambda: patched(plain("WEBP"), 16, b"\xff\xff\xff\x7f"))
    c.broken("webp with half its data", lambda: riff((webp_image()[0], webp_image()[1][:1500])))
    for at in (25, 40, 90):
        c.either(f"webp with bent huffman tables at {at}", lambda at=at: bent_huffman(at))
    c.too_large("webp canvas of 50000x50000", lambda: riff(canvas(50_000, 50_000), webp_image()))
    c.too_large("webp canvas of 1x65535", lambda: riff(canvas(1, 65_535), webp_image()))
    c.too_large("webp of 16384x16384 in lossless bits", lambda: riff((b"VP8L", b"\x2f\xff\xff\xff\x0f" + bytes(40))))
    c.broken("webp of 0x0", lambda: riff((b"VP8 ", b"\0\0\0\x9d\x01\x2a\0\0\0\0" + bytes(40))))
    c.broken("webp whose canvas is not its picture's", lambda: riff(canvas(500, 400), webp_image()))
    c.either("webp of 40 megapixels that holds little", lambda: riff((b"VP8L", b"\x2f\x3f\x1f\xe2\x04" + bytes(400))))
    c.cleaned("webp of 1000 frames", lambda: webp_frames(1000))
    c.too_large("webp of 60000 chunks", lambda: riff(canvas(120, 90), webp_image(), *[(b"XMP ", b"")] * 60_000))
    c.too_large("webp with 5 MB of profile", lambda: riff(canvas(120, 90, 32), (b"ICCP", bytes(5 << 20)), webp_image()))
    c.too_large("webp with 20 MB of xmp", lambda: riff(canvas(120, 90, 4), webp_image(), (b"XMP ", bytes(20 << 20))))
    c.cleaned(
        "webp with looping exif", lambda: riff(canvas(120, 90, 8), webp_image(), (b"EXIF", looping_exif())), b"CANARY"
    )
    c.cleaned(
        "webp with php in a chunk of its own", lambda: riff(canvas(120, 90), webp_image(), (b"EVIL", CANARY)), b"CANARY"
    )
    c.cleaned(
        "webp with a broken profile", lambda: riff(canvas(120, 90, 32), (b"ICCP", CANARY), webp_image()), b"CANARY"
    )
    c.cleaned("webp and zip", lambda: plain("WEBP") + ZIP, b"CANARY")


def nested(depth):
    body = b""
    for _ in range(depth):
        body = box(b"moov", body)
    return FTYP + body


def avif_with_loop():
    """Saved with harmless EXIF first: Pillow's own encoder reads what it is given."""
    harmless = b"II*\0\x08\0\0\0\0\0" + bytes(len(looping_exif()) - 10)
    data = saved(noise(), "AVIF", exif=harmless)
    return patched(data, data.index(harmless), looping_exif())


def add_avifs(c):
    for percent in (10, 50, 99):
        c.broken(f"avif cut off at {percent} %", lambda percent=percent: cut(plain("AVIF"), percent))
    c.broken("avif of its type", lambda: FTYP)
    c.broken("avif of 1000 boxes in each other", lambda: nested(1000))
    c.broken("avif whose box is longer than the file", lambda: FTYP + b"\x7f\xff\xff\xffmeta" + bytes(50))
    c.broken("avif whose box has 3 bytes", lambda: FTYP + b"\0\0\0\x03meta" + bytes(50))
    c.broken("avif whose long box ends before it begins", lambda: FTYP + b"\0\0\0\x01meta" + b"\xff" * 8 + bytes(50))
    c.broken("avif of 0x0", lambda: avif_of(0, 0))
    c.too_large("avif header of 50000x50000", lambda: avif_of(50_000, 50_000))
    c.too_large("avif header of 1x65535", lambda: avif_of(1, 65_535))
    c.either("avif that claims 7000x7000 and holds 120x90", lambda: avif_of(7000, 7000))
    c.either("avif that claims 12x9 and holds 120x90", lambda: avif_of(12, 9))
    c.too_large("avif of 60000 boxes", lambda: plain("AVIF") + box(b"free") * 60_000)
    c.too_large("avif with 20 MB of nothing", lambda: plain("AVIF") + box(b"free", bytes(20 << 20)))
    c.either(
        "avif with flipped bits", lambda: patched(plain("AVIF"), behind(plain("AVIF"), b"mdat") + 40, b"\xa5" * 30)
    )
    c.cleaned("avif and zip", lambda: plain("AVIF") + box(b"free", ZIP), b"CANARY")
    c.cleaned("avif with looping exif", avif_with_loop, b"CANARY")
    c.cleaned("avif with xmp", lambda: saved(noise(), "AVIF", xmp=CANARY), b"CANARY")
    c.cleaned("avif with a broken profile", lambda: saved(noise(), "AVIF", icc_profile=CANARY), b"CANARY")
