"""The two facts wanted from EXIF: which way is up, and whether it tells a place.

Only the first directory is read, without following a single pointer out of it, so loops and lies can't matter.
Source: https://www.cipa.jp/std/documents/download_e.html?CIPA_DC-008-2024-E (read 2026-11-22)
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

_ORIENTATION: Final = 0x0112
_GPS: Final = 0x8825
_SHORT: Final = 3
_ENTRY: Final = 12
_TIFF_HEADER: Final = 8
_MAX_ENTRIES: Final = 512
_UPRIGHT: Final = 1
_ORIENTATIONS: Final = range(1, 9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exif:
    """What an EXIF block says: `orientation` 1..8 (1 where it says nothing sensible), and whether it holds a place."""

    orientation: int = _UPRIGHT
    has_gps: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Return what leaves with the block, in the words of `Inspected.removed`."""
        return ("gps", "exif") if self.has_gps else ("exif",)


def read(tiff: bytes) -> Exif:
    """Return what the first directory says; nonsense reads as upright and placeless."""
    tiff = tiff.removeprefix(b"Exif\0\0")
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None or len(tiff) < _TIFF_HEADER:
        return Exif()
    (start,) = struct.unpack_from(order + "I", tiff, 4)
    if start + 2 > len(tiff):
        return Exif()
    (count,) = struct.unpack_from(order + "H", tiff, start)
    return _read_directory(tiff[start + 2 :], order, min(count, _MAX_ENTRIES))


def _read_directory(entries: bytes, order: str, count: int) -> Exif:
    orientation, has_gps = _UPRIGHT, False
    for at in range(0, min(count * _ENTRY, len(entries) - _ENTRY + 1), _ENTRY):
        tag, kind, _number, value = struct.unpack_from(order + "HHIH", entries, at)
        has_gps = has_gps or tag == _GPS
        if tag == _ORIENTATION and kind == _SHORT and value in _ORIENTATIONS:
            orientation = value
    return Exif(orientation=orientation, has_gps=has_gps)
