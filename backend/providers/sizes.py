"""Sizes that engines make: of the few that a model knows, the one from which the wanted one is cut with least loss."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from backend.errors import ProviderRefused
from backend.imaging.types import Size

if TYPE_CHECKING:
    from backend.providers.base import Offer


_SAME: Final = 0.01
"""Shapes that differ by less are one: engines round the sides of their sizes."""
_NEAR: Final = 0.004
_BENT: Final = 0.02
"""How far a changed picture's shape may be from its own: imaging/settling.py takes no more."""
_AMPLE: Final = 700_000
"""Pixels that a changed picture has at least: some models make nothing smaller."""
_MOST_ENLARGED: Final = 1.25
_ENOUGH: Final = 589_824
"""Pixels below which a picture is made larger than it was wanted, and then brought to its size."""


def cut(native: Size, wanted: Size) -> float:
    """Return the share of a picture that is lost when it is cut to another shape, 0..1."""
    return 1 - min(native.ratio / wanted.ratio, wanted.ratio / native.ratio)


def native_size(offer: Offer, wanted: Size) -> Size:
    """Return the size at which an offer makes a picture: the wanted one, or of its own sizes the nearest in shape.

    Of several of one shape it is the smallest that need not be enlarged much: larger ones cost more.
    """
    if offer.sizes:
        own = [Size(*sides) for sides in offer.sizes]
        least = min(cut(size, wanted) for size in own)
        shaped = [size for size in own if cut(size, wanted) <= least + _SAME]
        enough = [size for size in shaped if _enlarged(size, wanted) <= _MOST_ENLARGED]
        return min(enough, key=lambda size: size.pixels) if enough else max(shaped, key=lambda size: size.pixels)
    return wanted if offer.step is None else stepped_size(offer, wanted)


def kept_size(offer: Offer, own: Size) -> Size:
    """Return the size at which an offer that knows but a few changes a picture without changing its shape.

    Raises:
        ProviderRefused: it knows none; said before anything is paid.
    """
    size = native_size(offer, own)
    if cut(size, own) <= _BENT:
        return size
    detail = f"{offer.label} makes no picture of the shape {own}; the nearest that it knows is {size}."
    raise ProviderRefused(detail=detail, provider=offer.provider, model=offer.model)


def _enlarged(own: Size, wanted: Size) -> float:
    """Return how many times longer the sides become on the way to the wanted size; below 1 they become shorter."""
    return max(wanted.width / own.width, wanted.height / own.height)


def same_shape(offer: Offer, own: Size) -> Size:
    """Return the size nearest in shape to a picture that is changed, of those that an offer makes in steps.

    Of shapes that are as near it is the one with the most pixels, and none is small.
    """
    step = offer.step or 1
    sides = range(-(-offer.min_side // step) * step, offer.max_side + 1, step)
    made = [
        Size(width, height)
        for width in sides
        for height in (_in_steps(width / own.ratio, step, offer.min_side, offer.max_side),)
        if _AMPLE <= width * height <= offer.max_pixels
    ]
    near = [size for size in made if cut(size, own) <= _NEAR]
    return max(near, key=lambda size: size.pixels) if near else min(made, key=lambda size: cut(size, own))


def stepped_size(offer: Offer, wanted: Size) -> Size:
    """Return the size nearest in shape that lies within an offer's limits and has sides that are multiples of its step.

    It is the wanted one or larger where the limits allow that, and never tiny: models paint badly on small sheets.
    """
    step = offer.step or 1
    scale = max(1.0, math.sqrt(_ENOUGH / wanted.pixels), offer.min_side / min(wanted.width, wanted.height))
    most = min(offer.max_side / max(wanted.width, wanted.height), math.sqrt(offer.max_pixels / wanted.pixels))
    width, height = (
        _in_steps(side * min(scale, most), step, offer.min_side, offer.max_side)
        for side in (wanted.width, wanted.height)
    )
    while width * height > offer.max_pixels and max(width, height) > offer.min_side:
        width, height = (width - step, height) if width >= height else (width, height - step)
    return Size(width, height)


def _in_steps(side: float, step: int, least: int, most: int) -> int:
    """Return the multiple of a step that is nearest to a side, within limits that are taken to the step inwards."""
    return min(most // step, max(-(-least // step), round(side / step))) * step


def largest_size(offer: Offer) -> Size:
    """Return the largest size that an offer makes, or the largest square where any size will do."""
    if offer.sizes:
        return max((Size(*sides) for sides in offer.sizes), key=lambda size: size.pixels)
    side = min(offer.max_side, math.isqrt(offer.max_pixels))
    return Size(side, side)
