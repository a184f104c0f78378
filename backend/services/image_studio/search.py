"""Finding a template by words: ids, names, uses, sizes such as `1080x1350`, shapes such as `4:5`, small typos."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from backend.services.image_studio.templates import ImageTemplate

EMPTY_WORDS = frozenset({"a", "an", "and", "for", "from", "in", "my", "of", "on", "or", "our", "the", "to", "with"})
MOST_WORDS = 12
"""Of a query; what comes after them is not read, so that no query is slow."""
_ALIKE = 0.8
_SHORTEST_BEGINNING, _SHORTEST_WITH_TYPO = 3, 4

# How much a word counts, by where it stands.
_ID, _NAME, _USE, _PLATFORM, _OTHER, _CATEGORY, _LABEL, _DESCRIPTION = 12, 10, 9, 9, 7, 5, 4, 2
_SIZE, _SHAPE = 30, 15
_WHOLE = 1000
_PHRASE = 20
_BY_BEGINNING, _BY_SYNONYM, _BY_TYPO = 0.8, 0.6, 0.5


def folded(text: str) -> list[str]:
    """Return the words of a text in small letters without accents."""
    plain = re.sub(r"(?<=\d)\s*[x\u00d7*]\s*(?=\d)", "x", unicodedata.normalize("NFKD", text).casefold())
    return re.findall(r"\d+x\d+|\d+(?:\.\d+)?:\d+(?:\.\d+)?|[^\W_]+", _unaccented(plain))


def _unaccented(text: str) -> str:
    return "".join(character for character in text if not unicodedata.combining(character))


def closest(word: str, known: Sequence[str]) -> list[str]:
    """Return up to three known words that are spelled much like this one, nearest first."""
    return get_close_matches(word, known, n=3, cutoff=0.6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A template that matches, how well, and why."""

    template: ImageTemplate
    score: float
    matched: int
    """How many of the query's words it matches."""
    reason: str


@dataclass(frozen=True, slots=True)
class _Entry:
    template: ImageTemplate
    weights: dict[str, tuple[float, str]]
    """What each word counts and where it stands."""


class Index:
    """The words of every template, weighed by where they stand."""

    def __init__(self, templates: Iterable[ImageTemplate], synonyms: Iterable[Sequence[str]]) -> None:
        self._entries = tuple(_Entry(t, _weights(t)) for t in templates)
        groups = [[folded(words) for words in group] for group in synonyms]
        self._same = [{words[0] for words in group if len(words) == 1} for group in groups]
        self._phrases = [(words, group[0]) for group in groups for words in group if len(words) > 1]
        spoken = {word for entry in self._entries for word in entry.weights}
        self._known = sorted(spoken.union(*self._same))

    def find(self, query: str, *, strict: bool = True) -> list[Found]:
        """Return what matches, best first; if strict, only what matches the most words of the query."""
        words = folded(query)[:MOST_WORDS]
        asked = [self._meant(word) for word in self._plain(words) if word not in EMPTY_WORDS]
        found = [entry for e in self._entries if (entry := self._match(e, asked, words)) is not None]
        most = max((entry.matched for entry in found), default=0)
        if strict:
            found = [entry for entry in found if entry.matched == most]
        return sorted(found, key=lambda entry: (-entry.matched, -entry.score))

    def _plain(self, words: list[str]) -> list[str]:
        """Return the words with known phrases, such as `black friday`, replaced by the one word they stand for."""
        for phrase, plain in self._phrases:
            at = _place(phrase, words)
            if at is not None:
                words = [*words[:at], *plain, *words[at + len(phrase) :]]
        return words

    def _meant(self, word: str) -> tuple[tuple[str, ...], float]:
        """Return the known words that are meant: itself, those it begins, or the one spelled most like it."""
        if word in self._known or len(word) < _SHORTEST_BEGINNING:
            return (word,), 1.0
        begun = tuple(known for known in self._known if known.startswith(word))
        if begun or len(word) < _SHORTEST_WITH_TYPO:
            return begun, _BY_BEGINNING
        return tuple(get_close_matches(word, self._known, n=1, cutoff=_ALIKE)), _BY_TYPO

    def _match(self, entry: _Entry, asked: list[tuple[tuple[str, ...], float]], words: list[str]) -> Found | None:
        hits = [hit for meant, trust in asked if (hit := self._best(entry, meant, trust)) is not None]
        if not hits:
            return None
        template = entry.template
        by_name = _WHOLE if "_".join(words) in _whole_names(template) else 0
        phrases = [(_PHRASE, f"Made for: {use}") for use in template.use_cases if _shared(folded(use), words)]
        hits_and_phrases = hits + phrases
        return Found(
            template=template,
            score=by_name + sum(weight for weight, _ in hits_and_phrases),
            matched=len(hits),
            reason=f"{max(hits_and_phrases)[1]}; {template.size}, {template.shape.label.lower()}.",
        )

    def _best(self, entry: _Entry, meant: tuple[str, ...], trust: float) -> tuple[float, str] | None:
        hits = [hit for word in meant if (hit := self._hit(entry, word)) is not None]
        return (max(hits)[0] * trust, max(hits)[1]) if hits else None

    def _hit(self, entry: _Entry, word: str) -> tuple[float, str] | None:
        """Return what a word counts for an entry, itself or by a synonym."""
        if word in entry.weights:
            return entry.weights[word]
        also = {other for group in self._same if word in group for other in group}
        hits = [entry.weights[other] for other in also if other in entry.weights]
        return (max(hits)[0] * _BY_SYNONYM, max(hits)[1]) if hits else None


def _place(phrase: list[str], words: list[str]) -> int | None:
    places = range(len(words) - len(phrase) + 1)
    return next((at for at in places if words[at : at + len(phrase)] == phrase), None)


def _shared(use: list[str], words: list[str]) -> bool:
    """Return whether a use of several words stands in the query as it is."""
    return len(use) > 1 and _place(use, words) is not None


def _whole_names(template: ImageTemplate) -> set[str]:
    return {template.id, *template.aliases, "_".join(folded(template.name)), str(template.size)}


def _weights(template: ImageTemplate) -> dict[str, tuple[float, str]]:
    """Return each word of a template with what it counts and a sentence on where it stands; the best place wins."""
    shape, platform = template.shape, template.platform.replace("_", " ")
    places = [
        (_DESCRIPTION, f"Its description says so: {template.description.rstrip('.')}", template.description),
        (_LABEL, f"Has this shape: {shape.label.lower()}", shape.label),
        (_CATEGORY, f"Belongs to {template.category.replace('_', ' ')}", template.category),
        (_OTHER, f"Is what people mean by that: {template.name}", " ".join((*template.words, *template.aliases))),
        (_PLATFORM, f"Made for {platform}", f"{platform} {'x' if platform == 'twitter' else ''}"),
        (_NAME, f"Is called {template.name}", template.name),
        *((_USE, f"Made for: {use}", use) for use in template.use_cases),
        (_ID, f"Is called {template.name}", template.id),
        (_SHAPE, f"Has the shape {shape.ratio}", shape.ratio),
        (_SIZE, f"Has exactly the size {template.size}", f"{template.size} {shape.width} {shape.height}"),
    ]
    weights = dict[str, tuple[float, str]]()
    for weight, sentence, text in places:
        for word in folded(text):
            weights[word] = max(weights.get(word, (0.0, "")), (weight, sentence))
    return weights
