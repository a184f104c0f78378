"""The request and the answer of `/upscale`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from backend.schemas.base import AssetId, Facts, Frozen, JobId
from backend.schemas.fields import JPEG, Cost, Name, OnePictureForm, ResponseFormat, Words
from backend.schemas.specs import OutputFormat, Seed, UpscaleMode
from backend.schemas.specs.upscale import Preset, Target

INPUTS = ("image",)
"""The picture to enlarge; it is sent as `…_base64` or as `…_asset_id`."""


class UpscaleRequest(OnePictureForm):
    """Ask for one picture with more pixels."""

    mode: UpscaleMode | Literal["auto"] = "auto"
    """`fast` and `conservative` invent nothing, `creative` does; `auto` chooses between the first two."""
    target_width: Target | None = None
    """Pixels of the result; the other side follows from the picture's shape."""
    target_height: Target | None = None
    preset: Preset | None = None
    """A size by what it is for: `web` 2560 pixels on the longer side, `print` 3508 (A4 at 300 dpi), `social` 1080 on
    the shorter one. Without it and without a target, sides grow fourfold."""
    prompt: Words | None = None
    """What is in the picture, for engines that listen to it."""
    provider: Name = "auto"
    model: Name | None = None
    seed: Seed | None = None
    output_format: Annotated[OutputFormat, JPEG] = "png"
    response_format: ResponseFormat = "base64"


class UpscaleAnswer(Frozen):
    """The larger picture, and what it cost."""

    success: bool
    mode: UpscaleMode
    """The one that served, also where `auto` was asked for."""
    provider: str
    model: str
    image_base64: str | None = Field(default=None, repr=False)
    """The bytes as a data URL; null where the caller asked for URLs."""
    width: int
    height: int
    metadata: Facts
    """`preset`, `original_width`, `original_height`, `upscale_factor`, `processing_time` in seconds, `ignored`,
    `notes`, and what the engine knows about the picture."""
    warnings: tuple[str, ...] = ()
    """What was asked for and had no effect, a sentence each; `metadata.ignored` names the fields."""
    asset_id: AssetId
    url: str
    job_id: JobId
    cost: Cost
