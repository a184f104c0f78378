"""What the studio does with every file besides making it: rules are held against it, it is marked and signed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from backend.imaging.measuring import Measured
from backend.imaging.provenance.signing import marked
from backend.imaging.provenance.types import Ingredient, Statement
from backend.services.image_studio.checks import checks_of
from backend.services.image_studio.formats import FormatBook
from backend.utils.credentials import SelfMade

if TYPE_CHECKING:
    from backend.imaging.export.targets import Export
    from backend.services.image_studio.formats import Format, Platform

NETWORKS = ("instagram", "facebook", "twitter", "linkedin")
SAID = Statement(
    title="social",
    operation="social",
    actions=("c2pa.cropped", "c2pa.resized"),
    source_type=None,
    engine="local",
    model="export",
    version="1.0.0",
    ingredients=(Ingredient(title="image", mime="image/jpeg", digest="a" * 64),),
)


def formats() -> list[tuple[Platform, Format]]:
    """Return all formats of four networks."""
    book = FormatBook.load()
    return [(platform, one) for platform in book.platforms if platform.key in NETWORKS for one in platform.formats]


class Teller:
    """Checks and marks the files of those formats."""

    def __init__(self) -> None:
        self._formats = formats()
        self._credentials = SelfMade(("for this measurement alone",), lambda: datetime.now(UTC)).now()

    def told(self, index: int, export: Export) -> bytes:
        """Return the marked file of a format, once its rules were held against it."""
        seen = Measured(
            type="jpeg",
            bytes=len(export.data),
            size=export.size,
            faces=export.faces,
            upscaled=export.upscaled,
        )
        checks_of(*self._formats[index], seen)
        return marked(export.data, "image/jpeg", SAID, self._credentials)
