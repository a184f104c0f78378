"""What `auto` prefers for a quality, and the former names of models: facts from the data folder."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from backend.schemas.base import Frozen
from backend.schemas.specs import Quality
from backend.services.image_studio.tables import read_table

if TYPE_CHECKING:
    from backend.providers.base import Offer


class Preference(Frozen):
    """Offers that are preferred, by `provider/model` with `*` for anything."""

    match: str
    why: str


class Rename(Frozen):
    """A model name that clients still send, and what serves it now."""

    name: str
    model: str
    note: str
    source: str


class QualityTable(Frozen):
    """What `auto` prefers, by operation and quality, best first."""

    prefer: Mapping[str, Mapping[Quality, tuple[Preference, ...]]]
    renames: tuple[Rename, ...]

    def place(self, offer: Offer, quality: Quality) -> tuple[int, str]:
        """Return an offer's place among the preferred and why it has that; the place after the last if it has none."""
        rows = self.prefer.get(offer.operation, {}).get(quality, ())
        name = f"{offer.provider}/{offer.model}"
        for place, row in enumerate(rows):
            if fnmatchcase(name, row.match):
                return place, row.why
        return len(rows), ""

    def rename(self, model: str) -> Rename | None:
        """Return what became of a model name; None if it still stands for itself."""
        return next((row for row in self.renames if row.name == model), None)


def load_quality_table() -> QualityTable:
    """Return the table as it stands in the data folder."""
    return QualityTable.model_validate(read_table("quality"))
