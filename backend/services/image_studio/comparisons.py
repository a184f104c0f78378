"""What work of this machine would have cost elsewhere, by the list prices of those who do the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from backend.services.image_studio.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.services.image_studio.pricing import MilliCredits, PriceBook, PriceRow

USUAL_PIXELS = 1_000_000
"""The area, in pixels, that a picture is compared at: what most engines make."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparisons:
    """The rows of the price book that are for the same work, by operation."""

    keys: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    """What their engines are called."""

    def worth(self, operation: str, book: PriceBook) -> MilliCredits:
        """Return what one picture is listed at by the cheapest who makes it in standard quality; 0 if nobody does."""
        return min(self.listed(operation, book).values(), default=0)

    def listed(self, operation: str, book: PriceBook) -> dict[str, MilliCredits]:
        """Return the lowest price of one picture in standard quality, by engine."""
        found: dict[str, MilliCredits] = {}
        for key in self.keys.get(operation, ()):
            fitting = [row for row in book.rows if row.key == key and row.fits(USUAL_PIXELS, "standard")]
            if fitting:
                engine, price = key.partition(".")[0], min(fitting, key=_area).amount(USUAL_PIXELS)
                found[engine] = min(price, found.get(engine, price))
        return found


def _area(row: PriceRow) -> float:
    return row.max_pixels or float("inf")


def load_comparisons() -> Comparisons:
    """Return the table of the same work elsewhere."""
    table = read_table("comparisons")
    return Comparisons(
        keys=TypeAdapter(dict[str, tuple[str, ...]]).validate_python(table["operations"]),
        names=TypeAdapter(dict[str, str]).validate_python(table["names"]),
    )
