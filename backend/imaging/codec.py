"""The only doors between bytes and pixels.

`decode` and `encode` are for bytes that the studio wrote itself. Bytes from outside go through `inspect`, in a child.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from PIL import Image

from backend.imaging.colour import with_colour
from backend.imaging.containers.facts import MADE, within
from backend.imaging.reading import load
from backend.imaging.sniff import sniff, strip
from backend.imaging.types import Size

if TYPE_CHECKING:
    from numpy.typing import NDArray

Encoding = Literal["png", "jpg", "webp", "avif"]
_STRIP_ROWS: Final = 256
_WITH_ALPHA: Final = 4
_WEBP_OUT_OF_MEMORY: Final = "encoding error 1"
"""How Pillow tells libwebp's VP8_ENC_ERROR_OUT_OF_MEMORY."""
_FINE: Final = 90
"""JPEG quality from which colour keeps its full resolution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Pixels, upright and in sRGB: uint8, height x width x 3 (RGB) or 4 (RGB and straight alpha), writable."""

    pixels: NDArray[np.uint8]

    @property
    def size(self) -> Size:
        """Return width and height."""
        return Size(self.pixels.shape[1], self.pixels.shape[0])

    @property
    def has_alpha(self) -> bool:
        """Say whether there is a fourth channel."""
        return self.pixels.shape[2] == _WITH_ALPHA


def decode(data: bytes) -> Picture:
    """Return the first frame's pixels, whatever depth, palette, profile or orientation they were stored with.

    Raises what `sniff` raises, and InvalidImage where the picture is broken.
    """
    with within(MADE):
        kind = sniff(data).format
        return Picture(pixels=_pixels(with_colour(load(kind, strip(kind, data)))))


def encode(pixels: NDArray[np.uint8], encoding: Encoding, *, quality: int = 90, icc: bytes | None = None) -> bytes:
    """Return a file of the pixels (height x width, or x 3 or 4; uint8, sRGB) without any metadata.

    `quality` 1..100 is ignored by PNG; 100 makes WebP lossless. JPEG has no alpha: it is laid on white. `icc` is a
    profile to embed; the pixels are taken to be in it already.
    """
    image = Image.fromarray(pixels)
    match encoding:
        case "png":
            return save(image, "PNG", compress_level=png_level(image), icc_profile=icc)
        case "jpg":
            sampling = "4:4:4" if quality >= _FINE else "4:2:0"
            return save(_on_white(image), "JPEG", quality=quality, subsampling=sampling, optimize=True, icc_profile=icc)
        case "webp":
            return save(image, "WEBP", quality=quality, lossless=quality == 100, icc_profile=icc)  # noqa: PLR2004 - 100 is the scale's end
        case "avif":
            return save(image, "AVIF", quality=quality, speed=8, max_threads=1, icc_profile=icc)


def save(image: Image.Image, name: str, **options: str | float | bytes | None) -> bytes:
    """Return the picture encoded by Pillow's `name`, with nothing of the source's metadata."""
    file = io.BytesIO()
    try:
        image.save(file, name, **options)
    except ValueError as error:
        if str(error) == _WEBP_OUT_OF_MEMORY:
            raise MemoryError from error
        raise
    return file.getvalue()


def png_level(image: Image.Image) -> int:
    """Return the compression level that a PNG of this size is worth: strong to 4 megapixels, quick above."""
    return 6 if image.width * image.height <= 4_000_000 else 1  # noqa: PLR2004 - the docstring names it


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _pixels(image: Image.Image) -> NDArray[np.uint8]:
    """Copy in strips: numpy's own way through `tobytes` holds the picture three times."""
    width, height = image.size
    pixels = np.empty((height, width, len(image.getbands())), np.uint8)
    for top in range(0, height, _STRIP_ROWS):
        bottom = min(height, top + _STRIP_ROWS)
        pixels[top:bottom] = np.asarray(image.crop((0, top, width, bottom)))
    return pixels
