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
_ALIKE = 0.8
_SHORTEST_WITH_TYPO = 4

# How much a word counts, by where it stands.
_ID, _NAME, _USE, _PLATFORM, _OTHER, _CATEGORY, _DESCRIPTION = 12, 10, 9, 9, 7, 5, 2
_SIZE, _SHAPE = 30, 15
_WHOLE = 1000
_BY_SYNONYM, _BY_TYPO = 0.6, 0.5


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
        self._same = [{word for words in group for word in folded(words)} for group in synonyms]
        spoken = {word for entry in self._entries for word in entry.weights}
        self._known = sorted(spoken.union(*self._same))

    def find(self, query: str, *, strict: bool = True) -> list[Found]:
        """Return what matches, best first; if strict, only what matches the most words of the query."""
        words = folded(query)
        asked = [self._meant(word) for word in words if word not in EMPTY_WORDS]
        whole = "_".join(words)
        found = [entry for e in self._entries if (entry := self._match(e, asked, whole)) is not None]
        most = max((entry.matched for entry in found), default=0)
        if strict:
            found = [entry for entry in found if entry.matched == most]
        return sorted(found, key=lambda entry: (-entry.matched, -entry.score))

    def _meant(self, word: str) -> tuple[str, float]:
        """Return the known word that is meant, and how far to trust that."""
        if word in self._known or len(word) < _SHORTEST_WITH_TYPO:
            return word, 1.0
        near = get_close_matches(word, self._known, n=1, cutoff=_ALIKE)
        return (near[0], _BY_TYPO) if near else (word, 1.0)

    def _match(self, entry: _Entry, asked: list[tuple[str, float]], whole: str) -> Found | None:
        hits = [(hit[0] * trust, hit[1]) for word, trust in asked if (hit := self._hit(entry, word)) is not None]
        if not hits:
            return None
        by_name = _WHOLE if whole in _whole_names(entry.template) else 0
        return Found(
            template=entry.template,
            score=by_name + sum(weight for weight, _ in hits),
            matched=len(hits),
            reason=f"{max(hits)[1]}; {entry.template.size}, {entry.template.shape.label.lower()}.",
        )

    def _hit(self, entry: _Entry, word: str) -> tuple[float, str] | None:
        """Return what a word counts for an entry, itself or by a synonym."""
        if word in entry.weights:
            return entry.weights[word]
        also = {other for group in self._same if word in group for other in group}
        hits = [entry.weights[other] for other in also if other in entry.weights]
        return (max(hits)[0] * _BY_SYNONYM, max(hits)[1]) if hits else None


def _whole_names(template: ImageTemplate) -> set[str]:
    return {template.id, *template.aliases, "_".join(folded(template.name)), str(template.size)}


def _weights(template: ImageTemplate) -> dict[str, tuple[float, str]]:
    """Return each word of a template with what it counts and a sentence on where it stands; the best place wins."""
    shape, platform = template.shape, template.platform.replace("_", " ")
    places = [
        (_DESCRIPTION, f"Its description says so: {template.description.rstrip('.')}", template.description),
        (_CATEGORY, f"Belongs to {template.category.replace('_', ' ')}", template.category),
        (_OTHER, f"Is what people mean by that: {template.name}", " ".join((*template.words, *template.aliases))),
        (_PLATFORM, f"Made for {platform}", f"{platform} {'x' if platform == 'twitter' else ''}"),
        (_NAME, f"Is called {template.name}", template.name),
        *((_USE, f"Made for: {use}", use) for use in template.use_cases),
        (_ID, f"Is called {template.name}", template.id),
        (_SHAPE, f"Has the shape {shape.ratio}", f"{shape.ratio} {shape.label}"),
        (_SIZE, f"Has exactly the size {template.size}", f"{template.size} {shape.width} {shape.height}"),
    ]
    weights = dict[str, tuple[float, str]]()
    for weight, sentence, text in places:
        for word in folded(text):
            weights[word] = max(weights.get(word, (0.0, "")), (weight, sentence))
    return weights
