"""What is asked of the library: which part of it, in what order, and of tags and months how many there are."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from backend.schemas.assets import AssetType, SourceModule
from backend.schemas.fields import FlatForm, Name

SortBy = Literal["created_at", "updated_at", "cost", "file_size", "title"]
SortOrder = Literal["asc", "desc"]
TagsMatch = Literal["any", "all"]
Colour = Annotated[str, Field(pattern="^#[0-9a-fA-F]{6}$")]


def _words(text: str) -> str:
    return " ".join(text.replace("\x00", " ").split())


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _whole_day(given: object) -> object:
    bare = isinstance(given, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", given)
    return f"{given}T23:59:59.999999Z" if bare else given


Moment = Annotated[datetime, AfterValidator(_aware)]
"""A point in time; UTC where it names no zone."""
Listed = Annotated[str, Field(max_length=4000)]
"""Words with commas between."""


def parts_of(listed: str | None) -> tuple[str, ...]:
    """Return the words between the commas, without blanks around them."""
    return tuple(dict.fromkeys(filter(None, (_words(one) for one in (listed or "").split(",")))))


class LibraryFilter(FlatForm):
    """Which part of the library is asked for. What is not given doesn't narrow it."""

    asset_type: AssetType | None = None
    source_module: SourceModule | None = None
    search: Annotated[str, Field(max_length=500), AfterValidator(_words)] | None = None
    """Words that must all occur, each in the title, description, prompt, tags, model, engine, file name or id."""
    tags: Listed | None = None
    """Tags with commas between."""
    tags_match: TagsMatch = "any"
    """Whether an asset has one of the tags, or all of them."""
    favorites_only: bool = False
    date_from: Moment | None = None
    date_to: Annotated[Moment, BeforeValidator(_whole_day)] | None = None
    """Both inclusive; a bare date as `date_to` means the whole day."""
    provider: Name | None = None
    model: Name | None = None
    status: Name | None = None
    operation: Listed | None = None
    """What made it: one operation, or several with commas between, such as `create,inpaint`."""
    platform: Name | None = None
    """The platform that it was exported for, by its key."""
    colour: Colour | None = None
    """A colour as `#rrggbb`: what is mostly of one that looks like it."""
    collection_id: Name | None = None
    trashed: bool = False
    """What lies in the trash, and that alone."""
    include_inputs: bool = False
    """Also what only served: masks, and pictures that others were to follow."""


class LibraryQuery(LibraryFilter):
    """Which part of the library is asked for, and in what order."""

    sort_by: SortBy = "created_at"
    sort_order: SortOrder = "desc"
    limit: Annotated[int, Field(ge=1, le=500)] = 100
    offset: Annotated[int, Field(ge=0, le=10_000_000)] = 0
    """How many to leave out first; for walking through everything, the cursor is faster and stays in step."""
    cursor: Annotated[str, Field(max_length=2000)] | None = None
    """`next_cursor` of the page before, with the same order."""


class TagsQuery(FlatForm):
    """Which tags are asked for."""

    search: Annotated[str, Field(max_length=64), AfterValidator(_words)] | None = None
    """What a tag contains."""
    limit: Annotated[int, Field(ge=1, le=1000)] = 200
