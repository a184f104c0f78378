"""Whatever is done to a file, the walk ends in a picture or in an error of ours, and the child that walks survives."""

import random
import zlib

from backend.errors import StudioError
from backend.imaging.inspect import inspect
from backend.imaging.workbench import Workbench
from tests.hostile.parts import SIGNATURE, looping_exif, noise, plain, saved

SEEDS = {
    "jpeg": lambda: saved(noise(40, 30), "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\0\0"),
    "progressive jpeg": lambda: saved(noise(40, 30), "JPEG", progressive=True),
    "print jpeg": lambda: saved(noise(40, 30).convert("CMYK"), "JPEG"),
    "png": lambda: saved(noise(40, 30), "PNG"),
    "palette png": lambda: saved(noise(40, 30).quantize(8), "PNG", transparency=3),
    "gif": lambda: saved(noise(40, 30), "GIF", save_all=True, append_images=[noise(40, 30).rotate(90)]),
    "webp": lambda: saved(noise(40, 30), "WEBP"),
    "lossless webp": lambda: saved(noise(40, 30), "WEBP", lossless=True),
    "avif": lambda: saved(noise(40, 30), "AVIF", speed=10),
    "exif": lambda: plain("PNG")[:33] + b"\0\0\0\x40eXIf" + looping_exif()[:64] + bytes(4) + plain("PNG")[33:],
}
EACH = 150


def mutated(data, dice):
    changed = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4, 16))):
        at = dice.randrange(len(changed))
        match dice.randrange(5):
            case 0:
                changed[at] = dice.randrange(256)
            case 1:
                changed[at] ^= 1 << dice.randrange(8)
            case 2:
                changed[at : at + 4] = dice.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\1\0\0"))
            case 3:
                del changed[at : at + dice.randrange(1, 20)]
            case _:
                changed[at:at] = changed[at : at + dice.randrange(1, 60)]
        changed = changed or bytearray(b"\0")
    return bytes(changed)


def mended(data):
    """Give a PNG's chunks their checksums back, or each mutation would end at the first."""
    if not data.startswith(SIGNATURE):
        return data
    whole, at = bytearray(data), len(SIGNATURE)
    while at + 12 <= len(whole):
        end = at + 8 + int.from_bytes(whole[at : at + 4], "big")
        whole[end : end + 4] = zlib.crc32(whole[at + 4 : end]).to_bytes(4, "big")
        at = end + 4
    return bytes(whole)


def walk(data, seed, count):
    """Inspect so many mutations of a file; return how many were taken and refused. Anything else ends the child."""
    dice = random.Random(seed)
    taken = refused = 0
    for _ in range(count):
        try:
            inspect(mended(mutated(data, dice)))
            taken += 1
        except StudioError:
            refused += 1
    return taken, refused


async def test_mutated_files_end_in_a_picture_or_a_refusal():
    bench = Workbench()
    try:
        for name, seed in SEEDS.items():
            taken, refused = await bench.run(walk, seed(), name, EACH)
            assert taken + refused == EACH
            assert refused, name
    finally:
        await bench.aclose()
