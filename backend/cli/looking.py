"""How commands show what a studio tells: many things as a table, one with all its facts, or either as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.cli import screen
from backend.cli.reach import speak

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from backend.cli.api import Json
    from backend.cli.options import Common


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Things that a studio has: where they are, how its answer calls them, and how each stands in a table."""

    path: str
    name: str
    columns: Sequence[str]
    row: Callable[[Json], Sequence[object]]

    def list(self, common: Common, **query: object) -> None:
        """Show all of them that a query asks for."""
        found = speak(common, lambda api: api.get(self.path, **query))
        if common.as_json:
            screen.document(found)
        else:
            screen.listing(self.columns, map(self.row, found[self.name]))

    def show(self, common: Common, one: str) -> None:
        """Show all that is known of one."""
        found = speak(common, lambda api: api.get(f"{self.path}/{one}"))
        if common.as_json:
            screen.document(found)
        else:
            screen.facts(found)
