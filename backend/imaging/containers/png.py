"""PNG as a row of chunks: measured, and cut down to those that hold the picture.

Source: https://www.w3.org/TR/png-3/ (read 2026-11-22)
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from backend.imaging.containers import exif
from backend.imaging.containers.facts import MAX_ICC_BYTES, Bare, Header, broken, check_parts, check_size

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_PICTURE: Final = frozenset((b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"))
_MOVING: Final = frozenset((b"acTL", b"fcTL", b"fdAT"))
_DEPTH_AT, _BYTE = 24, 8
_NAMES: Final = {
    b"tEXt": "text",
    b"zTXt": "text",
    b"iTXt": "text",
    b"tIME": "time",
    b"acTL": "animation",
    b"fcTL": "animation",
    b"fdAT": "animation",
    b"caBX": "provenance",
}
_COLOUR: Final = frozenset((b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"sBIT", b"bKGD", b"pHYs", b"hIST", b"cICP"))
_XMP: Final = b"XML:com.adobe.xmp"
_IHDR_BYTES, _FRAME_BYTES, _OVERHEAD = 13, 12, 12


@dataclass(frozen=True, slots=True)
class _Chunk:
    kind: bytes
    start: int
    length: int

    @property
    def end(self) -> int:
        return self.start + self.length + _OVERHEAD

    def body(self, data: bytes, most: int | None = None) -> bytes:
        length = self.length if most is None else min(self.length, most)
        return data[self.start + 8 : self.start + 8 + length]


def header(data: bytes) -> Header:
    """Return what the chunks announce; the largest frame of an animation counts, although only the first is kept."""
    size, frames, icc, metadata = check_size(*_dimensions(data), "PNG"), 1, 0, 0
    for chunk in _chunks(data):
        if chunk.kind == b"acTL":
            frames = max(1, int.from_bytes(chunk.body(data, 4), "big"))
        elif chunk.kind == b"fcTL" and chunk.length >= _FRAME_BYTES:
            check_size(*struct.unpack_from(">II", chunk.body(data), 4), "PNG")
        elif chunk.kind == b"iCCP":
            icc += chunk.length
        elif chunk.kind not in _PICTURE and chunk.kind != b"fdAT":
            metadata += chunk.length
    return Header(size=size, frames=frames, icc_bytes=icc, metadata_bytes=metadata)


def cicp(data: bytes) -> tuple[int, int] | None:
    """Return the numbers of its primaries and of its transfer function, where it states them."""
    body = next((c.body(data, 4) for c in _chunks(data) if c.kind == b"cICP"), b"")
    return (body[0], body[1]) if len(body) == 4 else None  # noqa: PLR2004 - primaries, transfer, matrix, range


def strip(data: bytes) -> Bare:
    """Return the chunks of the still picture only; raise InvalidImage where one of them does not match its checksum."""
    chunks = tuple(_chunks(data))
    facts = exif.read(next((c.body(data) for c in chunks if c.kind == b"eXIf"), b""))
    kept = [_checked(data, chunk) for chunk in chunks if chunk.kind in _PICTURE]
    return Bare(
        data=b"".join((SIGNATURE, *kept)),
        removed=_removed(data, chunks, facts),
        icc=next((_profile(c.body(data)) for c in chunks if c.kind == b"iCCP"), None),
        orientation=facts.orientation,
        lossless=True,
    )


def strip_moving(data: bytes) -> Bare | None:
    """Return the chunks of all frames, checked; None where its pixels are deeper than 8 bits, which is not kept."""
    if data[_DEPTH_AT] > _BYTE:
        return None
    chunks = tuple(_chunks(data))
    facts = exif.read(next((c.body(data) for c in chunks if c.kind == b"eXIf"), b""))
    return Bare(
        data=b"".join((SIGNATURE, *(_checked(data, c) for c in chunks if c.kind in _PICTURE | _MOVING))),
        removed=tuple(name for name in _removed(data, chunks, facts) if name != "animation"),
        icc=next((_profile(c.body(data)) for c in chunks if c.kind == b"iCCP"), None),
        orientation=facts.orientation,
        servable=True,
        lossless=True,
    )


def _dimensions(data: bytes) -> tuple[int, int]:
    if len(data) < len(SIGNATURE) + _IHDR_BYTES + _OVERHEAD or data[8:16] != b"\0\0\0\x0dIHDR":
        raise broken("the PNG file does not begin with its header", "broken png")
    return struct.unpack_from(">II", data, 16)


def _chunks(data: bytes) -> Iterator[_Chunk]:
    at, count = len(SIGNATURE), 0
    while at + _OVERHEAD <= len(data):
        count += 1
        check_parts(count, "PNG")
        chunk = _Chunk(data[at + 4 : at + 8], at, int.from_bytes(data[at : at + 4], "big"))
        if chunk.end > len(data):
            break
        yield chunk
        if chunk.kind == b"IEND":
            return
        at = chunk.end
    raise broken("the PNG file is cut off", "truncated png")


def _checked(data: bytes, chunk: _Chunk) -> bytes:
    whole = data[chunk.start : chunk.end]
    if zlib.crc32(memoryview(whole)[4:-4]) != int.from_bytes(whole[-4:], "big"):
        raise broken(f"the PNG file's {chunk.kind.decode('latin-1')} chunk does not match its checksum", "broken png")
    return whole


def _removed(data: bytes, chunks: tuple[_Chunk, ...], facts: exif.Exif) -> tuple[str, ...]:
    names = [name for chunk in chunks for name in _names(data, chunk, facts)]
    if chunks[-1].end < len(data):
        names.append("trailing data")
    return tuple(dict.fromkeys(names))


def _names(data: bytes, chunk: _Chunk, facts: exif.Exif) -> tuple[str, ...]:
    if chunk.kind == b"eXIf":
        return facts.names
    if chunk.kind == b"iTXt" and chunk.body(data, len(_XMP)) == _XMP:
        return ("xmp",)
    if chunk.kind in _PICTURE or chunk.kind in _COLOUR:
        return ()
    return (_NAMES.get(chunk.kind, "application data"),)


def _profile(body: bytes) -> bytes | None:
    """Return the unpacked colour profile; None where it can't be unpacked or grows beyond the limit."""
    _name, _, packed = body.partition(b"\0")
    unpacker = zlib.decompressobj()
    try:
        profile = unpacker.decompress(packed[1:], MAX_ICC_BYTES)
    except zlib.error:
        return None
    return profile if unpacker.eof else None
