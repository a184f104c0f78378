"""The picture that exports are made of: decoded once, as planes where its file has them, else as colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import cv2
import numpy as np
import simplejpeg

from backend.errors import InvalidImage
from backend.imaging.codec import decode
from backend.imaging.export.sheets import Sheet, Window
from backend.imaging.export.turbo import turbo
from backend.imaging.sniff import kind_of
from backend.imaging.types import Size

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from backend.imaging.types import Box

    Pixels = NDArray[np.uint8]

_WITH_ALPHA: Final = 4
_OPAQUE: Final = 255
_END: Final = b"\xff\xd9"
_NO_COLOUR: Final = 128


@dataclass(frozen=True, slots=True)
class Planes:
    """A picture in YCbCr as JPEG files with 4:2:0 hold it: `y` reaches to even sides, the others have half of them."""

    size: Size
    y: Pixels
    u: Pixels
    v: Pixels


class Pictured(Protocol):
    """A decoded picture, upright and in sRGB."""

    @property
    def size(self) -> Size:
        """Return its size in pixels."""
        ...

    @property
    def has_alpha(self) -> bool:
        """Say whether any of its pixels is see-through."""
        ...

    def pixels(self, box: Box, size: Size) -> Pixels:
        """Return a box of it at a size: height x width x 3 (RGB) or 4 (and straight alpha), uint8."""
        ...


class Coloured:
    """A picture held as RGB, or as RGBA where some of it is see-through."""

    def __init__(self, pixels: Pixels) -> None:
        self.has_alpha = pixels.shape[2] == _WITH_ALPHA and bool((pixels[..., 3] < _OPAQUE).any())
        self.size = Size(pixels.shape[1], pixels.shape[0])
        self._sheet = Sheet(pixels if self.has_alpha else np.ascontiguousarray(pixels[..., :3]))

    def pixels(self, box: Box, size: Size) -> Pixels:
        """Return a box of it at a size."""
        return self._sheet.resized(Window.of(box), size)


class Planar:
    """A picture held as JPEG's planes: light in full, the two of colour in full or with less."""

    has_alpha = False

    def __init__(self, size: Size, step: tuple[int, int], planes: tuple[Pixels, ...]) -> None:
        self.size = size
        self._step = step
        self._light = Sheet(planes[0])
        # Of colour nobody sees as much as of light: shortcuts can't be told there.
        self._colours = tuple(Sheet(plane, colour=True) for plane in planes[1:])

    def pixels(self, box: Box, size: Size) -> Pixels:
        """Return a box of it at a size, as RGB."""
        light = self._light.resized(Window.of(box), size)
        window = self._in_colours(box)
        u, v = self._colour(window, size)
        return np.asarray(cv2.cvtColor(np.dstack((light, v, u)), cv2.COLOR_YCrCb2RGB), np.uint8)

    def planes(self, box: Box, size: Size) -> Planes:
        """Return a box of it at a size, as 4:2:0.

        A value of colour lies in the middle of its four pixels. Of an odd side the last one reaches a pixel beyond the
        box, and is made of what the picture has there.
        """
        light = self._light.resized(Window.of(box), size)
        half = Size(-(-size.width // 2), -(-size.height // 2))
        window, wide, high = self._in_colours(box), 2 * half.width / size.width, 2 * half.height / size.height
        reaching = Window(
            window.left,
            window.top,
            window.left + (window.right - window.left) * wide,
            window.top + (window.bottom - window.top) * high,
        )
        u, v = self._colour(reaching, half)
        return Planes(size, _even(light), u, v)

    def _in_colours(self, box: Box) -> Window:
        return Window.of(box).scaled(1 / self._step[0], 1 / self._step[1])

    def _colour(self, window: Window, size: Size) -> tuple[Pixels, Pixels]:
        if not self._colours:
            none = np.full((size.height, size.width), _NO_COLOUR, np.uint8)
            return none, none
        u, v = (sheet.resized(window, size) for sheet in self._colours)
        return u, v


def opened(source: bytes) -> Planar | Coloured:
    """Return the picture of a file that the studio wrote; of a moving one, its first frame.

    Raises what `codec.decode` raises.
    """
    is_complete_jpeg = kind_of(source) == "jpeg" and source.endswith(_END)  # else libraries would fill it up with grey
    found = _planar(source) if is_complete_jpeg else None
    return Coloured(decode(source).pixels) if found is None else found


def encoded(planes: Planes, quality: int) -> bytes:
    """Return a JPEG of planes as they are."""
    library = turbo()
    if library is not None:
        return library.encoded((planes.y, planes.u, planes.v), planes.size.width, planes.size.height, quality)
    return _encoded_by_wheel(planes, quality)


def _planar(data: bytes) -> Planar | None:
    """Return the picture of a JPEG that is YCbCr or grey. It is upright and in sRGB, as all that is kept here."""
    library = turbo()
    if library is None:
        return _planar_by_wheel(data)
    found = library.decoded(data)
    return None if found is None else Planar(*found)


def _planar_by_wheel(data: bytes) -> Planar | None:
    """Return the picture by simplejpeg, which gives light alone, or colours that are taken apart again.

    Of 4:2:0 it decodes the colours at half the size, where none of them has to be made up.
    """
    try:
        height, width, space, sampling = simplejpeg.decode_jpeg_header(data, strict=False)
        size = Size(int(width), int(height))
        if space not in ("Gray", "YCbCr"):
            return None
        light = simplejpeg.decode_jpeg(data, "GRAY", strict=False)[..., 0]
        if space == "Gray":
            return Planar(size, (1, 1), (light,))
        halved = sampling == "420"
        least = {"min_width": -(-size.width // 2), "min_height": -(-size.height // 2)} if halved else {}
        pixels = simplejpeg.decode_jpeg(data, "RGB", **least, strict=False)
    except ValueError as error:
        raise InvalidImage(detail=f"the jpeg file is broken: {error}", found="broken jpeg") from error
    apart = cv2.cvtColor(pixels, cv2.COLOR_RGB2YCrCb, dst=pixels)
    v, u = (np.asarray(cv2.extractChannel(apart, channel), np.uint8) for channel in (1, 2))
    return Planar(size, (2, 2) if halved else (1, 1), (light, u, v))


def _encoded_by_wheel(planes: Planes, quality: int) -> bytes:
    # A view: the library reads on to even sides, whatever shape it is given.
    light = planes.y[: planes.size.height, : planes.size.width]
    return simplejpeg.encode_jpeg_yuv_planes(light, planes.u, planes.v, quality=quality, fastdct=False)


def _even(plane: Pixels) -> Pixels:
    high, wide = plane.shape
    if high % 2 or wide % 2:
        return np.asarray(cv2.copyMakeBorder(plane, 0, high % 2, 0, wide % 2, cv2.BORDER_REPLICATE), np.uint8)
    return plane
