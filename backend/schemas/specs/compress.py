"""The same picture in another file: smaller, or of another type."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from backend.schemas.base import AssetId
from backend.schemas.specs.base import Colour, Single
from backend.schemas.specs.social import FileQuality, Likeness

FileType = Literal["jpg", "png", "webp", "avif", "gif"]
"""What a picture can be written as. GIF, WebP and PNG hold animations too."""
FEWEST = 10_000
"""Bytes that can be asked for at least: marks of where the picture comes from take up to 8 000 of them."""
FileBytes = Annotated[int, Field(ge=FEWEST, le=52_428_800)]
USUAL = 0.98
"""The likeness at which a file looks the same to the eye, side by side: about that of a JPEG of quality 85."""


class Recode(Single):
    """What the operations have in common that write one picture anew, pixel for pixel the same size."""

    image: AssetId


class CompressSpec(Recode):
    """A picture in fewer bytes."""

    operation: Literal["compress"] = "compress"
    types: Annotated[tuple[FileType, ...], Field(min_length=1)]
    """What it may be written as; whichever does best."""
    max_bytes: FileBytes | None = None
    """The whole file, its marks included."""
    min_ssim: Likeness | None = None
    """None: `USUAL` without `max_bytes`; with it, the most that fits."""


class ConvertSpec(Recode):
    """A picture as another type of file."""

    operation: Literal["convert"] = "convert"
    output_format: FileType
    quality: FileQuality | None = None
    """None: as little as looks the same."""
    background: Colour | None = None
    """What it is laid on where the type knows no transparency; white if not said."""
