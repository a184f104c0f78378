"""Letters for labels on previews and sheets: the house's plain face, Latin only."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PIL import ImageFont

_FILE = Path(__file__).parents[1] / "data" / "fonts" / "inter.latin.ttf"


@cache
def lettering(size: int, weight: int = 500) -> ImageFont.FreeTypeFont:
    """Return the face for labels at a size in pixels and a weight of 400..800."""
    font = ImageFont.truetype(_FILE, size)
    font.set_variation_by_axes([weight])
    return font
