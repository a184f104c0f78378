"""A report as plain data, and back: from a child that may have been taken over, so each field is checked."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any, Final, get_args

from backend.errors import InvalidImage
from backend.imaging.provenance.types import Report, State
from backend.imaging.provenance.xmp import LONGEST_READ

_STATES: Final = get_args(State)
_LISTS: Final = frozenset(("problems", "actions", "ingredients"))
_FLAGS: Final = frozenset(("trusted", "own"))
_MOST: Final = 40
"""Entries of a list, of those that a report of ours has."""


def told(report: Report) -> dict[str, Any]:  # Any: JSON
    """Return a report as JSON takes it."""
    return asdict(report)


def report_of(value: object) -> Report:
    """Return the report that a child told.

    Raises:
        InvalidImage: it is none.
    """
    if not isinstance(value, dict) or value.get("state") not in _STATES:  # pyright: ignore[reportUnknownMemberType] - JSON
        raise InvalidImage(detail="the picture's marks break what reads them", found="broken")
    known: dict[str, Any] = {field.name: _checked(field.name, value.get(field.name)) for field in fields(Report)}  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType] - JSON
    known["mime"] = known["mime"] or ""
    return Report(**known)


def _checked(name: str, value: object) -> object:
    if name in _FLAGS:
        return value is True
    if name in _LISTS:
        found = value if isinstance(value, list | tuple) else ()  # pyright: ignore[reportUnknownVariableType] - JSON
        return tuple(text for one in found[:_MOST] if (text := _text(one)))  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - JSON
    if name == "seed":
        return value if isinstance(value, int) and 0 <= value < 2**32 else None
    return _text(value)


def _text(value: object) -> str | None:
    """Return a text without what moves cursors or turns lines about; None where it is none."""
    if not isinstance(value, str):
        return None
    return "".join(letter if letter.isprintable() else " " for letter in value[:LONGEST_READ]).strip() or None
