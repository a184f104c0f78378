"""What people are told who ask for something to be painted from free words where no engine of theirs does that."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from backend.schemas.base import Frozen
from backend.services.image_studio.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Sequence


class FreeWords(Frozen):
    """The engines that paint from words, and what to do without one, by operation."""

    engines: tuple[str, ...]
    instead: dict[str, str]


@cache
def _table() -> FreeWords:
    return FreeWords.model_validate(read_table("free_words"))


def without_free_words(operation: str) -> str:
    """Return what an operation takes that no engine at hand gives, and what can be done instead."""
    table = _table()
    which = f"Painting from free words takes a generative engine such as {_listed(table.engines)};"
    told = (which, "`image-studio providers` says which this studio has.", table.instead.get(operation, ""))
    return " ".join(part for part in told if part)


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else "".join(names)
