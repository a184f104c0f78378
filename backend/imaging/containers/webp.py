"""WebP as RIFF chunks: measured, and cut down to its (first) picture without decoding it.

Source: https://developers.google.com/speed/webp/docs/riff_container (read 2026-11-22)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from backend.imaging.containers import exif
from backend.imaging.containers.facts import Bare, Header, broken, check_parts, check_size

if TYPE_CHECKING:
    from collections.abc import Iterator

_RIFF_BYTES, _CHUNK_BYTES = 12, 8
_ANIMATED, _KEPT_FLAGS = 0x02, 0x12
_ANMF_BYTES: Final = 16
_PICTURE: Final = frozenset((b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM"))
_CODED: Final = frozenset((b"ALPH", b"VP8 ", b"VP8L"))
_NAMES: Final = {b"XMP ": ("xmp",), b"ICCP": (), b"ANMF": ("animation",), b"C2PA": ("provenance",)}


@dataclass(frozen=True, slots=True)
class _Chunk:
    kind: bytes
    start: int
    end: int
    """Behind the payload, without the padding byte."""

    def body(self, data: bytes) -> bytes:
        return data[self.start + _CHUNK_BYTES : self.end]


def header(data: bytes) -> Header:
    """Return what the chunks announce: the canvas, or the lone picture's own size."""
    chunks = tuple(_chunks(data, _RIFF_BYTES, _end(data)))
    sizes = [size for c in chunks if (size := _dimensions(data, c)) is not None]
    if not sizes:
        raise broken("the WebP file holds no picture", "broken webp")
    checked = [check_size(*size, "WebP") for size in sizes]
    return Header(
        size=checked[0],
        frames=max(1, sum(c.kind == b"ANMF" for c in chunks)),
        icc_bytes=sum(c.end - c.start for c in chunks if c.kind == b"ICCP"),
        metadata_bytes=sum(c.end - c.start for c in chunks if c.kind not in _PICTURE | {b"ICCP", b"ANMF"}),
    )


def strip(data: bytes) -> Bare:
    """Return the picture's chunks only; of an animation its canvas and first frame."""
    chunks = tuple(_chunks(data, _RIFF_BYTES, _end(data)))
    first = next((c for c in chunks if c.kind == b"ANMF"), None)
    facts = exif.read(next((c.body(data) for c in chunks if c.kind == b"EXIF"), b""))
    kept = [_kept(data, c) for c in chunks if c.kind in _PICTURE or c is first]
    body = b"WEBP" + b"".join(kept)
    return Bare(
        data=b"RIFF" + len(body).to_bytes(4, "little") + body,
        removed=_removed(data, chunks, facts),
        icc=next((c.body(data) for c in chunks if c.kind == b"ICCP"), None),
        orientation=facts.orientation,
        servable=first is None,
        lossless=any(b"VP8L" in (c.kind, data[c.start + 24 : c.start + 28]) for c in chunks),
    )


def strip_moving(data: bytes) -> Bare | None:
    """Return the canvas, how often the animation runs, and all frames, with nothing but coded pixels in them."""
    chunks = tuple(_chunks(data, _RIFF_BYTES, _end(data)))
    facts = exif.read(next((c.body(data) for c in chunks if c.kind == b"EXIF"), b""))
    heads = [_kept(data, c) for c in chunks if c.kind in {b"VP8X", b"ANIM"}]
    frames = [_frame(data, c) for c in chunks if c.kind == b"ANMF"]
    body = b"WEBP" + b"".join((*heads, *frames))
    return Bare(
        data=b"RIFF" + len(body).to_bytes(4, "little") + body,
        removed=tuple(name for name in _removed(data, chunks, facts) if name != "animation"),
        icc=next((c.body(data) for c in chunks if c.kind == b"ICCP"), None),
        orientation=facts.orientation,
        servable=True,
    )


def _frame(data: bytes, chunk: _Chunk) -> bytes:
    """Return one frame of an animation without what may be hidden between its parts."""
    at = chunk.start + _CHUNK_BYTES
    parts = [_kept(data, c) for c in _chunks(data, at + _ANMF_BYTES, chunk.end) if c.kind in _CODED]
    body = data[at : at + _ANMF_BYTES] + b"".join(parts)
    return b"ANMF" + len(body).to_bytes(4, "little") + body


def _end(data: bytes) -> int:
    end = int.from_bytes(data[4:8], "little") + _CHUNK_BYTES
    if end > len(data) or end < _RIFF_BYTES + _CHUNK_BYTES:
        raise broken("the WebP file is cut off", "truncated webp")
    return end


def _chunks(data: bytes, at: int, end: int) -> Iterator[_Chunk]:
    count = 0
    while at + _CHUNK_BYTES <= end:
        count += 1
        check_parts(count, "WebP")
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        chunk = _Chunk(data[at : at + 4], at, at + _CHUNK_BYTES + length)
        if chunk.end > end:
            raise broken("the WebP file is cut off, or one of its chunks lies about its length", "broken webp")
        yield chunk
        at = chunk.end + length % 2


def _dimensions(data: bytes, chunk: _Chunk) -> tuple[int, int] | None:
    body = data[chunk.start + _CHUNK_BYTES : min(chunk.end, chunk.start + _CHUNK_BYTES + _ANMF_BYTES)]
    match chunk.kind:
        case b"VP8X" if len(body) >= 10:  # noqa: PLR2004 - flags and two sizes
            return _u24(body, 4) + 1, _u24(body, 7) + 1
        case b"VP8 " if body[3:6] == b"\x9d\x01\x2a" and len(body) >= 10:  # noqa: PLR2004 - tag, mark, sizes
            return _u16(body, 6) & 0x3FFF, _u16(body, 8) & 0x3FFF
        case b"VP8L" if body[:1] == b"\x2f" and len(body) >= 5:  # noqa: PLR2004 - mark and sizes
            bits = int.from_bytes(body[1:5], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"ANMF" if len(body) == _ANMF_BYTES:
            return _u24(body, 6) + 1, _u24(body, 9) + 1
        case _:
            return None


def _u16(body: bytes, at: int) -> int:
    return int.from_bytes(body[at : at + 2], "little")


def _u24(body: bytes, at: int) -> int:
    return int.from_bytes(body[at : at + 3], "little")


def _kept(data: bytes, chunk: _Chunk) -> bytes:
    whole = bytearray(data[chunk.start : chunk.end])
    if chunk.kind == b"VP8X" and len(whole) > _CHUNK_BYTES:
        whole[_CHUNK_BYTES] &= _KEPT_FLAGS
    return bytes(whole) + b"\0" * (len(whole) % 2)


def _removed(data: bytes, chunks: tuple[_Chunk, ...], facts: exif.Exif) -> tuple[str, ...]:
    frames = sum(c.kind == b"ANMF" for c in chunks)
    names = [name for c in chunks for name in _names(c, facts, frames)]
    if len(data) > _end(data):
        names.append("trailing data")
    return tuple(dict.fromkeys(names))


def _names(chunk: _Chunk, facts: exif.Exif, frames: int) -> tuple[str, ...]:
    if chunk.kind == b"EXIF":
        return facts.names
    if chunk.kind in _PICTURE or (chunk.kind == b"ANMF" and frames == 1):
        return ()
    return _NAMES.get(chunk.kind, ("application data",))
