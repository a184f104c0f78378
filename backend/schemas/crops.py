"""The answer of `/social/crops`: where files would be cut, before any is made."""

from __future__ import annotations

from backend.schemas.base import Frozen
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
