"""An XMP packet as an item of an AVIF: its box `meta` grows, and what the file says of places moves along.

Source: ISO/IEC 14496-12 and ISO/IEC 23008-12 (read 2026-11-23)
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from typing import Final

from backend.imaging.containers.facts import broken

_MIME: Final = b"mime\0application/rdf+xml\0"
_SIZED: Final = {0: "", 4: "I", 8: "Q"}
_FULL: Final = 4
"""Bytes of version and flags."""


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    body: bytes

    def coded(self) -> bytes:
        return (len(self.body) + 8).to_bytes(4, "big") + self.kind + self.body


@dataclass(frozen=True, slots=True)
class _Item:
    number: int
    method: int
    """0: its places are counted from the beginning of the file."""
    reference: int
    extents: tuple[tuple[int, int], ...]
    """Where it lies, each with its length, in bytes."""


def with_packet(data: bytes, packet: bytes) -> bytes:
    """Return an AVIF that was written here with a packet as the last bytes of the file.

    Raises:
        InvalidImage: it is not built as the studio's own are.
    """
    boxes = _boxes(data)
    place = next((i for i, box in enumerate(boxes) if box.kind == b"meta"), None)
    if place is None:
        raise broken("the AVIF file has no box of metadata", "broken avif")
    grown = _grown(boxes[place].body, packet, shift=0, at=0)
    shift = len(grown) - len(boxes[place].body)
    at = len(data) + shift + 8
    boxes[place] = _Box(b"meta", _grown(boxes[place].body, packet, shift=shift, at=at))
    return b"".join(box.coded() for box in (*boxes, _Box(b"mdat", packet)))


def _boxes(data: bytes) -> list[_Box]:
    found: list[_Box] = []
    at = 0
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big") or len(data) - at
        if length < 8 or at + length > len(data):  # noqa: PLR2004 - the length counts its own eight bytes
            raise broken("the AVIF file has a box of a length that the studio's own never have", "broken avif")
        found.append(_Box(data[at + 4 : at + 8], data[at + 8 : at + length]))
        at += length
    return found


def _grown(meta: bytes, packet: bytes, *, shift: int, at: int) -> bytes:
    """Return the box's content with one item more; places behind it move by `shift`, the packet lies `at`."""
    boxes = {box.kind: box for box in _boxes(meta[_FULL:])}
    items = _items(boxes[b"iloc"].body)
    primary = int.from_bytes(boxes[b"pitm"].body[_FULL : _FULL + 2], "big")
    number = max(item.number for item in items) + 1
    moved = [replace(item, extents=_moved(item, shift)) for item in items]
    boxes[b"iloc"] = _Box(b"iloc", _located([*moved, _Item(number, 0, 0, ((at, len(packet)),))]))
    boxes[b"iinf"] = _Box(b"iinf", _named(boxes[b"iinf"].body, number))
    boxes[b"iref"] = _Box(b"iref", _related(boxes.get(b"iref"), number, primary))
    return meta[:_FULL] + b"".join(box.coded() for box in boxes.values())


def _moved(item: _Item, shift: int) -> tuple[tuple[int, int], ...]:
    return tuple((at + shift, length) for at, length in item.extents) if item.method == 0 else item.extents


def _items(body: bytes) -> list[_Item]:
    version, sizes = body[0], int.from_bytes(body[4:6], "big")
    offset, length, base, index = (sizes >> 12 & 15, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15)
    if version > 1 or index or {offset, length, base} - set(_SIZED):
        raise broken("the AVIF file keeps its places in a way that the studio's own never do", "broken avif")
    (count,) = struct.unpack_from(">H", body, 6)
    head = struct.Struct(">HHH" if version else ">HH")
    item, extent = struct.Struct(f">{_SIZED[base]}H"), struct.Struct(f">{_SIZED[offset]}{_SIZED[length]}")
    at, items = 8, list[_Item]()
    for _ in range(count):
        number, *method, reference = head.unpack_from(body, at)
        *bases, extents = item.unpack_from(body, at + head.size)
        at += head.size + item.size
        pairs = [extent.unpack_from(body, at + n * extent.size) for n in range(extents)]
        places = tuple(((bases[0] if bases else 0) + (pair[0] if offset else 0), pair[-1]) for pair in pairs)
        at += extents * extent.size
        items.append(_Item(number, method[0] & 15 if method else 0, reference, places))
    return items


def _located(items: list[_Item]) -> bytes:
    """Return the places as `libavif` writes them, in 32 bits and with no base: readers know that best."""
    with_method = any(item.method for item in items)
    coded = [
        struct.pack(">HH" if with_method else ">H", *((item.number, item.method) if with_method else (item.number,)))
        + struct.pack(">HH", item.reference, len(item.extents))
        + b"".join(struct.pack(">II", *extent) for extent in item.extents)
        for item in items
    ]
    return bytes((with_method, 0, 0, 0)) + b"\x44\0" + struct.pack(">H", len(items)) + b"".join(coded)


def _named(body: bytes, number: int) -> bytes:
    wide = body[0] > 0
    entry = _Box(b"infe", b"\2\0\0\1" + struct.pack(">HH", number, 0) + _MIME).coded()
    (count,) = struct.unpack_from(">I" if wide else ">H", body, _FULL)
    start = _FULL + (4 if wide else 2)
    return body[:_FULL] + struct.pack(">I" if wide else ">H", count + 1) + body[start:] + entry


def _related(box: _Box | None, number: int, primary: int) -> bytes:
    before = box.body if box else bytes(_FULL)
    entry = _Box(b"cdsc", struct.pack(">HHH", number, 1, primary)).coded()
    if before[0]:
        raise broken("the AVIF file numbers its items in a way that the studio's own never do", "broken avif")
    return before + entry
