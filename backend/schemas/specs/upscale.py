"""The same picture with more pixels."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from backend.schemas.base import AssetId
from backend.schemas.specs.base import Change, Seed

UpscaleMode = Literal["fast", "conservative", "creative"]
Preset = Literal["web", "print", "social"]
Target = Annotated[int, Field(ge=1, le=32_768)]


class UpscaleSpec(Change):
    """A picture enlarged to a size that was worked out beforehand."""

    operation: Literal["upscale"] = "upscale"
    image: AssetId
    mode: UpscaleMode
    """Resolved: what was asked for as `auto` is one of these by now."""
    width: Target
    """Pixels of the result."""
    height: Target
    preset: Preset | None = None
    prompt: str | None = None
    """What is in the picture, for engines that listen to it."""
    seed: Seed = 0
