"""The words of the library: what is asked of it, what is put into it, what it shows."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, JsonValue

from backend.schemas.base import AssetId, Facts, Frozen, JobId
from backend.schemas.fields import Base64, FlatForm, Name, Words

AssetType = Literal["text", "image", "video", "audio"]
SourceModule = Literal[
    "image_studio",
    "story_writer",
    "blog_writer",
    "linkedin_writer",
    "facebook_writer",
    "main_text_generation",
    "main_image_generation",
    "main_video_generation",
    "main_audio_generation",
    "seo_tools",
    "content_planning",
    "writing_assistant",
    "research_tools",
    "content_strategy",
    "product_marketing",
    "podcast_maker",
    "youtube_creator",
    "brand_avatar_generator",
    "video_studio",
    "voice_cloner",
    "upload",
]
"""The part of the house, or the sister program, that something comes from."""
SortBy = Literal["created_at", "updated_at", "cost", "file_size", "title"]
SortOrder = Literal["asc", "desc"]
UsageAction = Literal["download", "share", "access"]
Disposition = Literal["inline", "attachment"]
"""Whether a browser shows something or saves it."""
ADDRESS = "/api/content-assets"
"""Where the library is served, and what the addresses of its assets begin with."""

_FACTS = 100_000
_TAG = re.compile(r"\s+")


def _tag(text: str) -> str:
    found = _TAG.sub(" ", text).strip()
    if not found or "," in found or "\x00" in found:
        raise ValueError("a tag is a word or a few, without commas")
    return found


Title = Annotated[str, Field(max_length=300), AfterValidator(lambda text: text.replace("\x00", ""))]
Tag = Annotated[str, Field(max_length=64), AfterValidator(_tag)]
Tags = Annotated[tuple[Tag, ...], Field(max_length=64), AfterValidator(lambda tags: tuple(dict.fromkeys(tags)))]
"""Words to find an asset by, each once, in the order they were given."""


class AssetFileView(Frozen):
    """A file that belongs to an asset, such as the layers it was drawn from; the address downloads it."""

    name: str
    file_size: int
    url: str


class AssetView(Frozen):
    """A picture, or another medium, as the library shows it. Addresses are signed and open without credentials."""

    id: AssetId
    asset_type: AssetType
    source_module: str
    filename: str
    file_url: str
    url: str
    """The same as `file_url`."""
    thumbnail_url: str | None
    file_size: int
    """In bytes."""
    mime_type: str
    width: int | None
    """In pixels."""
    height: int | None
    title: str
    description: str
    prompt: str | None
    tags: list[str]
    asset_metadata: dict[str, JsonValue]
    provider: str | None
    model: str | None
    cost: float
    """In credits."""
    generation_time: float | None
    """In seconds."""
    status: str
    is_favorite: bool
    download_count: int
    share_count: int
    parent_ids: list[AssetId]
    job_id: JobId | None
    thumbhash: str | None
    """A blurred preview in about 25 bytes, as base64 (https://evanw.github.io/thumbhash/)."""
    colour: str | None
    """The dominant colour as `#rrggbb`."""
    files: list[AssetFileView]
    created_at: datetime
    updated_at: datetime


class AssetPage(Frozen):
    """A part of the library: `total` counts all that match, `next_cursor` continues after the last one shown."""

    assets: list[AssetView]
    total: int
    limit: int
    offset: int
    next_cursor: str | None


class UploadProblem(BaseModel):
    """Why one file of an upload was not taken: a problem of RFC 9457, its own members too, and which file it was."""

    model_config = ConfigDict(frozen=True, extra="allow")

    filename: str
    index: int
    """The place of the file in the upload, from 0."""
    type: str
    title: str
    status: int
    code: str
    detail: str


class UploadAnswer(Frozen):
    """What became of the files of an upload."""

    assets: list[AssetView]
    errors: list[UploadProblem]


class FavoriteAnswer(Frozen):
    """Whether an asset is a favourite now."""

    asset_id: AssetId
    is_favorite: bool


class UsageAnswer(Frozen):
    """That a use of an asset was counted."""

    asset_id: AssetId
    action: UsageAction
    tracked: bool


class DeleteAnswer(Frozen):
    """That an asset lies in the trash, from where it can be restored."""

    asset_id: AssetId
    deleted: bool


class TrashAnswer(Frozen):
    """What was deleted for good."""

    deleted: int
    """How many assets."""
    bytes: int
    """What their content and files took up."""


class LibraryStatistics(Frozen):
    """What a library holds, without its trash."""

    total: int
    by_type: dict[str, int]
    by_source: dict[str, int]
    favorites: int
    total_size: int
    """In bytes."""
    total_cost: float
    """In credits."""


def _words(text: str) -> str:
    return " ".join(text.replace("\x00", " ").split())


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _whole_day(given: object) -> object:
    bare = isinstance(given, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", given)
    return f"{given}T23:59:59.999999Z" if bare else given


Moment = Annotated[datetime, AfterValidator(_aware)]
"""A point in time; UTC where it names no zone."""


class LibraryQuery(FlatForm):
    """Which part of the library is asked for, and in what order. What is not given doesn't narrow it."""

    asset_type: AssetType | None = None
    source_module: SourceModule | None = None
    search: Annotated[str, Field(max_length=500), AfterValidator(_words)] | None = None
    """Words that must all occur, each in the title, description, prompt, tags, model, engine, file name or id."""
    tags: Annotated[str, Field(max_length=4000)] | None = None
    """Tags with commas between; an asset matches that has one of them."""
    favorites_only: bool = False
    date_from: Moment | None = None
    date_to: Annotated[Moment, BeforeValidator(_whole_day)] | None = None
    """Both inclusive; a bare date as `date_to` means the whole day."""
    provider: Name | None = None
    model: Name | None = None
    status: Name | None = None
    sort_by: SortBy = "created_at"
    sort_order: SortOrder = "desc"
    limit: Annotated[int, Field(ge=1, le=500)] = 100
    offset: Annotated[int, Field(ge=0, le=10_000_000)] = 0
    """How many to leave out first; for walking through everything, the cursor is faster and stays in step."""
    cursor: Annotated[str, Field(max_length=2000)] | None = None
    """`next_cursor` of the page before, with the same order."""

    def any_tags(self) -> tuple[str, ...]:
        """Return the tags, of which an asset must have one."""
        return tuple(filter(None, (_words(tag) for tag in (self.tags or "").split(","))))


class SignedQuery(Frozen):
    """The query of an address that opens without credentials; with credentials only `disposition` counts."""

    workspace: Annotated[str, Field(max_length=32)] | None = None
    expires: Annotated[int, Field(ge=0, le=2**53)] | None = None
    disposition: Disposition | None = None
    key: Annotated[str, Field(max_length=32)] | None = None
    signature: Annotated[str, Field(max_length=128)] | None = None

    @property
    def signed(self) -> bool:
        """Return whether the address claims to open by itself."""
        return self.signature is not None


class AssetChange(Frozen):
    """What people may change about an asset; null stays as it is, blank text clears."""

    title: Title | None = None
    description: Words | None = None
    tags: Tags | None = None


def _plain(facts: Facts) -> Facts:
    if len(json.dumps(facts, allow_nan=False)) > _FACTS:
        raise ValueError(f"facts take at most {_FACTS} characters as JSON")
    return facts


class NewRecord(FlatForm):
    """Something of any module to keep in the library: a text, or a picture as base64. Never a path or an address."""

    asset_type: Literal["text", "image"]
    source_module: SourceModule
    content: Annotated[str, Field(max_length=1_000_000)] | None = None
    """The text, for `text`."""
    image_base64: Base64 | None = None
    """The picture, for `image`."""
    filename: Annotated[str, Field(max_length=1000)] = ""
    title: Title = ""
    description: Words = ""
    prompt: Words | None = None
    tags: Tags = ()
    asset_metadata: Annotated[Facts, AfterValidator(_plain)] = Field(default_factory=dict)
    provider: Name | None = None
    model: Name | None = None
    generation_time: Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)] | None = None


class SaveForm(FlatForm):
    """What clients send after a create to have it in the library: its id, its address, or the picture itself."""

    asset_id: AssetId | None = None
    file_url: Annotated[str, Field(max_length=2000)] | None = None
    image_base64: Base64 | None = None
    title: Title = ""
    description: Words = ""
    prompt: Words | None = None
    tags: Tags = ()
