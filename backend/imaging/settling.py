"""The promise of edits: what lies beyond a mask's feathered edge stays as it was, to the last bit.

Runs in a child. `settle` and `extend` are pure; `settled`, `confined`, `kept` and `extended` take encoded pictures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import cv2
import numpy as np
from PIL import Image

from backend.errors import ProviderMisbehaved
from backend.imaging import codec
from backend.imaging.masks import grown_by, weight_of
from backend.imaging.types import Size

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.imaging.codec import Encoding

_FULL: Final = 255
_ALPHA: Final = 3
_ROWS: Final = 256
_BENT: Final = 0.02
"""How far the shape of an engine's picture may be from the wanted one, as a share."""
_JPEG_QUALITY: Final = 95
OUTPAINT_FEATHER: Final = 16
"""Over how many pixels, inwards from an extended border, an engine's picture fades into the one it continues."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """Pixels that a picture was extended by."""

    left: int = 0
    right: int = 0
    up: int = 0
    down: int = 0


def settle(
    before: NDArray[np.uint8], after: NDArray[np.uint8], mask: NDArray[np.uint8], *, grow: int = 0, feather: int = 0
) -> NDArray[np.uint8]:
    """Return `after` within the grown, feathered mask and exactly `before` elsewhere; size and alpha are `before`'s.

    Both pictures have 3 or 4 channels. `after` is brought to the size first; what can't be seen of it is not taken.

    Raises:
        ProviderMisbehaved: `after` has another shape.
    """
    weight = weight_of(grown_by(mask, grow), feather)
    return _blended(before, fitted(after, Size(before.shape[1], before.shape[0])), weight)


def extend(before: NDArray[np.uint8], after: NDArray[np.uint8], margins: Margins) -> NDArray[np.uint8]:
    """Return `after`, which continues `before` by these margins, with exactly `before` in its place.

    Within a few pixels of a border that was extended, `after` fades into it. Alpha is `before`'s where that lies; the
    result has alpha if `before` has.

    Raises:
        ProviderMisbehaved: `after` has another shape than the extended picture.
    """
    height, width = before.shape[:2]
    size = Size(margins.left + width + margins.right, margins.up + height + margins.down)
    whole = _with_channels(fitted(after, size), before.shape[2])
    inside = whole[margins.up : margins.up + height, margins.left : margins.left + width]
    inside[...] = _blended(before, inside, _towards(Size(width, height), margins))
    return whole


def settled(before: bytes, after: bytes, mask: bytes, feather: int, encoding: Encoding) -> bytes:
    """Return `settle` of encoded pictures, encoded: exact as PNG and WebP, as near as JPEG can be otherwise.

    The mask is one that `read_mask` made, or any other of which only black is kept as it is.

    Raises:
        InvalidImage: the engine's picture is broken.
        ProviderMisbehaved: it has another shape.
    """
    levels = np.ascontiguousarray(codec.decode(mask).pixels[..., 0])
    return written(settle(codec.decode(before).pixels, codec.decode(after).pixels, levels, feather=feather), encoding)


def confined(before: bytes, after: bytes, mask: bytes, encoding: Encoding) -> bytes:
    """Return an engine's picture, encoded, which changed only what its own mask shows: where that is black, `before`.

    Raises as `settled` does.
    """
    levels = codec.decode(mask).pixels[..., 0]
    whole = np.where(levels > 0, np.uint8(_FULL), np.uint8(0))
    return written(settle(codec.decode(before).pixels, codec.decode(after).pixels, whole), encoding)


def kept(before: bytes, after: bytes, encoding: Encoding) -> bytes:
    """Return an engine's picture, encoded, in the size of `before` and with its alpha: for changes to all of it.

    Raises as `settled` does.
    """
    source = codec.decode(before).pixels
    everything = np.full(source.shape[:2], _FULL, np.uint8)
    return written(settle(source, codec.decode(after).pixels, everything), encoding)


def resized(after: bytes, size: Size, encoding: Encoding) -> bytes:
    """Return an engine's picture, encoded, in a size of its shape; for what it makes anew as a whole.

    Raises as `settled` does.
    """
    return written(fitted(codec.decode(after).pixels, size), encoding)


def extended(before: bytes, after: bytes, margins: Margins, encoding: Encoding) -> bytes:
    """Return `extend` of encoded pictures, encoded.

    Raises as `settled` does.
    """
    return written(extend(codec.decode(before).pixels, codec.decode(after).pixels, margins), encoding)


def written(pixels: NDArray[np.uint8], encoding: Encoding) -> bytes:
    """Return a file of the pixels, without any loss where the format can do that: even under full transparency.

    WebP by its quickest way: a tenth larger than by its best, in a quarter of the time.
    """
    if encoding == "webp":
        return codec.save(Image.fromarray(pixels), "WEBP", lossless=True, quality=0, method=0, exact=True)
    return codec.encode(pixels, encoding, quality=_JPEG_QUALITY)


def fitted(pixels: NDArray[np.uint8], size: Size) -> NDArray[np.uint8]:
    """Return a picture in another size of the same shape.

    Raises:
        ProviderMisbehaved: it has another shape.
    """
    own = Size(pixels.shape[1], pixels.shape[0])
    if own == size:
        return pixels
    slack = 1 / min(own.height, own.width, size.height, size.width)  # whole pixels can't keep a shape exactly
    if abs(own.ratio / size.ratio - 1) > _BENT + slack:
        raise ProviderMisbehaved(detail=f"The picture should have the shape of {size} and came back as {own}.")
    how = cv2.INTER_AREA if own.pixels > size.pixels else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pixels, (size.width, size.height), interpolation=how), np.uint8)


def _towards(size: Size, margins: Margins) -> NDArray[np.uint8]:
    """Return how much a continued picture may change within its old borders: only near those that were extended."""
    reach = min(OUTPAINT_FEATHER, size.width // 4, size.height // 4)
    fading = _FULL * (1 - np.arange(1, reach + 1, dtype=np.float32) / (reach + 1))
    across, down = np.zeros(size.width, np.float32), np.zeros(size.height, np.float32)
    for line, first, last in ((across, margins.left, margins.right), (down, margins.up, margins.down)):
        if first and reach:
            line[:reach] = fading
        if last and reach:
            line[-reach:] = np.maximum(line[-reach:], fading[::-1])
    return np.rint(np.maximum(across[None, :], down[:, None])).astype(np.uint8)


def _with_channels(pixels: NDArray[np.uint8], count: int) -> NDArray[np.uint8]:
    """Return a writable copy with alpha or without; a picture without is opaque."""
    own = pixels.shape[2]
    if own == count:
        return pixels.copy()
    if own > count:
        return np.ascontiguousarray(pixels[..., :count])
    return np.dstack((pixels, np.full(pixels.shape[:2], _FULL, np.uint8)))


def _blended(before: NDArray[np.uint8], after: NDArray[np.uint8], weight: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return `before` with the colours of `after` laid over it by weight, in strips, for floats are large."""
    result = before.copy()
    for top in range(0, before.shape[0], _ROWS):
        rows = slice(top, top + _ROWS)
        changed = np.flatnonzero(weight[rows].any(axis=0))
        if not changed.size:
            continue
        part = (rows, slice(int(changed[0]), int(changed[-1]) + 1))
        _blend_part(result[part], after[part], weight[part])
    return result


def _blend_part(result: NDArray[np.uint8], after: NDArray[np.uint8], weight: NDArray[np.uint8]) -> None:
    share = weight[..., None].astype(np.float32) / _FULL
    if after.shape[2] > _ALPHA:
        share = share * _opacity(after[..., _ALPHA:], stays=result.shape[2] > _ALPHA)
    own = result[..., :_ALPHA].astype(np.float32)
    mixed = np.rint(own + share * (after[..., :_ALPHA].astype(np.float32) - own)).astype(np.uint8)
    np.copyto(result[..., :_ALPHA], mixed, where=weight[..., None] > 0)


def _opacity(alpha: NDArray[np.uint8], *, stays: bool) -> NDArray[np.float32]:
    """Return how much an engine's colours count: by their alpha, or, where the picture's own alpha stays, if any."""
    return (alpha > 0).astype(np.float32) if stays else np.divide(alpha, _FULL, dtype=np.float32)
