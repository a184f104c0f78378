"""The words that adjustments are asked for in, as a table: what each phrase means."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import yaml
from pydantic import Field

from backend.schemas.base import Frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

_DATA = Path(__file__).parents[3] / "data" / "adjustments.yaml"

Language = Literal["en", "de"]
ByLanguage = dict[Language, tuple[str, ...]]
Kind = Literal[
    "filler", "joint", "more", "less", "excess", "without", "degree", "carrier", "quantity", "lack", "word", "look"
]


class Forms(Frozen):
    """How an adjustment is spoken of: by its name, by its opposite's, or by words that have a direction."""

    quantity: tuple[str, ...] = ()
    lack: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    less: tuple[str, ...] = ()


class Adjustment(Frozen):
    """One thing that can be done to a picture."""

    title: str
    does: str
    measure: str
    """What it is held to where adjustments are measured."""
    shares: tuple[str, ...] = ()
    """Measures that it moves by its nature."""
    both: bool = True
    """False if it has no opposite."""
    words: dict[Language, Forms]


class Look(Frozen):
    """Several adjustments under one name; the recipe gives their amounts."""

    title: str
    does: str
    recipe: dict[str, float]
    words: ByLanguage


class Degree(Frozen):
    """How much some words stand for: the plain word is 1."""

    amount: Annotated[float, Field(gt=0, le=2)]
    words: ByLanguage


class Vocabulary(Frozen):
    """All of it, as it stands in the data file."""

    articles: ByLanguage
    fillers: ByLanguage
    joints: ByLanguage
    more: ByLanguage
    less: ByLanguage
    excess: ByLanguage
    without: ByLanguage
    degrees: tuple[Degree, ...]
    carriers: dict[str, ByLanguage]
    adjustments: dict[str, Adjustment]
    looks: dict[str, Look]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for: an adjustment or a look by `name`, with its direction, or a word about those."""

    kind: Kind
    name: str = ""
    amount: float = 1.0
    """The degree's amount; -1 for a word whose direction is down."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases, as tuples of plain words, with their meanings."""

    phrases: dict[tuple[str, ...], Meaning]
    articles: frozenset[str]
    longest: int


@cache
def vocabulary() -> Vocabulary:
    """Return the data file's content."""
    return Vocabulary.model_validate(yaml.safe_load(_DATA.read_text("utf-8")))


@cache
def lexicon() -> Lexicon:
    """Return every phrase's meaning; where a phrase stands in two lists, what is nearer to a picture wins."""
    words = vocabulary()
    articles = frozenset(plain(word)[0] for word in _all(words.articles))
    phrases: dict[tuple[str, ...], Meaning] = {}
    for phrase, meaning in _meanings(words):
        key = tuple(word for word in plain(phrase) if word not in articles) or tuple(plain(phrase))
        phrases.setdefault(key, meaning)
    return Lexicon(phrases, articles, max(map(len, phrases)))


def plain(text: str) -> list[str]:
    """Return the words, numbers and signs of a text without capitals, umlauts and hyphens between letters."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    for letter, pair in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("−", "-"), ("–", "-"), ("’", "'")):  # noqa: RUF001 - what people type
        folded = folded.replace(letter, pair)
    folded = re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", " ", folded)
    return _TOKEN.findall(folded)


_TOKEN = re.compile(r"[+-]\s?\d+(?:[.,]\d+)?|\d+(?:[.,]\d+)?|[^\W\d_]+(?:'[^\W\d_]+)?|[^\s\w\"'“”„()*]|_")


def _meanings(words: Vocabulary) -> Iterator[tuple[str, Meaning]]:
    for name, adjustment in words.adjustments.items():
        for forms in adjustment.words.values():
            yield from ((phrase, Meaning("word", name)) for phrase in forms.more)
            yield from ((phrase, Meaning("word", name, -1.0)) for phrase in forms.less)
            yield from ((phrase, Meaning("quantity", name)) for phrase in forms.quantity)
            yield from ((phrase, Meaning("lack", name)) for phrase in forms.lack)
    for name, look in words.looks.items():
        yield from ((phrase, Meaning("look", name)) for phrase in _all(look.words))
    for degree in words.degrees:
        yield from ((phrase, Meaning("degree", amount=degree.amount)) for phrase in _all(degree.words))
    for name, listed in words.carriers.items():
        yield from ((phrase, Meaning("carrier", name)) for phrase in _all(listed))
    yield from _grammar(words)


def _grammar(words: Vocabulary) -> Iterator[tuple[str, Meaning]]:
    lists: tuple[tuple[Kind, ByLanguage], ...] = (
        ("more", words.more),
        ("less", words.less),
        ("excess", words.excess),
        ("without", words.without),
        ("joint", words.joints),
        ("filler", words.fillers),
    )
    for kind, listed in lists:
        yield from ((phrase, Meaning(kind)) for phrase in _all(listed))


def _all(listed: ByLanguage) -> tuple[str, ...]:
    return tuple(word for some in listed.values() for word in some)
