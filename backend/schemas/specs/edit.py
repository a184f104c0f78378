"""Changes to one picture."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from backend.schemas.base import AssetId, Frozen
from backend.schemas.specs.base import Change, Fraction, OutputFormat, Seed

Expansion = Annotated[int, Field(ge=0, le=2000)]
"""Pixels to add at one side."""


class RemoveBackgroundSpec(Change):
    """The subject of a picture on transparency."""

    operation: Literal["remove_background"] = "remove_background"
    image: AssetId
    output_format: Literal["png", "webp"] = "png"  # pyright: ignore[reportIncompatibleVariableOverride] - specs are frozen


class Masked(Change):
    """A change within a mask: white is what changes, and beyond its feathered edge no pixel does."""

    READS: ClassVar[tuple[str, ...]] = ("image", "mask")

    image: AssetId
    mask: AssetId | None = None
    """As large as the picture; None where the engine finds out by itself what to change."""
    grow: Annotated[int, Field(ge=-64, le=64)] = 0
    """By how many pixels the mask is made larger, or smaller below 0, before its edge is feathered."""
    feather: Annotated[int, Field(ge=0, le=16)] = 0
    """Over how many pixels outside the grown mask the change fades out."""
    seed: Seed = 0


class EraseSpec(Masked):
    """What is under the mask gone, and its surroundings in its place."""

    operation: Literal["erase"] = "erase"


class InpaintSpec(Masked):
    """What is under the mask made anew, by words if there are any."""

    operation: Literal["inpaint"] = "inpaint"
    prompt: str | None = None
    negative_prompt: str | None = None
    style_preset: str | None = None
    guidance_scale: float | None = None
    steps: int | None = None


class OutpaintSpec(Change):
    """The picture with more of itself around it."""

    operation: Literal["outpaint"] = "outpaint"
    image: AssetId
    left: Expansion = 0
    right: Expansion = 0
    up: Expansion = 0
    down: Expansion = 0
    prompt: str | None = None
    negative_prompt: str | None = None
    style_preset: str | None = None
    seed: Seed = 0


class SearchReplaceSpec(Masked):
    """A thing that is named, replaced by another that is described."""

    operation: Literal["search_replace"] = "search_replace"
    search_prompt: str | None = None
    """What to replace; None where the mask says it."""
    prompt: str
    negative_prompt: str | None = None
    style_preset: str | None = None


class SearchRecolorSpec(Masked):
    """A thing that is named, in another colour; its light and its texture stay."""

    operation: Literal["search_recolor"] = "search_recolor"
    select_prompt: str | None = None
    """What to recolour; None where the mask or the prompt says it."""
    prompt: str
    """The new colour, and what else is to be said about it."""
    negative_prompt: str | None = None


class RelightSpec(Change):
    """The subject before another background, in its light."""

    READS: ClassVar[tuple[str, ...]] = ("image", "background_image", "lighting_image")

    operation: Literal["relight"] = "relight"
    image: AssetId
    background_image: AssetId | None = None
    lighting_image: AssetId | None = None
    """Only its light is taken."""
    prompt: str | None = None
    """The background in words: a colour, a gradient or a scene."""
    negative_prompt: str | None = None
    light_direction: Literal["left", "right", "above", "below"] | None = None
    """Where the light comes from; None: taken from the background or the lighting image."""
    light_strength: Fraction = 0.5
    keep_background: bool = False
    """True if the picture keeps its own background and only its light changes."""
    seed: Seed = 0


class GeneralEditSpec(Masked):
    """A change in plain words, to the whole picture or within a mask."""

    operation: Literal["general_edit"] = "general_edit"
    prompt: str
    strength: Fraction = 1.0
    """How much of what the words ask for is done; 0 is nothing."""
    negative_prompt: str | None = None
    style_preset: str | None = None
    guidance_scale: float | None = None
    steps: int | None = None


class Point(Frozen):
    """A place in a picture, in fractions of its sides from the top left."""

    x: Fraction
    y: Fraction
    keep: bool = True
    """False if it is not to be selected."""


class SelectSpec(Change):
    """A mask of what is meant: white where it is. As large as the picture."""

    operation: Literal["select"] = "select"
    image: AssetId
    what: Literal["subject", "background", "points", "box"] = "subject"
    points: Annotated[tuple[Point, ...], Field(max_length=64)] = ()
    """Where was clicked, with `points`."""
    box: tuple[Fraction, Fraction, Fraction, Fraction] | None = None
    """Left, top, right and bottom in fractions, with `box`."""
    output_format: OutputFormat = "png"


EditSpec = (
    RemoveBackgroundSpec
    | EraseSpec
    | InpaintSpec
    | OutpaintSpec
    | SearchReplaceSpec
    | SearchRecolorSpec
    | RelightSpec
    | GeneralEditSpec
    | SelectSpec
)
