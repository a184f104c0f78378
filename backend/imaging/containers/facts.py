"""What a container says about its picture, and the limits that hold before any decoder runs."""

from __future__ import annotations

from collections.abc import Generator  # noqa: TC003 - contextmanager's annotation is read at run time
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final, Literal

from backend.errors import InvalidImage, TooLarge
from backend.imaging.types import Size

Format = Literal["jpeg", "png", "webp", "gif", "avif"]

MAX_BYTES: Final = 50 * 1024 * 1024
MAX_PIXELS: Final = 50_000_000
MAX_SIDE: Final = 16_384
MAX_SCANS: Final = 100
MAX_ICC_BYTES: Final = 4 * 1024 * 1024
MAX_METADATA_BYTES: Final = 16 * 1024 * 1024
MAX_FRAMES: Final = 600
"""Frames of an animation that is kept; of a longer one, or one of more pixels, the first frame is."""
MAX_MOVING_PIXELS: Final = 100_000_000
"""Pixels of all its frames together."""
MAX_PARTS: Final = 50_000
"""Segments, chunks or boxes in one file: real files have a few thousand at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How large a file may be, in bytes, and its picture, in pixels."""

    bytes: int
    pixels: int


OUTSIDE: Final = Bounds(bytes=MAX_BYTES, pixels=MAX_PIXELS)
"""What is taken from outside."""
MADE: Final = Bounds(bytes=450 * 1024 * 1024, pixels=100_000_000)
"""What engines may make, and what the studio reads again of its own."""
_bounds: ContextVar[Bounds] = ContextVar("bounds", default=OUTSIDE)


def bounds() -> Bounds:
    """Return the bounds in force."""
    return _bounds.get()


@contextmanager
def within(those: Bounds) -> Generator[None]:
    """Let other bounds than those for the outside be in force."""
    token = _bounds.set(those)
    try:
        yield
    finally:
        _bounds.reset(token)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the container announces: `size` as stored (before orientation), sizes of its parts in bytes."""

    size: Size
    frames: int = 1
    scans: int = 1
    icc_bytes: int = 0
    metadata_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bare:
    """A file cut down to its picture.

    `data` holds what a decoder needs and nothing else; `removed` names what was left out. `icc` and `orientation`
    (EXIF, 1..8) still have to be applied to the pixels. `servable` says that `data` may be handed out as it is once
    `icc` turns out to be absent or sRGB and the picture stands upright.
    """

    data: bytes
    removed: tuple[str, ...] = ()
    icc: bytes | None = None
    orientation: int = 1
    servable: bool = False
    lossless: bool = False


def broken(detail: str, found: str) -> InvalidImage:
    """Return the error for a file whose container does not hold together."""
    return InvalidImage(detail=detail, found=found)


def check_size(width: int, height: int, kind: str) -> Size:
    """Return the announced size, or raise InvalidImage (no pixels) or TooLarge (too many)."""
    if width < 1 or height < 1:
        raise broken(f"the {kind} file announces a picture of {width}x{height} pixels", f"{width}x{height}")
    if max(width, height) > MAX_SIDE:
        raise TooLarge(
            detail=f"the picture is {width}x{height} pixels; a side has at most {MAX_SIDE:,} pixels",
            limit=f"{MAX_SIDE} pixels a side",
            found=f"{width}x{height}",
        )
    most = bounds().pixels
    if width * height > most:
        raise TooLarge(
            detail=f"the picture has {width * height / 1e6:.0f} megapixels; the most is {most // 1_000_000}",
            limit=f"{most // 1_000_000} megapixels",
            found=f"{width}x{height}",
        )
    return Size(width, height)


def check_parts(count: int, kind: str) -> None:
    """Raise TooLarge when a file is cut into more parts than any honest one."""
    if count > MAX_PARTS:
        raise TooLarge(
            detail=f"the {kind} file is cut into more than {MAX_PARTS:,} parts",
            limit=f"{MAX_PARTS} parts",
            found=f"more than {MAX_PARTS} parts",
        )


def check_header(header: Header, kind: str) -> None:
    """Raise TooLarge when scans, colour profile or metadata go beyond the limits."""
    limits = (
        ("scans", header.scans, MAX_SCANS),
        ("bytes of colour profile", header.icc_bytes, MAX_ICC_BYTES),
        ("bytes of metadata", header.metadata_bytes, MAX_METADATA_BYTES),
    )
    for what, found, limit in limits:
        if found > limit:
            raise TooLarge(
                detail=f"the {kind} file has {found:,} {what}; the most is {limit:,}",
                limit=f"{limit} {what}",
                found=f"{found} {what}",
            )
