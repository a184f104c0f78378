"""From a sentence to its parts: the phrases that are known, in order, and the words that are not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from backend.providers.local.adjust.vocabulary import Lexicon, Meaning, lexicon, plain

Unit = Literal["percent", "stops", "degrees"]
Sign = Literal[-1, 0, 1]

_UNITS: dict[str, Unit] = {
    **dict.fromkeys(("%", "percent", "prozent", "pct"), "percent"),
    **dict.fromkeys(("ev", "stop", "stops", "blende", "blenden", "blendenstufe", "blendenstufen"), "stops"),
    **dict.fromkeys(("°", "degree", "degrees", "deg", "grad"), "degrees"),
}
_SIGNS: dict[str, Sign] = {"+": 1, "-": -1, "": 0}
_NUMBER = re.compile(r"([+-]?)\s?(\d+(?:[.,]\d+)?)")
_LEFT = re.compile(
    r"(?:(?:to|nach|gegen|im) )?(?:left|links|counterclockwise|counter clockwise|anticlockwise|gegen uhrzeigersinn)\b"
)
_RIGHT = re.compile(r"(?:(?:to|nach|im) )?(?:right|rechts|clockwise|uhrzeigersinn)\b")
_STOPS = frozenset(",;.!?:/&|\n-+")
"""Signs that part a sentence as "and" does."""


@dataclass(frozen=True, slots=True)
class Number:
    """An exact amount; `sign` is 0 where none was written."""

    value: float
    unit: Unit
    sign: Sign = 0


Item = Meaning | Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A sentence: its parts without what says nothing, and what was not understood."""

    clauses: tuple[tuple[Item, ...], ...]
    unknown: tuple[str, ...]


def read(text: str) -> Read:
    """Return what a text is made of; nothing is judged yet."""
    known = lexicon()
    words = [word for word in plain(text) if word not in known.articles]
    clauses: list[list[Item]] = [[]]
    unknown: list[str] = []
    at = 0
    while at < len(words):
        item, taken = _next(known, words, at)
        match item:
            case None:
                unknown.append(words[at])
            case Meaning(kind="filler"):
                pass
            case Meaning(kind="joint"):
                clauses.append([])
            case _:
                clauses[-1].append(item)
        at += taken
    return Read(clauses=tuple(tuple(one) for one in clauses if one), unknown=tuple(dict.fromkeys(unknown)))


def _next(known: Lexicon, words: list[str], at: int) -> tuple[Item | None, int]:
    """Return what stands at a place, and how many words it takes; None where it is not known."""
    for length in range(min(known.longest, len(words) - at), 0, -1):
        if meaning := known.phrases.get(tuple(words[at : at + length])):
            return meaning, length
    if number := _number(words, at):
        return number
    return (Meaning("joint"), 1) if words[at] in _STOPS else (None, 1)


def _number(words: list[str], at: int) -> tuple[Number, int] | None:
    """Return a number with its unit; one with a sign and no unit is of a hundred, as on the sliders of editors."""
    found = _NUMBER.fullmatch(words[at])
    if not found:
        return None
    sign = _SIGNS[found[1]]
    value = float(found[2].replace(",", "."))
    unit = _UNITS.get(words[at + 1]) if at + 1 < len(words) else None
    if unit is None:
        return (Number(value, "percent", sign), 1) if sign else None
    if unit == "degrees":
        turn, taken = _turn(" ".join(words[at + 2 : at + 5]))
        return Number(value, unit, turn or sign), 2 + taken
    return Number(value, unit, sign), 2


def _turn(rest: str) -> tuple[Sign, int]:
    """Return which way what follows turns, and how many words say it; 0 and 0 where nothing does."""
    ways: tuple[tuple[Sign, re.Pattern[str]], ...] = ((-1, _LEFT), (1, _RIGHT))
    for sign, way in ways:
        if found := way.match(rest):
            return sign, len(found[0].split())
    return 0, 0
