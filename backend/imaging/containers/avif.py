"""AVIF as boxes: measured only. An AVIF is always coded anew, so nothing is cut out of it here.

Source: https://aomediacodec.github.io/av1-avif/ and ISO/IEC 14496-12 (read 2026-11-22)
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from backend.imaging.containers.facts import Bare, Header, broken, check_parts, check_size

if TYPE_CHECKING:
    from collections.abc import Iterator

BRANDS: Final = (b"avif", b"avis")
_PARENTS: Final = {b"meta": 4, b"iprp": 0, b"ipco": 0, b"moov": 0, b"trak": 0, b"mdia": 0, b"minf": 0, b"stbl": 0}
"""Boxes that hold boxes, and how many bytes stand before the first of those."""
_ENTRY_BYTES, _LONG_BYTES, _MAX_DEPTH = 8, 16, 8


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    start: int
    """Of the payload."""
    end: int

    def field(self, data: bytes, at: int) -> int:
        """Return the big-endian 32-bit number `at` bytes into the payload; 0 beyond its end."""
        return int.from_bytes(data[self.start + at : min(self.start + at + 4, self.end)], "big")


def header(data: bytes) -> Header:
    """Return the largest picture that any box announces, and the longest track's count of frames."""
    sizes: list[tuple[int, int]] = []
    frames, icc, metadata = 1, 0, 0
    for box in _boxes(data):
        match box.kind:
            case b"ispe":
                sizes.append((box.field(data, 4), box.field(data, 8)))
            case b"av01":
                sizes.append(_track_size(data, box))
            case b"stsz":
                frames = max(frames, box.field(data, 8))
            case b"colr":
                icc += box.end - box.start
            case b"uuid" | b"udta" | b"free" | b"skip":
                metadata += box.end - box.start
            case _:
                continue
    if not sizes:
        raise broken("the AVIF file holds no picture", "truncated avif")
    checked = [check_size(*size, "AVIF") for size in sizes]
    return Header(size=max(checked, key=lambda s: s.pixels), frames=frames, icc_bytes=icc, metadata_bytes=metadata)


def strip(data: bytes) -> Bare:
    """Return the file as it is: what it carries besides the picture is found, and lost, when it is decoded."""
    kinds = [box.kind for box in _boxes(data)]
    return Bare(data=data, removed=("animation",) if b"moov" in kinds else ())


def cicp(data: bytes) -> tuple[int, int] | None:
    """Return the numbers of its primaries and of its transfer function, where it states them."""
    stated = (box for box in _boxes(data) if box.kind == b"colr" and data[box.start : box.start + 4] == b"nclx")
    found = next((box.field(data, 4) for box in stated), None)
    return None if found is None else (found >> 16, found & 0xFFFF)


def is_avif(data: bytes) -> bool:
    """Say whether the file type box names an AVIF brand, as its major or a compatible one."""
    length = int.from_bytes(data[:4], "big")
    brands = data[8:12] + data[16 : min(length, 256)]
    return data[4:8] == b"ftyp" and any(brands[at : at + 4] in BRANDS for at in range(0, len(brands), 4))


def _boxes(data: bytes) -> Iterator[_Box]:
    waiting = [(0, len(data), 0)]
    count = 0
    while waiting:
        at, end, depth = waiting.pop()
        while at + _ENTRY_BYTES <= end:
            count += 1
            check_parts(count, "AVIF")
            box = _box(data, at, end)
            yield box
            if (skip := _inner(data, box)) is not None and depth < _MAX_DEPTH:
                waiting.append((box.start + skip, box.end, depth + 1))
            at = box.end


def _box(data: bytes, at: int, end: int) -> _Box:
    length, kind, start = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], at + _ENTRY_BYTES
    if length == 1:
        length, start = int.from_bytes(data[at + 8 : at + 16], "big"), at + _LONG_BYTES
    stop = end if length == 0 else at + length
    if stop < start or stop > end:
        raise broken("the AVIF file is cut off, or one of its boxes lies about its length", "truncated avif")
    return _Box(kind, start, stop)


def _inner(data: bytes, box: _Box) -> int | None:
    if box.kind == b"stsd":
        return _ENTRY_BYTES
    if box.kind == b"meta" and data[box.start + 4 : box.start + 8] == b"hdlr":
        return 0
    return _PARENTS.get(box.kind)


def _track_size(data: bytes, box: _Box) -> tuple[int, int]:
    body = data[box.start + 24 : min(box.start + 28, box.end)]
    return struct.unpack(">HH", body) if len(body) == 4 else (0, 0)  # noqa: PLR2004 - two 16-bit numbers
