"""What a file is, read from its container alone: no decoder runs, so nothing hostile can happen yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from backend.errors import InvalidImage, TooLarge, UnsupportedFormat
from backend.imaging.containers import avif, foreign, gif, jpeg, png, webp
from backend.imaging.containers.facts import (
    MAX_FRAMES,
    MAX_MOVING_PIXELS,
    Bare,
    Format,
    Header,
    bounds,
    check_header,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.imaging.types import Size


@dataclass(frozen=True, slots=True, kw_only=True)
class Sniffed:
    """What the bytes are: `size` as stored, before any orientation is applied; `frames` is 1 for a still picture."""

    format: Format
    mime: str
    size: Size
    frames: int = 1


_HEADERS: Final[dict[Format, Callable[[bytes], Header]]] = {
    "jpeg": jpeg.header,
    "png": png.header,
    "webp": webp.header,
    "gif": gif.header,
    "avif": avif.header,
}
_MOVING: Final[dict[Format, Callable[[bytes], Bare | None]]] = {
    "png": png.strip_moving,
    "webp": webp.strip_moving,
    "gif": gif.strip_moving,
}
_STRIPPERS: Final[dict[Format, Callable[[bytes], Bare]]] = {
    "jpeg": jpeg.strip,
    "png": png.strip,
    "webp": webp.strip,
    "gif": gif.strip,
    "avif": avif.strip,
}


def sniff(data: bytes) -> Sniffed:
    """Return what the bytes are, whatever their name or announced type.

    Raises UnsupportedFormat (its `found` names what was sent), TooLarge (over 50 MiB, 50 megapixels, 16,384 pixels a
    side, 100 scans, 4 MiB of colour profile, 16 MiB of metadata) or InvalidImage (the container is broken).
    """
    most = bounds().bytes
    if len(data) > most:
        raise TooLarge(
            detail=f"the file has {len(data) / 2**20:.1f} MiB; the most is {most // 2**20}",
            limit=f"{most} bytes",
            found=f"{len(data)} bytes",
        )
    return measure(data)


def measure(data: bytes) -> Sniffed:
    """Return what `sniff` does, however many bytes there are: for files that were written here."""
    kind = kind_of(data)
    header = _HEADERS[kind](data)
    check_header(header, kind)
    return Sniffed(format=kind, mime=f"image/{kind}", size=header.size, frames=header.frames)


def kind_of(data: bytes) -> Format:
    """Return the format by its first bytes, or raise UnsupportedFormat or, for an empty file, InvalidImage."""
    if not data:
        raise InvalidImage(detail="the file is empty", found="nothing")
    if data[:3] == b"\xff\xd8\xff":
        return "jpeg"
    if data[:8] == png.SIGNATURE:
        return "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "gif"
    if avif.is_avif(data):
        return "avif"
    found = foreign.name(data)
    raise UnsupportedFormat(
        detail=f"the file is {_article(found)}, not JPEG, PNG, WebP, GIF or AVIF",
        found=found,
    )


def strip(kind: Format, data: bytes) -> Bare:
    """Return a sniffed file cut down to its picture."""
    return _STRIPPERS[kind](data)


def strip_moving(sniffed: Sniffed, data: bytes) -> Bare | None:
    """Return a sniffed file cut down to its moving picture; None where it has none that is kept as it is."""
    strip_all = _MOVING.get(sniffed.format)
    pixels = sniffed.size.pixels * sniffed.frames
    if strip_all is None or not 1 < sniffed.frames <= MAX_FRAMES or pixels > MAX_MOVING_PIXELS:
        return None
    return strip_all(data)


def _article(found: str) -> str:
    return "of an unknown kind" if found == "unknown" else f"of the kind {found}"
