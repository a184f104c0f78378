"""The requests and the answers of `/control/process`, `/control/operations` and `/control/guide`."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from backend.schemas.base import AssetId, Frozen
from backend.schemas.fields import JPEG, AspectRatio, Base64, FlatForm, Name, ResponseFormat, Words
from backend.schemas.specs import OutputFormat, Seed
from backend.schemas.specs.base import Fraction

INPUTS = ("control_image", "style_image")
"""The pictures a controlled one can follow; each is sent as `…_base64` or as `…_asset_id`."""
GUIDED = INPUTS[:1]


class _Following(FlatForm):
    """A form that names a picture to follow."""

    control_image_base64: Base64 | None = Field(default=None, repr=False)
    control_image_asset_id: AssetId | None = None

    @model_validator(mode="after")
    def _the_picture_comes_once(self) -> Self:
        given = [self.gives(f"control_image_{how}") for how in ("base64", "asset_id")]
        if all(given):
            raise ValueError("give control_image_base64 or control_image_asset_id, not both")
        if not any(given):
            raise ValueError("give the picture to follow as control_image_base64 or control_image_asset_id")
        return self


class ControlRequest(_Following):
    """Ask for a picture that follows a given one."""

    operation: Name
    prompt: Words | None = None
    """Needed by every operation but style_transfer."""
    style_image_base64: Base64 | None = Field(default=None, repr=False)
    style_image_asset_id: AssetId | None = None
    negative_prompt: Words | None = None
    control_strength: Fraction = 0.7
    """How closely lines or build are followed; 0 is 0."""
    fidelity: Fraction = 0.5
    """How closely the style is kept; 0 is 0."""
    style_strength: Fraction = 1.0
    """How much of the other picture's style is taken; 0 is 0."""
    composition_fidelity: Fraction = 0.9
    """How much of the picture's own light and shade is kept; 0 is 0."""
    change_strength: Fraction = 0.9
    """How far the result may go from the picture; 0 is 0."""
    aspect_ratio: AspectRatio | None = None
    """Of the result, where the engine makes a new picture; the picture's own otherwise."""
    provider: Name = "auto"
    model: Name | None = None
    style_preset: Name | None = None
    seed: Seed | None = None
    output_format: Annotated[OutputFormat, JPEG] = "png"
    response_format: ResponseFormat = "base64"

    @model_validator(mode="after")
    def _the_style_comes_once(self) -> Self:
        if self.gives("style_image_base64") and self.gives("style_image_asset_id"):
            raise ValueError("give style_image_base64 or style_image_asset_id, not both")
        return self


class ControlFields(Frozen):
    """Which parts of the form an operation uses."""

    control_image: bool = True
    prompt: bool = True
    style_image: bool = False
    negative_prompt: bool = True
    control_strength: bool = False
    fidelity: bool = False
    style_strength: bool = False
    composition_fidelity: bool = False
    change_strength: bool = False
    aspect_ratio: bool = False
    style_preset: bool = False


class NamedStyle(Frozen):
    """A style that an engine paints in."""

    name: str
    """To be sent as `style_preset`, or said in the prompt."""
    looks: str
    """What is seen, in a few words."""


class ControlOperationView(Frozen):
    """One operation, as a form can be built from it."""

    model_config = ConfigDict(serialize_by_alias=True)

    label: str
    description: str
    provider: str
    """The engine that serves it now; empty if none can."""
    is_async: bool = Field(default=False, serialization_alias="async")
    """True if engines usually take longer than a caller waits."""
    fields: ControlFields
    required: tuple[str, ...]
    """The fields that must be given."""
    styles: tuple[NamedStyle, ...] = ()
    """The styles that the engine which serves it now knows by name; empty where it goes by words alone."""
    available: bool
    reason: str | None = None
    """Why it can't be used now, and what to do about it."""


class ControlOperationsAnswer(Frozen):
    """Every operation that follows a picture, by key."""

    operations: dict[str, ControlOperationView]


class GuideRequest(_Following):
    """Ask what an engine would see of a picture that it is to follow."""

    kind: Literal["edges", "line_art", "structure"]
    strength: Fraction = 0.7
    """How much is drawn: 0 nothing, 1 all that was found."""


class GuideAnswer(Frozen):
    """A preview, drawn on this machine and kept nowhere."""

    kind: str
    image_base64: str = Field(repr=False)
    """PNG, as a data URL."""
    width: int
    height: int
    source_width: int
    """Of the picture it was drawn from: guides are at most 1536 pixels a side."""
    source_height: int
    description: str
    """What is drawn, in a sentence."""
