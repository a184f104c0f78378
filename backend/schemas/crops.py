"""The answers of `/social/crops` and `/social/samples`: how files would be cut and look, before any is kept."""

from __future__ import annotations

from pydantic import Field

from backend.schemas.base import Facts, Frozen
from backend.schemas.social import Rect
from backend.schemas.social_request import ReasonView
from backend.schemas.specs.social import Window


class CropView(Frozen):
    """What one format would show of the picture."""

    platform: str
    """The platform's key."""
    format: str
    format_id: str
    crop: Window
    """In pixels of the picture as it stands upright; an export that is asked for the same cuts just this."""
    score: float | None = None
    """How well it keeps what matters, 0..1; null where nobody searched."""
    reasons: tuple[ReasonView, ...] = ()
    name: str
    """What the file will be called, without its extension."""


class CropsAnswer(Frozen):
    """The windows in the order of their formats; nothing was made, and nothing is kept."""

    width: int
    """Of the picture as it stands upright, in pixels."""
    height: int
    laid_out: bool = False
    """True where the studio designed the picture and would lay it out again for each format: nothing is cropped."""
    faces: tuple[Rect, ...] | None
    """Left, top, width and height in pixels of the picture; null where nobody looked."""
    crops: tuple[CropView, ...]


class SampleView(Frozen):
    """One file as it will look, small."""

    platform: str
    """The platform's key."""
    format: str
    format_id: str
    image_base64: str | None = Field(default=None, repr=False)
    """WebP of at most 320 pixels a side, as a data URL; null where the file can't be made."""
    notes: tuple[str, ...] = ()
    """What would be done otherwise than asked for, in sentences."""
    problem: Facts | None = None
    """Why the file can't be made."""


class SamplesAnswer(Frozen):
    """The files in the order of their formats, small; none of them is kept."""

    samples: tuple[SampleView, ...]
