"""Enlarging a whole picture to an exact size: in pieces, in one pass or two, its alpha along with it.

Runs in a child process; says how far it is after each piece.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from backend.imaging import codec, progress
from backend.imaging.types import Size
from backend.providers.local.upscale.lenses import Network, Plain
from backend.providers.local.upscale.resampling import Part, alpha_resized, filled_under, part_resized
from backend.providers.local.upscale.tiles import Tile, enlarged, lay, tiles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from backend.providers.local.upscale.lenses import Lens
    from backend.schemas.specs import OutputFormat

_STRETCH = 1.25
"""How much further than its own factor a network's picture is stretched before a second pass is worth its time."""
_QUALITY = {"png": 100, "jpg": 95, "webp": 100}


def enlarge(data: bytes, size: Size, weights: Path | None, longest: int, output_format: OutputFormat) -> bytes:
    """Return an encoded picture in a larger size, by the network in `weights` or by resampling alone.

    The network sees pieces of at most `longest` pixels a side.

    Raises:
        MachineTrouble: the weights are missing or damaged.
    """
    lens = Network(weights=weights, longest=longest) if weights else Plain()
    return codec.encode(larger(codec.decode(data).pixels, size, lens), output_format, quality=_QUALITY[output_format])


def larger(pixels: NDArray[np.uint8], size: Size, lens: Lens) -> NDArray[np.uint8]:
    """Return the picture, height x width x 3 or 4, in exactly this size."""
    has_alpha = pixels.shape[2] == 4  # noqa: PLR2004 - red, green, blue, alpha
    colour = filled_under(pixels) if has_alpha else pixels
    sizes = passes(Size(pixels.shape[1], pixels.shape[0]), size, lens.factor)
    shares = _shares(Size(pixels.shape[1], pixels.shape[0]), sizes)
    for goal, (begun, done) in zip(sizes, shares, strict=True):
        colour = _through(colour, goal, lens, (begun, done))
    if not has_alpha:
        return colour
    return np.dstack((colour, alpha_resized(np.ascontiguousarray(pixels[..., 3]), size)))


def passes(own: Size, size: Size, factor: int) -> tuple[Size, ...]:
    """Return the sizes that a picture goes through: the last is the wanted one.

    A network that enlarges by `factor` is used again where its picture would have to be stretched by a quarter more.
    """
    if factor == 1 or max(size.width / own.width, size.height / own.height) <= factor * _STRETCH:
        return (size,)
    before = Size(max(own.width, math.ceil(size.width / factor)), max(own.height, math.ceil(size.height / factor)))
    return (*passes(own, before, factor), size)


def _shares(own: Size, sizes: tuple[Size, ...]) -> Iterator[tuple[float, float]]:
    """Return from where to where each pass takes the work, 0..1: they cost what they read."""
    read = [one.pixels for one in (own, *sizes[:-1])]
    done = 0
    for pixels in read:
        yield done / sum(read), (done + pixels) / sum(read)
        done += pixels


def _through(colour: NDArray[np.uint8], size: Size, lens: Lens, share: tuple[float, float]) -> NDArray[np.uint8]:
    own = Size(colour.shape[1], colour.shape[0])
    whole = np.empty((size.height, size.width, 3), np.uint8)
    pieces = tiles(own, longest=lens.longest, overlap=lens.overlap)
    for done, tile in enumerate(pieces):
        progress.tell(share[0] + (share[1] - share[0]) * done / len(pieces))
        box = tile.box
        made = lens(colour[box.top : box.bottom, box.left : box.right])
        lay(whole, part_resized(made, *_wanted(tile, own, size, lens.factor)), tile, own)
    return whole


def _wanted(tile: Tile, own: Size, size: Size, factor: int) -> tuple[Part, Size]:
    """Return which part of an enlarged piece is wanted, in its own pixels, and in which size."""
    left, right = enlarged(tile.across, own.width, size.width)
    top, bottom = enlarged(tile.down, own.height, size.height)
    across, down = own.width / size.width, own.height / size.height
    part = (
        _within(left * across, tile.across.first, tile.across.last) * factor,
        _within(top * down, tile.down.first, tile.down.last) * factor,
        _within(right * across, tile.across.first, tile.across.last) * factor,
        _within(bottom * down, tile.down.first, tile.down.last) * factor,
    )
    return part, Size(right - left, bottom - top)


def _within(place: float, first: int, last: int) -> float:
    """Return a place within a stretch, from its beginning; whole numbers stay whole."""
    found = min(max(place, first), last) - first
    return float(round(found)) if math.isclose(found, round(found), abs_tol=1e-9) else found
