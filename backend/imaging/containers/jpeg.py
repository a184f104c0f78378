"""JPEG as a row of marker segments: measured, and cut down to the picture without touching a coefficient.

Source: ITU-T T.81 Annex B, https://www.w3.org/Graphics/JPEG/itu-t81.pdf (read 2026-11-22)
"""

from __future__ import annotations

import itertools
import re
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from backend.errors import UnsupportedFormat
from backend.imaging.containers import exif
from backend.imaging.containers.facts import MAX_SCANS, Bare, Header, broken, check_parts, check_size

if TYPE_CHECKING:
    from collections.abc import Iterator

_SOI: Final = b"\xff\xd8"
_EOI: Final = b"\xff\xd9"
_END, _SCAN, _COMMENT, _CODED = 0xD9, 0xDA, 0xFE, 0
_APP0, _APP1, _APP2, _ADOBE = 0xE0, 0xE1, 0xE2, 0xEE
_STANDALONE: Final = frozenset((0x01, *range(0xD0, 0xD9)))
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_HUFFMAN_DCT: Final = frozenset((0xC0, 0xC1, 0xC2))
_ARITHMETIC_DCT: Final = frozenset((0xC9, 0xCA))
_TABLES: Final = frozenset((0xC4, 0xCC, 0xDB, 0xDD))
_APPLICATION: Final = frozenset(range(0xE0, 0xF0))
_NEXT_MARKER: Final = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_MAX_GAP: Final = 65_536
"""Bytes of fill or garbage between two segments that are forgiven."""
_ANY_MARKER: Final = re.compile(rb"\xff[\x01-\xfe]")
_FILL: Final = re.compile(rb"\xff\xff+")
"""Allowed in front of any marker and without meaning; megabytes of it keep a decoder busy for seconds."""
_JFIF: Final = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
_ICC: Final = b"ICC_PROFILE\0"
_SHORTEST_FRAME, _BITS = 9, 8

_NAMES: Final = (
    (_APP0, b"JFIF\0", ()),
    (_APP0, b"", ("thumbnail",)),
    (_APP1, b"http://ns.adobe.com/x", ("xmp",)),
    (_APP2, b"MPF\0", ("other pictures",)),
    (_APP2, _ICC, ()),
    (0xEB, b"JP", ("provenance",)),
    (0xED, b"Photoshop", ("iptc",)),
    (_ADOBE, b"Adobe", ()),
    (_COMMENT, b"", ("comment",)),
)


@dataclass(frozen=True, slots=True)
class _Segment:
    marker: int
    start: int
    payload: bytes
    end: int


@dataclass(frozen=True, slots=True)
class _Frame:
    marker: int
    bits: int
    height: int
    width: int
    components: bytes


def header(data: bytes) -> Header:
    """Return what the segments before the first scan announce, and how many scans there are at most."""
    frame, scans, icc, metadata = None, 0, 0, 0
    for part in _segments(data):
        if part.marker == _SCAN:
            scans = _scans(data, part.end)
            break
        if part.marker in _FRAMES:
            frame = frame or _frame(part.payload, part.marker)
        elif part.marker == _APP2 and part.payload.startswith(_ICC):
            icc += len(part.payload)
        elif part.marker in _APPLICATION or part.marker == _COMMENT:
            metadata += len(part.payload)
    if frame is None or not scans:
        raise broken("the JPEG file ends before its picture begins", "truncated jpeg")
    size = check_size(frame.width, frame.height, "JPEG")
    return Header(size=size, scans=scans, icc_bytes=icc, metadata_bytes=metadata)


def strip(data: bytes) -> Bare:
    """Return tables, frame and scans only, behind a fresh JFIF or Adobe segment and before a fresh end."""
    parts = tuple(_segments(data))
    if parts[-1].marker != _END:
        raise broken("the JPEG file is cut off", "truncated jpeg")  # decoders would fill the rest with grey
    frame = next(_frame(p.payload, p.marker) for p in parts if p.marker in _FRAMES)
    adobe = next((p.payload[11] for p in parts if _is_adobe(p)), None)
    is_ycc = _is_ycc(frame, has_jfif=any(_is_jfif(p) for p in parts), adobe=adobe)
    facts = exif.read(next((p.payload for p in parts if _is_exif(p)), b""))
    return Bare(
        data=b"".join((_SOI, _colour_segment(adobe, is_ycc=is_ycc), *_kept(data, parts), _EOI)),
        removed=_removed(data, parts, facts),
        icc=_icc(parts),
        orientation=facts.orientation,
        servable=is_ycc and frame.marker in _HUFFMAN_DCT,
    )


def _segments(data: bytes) -> Iterator[_Segment]:
    """Yield the segments up to the end; behind a scan's own, its coded bytes as one of marker 0."""
    at, count = 2, 0
    while found := _ANY_MARKER.search(data, at, at + _MAX_GAP):
        count += 1
        check_parts(count, "JPEG")
        marker, start, at = found[0][1], found.start(), found.end()
        if marker == _END:
            yield _Segment(marker, start, b"", at)
            return
        if marker in _STANDALONE:
            continue
        payload = _payload(data, at)
        at += 2 + len(payload)
        yield _Segment(marker, start, payload, at)
        if marker == _SCAN:
            start, at = at, after.start() if (after := _NEXT_MARKER.search(data, at)) else len(data)
            yield _Segment(_CODED, start, b"", at)


def _scans(data: bytes, at: int) -> int:
    """Return the number of scans: quickly by what looks like one, exactly only where that is too many."""
    alike = 1 + data.count(b"\xff\xda", at)
    if alike <= MAX_SCANS:
        return alike
    scans = (part for part in _segments(data) if part.marker == _SCAN)
    return sum(1 for _ in itertools.islice(scans, MAX_SCANS + 1))


def _payload(data: bytes, at: int) -> bytes:
    length = int.from_bytes(data[at : at + 2], "big")
    if length < 2 or at + length > len(data):  # noqa: PLR2004 - the length counts its own two bytes
        raise broken("the JPEG file is cut off, or one of its segments lies about its length", "broken jpeg")
    return data[at + 2 : at + length]


def _frame(payload: bytes, marker: int) -> _Frame:
    if len(payload) < _SHORTEST_FRAME:
        raise broken("the JPEG file has an unreadable frame header", "broken jpeg")
    bits, height, width, count = struct.unpack_from(">BHHB", payload)
    if marker not in _HUFFMAN_DCT | _ARITHMETIC_DCT or bits != _BITS:
        kind = f"{bits}-bit jpeg" if bits != _BITS else "lossless or hierarchical jpeg"
        raise UnsupportedFormat(detail=f"this kind of JPEG ({kind}) is not taken; save it as 8-bit JPEG", found=kind)
    return _Frame(marker, bits, height, width, payload[6 : 6 + 3 * count : 3])


def _is_exif(part: _Segment) -> bool:
    return part.marker == _APP1 and part.payload.startswith(b"Exif\0")


def _is_jfif(part: _Segment) -> bool:
    return part.marker == _APP0 and part.payload.startswith(b"JFIF\0")


def _is_adobe(part: _Segment) -> bool:
    return part.marker == _ADOBE and part.payload.startswith(b"Adobe") and len(part.payload) >= 12  # noqa: PLR2004 - the marker's length


def _is_ycc(frame: _Frame, *, has_jfif: bool, adobe: int | None) -> bool:
    """Say whether decoders take it for grey or YCbCr, by the rules that libjpeg and the browsers share."""
    match len(frame.components):
        case 1:
            return True
        case 3:
            return has_jfif or (adobe != 0 if adobe is not None else frame.components != b"RGB")
        case _:
            return False


def _colour_segment(adobe: int | None, *, is_ycc: bool) -> bytes:
    if is_ycc:
        return _JFIF
    return b"" if adobe is None else b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00" + bytes([adobe])


def _kept(data: bytes, parts: tuple[_Segment, ...]) -> Iterator[bytes]:
    for part in parts:
        if part.marker in _TABLES or part.marker in _FRAMES or part.marker == _SCAN:
            yield data[part.start : part.end]
        elif part.marker == _CODED:
            coded = data[part.start : part.end]
            yield _FILL.sub(b"\xff", coded) if b"\xff\xff" in coded else coded


def _removed(data: bytes, parts: tuple[_Segment, ...], facts: exif.Exif) -> tuple[str, ...]:
    names = [name for part in parts for name in (facts.names if _is_exif(part) else _names(part))]
    if parts[-1].end < len(data):
        names.append("trailing data")
    return tuple(dict.fromkeys(names))


def _names(part: _Segment) -> tuple[str, ...]:
    for marker, prefix, names in _NAMES:
        if part.marker == marker and part.payload.startswith(prefix):
            return names
    return ("application data",) if part.marker in _APPLICATION else ()


def _icc(parts: tuple[_Segment, ...]) -> bytes | None:
    start = len(_ICC)
    chunks = [p.payload[start:] for p in parts if p.marker == _APP2 and p.payload.startswith(_ICC)]
    return b"".join(c[2:] for c in sorted(chunks, key=lambda c: c[:1])) or None
