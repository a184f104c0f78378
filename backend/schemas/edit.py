"""The request and the answers of `/edit` and `/edit/operations`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import ConfigDict, Field, JsonValue, model_validator

from backend.schemas.base import AssetId, Facts, Frozen, JobId
from backend.schemas.fields import (
    JPEG,
    Base64,
    Cost,
    FlatForm,
    GuidanceScale,
    Name,
    ResponseFormat,
    Steps,
    Words,
)
from backend.schemas.specs import OutputFormat, Seed


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPicture:
    """An encoded picture that came with a request, under the name of its file, if it had one."""

    data: bytes
    name: str = ""


INPUTS = ("image", "mask", "background_image", "lighting_image")
"""The pictures an edit can read; each is sent as `…_base64` or as `…_asset_id`."""

Expansion = Annotated[int, Field(ge=0, le=2000)]


class EditRequest(FlatForm):
    """Ask for one change to one picture."""

    image_base64: Base64 | None = Field(default=None, repr=False)
    image_asset_id: AssetId | None = None
    operation: Name
    prompt: Words | None = None
    negative_prompt: Words | None = None
    search_prompt: Words | None = None
    select_prompt: Words | None = None
    mask_base64: Base64 | None = Field(default=None, repr=False)
    """White is what changes, grey changes as much as it is bright, and what is see-through counts as black. As large as
    the picture after EXIF orientation."""
    mask_asset_id: AssetId | None = None
    background_image_base64: Base64 | None = Field(default=None, repr=False)
    background_image_asset_id: AssetId | None = None
    lighting_image_base64: Base64 | None = Field(default=None, repr=False)
    lighting_image_asset_id: AssetId | None = None
    expand_left: Expansion = 0
    """Pixels to add at this side."""
    expand_right: Expansion = 0
    expand_up: Expansion = 0
    expand_down: Expansion = 0
    provider: Name = "auto"
    model: Name | None = None
    style_preset: Name | None = None
    guidance_scale: GuidanceScale | None = None
    steps: Steps | None = None
    seed: Seed | None = None
    output_format: Annotated[OutputFormat, JPEG] = "png"
    options: dict[Name, JsonValue] = Field(default_factory=dict)
    """Fine settings of one operation, such as `grow_mask`; `/edit/operations` lists them."""
    response_format: ResponseFormat = "base64"

    @model_validator(mode="after")
    def _each_picture_comes_once(self) -> Self:
        for name in INPUTS:
            if self.gives(f"{name}_base64") and self.gives(f"{name}_asset_id"):
                raise ValueError(f"give {name}_base64 or {name}_asset_id, not both")
        if not (self.gives("image_base64") or self.gives("image_asset_id")):
            raise ValueError("give the picture as image_base64 or image_asset_id")
        return self


class EditAnswer(Frozen):
    """The changed picture, and what it cost."""

    success: bool
    operation: str
    provider: str
    model: str
    image_base64: str | None = Field(default=None, repr=False)
    """The bytes as a data URL; null where the caller asked for URLs."""
    width: int
    height: int
    metadata: Facts
    """`operation`, `processing_time` in seconds, `ignored`, `mask_fraction` (the share of the picture that changed) and
    what the engine knows about it."""
    warnings: tuple[str, ...] = ()
    """What was asked for and had no effect, a sentence each; `metadata.ignored` names the fields."""
    asset_id: AssetId
    url: str
    job_id: JobId
    cost: Cost


class OperationFields(Frozen):
    """Which parts of the form an operation uses."""

    prompt: bool = False
    mask: bool = False
    negative_prompt: bool = False
    search_prompt: bool = False
    select_prompt: bool = False
    background: bool = False
    lighting: bool = False
    expansion: bool = False


class OperationView(Frozen):
    """One operation, as a form can be built from it."""

    model_config = ConfigDict(serialize_by_alias=True)

    label: str
    description: str
    provider: str
    """The engine that serves it now; empty if none can."""
    is_async: bool = Field(default=False, serialization_alias="async")
    """True if engines usually take longer than a caller waits."""
    fields: OperationFields
    required: tuple[tuple[str, ...], ...] = ()
    """What must be given, of each group at least one: fields of the form, pictures without `_base64`, options as
    `options.<name>`."""
    options: dict[str, Facts] = Field(default_factory=dict)
    """What `options` may hold, each as JSON Schema."""
    formats: tuple[OutputFormat, ...]
    """What it can be written as."""
    available: bool
    reason: str | None = None
    """Why it can't be used now, and what to do about it."""


class OperationsAnswer(Frozen):
    """Every operation that the studio has, by key."""

    operations: dict[str, OperationView]
