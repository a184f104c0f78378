"""Placeholders: `{{column}}` in the words of a step stands for what a row says there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import JsonValue

    from backend.schemas.recipes import RecipeStep

PLACEHOLDER = re.compile(r"\{\{\s*([^{}]{1,60}?)\s*\}\}")


def columns_of(steps: tuple[RecipeStep, ...]) -> tuple[str, ...]:
    """Return the columns that some steps speak of, each once, in the order they come up."""
    found = (name for step in steps for text in _texts(step.request) for name in PLACEHOLDER.findall(text))
    return tuple(dict.fromkeys(" ".join(name.split()) for name in found))


def filled(request: Mapping[str, JsonValue], row: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return a request with what a row says in the place of its columns' names.

    Raises:
        KeyError: the row has no such column.
    """
    return {name: _filled(value, row) for name, value in request.items()}


def _filled(value: JsonValue, row: Mapping[str, JsonValue]) -> JsonValue:
    match value:
        case str():
            return PLACEHOLDER.sub(lambda found: _said(row[" ".join(found[1].split())]), value)
        case list():
            return [_filled(one, row) for one in value]
        case dict():
            return filled(value, row)
        case _:
            return value


def _said(cell: JsonValue) -> str:
    """Return what stands in a cell, a number as people write it."""
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)


def _texts(value: JsonValue) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list() | dict():
            for one in cast("list[JsonValue]", value if isinstance(value, list) else [*value.values()]):
                yield from _texts(one)
        case _:
            return
