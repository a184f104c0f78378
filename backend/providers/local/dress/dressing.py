"""Dressing: a callable for each file that lays an overlay on its finished pixels, and tells what it did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backend.errors import FieldError, RequestRefused
from backend.imaging.codec import decode
from backend.providers.local.dress.mark import mark_of
from backend.providers.local.dress.work import Told, Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from backend.imaging.types import Box
    from backend.providers.local.dress.mark import Mark
    from backend.providers.local.dress.places import Place
    from backend.schemas.specs.overlays import Overlay

    Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dress:
    """Lays an overlay on pixels of one format. Equal ones lay the same; `told` is there after a call."""

    overlay: Overlay
    mark: Mark | None
    place: Place
    _told: list[Told] = field(default_factory=list, compare=False, repr=False)

    def __call__(self, pixels: Pixels, faces: Sequence[Box] = ()) -> Pixels:
        """Return the pixels (RGB or RGBA, of the place's size) with the overlay; `faces` are in pixels of it.

        Raises:
            RequestRefused: words or price can't be read, or there is no room for the logo.
        """
        work = Work(self.overlay, self.mark, self.place, (pixels, faces))
        found = work.done()
        self._told[:] = [work.told()]
        return found

    @property
    def told(self) -> Told:
        """Return what the last call did."""
        return self._told[-1] if self._told else Told()


def logo_of(data: bytes) -> Mark:
    """Return the logo in a file of our own.

    Raises:
        RequestRefused: there is nothing to be seen in it.
    """
    mark = mark_of(decode(data).pixels)
    if mark is None:
        detail = "The logo is see-through all over."
        raise RequestRefused(detail=detail, errors=(FieldError(pointer="/logo/image_asset_id", detail=detail),))
    return mark


def dress_of(overlay: Overlay, mark: Mark | None, place: Place) -> Dress:
    """Return what lays an overlay on files of one format; `mark` is the overlay's logo, where it has one."""
    return Dress(overlay=overlay, mark=mark, place=place)
