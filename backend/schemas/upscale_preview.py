"""The request and the answer of `/upscale/preview`: one detail, as it will look when the picture is enlarged."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from backend.schemas.base import Frozen
from backend.schemas.fields import OnePictureForm

PREVIEWED = ("image",)
"""The picture, sent as a file, as `image_base64` or as `image_asset_id`."""
Edge = Annotated[int, Field(ge=0, le=65_535)]
Side = Annotated[int, Field(ge=16, le=256)]


class UpscalePreviewRequest(OnePictureForm):
    """Ask to see one detail enlarged, by an engine of this machine."""

    left: Edge = 0
    """Of the detail, in pixels of the picture as it stands upright."""
    top: Edge = 0
    width: Side = 160
    height: Side = 160
    factor: Annotated[float, Field(ge=1, le=8)] = 2
    """How many times longer each side gets."""
    model: Literal["span-x4", "lanczos"] = "span-x4"
    """What enlarges; `lanczos` where the network is not installed."""


class UpscalePreviewAnswer(Frozen):
    """The detail, enlarged; nothing is kept, nothing is charged."""

    image_base64: str = Field(repr=False)
    """PNG, as a data URL."""
    width: int
    height: int
    model: str
    """What enlarged it."""
