"""The shelf of formats: finds what clients name, and shows it as they know it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.errors import FieldError, InvalidRequest, NotFound
from backend.schemas.social import (
    FormatsAnswer,
    FormatView,
    PlatformsAnswer,
    PlatformSpecsAnswer,
    PlatformView,
    RuleView,
    SafeZone,
    SourceView,
    SpecFormat,
)
from backend.services.image_studio.formats import FormatBook
from backend.services.image_studio.search import closest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from backend.schemas.social import FileType
    from backend.services.image_studio.formats import Format, Platform, Source

ALL = "all"
"""In the place of a format's name: every format of the platform."""
MEGABYTE = 1_000_000


class FormatShelf:
    """The platforms and their formats, found by the names that clients use."""

    def __init__(self, book: FormatBook) -> None:
        self._book = book

    @classmethod
    def load(cls) -> FormatShelf:
        """Return the shelf as it stands in the data folder."""
        return cls(FormatBook.load())

    @property
    def platforms(self) -> tuple[Platform, ...]:
        """Return all platforms in the order of the file."""
        return self._book.platforms

    @property
    def sources(self) -> Mapping[str, Source]:
        """Return where figures were read, by the keys that rules name them by."""
        return self._book.sources

    def choose(
        self, platforms: Sequence[str], named: Mapping[str, str | Sequence[str]]
    ) -> tuple[tuple[Platform, Format], ...]:
        """Return the formats that are asked for, each once, in the order in which they are.

        A platform without names means its first format, the name `all` means every one of them.

        Raises:
            InvalidRequest: a platform or a format is unknown; the details list the known ones.
        """
        wanted = {(one := self._asked(name, "/platforms")).key: one for name in platforms}
        names = {self._asked(key, "/format_names").key: value for key, value in named.items()}
        found = {
            one.id: (platform, one)
            for platform in wanted.values()
            for one in _chosen(platform, names.get(platform.key))
        }
        return tuple(found.values())

    def meant(self, key: str) -> tuple[Platform, Format] | None:
        """Return the format that `<platform>.<format>` means, by names, aliases or ids; None if there is none."""
        platform = self._book.platform(key.partition(".")[0])
        form = platform.named(key.partition(".")[2]) if platform else None
        return (platform, form) if platform and form else None

    def one(self, platform: str, name: str | None) -> tuple[Platform, Format]:
        """Return the one format that is asked for; without a name the platform's first.

        Raises:
            InvalidRequest: the platform or the format is unknown; the details list the known ones.
        """
        found = self._asked(platform, "/platform")
        return found, found.formats[0] if name is None else _format(found, name, "/format")

    def list(self) -> PlatformsAnswer:
        """Return every platform with the names of its formats."""
        shown = tuple(_platform_view(platform) for platform in self.platforms)
        count = sum(len(platform.formats) for platform in self.platforms)
        return PlatformsAnswer(platforms=shown, total=len(shown), total_formats=count, checked=self._book.checked)

    def formats(self, name: str) -> FormatsAnswer:
        """Return the formats of a platform.

        Raises:
            NotFound: there is no such platform.
        """
        platform = self._found(name)
        shown = tuple(_format_view(platform, one) for one in platform.formats)
        return FormatsAnswer(
            platform=platform.key,
            name=platform.name,
            checked=self._book.checked,
            formats=shown,
            total=len(shown),
            sources=self._sources(key for view in shown for rule in (view, *view.rules) for key in rule.sources),
        )

    def specs(self, name: str) -> PlatformSpecsAnswer:
        """Return what a platform takes, in short.

        Raises:
            NotFound: there is no such platform.
        """
        platform = self._found(name)
        shown = tuple(
            SpecFormat(name=f.name, ratio=f.size.ratio, size=str(f.pixels), grade=f.grade, sources=f.sources)
            for f in platform.formats
        )
        shared = platform.rules
        return PlatformSpecsAnswer(
            name=platform.name,
            formats=shown,
            file_types=_types_anywhere(platform),
            max_file_size=_size_words(_least_bytes(platform)),
            grade=shared.grade if shared else None,
            checked=self._book.checked,
            sources=self._sources((*(k for f in shown for k in f.sources), *(shared.sources if shared else ()))),
        )

    def _sources(self, keys: Iterable[str]) -> dict[str, SourceView]:
        listed = self._book.sources
        return {key: SourceView(**listed[key].model_dump(), read=self._book.checked) for key in dict.fromkeys(keys)}

    def _found(self, name: str) -> Platform:
        platform = self._book.platform(name)
        if platform is None:
            raise NotFound(detail=self._unknown(name))
        return platform

    def _asked(self, name: str, pointer: str) -> Platform:
        platform = self._book.platform(name)
        if platform is None:
            detail = self._unknown(name)
            raise InvalidRequest(detail=detail, errors=(FieldError(pointer=pointer, detail=detail),))
        return platform

    def _unknown(self, name: str) -> str:
        return f'There is no platform "{name}". Known: {", ".join(platform.key for platform in self.platforms)}.'


def _chosen(platform: Platform, names: str | Sequence[str] | None) -> tuple[Format, ...]:
    if names is None:
        return platform.formats[:1]
    asked = [names] if isinstance(names, str) else names
    if any(name.strip().casefold() == ALL for name in asked):
        return platform.formats
    return tuple(_format(platform, name, f"/format_names/{platform.key}") for name in asked)


def _format(platform: Platform, name: str, pointer: str) -> Format:
    found = platform.named(name)
    if found is None:
        known = [one.name for one in platform.formats]
        nearest = closest(name, known)
        hint = f' Did you mean "{nearest[0]}"?' if nearest else ""
        detail = f'{platform.name} has no format "{name}".{hint} Known: {", ".join(known)}.'
        raise InvalidRequest(detail=detail, errors=(FieldError(pointer=pointer, detail=detail),))
    return found


def _platform_view(platform: Platform) -> PlatformView:
    return PlatformView(
        key=platform.key,
        name=platform.name,
        aliases=platform.aliases,
        default_format=platform.formats[0].name,
        formats=tuple(one.name for one in platform.formats),
        note=platform.rules.note if platform.rules else "",
    )


def _format_view(platform: Platform, one: Format) -> FormatView:
    rules = platform.rules_of(one)
    limits = {rule.name: rule.limit for rule in rules}
    types, most = types_of(platform, one), limits.get("max_bytes")
    return FormatView(
        **one.model_dump(exclude={"size", "safe", "limits", "without"}),
        **one.size.model_dump(),
        default=one is platform.formats[0],
        safe_zone=safe_zone_of(one),
        safe_px=one.safe,
        file_type=types[0],
        file_types=types,
        max_size_mb=most / MEGABYTE if isinstance(most, int) else None,
        rules=tuple(RuleView(rule=r.name, limit=r.limit, grade=r.grade, sources=r.sources) for r in rules),
    )


def safe_zone_of(one: Format) -> SafeZone:
    """Return the insets of a format as fractions of its sides."""
    width, height, safe = one.size.width, one.size.height, one.safe
    return SafeZone(
        top=round(safe.top / height, 4),
        bottom=round(safe.bottom / height, 4),
        left=round(safe.left / width, 4),
        right=round(safe.right / width, 4),
    )


def types_of(platform: Platform, one: Format) -> tuple[FileType, ...]:
    """Return the types of file that a format takes, the usual one first."""
    own = one.limits.types
    shared = platform.rules.limits.types if platform.rules else None
    assert own or shared, "the file says that every format takes some type"
    return own or shared or ()


def _types_anywhere(platform: Platform) -> tuple[str, ...]:
    return tuple(dict.fromkeys(kind.upper() for one in platform.formats for kind in types_of(platform, one)))


def _least_bytes(platform: Platform) -> int | None:
    shared = platform.rules.limits.max_bytes if platform.rules else None
    return shared or min((f.limits.max_bytes for f in platform.formats if f.limits.max_bytes), default=None)


def _size_words(size: int | None) -> str:
    if size is None:
        return ""
    return f"{size // 100_000 / 10:g} MB" if size >= MEGABYTE else f"{size // 1000} KB"
