"""Formats: every place that a picture is published in, with what it takes and how well that is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from backend.imaging.types import Size
from backend.schemas.base import Frozen
from backend.schemas.fields import near, ratio_of
from backend.schemas.social import FileType, Grade, Limit, Rect, SourceKind
from backend.schemas.templates import SafeInsets
from backend.services.image_studio.search import folded
from backend.services.image_studio.tables import read_table


def _known_ratio(text: str) -> str:
    ratio_of(text)
    return text


ROUNDED = 0.005
"""How far a ratio may be off by whole pixels, as a share: 1080x566 is 1.91:1."""
Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]
Count = Annotated[int, Field(ge=1)]
Bytes = Annotated[int, Field(ge=1024)]
Fraction = Annotated[float, Field(ge=0, le=1)]


class Source(Frozen):
    """Where figures were read."""

    pages: tuple[Annotated[str, Field(pattern=r"^https://")], ...]
    kind: SourceKind
    dated: str
    says: str = ""

    @model_validator(mode="after")
    def _something_stands_behind_it(self) -> Self:
        if not (self.pages or self.says):
            raise ValueError("a source is a page, or says why there is none")
        return self


class Limits(Frozen):
    """What a file has to be; None where nothing is known. Pixels, bytes, ratios (width by height)."""

    types: tuple[FileType, ...] | None = Field(default=None, min_length=1)
    max_bytes: Bytes | None = None
    min_bytes: Bytes | None = None
    target_bytes: Bytes | None = None
    """What loads fastest, below what is taken."""
    gif_max_bytes: Bytes | None = None
    w_min: Count | None = None
    w_max: Count | None = None
    h_min: Count | None = None
    side_min: Count | None = None
    side_max: Count | None = None
    short_side_max: Count | None = None
    sum_sides_max: Count | None = None
    max_pixels: Count | None = None
    ratio_min: float | None = Field(default=None, gt=0)
    ratio_max: float | None = Field(default=None, gt=0)
    ratio_tol: Fraction | None = None
    """How far from the format's ratio a file may be, as a share of it."""
    transparency_min: Fraction | None = None
    max_items: Count | None = None
    alt_required: bool | None = None
    alt_max_chars: Count | None = None
    colour: Literal["sRGB"] | None = None
    size_exact: Literal[True] | None = None
    """That no other size than the format's is taken."""

    @property
    def known(self) -> dict[str, Limit]:
        """Return the limits that there are, by name."""
        return self.model_dump(exclude_none=True)

    def broken_by(self, size: Size) -> tuple[str, ...]:
        """Return which limits on pixels a picture of this size breaks."""
        short, long = sorted((size.width, size.height))
        kept = {
            "w_min": size.width >= (self.w_min or 1),
            "w_max": size.width <= (self.w_max or size.width),
            "h_min": size.height >= (self.h_min or 1),
            "side_min": short >= (self.side_min or 1),
            "side_max": long <= (self.side_max or long),
            "short_side_max": short <= (self.short_side_max or short),
            "sum_sides_max": short + long <= (self.sum_sides_max or short + long),
            "max_pixels": size.pixels <= (self.max_pixels or size.pixels),
            "ratio_min": size.ratio >= (self.ratio_min or 0) * (1 - ROUNDED),
            "ratio_max": size.ratio <= (self.ratio_max or size.ratio) * (1 + ROUNDED),
        }
        return tuple(name for name, holds in kept.items() if not holds)


class Rules(Frozen):
    """Limits, and how well they are known."""

    limits: Limits
    grade: Grade
    sources: tuple[str, ...] = ()
    note: str = ""


class Rule(Frozen):
    """One limit with its own grade and sources."""

    name: str
    limit: Limit
    grade: Grade
    sources: tuple[str, ...]


class Frame(Frozen):
    """A size and what its shape is called."""

    width: Count
    height: Count
    ratio: Annotated[str, AfterValidator(_known_ratio)]

    @model_validator(mode="after")
    def _ratio_is_the_size(self) -> Self:
        if not near(ratio_of(self.ratio), self.width / self.height, within=ROUNDED):
            raise ValueError(f"{self.width}x{self.height} is not {self.ratio}")
        return self


class Format(Frozen):
    """One format as the file has it; `rules` of its platform hold besides its own `limits`."""

    id: Key
    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    legacy: bool = False
    size: Frame
    shape: Literal["rectangle", "circle"] = "rectangle"
    safe: SafeInsets = SafeInsets()
    keepout: tuple[Rect, ...] = ()
    crops: Mapping[str, Rect] = {}
    limits: Limits = Limits()
    without: tuple[str, ...] = ()
    """Limits of the platform that do not hold for it."""
    grade: Grade
    grades: Mapping[Literal["size", "safe", "keepout"], Grade] = {}
    sources: tuple[str, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _all_of_it_lies_within(self) -> Self:
        width, height = self.size.width, self.size.height
        safe = self.safe
        if min(dict(safe).values()) < 0 or safe.left + safe.right >= width or safe.top + safe.bottom >= height:
            raise ValueError(f"nothing of {self.id} is safe")
        for left, top, wide, high in (*self.keepout, *self.crops.values()):
            if min(left, top) < 0 or min(wide, high) < 1 or left + wide > width or top + high > height:
                raise ValueError(f"a box of {self.id} lies outside of it")
        return self

    @model_validator(mode="after")
    def _what_is_known_has_a_source(self) -> Self:
        if self.grade != "E" and not self.sources:
            raise ValueError(f"{self.id} is graded {self.grade} without a source")
        return self

    @property
    def pixels(self) -> Size:
        """Return its size in pixels."""
        return Size(self.size.width, self.size.height)


class Platform(Frozen):
    """A platform, the rules that all its formats share, and its formats, the default one first."""

    key: Key
    name: str
    aliases: tuple[Key, ...] = ()
    rules: Rules | None = None
    formats: tuple[Format, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        names = [name for one in self.formats for name in {one_word(name) for name in (one.name, *one.aliases, one.id)}]
        if len(set(names)) != len(names):
            raise ValueError(f"two formats of {self.key} go by the same name")
        return self

    @model_validator(mode="after")
    def _every_format_can_be_made(self) -> Self:
        for one in self.formats:
            if "types" not in {rule.name for rule in self.rules_of(one)}:
                raise ValueError(f"{one.id} takes no type of file")
        return self

    @model_validator(mode="after")
    def _every_format_keeps_to_its_rules(self) -> Self:
        for one in self.formats:
            limits = Limits.model_validate({rule.name: rule.limit for rule in self.rules_of(one)})
            if broken := limits.broken_by(one.pixels):
                raise ValueError(f"{one.id} breaks its own rules: {', '.join(broken)}")
        return self

    def rules_of(self, one: Format) -> tuple[Rule, ...]:
        """Return what holds for a format: its own limits, and those of the platform that it has none of its own for."""
        own = {name: _rule(name, limit, one.grade, one.sources) for name, limit in one.limits.known.items()}
        if self.rules is None:
            return tuple(own.values())
        shared, grade, sources = self.rules.limits.known, self.rules.grade, self.rules.sources
        held = {k: _rule(k, limit, grade, sources) for k, limit in shared.items() if k not in one.without}
        return tuple((held | own).values())

    def named(self, name: str) -> Format | None:
        """Return the format that goes by this name, alias or id."""
        return self._by_name.get(one_word(name))

    @cached_property
    def _by_name(self) -> dict[str, Format]:
        return {one_word(name): one for one in self.formats for name in (one.name, *one.aliases, one.id)}


class FormatBook(Frozen):
    """The data file: platforms, and the pages that their figures were read from."""

    checked: date
    sources: Mapping[str, Source]
    platforms: tuple[Platform, ...]

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        names = [name for platform in self.platforms for name in (platform.key, *platform.aliases)]
        ids = [one.id for platform in self.platforms for one in platform.formats]
        if len(set(names)) != len(names) or len(set(ids)) != len(ids):
            raise ValueError("two platforms or two formats go by the same name")
        return self

    @model_validator(mode="after")
    def _sources_are_listed(self) -> Self:
        cited = {key for platform in self.platforms for rule in _cited(platform) for key in rule}
        if cited != set(self.sources):
            raise ValueError(f"cited and listed sources differ: {sorted(cited ^ set(self.sources))}")
        return self

    @classmethod
    def load(cls) -> FormatBook:
        """Return the file as it stands in the data folder."""
        return cls.model_validate(read_table("platforms"))

    def platform(self, name: str) -> Platform | None:
        """Return the platform that goes by this key or alias."""
        return self._by_name.get(one_word(name))

    @cached_property
    def _by_name(self) -> dict[str, Platform]:
        return {name: platform for platform in self.platforms for name in (platform.key, *platform.aliases)}


def one_word(name: str) -> str:
    """Return a name as it is compared: small letters and digits, joined by underscores."""
    return "_".join(folded(name))


def _cited(platform: Platform) -> tuple[tuple[str, ...], ...]:
    return (*(one.sources for one in platform.formats), platform.rules.sources if platform.rules else ())


def _rule(name: str, limit: Limit, grade: Grade, sources: tuple[str, ...]) -> Rule:
    return Rule(name=name, limit=limit, grade=grade, sources=sources)
