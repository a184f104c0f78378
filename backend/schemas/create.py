"""The request and the answer of `POST /create`."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from backend.schemas.base import AssetId, Facts, Frozen, JobId
from backend.schemas.fields import (
    AspectRatio,
    Cost,
    FlatForm,
    GuidanceScale,
    MaxCredits,
    Name,
    Prompt,
    ResponseFormat,
    Steps,
    Words,
)
from backend.schemas.specs import Palette, Quality, Seed, Side


class CreateRequest(FlatForm):
    """Ask for pictures from words."""

    prompt: Prompt
    template_id: Name | None = None
    """Sets size, shape, style, quality and engine unless they are given."""
    provider: Name = "auto"
    """`auto`, or the key of an engine."""
    model: Name | None = None
    width: Side | None = None
    """Pixels; give both sides, or one with a ratio or a template."""
    height: Side | None = None
    aspect_ratio: AspectRatio | None = None
    style_preset: Name | None = None
    quality: Quality = "standard"
    negative_prompt: Words | None = None
    guidance_scale: GuidanceScale | None = None
    steps: Steps | None = None
    seed: Seed | None = None
    """The first variation's seed; the others count up from it. 0 is a seed."""
    # Left out where there is none, as from requests of versions before: an Idempotency-Key stands for the same body.
    palette: Annotated[Palette, Field(exclude_if=lambda colours: not colours)] = ()
    """A brand's colours, for engines that draw in given ones."""
    num_variations: Annotated[int, Field(ge=1, le=10)] = 1
    spread: Annotated[bool, Field(exclude_if=lambda asked: not asked)] = False
    """True to have the variations made by different engines, one from each in turn, as far as there are several."""
    max_credits: MaxCredits = None
    enhance_prompt: bool = True
    use_persona: bool = False
    """True for the workspace's default persona, unless `persona_id` names one."""
    persona_id: Name | None = None
    """A persona of the workspace: it fills in what the request leaves open."""
    response_format: ResponseFormat = "base64"

    @model_validator(mode="after")
    def _size_is_determined(self) -> Self:
        one_side = (self.width is None) != (self.height is None)
        if one_side and not (self.aspect_ratio or self.template_id):
            raise ValueError("give both width and height, or one of them with aspect_ratio or template_id")
        return self


class CreatedImage(Frozen):
    """One picture that was made."""

    image_base64: str | None = Field(default=None, repr=False)
    """The bytes as a data URL; null where the caller asked for URLs."""
    width: int
    height: int
    provider: str
    model: str
    seed: int | None
    variation: int
    """Counted from 0."""
    metadata: Facts
    asset_id: AssetId
    url: str


class FailedVariation(Frozen):
    """One picture that could not be made. It is not charged."""

    error: str
    variation: int


class CreateEcho(Frozen):
    """What was asked for, as it was understood."""

    prompt: str
    enhanced_prompt: str | None
    """What the engine was given, where something was added to the prompt; null otherwise."""
    template_id: str | None
    template_name: str | None
    provider: str
    model: str
    dimensions: str
    """`WxH` in pixels."""
    quality: Quality
    num_variations: int


class CreateAnswer(Frozen):
    """The pictures, and what they cost."""

    success: bool
    """True if at least one picture was made."""
    request: CreateEcho
    results: tuple[CreatedImage | FailedVariation, ...]
    total_generated: int
    total_failed: int
    job_id: JobId
    cost: Cost
    metadata: Facts = Field(default_factory=dict)
    """`ignored` names the fields that could not be used; `reason` says why this engine served; `persona` names
    the persona that it was made as, and what that changed."""


class Addition(Frozen):
    """Words that were added to a prompt, and why."""

    text: str
    reason: str


class ImproveAnswer(Frozen):
    """A prompt with what could be said besides. The same request in the same studio gives the same answer."""

    prompt: str
    """The prompt as it was sent, byte for byte, with the additions at its end."""
    additions: tuple[Addition, ...]
    """In their order; none where everything is said already."""
    note: str
    """Why nothing could be added; empty otherwise."""
    provider: str
    """The engine that would serve, for which the words were chosen."""
    model: str
