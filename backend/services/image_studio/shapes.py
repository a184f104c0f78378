"""Sizes: the one that was asked for, and the one that an offer makes it from."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from backend.imaging.types import Size
from backend.providers.sizes import cut, native_size

if TYPE_CHECKING:
    from backend.providers.base import Offer

USUAL_SIDE = 1024
USUAL_AREA = USUAL_SIDE * USUAL_SIDE
"""Pixels of a picture for which only the shape is given."""
STEP = 8
"""Trained models work in blocks of this many pixels, so that other sizes are cut or scaled afterwards."""
MOST_CUT = 0.5
"""The share of its picture that an offer may lose on the way to the wanted shape where nobody asked for it by name."""
_EVEN_FROM = 16


def of_shape(ratio: str) -> Size:
    """Return the size of about a megapixel that has exactly the shape `W:H`, where whole pixels allow it."""
    wide, high = (Fraction(part) for part in ratio.split(":"))
    shape = wide / high
    unit = math.sqrt(USUAL_AREA / (shape.numerator * shape.denominator))
    if unit >= _EVEN_FROM:
        whole = 2 * round(unit / 2)
        return Size(shape.numerator * whole, shape.denominator * whole)
    side = math.sqrt(USUAL_AREA * float(shape))
    return Size(round(side), round(side / float(shape)))


def in_steps(size: Size) -> Size:
    """Return the nearest size whose sides are whole blocks."""
    return Size(max(STEP, STEP * round(size.width / STEP)), max(STEP, STEP * round(size.height / STEP)))


def misfit(offer: Offer, wanted: Size, most_cut: float = MOST_CUT) -> str | None:
    """Return why an offer can't make a picture of this size, None if it can.

    `most_cut` is the share that may be lost on the way to the shape: 1 where somebody insists on the engine.
    """
    if offer.sizes or offer.step is not None:
        lost = cut(native_size(offer, wanted), wanted)
        if lost > most_cut:
            return f"cutting its nearest shape to {wanted} would lose {lost:.0%} of the picture"
        return None
    if max(wanted.width, wanted.height) > offer.max_side:
        return f"makes at most {offer.max_side} pixels a side, not {wanted}"
    if min(wanted.width, wanted.height) < offer.min_side:
        return f"makes at least {offer.min_side} pixels a side, not {wanted}"
    if wanted.pixels > offer.max_pixels:
        return f"makes at most {offer.max_pixels / 1e6:.1f} megapixels, not {wanted}"
    return None


def unfit(offer: Offer, own: Size, wanted: Size | None) -> str | None:
    """Return why an offer can't work on a picture of this size, or not make the wanted one of it; None if it can."""
    longer, shorter = max(own.width, own.height), min(own.width, own.height)
    if offer.max_input_pixels is not None and own.pixels > offer.max_input_pixels:
        return f"takes pictures of at most {offer.max_input_pixels / 1e6:.1f} megapixels, not {own}"
    if offer.max_input_side is not None and longer > offer.max_input_side:
        return f"takes pictures of at most {offer.max_input_side} pixels a side, not {own}"
    if shorter < offer.min_input_side:
        return f"takes pictures of at least {offer.min_input_side} pixels a side, not {own}"
    if offer.max_input_ratio is not None and longer > shorter * offer.max_input_ratio:
        return f"takes pictures whose sides differ at most {offer.max_input_ratio:g} times, not {own}"
    if wanted and offer.max_factor is not None and wanted.width > own.width * offer.max_factor + 1:
        return f"makes sides at most {offer.max_factor:g} times as long, and {wanted} of {own} is more"
    return None


def fit_words(offer: Offer, wanted: Size) -> str:
    """Return how the wanted size comes about, for the reason shown to people."""
    own = native_size(offer, wanted)
    if own == wanted:
        return "exact size"
    lost = cut(own, wanted)
    how = "fitted" if lost <= MOST_CUT else f"cut, which leaves {1 - lost:.0%} of it,"
    return f"made at {own}, then {how} to {wanted}"
