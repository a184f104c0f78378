"""What was found in pictures lately: whoever exports one does so again, and mostly has looked at its crops before."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from backend.imaging.types import Box
    from backend.schemas.base import AssetId

    Picture = AssetId | str
    """What names a picture for as long as the process lives."""

MOST_KNOWN: Final = 512
"""Pictures of which the process remembers what is where in them."""


def name_of(asset: AssetId, content: bytes) -> Picture:
    """Return a picture's name: the asset, whose content never changes, or what it consists of if it is none."""
    return asset or hashlib.sha256(content).hexdigest()


class Remembered:
    """Boxes in pixels of pictures; those that were not asked for longest are forgotten."""

    def __init__(self, most: int = MOST_KNOWN) -> None:
        self._most = most
        self._known: OrderedDict[Picture, tuple[Box, ...]] = OrderedDict()

    def of(self, picture: Picture) -> tuple[Box, ...] | None:
        """Return what is known of a picture; None where nobody looked."""
        if picture in self._known:
            self._known.move_to_end(picture)
        return self._known.get(picture)

    def keep(self, picture: Picture, boxes: tuple[Box, ...]) -> None:
        """Note what is in a picture."""
        self._known[picture] = boxes
        self._known.move_to_end(picture)
        while len(self._known) > self._most:
            self._known.popitem(last=False)


WORDS: Final = Remembered()
FACES: Final = Remembered()
