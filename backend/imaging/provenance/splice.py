"""An XMP packet put into a finished file, and found in any: nothing is coded anew."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

from backend.imaging.provenance import avif
from backend.imaging.sniff import kind_of, measure

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.imaging.containers.facts import Format

JPEG_HEAD: Final = b"http://ns.adobe.com/xap/1.0/\0"
PNG_HEAD: Final = b"XML:com.adobe.xmp\0\0\0\0\0"
GIF_HEAD: Final = b"\x21\xff\x0bXMP DataXMP"
_GIF_TAIL: Final = bytes((1, *range(0xFF, -1, -1), 0))
"""Leads a reader of sub-blocks, wherever in the text it is, to the end."""
_LAST: Final = b"\x3b"
_SIGNATURE, _IHDR_END, _RIFF = 8, 33, 12
_VP8X, _XMP_FLAG, _ALPHA_FLAG = 18, 0x04, 0x10
MOST: Final = 65_000
"""Bytes of a packet that are read, and that one segment of a JPEG holds."""


def with_packet(data: bytes, packet: bytes) -> bytes:
    """Return a file that was written here, of any kind that the studio writes, with an XMP packet in it."""
    return _WRITERS[kind_of(data)](data, packet)


def packet_in(data: bytes) -> bytes:
    """Return the first XMP packet of a file, however hostile; empty where there is none."""
    start = data.find(b"<x:xmpmeta")
    if start < 0:
        return b""
    end = data.find(b"</x:xmpmeta>", start, start + MOST)
    return data[start:end] if end > 0 else b""


def _jpeg(data: bytes, packet: bytes) -> bytes:
    body = JPEG_HEAD + packet
    at = 2
    while data[at] == 0xFF and data[at + 1] in (0xE0, 0xEE):  # noqa: PLR2004 - JFIF's and Adobe's own segments come first
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return data[:at] + b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body + data[at:]


def _png(data: bytes, packet: bytes) -> bytes:
    return b"".join(png_parts(data, packet))


def png_parts(data: bytes, packet: bytes) -> tuple[bytes, bytes, memoryview]:
    """Return a PNG with a packet in three parts, the large one not copied: its header, the packet, and the rest."""
    body = b"iTXt" + PNG_HEAD + packet
    chunk = (len(body) - 4).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")
    return data[:_IHDR_END], chunk, memoryview(data)[_IHDR_END:]


def _gif(data: bytes, packet: bytes) -> bytes:
    """Put the packet before the end, where old readers have seen every frame already."""
    end = len(data) - 1 if data.endswith(_LAST) else len(data)
    return data[:end] + GIF_HEAD + packet + _GIF_TAIL + _LAST


def _webp(data: bytes, packet: bytes) -> bytes:
    chunks = bytearray(data[_RIFF:])
    if not chunks.startswith(b"VP8X"):
        chunks[:0] = _vp8x(data)
    chunks[8] |= _XMP_FLAG
    chunks += b"XMP " + len(packet).to_bytes(4, "little") + packet + b"\0" * (len(packet) % 2)
    return b"RIFF" + (len(chunks) + 4).to_bytes(4, "little") + b"WEBP" + bytes(chunks)


def _vp8x(data: bytes) -> bytes:
    """Return the header that a simple WebP lacks and one with metadata needs."""
    size = measure(data).size
    flags = _ALPHA_FLAG if data[_RIFF : _RIFF + 4] == b"VP8L" and data[_RIFF + 12] & _ALPHA_FLAG else 0
    sides = (size.width - 1).to_bytes(3, "little") + (size.height - 1).to_bytes(3, "little")
    return b"VP8X" + (10).to_bytes(4, "little") + bytes((flags, 0, 0, 0)) + sides


_WRITERS: Final[dict[Format, Callable[[bytes, bytes], bytes]]] = {
    "jpeg": _jpeg,
    "png": _png,
    "webp": _webp,
    "gif": _gif,
    "avif": avif.with_packet,
}
