"""Where pictures are published: platforms, their formats and rules, as clients see them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from backend.schemas.base import Frozen
from backend.schemas.templates import SafeInsets

Grade = Literal["A", "B", "C", "D", "E"]
"""How well a figure is known.

A: an official page, schema or answer was read. B: two or more independent vendors agree, or one quotes the official
text. C: one vendor. D: arithmetic from such figures. E: unconfirmed.
"""
SourceKind = Literal["official", "official-quoted", "official-copy", "vendor", "code"]
FileType = Literal["jpeg", "png", "webp", "gif"]
Limit = bool | int | float | str | tuple[str, ...]
"""What a rule asks for: pixels, bytes, fractions or words, by the rule."""
Rect = tuple[int, int, int, int]
"""Left, top, width and height in pixels."""


class SourceView(Frozen):
    """Where a figure comes from."""

    pages: tuple[str, ...]
    kind: SourceKind
    dated: str
    """When the page says it was written or last changed, as far as it does."""
    read: date
    """When it was read for this studio."""
    says: str = ""
    """What stands behind it where there is no page."""


class RuleView(Frozen):
    """One limit of a format, and how well it is known."""

    rule: str
    limit: Limit
    grade: Grade
    sources: tuple[str, ...]
    """Keys of the answer's `sources`."""


class SafeZone(Frozen):
    """Fractions 0..1 of the sides that words, logos and faces keep clear of."""

    top: float = 0
    bottom: float = 0
    left: float = 0
    right: float = 0


class FormatView(Frozen):
    """One format of a platform."""

    id: str
    name: str
    """What clients ask for it by."""
    aliases: tuple[str, ...]
    default: bool
    """Whether the platform's name alone means this format."""
    legacy: bool
    """Whether it is kept for clients that know it, and another format is preferred."""
    width: int
    height: int
    ratio: str
    shape: Literal["rectangle", "circle"]
    safe_zone: SafeZone
    safe_px: SafeInsets
    """The same in pixels of the format."""
    keepout: tuple[Rect, ...]
    """What the platform's own buttons and pictures cover."""
    crops: dict[str, Rect]
    """What is shown elsewhere instead of the whole."""
    file_type: FileType
    """The first of `file_types`."""
    file_types: tuple[FileType, ...]
    max_size_mb: float | None
    """Megabytes of 1 000 000 bytes; null where no limit is known."""
    grade: Grade
    grades: Mapping[str, Grade]
    """What of it is known less well than the rest: `size`, `safe`, `keepout`."""
    sources: tuple[str, ...]
    rules: tuple[RuleView, ...]
    note: str


class FormatsAnswer(Frozen):
    """The formats of a platform, and where their figures come from."""

    platform: str
    name: str
    checked: date
    """When the figures were last read."""
    formats: tuple[FormatView, ...]
    total: int
    sources: dict[str, SourceView]


class PlatformView(Frozen):
    """One platform that pictures can be cut for."""

    key: str
    name: str
    aliases: tuple[str, ...]
    default_format: str
    formats: tuple[str, ...]
    note: str


class PlatformsAnswer(Frozen):
    """All platforms."""

    platforms: tuple[PlatformView, ...]
    total: int
    total_formats: int
    checked: date


class SpecFormat(Frozen):
    """A format in short."""

    name: str
    ratio: str
    size: str
    """`WxH` in pixels."""
    grade: Grade
    sources: tuple[str, ...]


class PlatformSpecsAnswer(Frozen):
    """What a platform takes, in short."""

    name: str
    formats: tuple[SpecFormat, ...]
    file_types: tuple[str, ...]
    max_file_size: str
    """The least that holds for all its formats by default, such as `8 MB`; empty where none is known."""
    grade: Grade | None
    """How well types and bytes are known; null where each format has its own."""
    checked: date
    sources: dict[str, SourceView]
