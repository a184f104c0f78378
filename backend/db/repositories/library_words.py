"""What an asset is found by, written beside it whenever its words change: so that a search reads one column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.imaging.shade import shade_of

if TYPE_CHECKING:
    from backend.db.models import Asset


def reword(row: Asset) -> None:
    """Write down the words that an asset is searched by: whatever people and engines said of it, in small letters."""
    said = (row.title, row.description, row.prompt, row.model, row.provider, row.filename, row.id)
    row.words = "\n".join([*(text or "" for text in said), *row.tags]).casefold()


def searchable(row: Asset) -> Asset:
    """Return a new asset with its words, and where its colour lies among all colours, written down."""
    reword(row)
    if row.colour is not None:
        row.light, row.red, row.yellow = shade_of(row.colour)
    return row
