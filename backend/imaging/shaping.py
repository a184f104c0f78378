"""Bringing a picture to exactly the size that was asked for: the best part of it, enlarged or made smaller.

Runs in a child. Nothing is ever stretched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.errors import StudioError
from backend.imaging import codec
from backend.imaging.export.pipeline import exports
from backend.imaging.export.targets import Target
from backend.imaging.settling import written
from backend.imaging.sniff import sniff

if TYPE_CHECKING:
    from backend.imaging.codec import Encoding
    from backend.imaging.export.targets import Export
    from backend.imaging.types import Size


def shaped(picture: bytes, size: Size) -> bytes:
    """Return a picture that the studio wrote at a size, as PNG: the window of that shape that keeps most of it.

    What already has the size is returned as it is.

    Raises:
        InvalidImage: the picture is broken.
    """
    if sniff(picture).size == size:
        return picture
    made: list[Export | StudioError] = []
    exports(picture, [Target(size=size, encodings=("png",))], faces=None, hand=lambda _, one: made.append(one))
    (one,) = made
    if isinstance(one, StudioError):
        raise one
    return one.data


def brought(picture: bytes, size: Size, encoding: Encoding) -> bytes:
    """Return `shaped`, encoded: exact as PNG and WebP, as near as JPEG can be otherwise.

    Raises as `shaped` does.
    """
    whole = shaped(picture, size)
    return (
        whole if encoding == "png" and sniff(whole).format == "png" else written(codec.decode(whole).pixels, encoding)
    )
