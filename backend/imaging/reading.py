"""Decoding: a file cut down to its picture becomes a Pillow image that is 8-bit, upright and in sRGB."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Generator, Iterator  # noqa: TC003 - contextmanager's annotation is read at run time
from contextlib import contextmanager
from typing import Final

import numpy as np
from PIL import AvifImagePlugin, Image, ImageFile
from PIL.AvifImagePlugin import AvifImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from backend.errors import InvalidImage
from backend.imaging.colour import to_srgb
from backend.imaging.containers import exif
from backend.imaging.containers.facts import Bare, Format, check_size

_READERS: Final[dict[Format, type[ImageFile.ImageFile]]] = {
    "jpeg": JpegImageFile,
    "png": PngImageFile,
    "webp": WebPImageFile,
    "gif": GifImageFile,
    "avif": AvifImageFile,
}
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_STRIP_ROWS: Final = 256
_DEEP: Final = 16
_HALF: Final = 128
_DEPTH_AT: Final = 24
"""Where a PNG file says how many bits a channel has."""

TROUBLE: Final = (
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    AssertionError,
    RuntimeError,
    struct.error,
    zlib.error,
)
"""What Pillow's readers raise over broken files. MemoryError is not among them: that is the process's to tell."""


@contextmanager
def reading(kind: str) -> Generator[None]:
    """Turn whatever a decoder stumbles over into InvalidImage."""
    try:
        yield
    except TROUBLE as error:
        raise InvalidImage(detail=f"the {kind} file is broken: {error}", found=f"broken {kind}") from error


def opened(kind: Format, data: bytes) -> ImageFile.ImageFile:
    """Return the picture, its pixels not yet read; raise TooLarge where it is not what its container announced."""
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # each thread would cost address space, which is limited where this runs
    with reading(kind):
        image = _READERS[kind](io.BytesIO(data))
    check_size(*image.size, kind)
    return image


def load(kind: Format, bare: Bare) -> Image.Image:
    """Return the first frame: 1, L, LA, P, RGB or RGBA of 8 bits a channel, upright, in sRGB.

    Raises InvalidImage where the picture is broken or cut off.
    """
    image = opened(kind, bare.data)
    orientation, icc = _told(kind, image, bare)
    with reading(kind):
        whole = _deep(image, bare.data) if kind == "png" and bare.data[_DEPTH_AT] == _DEEP else read(image)
        return _alone(_upright(to_srgb(whole, icc), orientation))


def carried(image: Image.Image) -> tuple[str, ...]:
    """Return what metadata Pillow found beside the picture, in the words of `Inspected.removed`."""
    exif_names = exif.read(image.info["exif"]).names if "exif" in image.info else ()
    return (*exif_names, *(("xmp",) if "xmp" in image.info else ()))


def _told(kind: Format, image: Image.Image, bare: Bare) -> tuple[int, bytes | None]:
    """Return orientation and profile; AVIF keeps them in properties that Pillow hands over as EXIF and info."""
    if kind != "avif":
        return bare.orientation, bare.icc
    return exif.read(image.info.get("exif", b"")).orientation, image.info.get("icc_profile")


def read(image: ImageFile.ImageFile) -> Image.Image:
    """Return the picture with its pixels read, in one of the modes that `load` names or CMYK."""
    image.load()
    _let_go(image)
    if image.mode == "P" and image.palette is None:
        raise InvalidImage(detail="the picture counts colours of a palette that it does not have", found="broken png")
    return image if image.mode in ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK") else image.convert("RGB")


def _let_go(image: ImageFile.ImageFile) -> None:
    """Free what a WebP was decoded with: Pillow would keep two more canvases and a copy of the pixels beside it."""
    if isinstance(image, WebPImageFile):
        image._decoder = image.fp = None  # noqa: SLF001  # pyright: ignore[reportPrivateUsage, reportAttributeAccessIssue] - there is no public way


def _alone(image: Image.Image) -> Image.Image:
    """Forget what came along: Pillow's encoders would write comments and profiles from `info` without being asked."""
    image.info = {name: value for name, value in image.info.items() if name == "transparency"}
    return image


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def _deep(image: ImageFile.ImageFile, data: bytes) -> Image.Image:
    """Return a 16-bit PNG in 8 bits, rounded: v / 257, where Pillow would cut off (colour) or clip (grey)."""
    image.load()
    if image.mode == "I;16":
        return _rounded_grey(image)
    if data[_DEPTH_AT + 1] not in (2, 6):
        return image
    low = opened("png", data)
    low.tile = [tile._replace(args=str(tile.args).replace("16B", "16L")) for tile in low.tile]
    low.load()
    return _rounded(image, low)


def _rounded_grey(image: Image.Image) -> Image.Image:
    result = Image.new("L", image.size)
    for box in _strips(image):
        deep = np.asarray(image.crop(box)).astype(np.uint32)
        result.paste(Image.fromarray(((deep + _HALF) // 257).astype(np.uint8)), box)
    return result


def _rounded(high: Image.Image, low: Image.Image) -> Image.Image:
    """Round 256h + l to the nearest 257th: h, one more or one less, without ever holding 16 bits of all."""
    for box in _strips(high):
        h, l = (np.asarray(part.crop(box)).astype(np.int16) for part in (high, low))  # noqa: E741 - high and low byte
        high.paste(Image.fromarray((h + (l - h > _HALF) - (h - l > _HALF)).astype(np.uint8)), box)
    return high


def _strips(image: Image.Image) -> Iterator[tuple[int, int, int, int]]:
    for top in range(0, image.height, _STRIP_ROWS):
        yield 0, top, image.width, min(image.height, top + _STRIP_ROWS)
