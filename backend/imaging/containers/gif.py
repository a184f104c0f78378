"""GIF as blocks: measured, and cut down to its first frame.

Source: https://www.w3.org/Graphics/GIF/spec-gif89a.txt (read 2026-11-22)
"""

from __future__ import annotations

import itertools
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from backend.imaging.containers.facts import Bare, Header, broken, check_parts, check_size

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCREEN_BYTES, _DESCRIPTOR_BYTES = 13, 10
_FULL: Final = 128
"""Bytes from which a sub-block counts as one that an encoder wrote: they write 255 of them, but for the last."""
_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_CONTROL, _COMMENT, _APPLICATION, _PLAIN_TEXT = 0xF9, 0xFE, 0xFF, 0x01
_HAS_TABLE, _TABLE_BITS = 0x80, 0x07
_NAMES: Final = {_COMMENT: "comment", _PLAIN_TEXT: "text", _APPLICATION: "application data"}
_LOOP: Final = b"\x21\xff\x0bNETSCAPE2.0\x03\x01"
"""The head of a block that everybody writes and no standard knows; the count and an end follow."""
_MAX_FRAMES_COUNTED: Final = 10_000


@dataclass(frozen=True, slots=True)
class _Block:
    kind: int
    label: int
    start: int
    end: int


def header(data: bytes) -> Header:
    """Return the screen's size grown to hold every frame, as decoders do, and how many frames there are."""
    width, height = _screen(data)
    check_size(width, height, "GIF")
    frames = 0
    for block in _blocks(data):
        if block.kind == _IMAGE:
            frames += 1
            left, top, wide, high = struct.unpack_from("<HHHH", data, block.start + 1)
            width, height = (max(width, left + wide), max(height, top + high)) if frames == 1 else (width, height)
        if frames == _MAX_FRAMES_COUNTED:
            break
    if not frames:
        raise broken("the GIF file holds no picture", "truncated gif")
    return Header(size=check_size(width, height, "GIF"), frames=frames)


def strip(data: bytes) -> Bare:
    """Return the screen, the first frame with its transparency, and a fresh end."""
    blocks = tuple(_blocks(data))
    first = next(i for i, block in enumerate(blocks) if block.kind == _IMAGE)
    control = [b for b in blocks[:first] if b.label == _CONTROL][-1:]
    kept = [data[b.start : b.end] for b in (*control, blocks[first])]
    return Bare(
        data=b"".join((data[: _table_end(data)], *kept, b"\x3b")),
        removed=_removed(data, blocks),
        lossless=True,
    )


def strip_moving(data: bytes) -> Bare | None:
    """Return the screen, all frames with their timing and transparency, and how often they run.

    None where a frame reaches beyond the screen: decoders differ about what is to be seen then.
    """
    blocks, size = tuple(_blocks(data)), _screen(data)
    frames = [block for block in blocks if block.kind == _IMAGE]
    if not all(_lies_within(data, block, size) for block in frames):
        return None
    kept = [data[b.start : b.end] for b in blocks if b.kind == _IMAGE or b.label == _CONTROL]
    names = tuple(name for name in _removed(data, blocks) if name not in {"animation", "application data"})
    loops = next((data[b.start : b.end] for b in blocks if _is_loop(data, b)), b"")
    others = any(b.label == _APPLICATION and not _is_loop(data, b) for b in blocks)
    return Bare(
        data=b"".join((data[: _table_end(data)], loops, *kept, b"\x3b")),
        removed=(*names, "application data") if others else names,
        servable=True,
        lossless=True,
    )


def _lies_within(data: bytes, block: _Block, size: tuple[int, int]) -> bool:
    left, top, wide, high = struct.unpack_from("<HHHH", data, block.start + 1)
    return left + wide <= size[0] and top + high <= size[1]


def _is_loop(data: bytes, block: _Block) -> bool:
    """Say whether a block does nothing but tell how often an animation runs."""
    body = data[block.start : block.end]
    return body.startswith(_LOOP) and len(body) == len(_LOOP) + 3


def _screen(data: bytes) -> tuple[int, int]:
    if len(data) < _SCREEN_BYTES:
        raise broken("the GIF file is cut off", "truncated gif")
    return struct.unpack_from("<HH", data, 6)


def _table_end(data: bytes) -> int:
    return _SCREEN_BYTES + _table_bytes(data[10])


def _table_bytes(flags: int) -> int:
    return 3 << ((flags & _TABLE_BITS) + 1) if flags & _HAS_TABLE else 0


def _blocks(data: bytes) -> Iterator[_Block]:
    """Yield the blocks up to the trailer; a file cut off behind whole blocks ends without one."""
    at, parts = _table_end(data), _counted()
    while at < len(data):
        next(parts)
        start, kind = at, data[at]
        match kind:
            case 0x3B:
                yield _Block(kind, 0, start, start + 1)
                return
            case 0x21:
                at = _sub_blocks_end(data, start + 2, parts)
                yield _Block(kind, data[start + 1], start, at)
            case 0x2C:
                at = _image_end(data, start, parts)
                yield _Block(kind, 0, start, at)
            case _:
                raise broken("the GIF file has a block of no known kind", "broken gif")


def _counted() -> Iterator[int]:
    """Count what is met and raise TooLarge at more than an honest file has; full sub-blocks are bounded by its size."""
    for count in itertools.count():
        check_parts(count, "GIF")
        yield count


def _image_end(data: bytes, start: int, parts: Iterator[int]) -> int:
    if start + _DESCRIPTOR_BYTES > len(data):
        raise broken("the GIF file is cut off", "truncated gif")
    table = _table_bytes(data[start + 9])
    return _sub_blocks_end(data, start + _DESCRIPTOR_BYTES + table + 1, parts)


def _sub_blocks_end(data: bytes, at: int, parts: Iterator[int]) -> int:
    total = len(data)
    while at < total:
        length = data[at]
        if 0 < length < _FULL:
            next(parts)
        at += length + 1
        if not length:
            return at
    raise broken("the GIF file is cut off", "truncated gif")


def _removed(data: bytes, blocks: tuple[_Block, ...]) -> tuple[str, ...]:
    names = [_NAMES[b.label] for b in blocks if b.kind == _EXTENSION and b.label in _NAMES]
    if sum(b.kind == _IMAGE for b in blocks) > 1:
        names.append("animation")
    if blocks[-1].kind == _TRAILER and blocks[-1].end < len(data):
        names.append("trailing data")
    return tuple(dict.fromkeys(names))
