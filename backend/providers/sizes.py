"""Sizes that engines make: of the few that a model knows, the one from which the wanted one is cut with least loss."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from backend.imaging.types import Size

if TYPE_CHECKING:
    from backend.providers.base import Offer


def cut(native: Size, wanted: Size) -> float:
    """Return the share of a picture that is lost when it is cut to another shape, 0..1."""
    return 1 - min(native.ratio / wanted.ratio, wanted.ratio / native.ratio)


def native_size(offer: Offer, wanted: Size) -> Size:
    """Return the size at which an offer makes a picture: the wanted one, or of its own sizes the nearest in shape."""
    if not offer.sizes:
        return wanted
    return min((Size(*sides) for sides in offer.sizes), key=lambda own: (cut(own, wanted), -own.pixels))


def largest_size(offer: Offer) -> Size:
    """Return the largest size that an offer makes, or the largest square where any size will do."""
    if offer.sizes:
        return max((Size(*sides) for sides in offer.sizes), key=lambda size: size.pixels)
    side = min(offer.max_side, math.isqrt(offer.max_pixels))
    return Size(side, side)
