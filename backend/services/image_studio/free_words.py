"""What people are told who ask for something to be painted from free words where no engine of theirs does that."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from backend.errors import NoProvider
from backend.schemas.base import Frozen
from backend.services.image_studio.routing import rank
from backend.services.image_studio.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.services.image_studio.market import Market
    from backend.services.image_studio.preferences import QualityTable
    from backend.services.image_studio.routing import Need, Ranking


class FreeWords(Frozen):
    """The engines that paint from words, and what to do without one, by operation."""

    engines: tuple[str, ...]
    instead: dict[str, str]


@cache
def _table() -> FreeWords:
    return FreeWords.model_validate(read_table("free_words"))


def rank_by_words(need: Need, market: Market, table: QualityTable) -> Ranking:
    """Return the offers as `rank` does; where only free words are the trouble, say what can be done without.

    Raises:
        InvalidRequest: there is no such engine or model, or it does not do this.
        NoProvider: none of them can do it now.
    """
    try:
        return rank(need, market, table)
    except NoProvider as nobody:
        if not need.free_words:
            raise
        raise NoProvider(detail=_without(need.operation), tried=nobody.tried) from nobody


def who_serves(need: Need, market: Market, table: QualityTable) -> tuple[str, str | None]:
    """Return the engine that would serve now, or an empty name and why nobody can."""
    try:
        return rank_by_words(need, market, table).ranked[0].offer.provider, None
    except NoProvider as nobody:
        return "", nobody.detail


def _without(operation: str) -> str:
    """Return what an operation takes that no engine at hand gives, and what can be done instead."""
    table = _table()
    which = f"Painting from free words takes a generative engine such as {_listed(table.engines)};"
    told = (which, "`image-studio providers` says which this studio has.", table.instead.get(operation, ""))
    return " ".join(part for part in told if part)


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else "".join(names)
