"""The contents: every family, in the order in which the catalogue lists them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from backend.providers.local.compose.families.paper import PAPER

if TYPE_CHECKING:
    from backend.providers.local.compose.scene import Family

TABLE: tuple[Family, ...] = (PAPER,)


@cache
def named() -> dict[str, Family]:
    """Return the families by name."""
    return {family.name: family for family in TABLE}
