"""The requests of `/compress` and `/convert`, and what both answer."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from backend.schemas.base import AssetId, Facts, Frozen, JobId
from backend.schemas.fields import JPEG, Cost, OnePictureForm, ResponseFormat
from backend.schemas.specs.base import Colour
from backend.schemas.specs.compress import FileBytes, FileType
from backend.schemas.specs.social import FileQuality, Likeness

INPUTS = ("image",)
"""The picture to write anew; it is sent as `…_base64` or as `…_asset_id`."""


class RecodeForm(OnePictureForm):
    """What both requests have in common."""

    response_format: ResponseFormat = "base64"


class CompressRequest(RecodeForm):
    """Ask for the same picture in fewer bytes."""

    OPERATION: ClassVar = "compress"

    max_bytes: FileBytes | None = None
    """The most that the file may have, marks of its origin included. Without it: as few as look the same."""
    min_ssim: Likeness | None = None
    """How like the picture it has to stay, as structural similarity. Without it and `max_bytes`: 0.98."""
    output_format: Annotated[FileType | Literal["keep", "auto"], JPEG] = "keep"
    """`keep` stays with the picture's type, `auto` takes whichever of its own, WebP and AVIF is smallest."""


class ConvertRequest(RecodeForm):
    """Ask for the same picture as another type of file."""

    OPERATION: ClassVar = "convert"

    output_format: Annotated[FileType, JPEG]
    quality: FileQuality | None = None
    """1..100; PNG and GIF know none. Without it: as low as looks the same."""
    background: Colour | None = None
    """What the picture is laid on where JPEG or GIF can't show its transparency; white if not said."""


class RecodeAnswer(Frozen):
    """The new file, and how it compares with the one that came."""

    success: bool
    operation: Literal["compress", "convert"]
    image_base64: str | None = Field(default=None, repr=False)
    """The bytes as a data URL; null where the caller asked for URLs."""
    output_format: FileType
    mime: str
    bytes: int
    original_bytes: int
    saved: float
    """The share of the original's bytes that is gone, 0..1; below 0 where a conversion made the file larger."""
    unchanged: bool
    """True where nothing smaller was found: these are the very bytes that came."""
    quality: int | None
    """Null where the type knows none, or nothing was lost."""
    ssim: float
    """How like the picture the file is: structural similarity, at most 1."""
    frames: int
    """1 for a still picture."""
    width: int
    height: int
    metadata: Facts
    warnings: tuple[str, ...] = ()
    asset_id: AssetId
    url: str
    job_id: JobId
    cost: Cost
