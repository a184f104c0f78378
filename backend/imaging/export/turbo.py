"""JPEG to planes and back by the TurboJPEG library, where the machine has one: no colour is converted on the way.

Source: https://libjpeg-turbo.org/pmwiki/uploads/Documentation/turbojpeg-2.1/turbojpeg_8h.html (read 2026-11-23); the
functions used here are in versions 2 and 3 alike.
"""

from __future__ import annotations

import ctypes
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from backend.errors import InvalidImage
from backend.imaging.types import Size

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from numpy.typing import NDArray

    Plane = NDArray[np.uint8]

_NAMES: Final = ("libturbojpeg.so.0", "libturbojpeg.dylib", "libturbojpeg.so")
_STEPS: Final = {0: (1, 1), 1: (2, 1), 2: (2, 2), 4: (1, 2), 5: (4, 1)}
"""By TurboJPEG's number of a subsampling: pixels across and down that share one value of colour."""
_420, _GREY = 2, 3
_ACCURATE_DCT, _NO_REALLOC = 4096, 1024
_WARNING: Final = 0
_YCC_OR_GREY: Final = (1, 2)


class Turbo:
    """The library, its functions typed; every call makes a handle of its own, so threads may share this."""

    def __init__(self, library: ctypes.CDLL) -> None:
        pointer, whole = ctypes.c_void_p, ctypes.c_int
        library.tjInitDecompress.restype = library.tjInitCompress.restype = pointer
        library.tjDestroy.argtypes = [pointer]
        library.tjGetErrorCode.argtypes = [pointer]
        library.tjGetErrorStr2.argtypes, library.tjGetErrorStr2.restype = [pointer], ctypes.c_char_p
        library.tjBufSize.restype = ctypes.c_ulong
        numbers = [ctypes.POINTER(whole)] * 4
        library.tjDecompressHeader3.argtypes = [pointer, ctypes.c_char_p, ctypes.c_ulong, *numbers]
        library.tjDecompressToYUVPlanes.argtypes = [
            *(pointer, ctypes.c_char_p, ctypes.c_ulong, pointer),
            *(whole, pointer, whole, whole),
        ]
        library.tjCompressFromYUVPlanes.argtypes = [
            *(pointer, pointer, whole, pointer, whole, whole),
            *(pointer, ctypes.POINTER(ctypes.c_ulong), whole, whole),
        ]
        self._library = library

    def decoded(self, data: bytes) -> tuple[Size, tuple[int, int], tuple[Plane, ...]] | None:
        """Return its size, how many pixels share a value of colour, across and down, and the planes: one, or three.

        Planes may be up to a few pixels larger than the picture, to whole values of colour. None where the file is
        neither YCbCr nor grey. Raises InvalidImage where it is broken.
        """
        with self._handle("tjInitDecompress") as handle:
            width, height, sampling, space = (ctypes.c_int() for _ in range(4))
            told = [ctypes.byref(number) for number in (width, height, sampling, space)]
            self._checked(handle, self._library.tjDecompressHeader3(handle, data, len(data), *told))
            kind = sampling.value
            if space.value not in _YCC_OR_GREY or kind not in (*_STEPS, _GREY):
                return None
            across, down = step = _STEPS.get(kind, (1, 1))
            wide, high = -(-width.value // across), -(-height.value // down)
            planes = [np.empty((high * down, wide * across), np.uint8)]
            planes += [np.empty((high, wide), np.uint8) for _ in range(0 if kind == _GREY else 2)]
            into = _pointers(planes), 0, _strides(planes), 0, _ACCURATE_DCT
            self._checked(handle, self._library.tjDecompressToYUVPlanes(handle, data, len(data), *into))
            return Size(width.value, height.value), step, tuple(planes)

    def encoded(self, planes: Sequence[Plane], width: int, height: int, quality: int) -> bytes:
        """Return a JPEG of 4:2:0 planes, which reach to whole values of colour: luma to even sides."""
        room = self._library.tjBufSize(width, height, _420)
        buffer = np.empty(room, np.uint8)
        target, length = ctypes.c_void_p(buffer.ctypes.data), ctypes.c_ulong(room)
        with self._handle("tjInitCompress") as handle:
            code = self._library.tjCompressFromYUVPlanes(
                *(handle, _pointers(planes), width, _strides(planes), height, _420),
                *(ctypes.byref(target), ctypes.byref(length), quality, _ACCURATE_DCT | _NO_REALLOC),
            )
            self._checked(handle, code)
        return buffer[: length.value].tobytes()

    @contextmanager
    def _handle(self, maker: str) -> Generator[ctypes.c_void_p]:
        made = getattr(self._library, maker)()
        if not made:
            raise MemoryError("TurboJPEG has no room for a handle")
        handle = ctypes.c_void_p(made)
        try:
            yield handle
        finally:
            self._library.tjDestroy(handle)

    def _checked(self, handle: ctypes.c_void_p, code: int) -> None:
        """Raise InvalidImage where something failed; a warning is none, as with every other decoder here."""
        if code and self._library.tjGetErrorCode(handle) != _WARNING:
            says = self._library.tjGetErrorStr2(handle).decode(errors="replace")
            raise InvalidImage(detail=f"the jpeg file is broken: {says}", found="broken jpeg")


@cache
def turbo() -> Turbo | None:
    """Return the library, or None where the machine has none."""
    for name in _NAMES:
        try:
            return Turbo(ctypes.CDLL(name))
        except (OSError, AttributeError):  # not there, or older than these functions
            continue
    return None


def _pointers(planes: Sequence[Plane]) -> ctypes.Array[ctypes.c_void_p]:
    return (ctypes.c_void_p * 3)(*(plane.ctypes.data for plane in planes))


def _strides(planes: Sequence[Plane]) -> ctypes.Array[ctypes.c_int]:
    return (ctypes.c_int * 3)(*(plane.strides[0] for plane in planes))
