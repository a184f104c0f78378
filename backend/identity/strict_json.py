"""JSON that can be read in one way only."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NoReturn, cast

if TYPE_CHECKING:
    from pydantic import JsonValue


def parse(text: bytes | str) -> JsonValue:
    """Return what a JSON text says.

    Raises:
        ValueError: it is none, says something twice, holds NaN or an infinity, or is nested too deeply.
    """
    try:
        return cast("JsonValue", json.loads(text, object_pairs_hook=_once, parse_constant=_refuse))  # what JSON is
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _once(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in an object")
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")
