"""The words that recolouring understands, read from `data/colours.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import yaml
from pydantic import Field

from backend.schemas.base import Frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATA = Path(__file__).parents[3] / "data" / "colours.yaml"

Span = tuple[float, float]


class Seen(Frozen):
    """The range of colours that people call by a word, in OKLab: see the data file."""

    hue: Span
    light: Span
    vivid: Span


class Named(Frozen):
    """A colour: the shade that is given, and the range that is looked for."""

    hex: Annotated[str, Field(pattern="^#[0-9a-f]{6}$")]
    loose: bool = False
    seen: Seen | None = None
    also: tuple[str, ...] = ()


class Thing(Frozen):
    """What is known by its colour: the words for it, and the range."""

    words: tuple[str, ...]
    seen: Seen


class Modifier(Frozen):
    """What a word before a colour does to it: see the data file."""

    light: Annotated[float, Field(ge=-1, le=1)] = 0.0
    vivid: Annotated[float, Field(ge=0)] = 1.0
    turn: float = 0.0
    seen: Span = (0.0, 1.0)
    also: tuple[str, ...] = ()


class Vocabulary(Frozen):
    """All of it."""

    colours: dict[str, Named]
    modifiers: dict[str, Modifier]
    places: dict[str, tuple[str, ...]]
    things: dict[str, Thing]
    sides: dict[str, tuple[str, ...]]
    filler: frozenset[str]
    into: frozenset[str]
    unclear: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """Return the words of the data file."""
    return Vocabulary.model_validate(yaml.safe_load(_DATA.read_text("utf-8")))


@cache
def colours() -> Mapping[tuple[str, ...], str]:
    """Return every way to say a colour, word by word, with its name in the table."""
    rows = vocabulary().colours.items()
    return {tuple(words.split()): name for name, row in rows for words in (name, *row.also)}


@cache
def modifiers() -> Mapping[str, str]:
    """Return every modifying word with its name in the table."""
    return {word: name for name, row in vocabulary().modifiers.items() for word in (name, *row.also)}


@cache
def places() -> Mapping[str, str]:
    """Return every word for a place, a thing of one colour or a side, with what it stands for."""
    words = vocabulary()
    things = {name: thing.words for name, thing in words.things.items()}
    tables = (words.places, things, words.sides)
    return {word: name for table in tables for name, meant in table.items() for word in meant}
