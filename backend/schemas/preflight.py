"""The request and the answer of `/social/preflight`: a finished file, judged for one format."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from backend.schemas.base import AssetId, Frozen
from backend.schemas.checks import Check
from backend.schemas.fields import Base64, FlatForm, Name
from backend.schemas.social import Rect

PREFLIGHTED = ("image",)
"""The picture that is judged, sent as a file, as `image_base64` or as `image_asset_id`."""


class PreflightRequest(FlatForm):
    """Ask whether a file is right for a format, byte for byte as it is."""

    MAY_BE_BLANK: ClassVar[frozenset[str]] = frozenset(("alt_text",))

    image_base64: Base64 | None = Field(default=None, repr=False)
    image_asset_id: AssetId | None = None
    platform: Name
    format: Name | None = None
    """By name, alias or id; the platform's first one otherwise."""
    alt_text: Annotated[str, Field(max_length=10_000)] | None = None
    """What will be published as alternative text; empty means that there will be none."""
    items: Annotated[int, Field(ge=1, le=1000)] | None = None
    """How many pictures go into the same post."""

    @model_validator(mode="after")
    def _the_picture_comes_once(self) -> Self:
        given = [self.gives(f"image_{how}") for how in ("base64", "asset_id")]
        if all(given):
            raise ValueError("give image_base64 or image_asset_id, not both")
        if not any(given):
            raise ValueError("give the picture as image_base64 or image_asset_id, or send it as the file image")
        return self


class MeasuredView(Frozen):
    """What a file was found to be; null where that could not be told."""

    type: str
    """By content, whatever it is called: jpeg, png, webp, gif, avif, or the name of something else."""
    bytes: int
    width: int | None
    """In pixels as it is shown, upright."""
    height: int | None
    ratio: float | None
    """Width divided by height."""
    colours: str | None
    """sRGB, or what else its colours are."""
    frames: int
    see_through: float | None
    """The share 0..1 of pixels that are more than half transparent."""
    faces: tuple[Rect, ...] | None
    """Null where nobody looked."""
    text: tuple[Rect, ...] | None
    """Lines of words; null where nobody looked."""


class PreflightAnswer(Frozen):
    """The verdict on a file; nothing of it was kept."""

    platform: str
    """The platform's key."""
    format: str
    """The format's name."""
    format_id: str
    ok: bool
    """Whether it keeps everything that the platform refuses files by, as far as that could be told."""
    checks: tuple[Check, ...]
    measured: MeasuredView
