"""Few colours: pictures that have no more than a palette holds, and pictures brought down to one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import cv2
import numpy as np
from PIL import Image

from backend.imaging.codec import save

if TYPE_CHECKING:
    from numpy.typing import NDArray

COLOURS: Final = 256
_RGBA: Final = 4
_SAMPLE: Final = 65_536
_HALF: Final = 128
LADDER: Final = (256, 192, 128, 96, 64, 48, 32, 24, 16)
"""The numbers of colours that are tried: with fewer, pictures of more than those fall apart."""
_CHOSEN_BY: Final = 64
"""About so many pixels a side are looked at to choose colours by: all of them would take many times as long."""
_OFF: Final = 12
"""By how many levels a patch of 4 pixels a side may be off."""


def is_grey(pixels: NDArray[np.uint8]) -> bool:
    """Say whether all colours are greys, and nothing is see-through."""
    if pixels.shape[2] == _RGBA:
        return False
    red, green, blue = (pixels[..., channel] for channel in range(3))
    some = slice(None, None, max(1, red.shape[0] // 64))
    if not np.array_equal(red[some], green[some]):  # most pictures have colour: that is seen quickly
        return False
    return np.array_equal(red, green) and np.array_equal(green, blue)


def lossless(pixels: NDArray[np.uint8]) -> Image.Image | None:
    """Return the very same picture by a palette; None where it has more colours than that holds."""
    codes = _codes(pixels)
    colours = _all_of(codes.ravel())
    if colours is None:
        return None
    image = Image.fromarray(np.searchsorted(colours, codes).astype(np.uint8), "P")
    table = colours.view(np.uint8).reshape(-1, _RGBA)
    if pixels.shape[2] == _RGBA:
        image.putpalette(table.tobytes(), "RGBA")
        image.info["transparency"] = table[:, 3].tobytes()
    else:
        image.putpalette(table[:, :3].tobytes())
    return image


def has_few_colours(pixels: NDArray[np.uint8]) -> bool:
    """Say whether a palette holds them all."""
    return _all_of(_codes(pixels).ravel()) is not None


def _all_of(codes: NDArray[np.uint32]) -> NDArray[np.uint32] | None:
    """Return the different numbers, sorted, if they are few: found in a sample, and then what that lacks."""
    found = np.unique(codes[:: max(1, codes.size // _SAMPLE)])
    if found.size > COLOURS:
        return None
    places = np.minimum(np.searchsorted(found, codes), found.size - 1)
    lacking = codes[found[places] != codes]
    if lacking.size > _SAMPLE:
        return None
    found = np.union1d(found, lacking)
    return found if found.size <= COLOURS else None


def reduced(pixels: NDArray[np.uint8], colours: int) -> Image.Image:
    """Return the picture in at most so many colours, 16..256: dithered where nothing is see-through."""
    image = Image.fromarray(pixels)
    if image.mode == "RGBA":
        return image.quantize(colours, Image.Quantize.FASTOCTREE)
    small = image.reduce(max(1, min(image.size) // _CHOSEN_BY))
    chosen = small.quantize(colours, Image.Quantize.MEDIANCUT, kmeans=1)
    return image.quantize(palette=chosen, dither=Image.Dither.FLOYDSTEINBERG)


def file(pixels: NDArray[np.uint8], encoding: str, colours: int) -> bytes:
    """Return a PNG or GIF in at most so many colours, 16..256."""
    if encoding == "gif":
        return save(gif_frame(pixels, colours), "GIF", optimize=True)
    return save(reduced(pixels, colours), "PNG", compress_level=9)


def most_within(pixels: NDArray[np.uint8], encoding: str, most: int) -> tuple[bytes | None, int]:
    """Return the file of the most colours that has at most so many bytes, if any, and the least that were reached."""
    best, least, first, last = None, 2**63, 0, len(LADDER) - 1
    while first <= last:
        middle = (first + last) // 2
        data = file(pixels, encoding, LADDER[middle])
        least = min(least, len(data))
        if len(data) <= most:
            best, last = data, middle - 1
        else:
            first = middle + 1
    return best, least


def keeps_colours(pixels: NDArray[np.uint8], few: NDArray[np.uint8]) -> bool:
    """Say whether the colours of a picture stay what they were, seen from a little away: dithering is not counted."""
    shape = (max(1, pixels.shape[1] // 4), max(1, pixels.shape[0] // 4))
    one, other = (cv2.resize(each[..., :3], shape, interpolation=cv2.INTER_AREA) for each in (pixels, few))
    off = cv2.absdiff(one, other).max(axis=2)
    if pixels.shape[2] == _RGBA:
        off = off[cv2.resize(pixels[..., 3], shape, interpolation=cv2.INTER_AREA) >= _HALF]
    return not off.size or float(np.quantile(off, 0.99)) <= _OFF


def gif(pixels: NDArray[np.uint8]) -> bytes:
    """Return a still GIF; it knows only see-through and opaque: the border lies at half."""
    return save(gif_frame(pixels), "GIF", optimize=True)


def gif_frame(pixels: NDArray[np.uint8], colours: int = COLOURS) -> Image.Image:
    """Return the picture by a palette that holds one wholly transparent colour where anything is see-through."""
    few = lossless(pixels)
    if few is not None and pixels.shape[2] != _RGBA:
        return few
    if pixels.shape[2] != _RGBA:
        return reduced(pixels, colours)
    opaque = reduced(np.ascontiguousarray(pixels[..., :3]), min(colours, COLOURS - 1))
    places = np.array(opaque)
    hidden = pixels[..., 3] < _HALF
    free = int(places[~hidden].max(initial=0)) + 1
    places[hidden] = free
    image = Image.fromarray(places, "P")
    table = (opaque.getpalette() or [])[: 3 * free]
    image.putpalette([*table, 0, 0, 0])
    image.info["transparency"] = free
    return image


def _codes(pixels: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """Return one number for each colour."""
    if pixels.shape[2] == _RGBA:
        return np.ascontiguousarray(pixels).view(np.uint32)[..., 0]
    wide = np.zeros((*pixels.shape[:2], _RGBA), np.uint8)
    wide[..., :3] = pixels
    return wide.view(np.uint32)[..., 0]
