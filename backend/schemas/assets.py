"""The words of the library: what is put into it, and what it shows."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue

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
UsageAction = Literal["download", "share", "access"]
Purpose = Literal["mask", "guide"]
"""What something in the library only serves: where to change a picture, or what a picture is to follow."""
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
    operation: str | None
    """What it was made by, such as `create` or `inpaint`; null of what was brought along."""
    platform: str | None
    """The platform that it was made for; null where it is no export."""
    purpose: Purpose | None
    """What it only serves; null of everything that is there for itself."""
    collection_ids: list[str]
    thumbhash: str | None
    """A blurred preview in about 25 bytes, as base64 (https://evanw.github.io/thumbhash/)."""
    colour: str | None
    """The dominant colour as `#rrggbb`."""
    files: list[AssetFileView]
    created_at: datetime
    updated_at: datetime
    trashed_at: datetime | None
    """Since when it lies in the trash."""


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
