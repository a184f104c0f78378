"""From a brief to a plan: family, sub-kind, palette, voice and texts. Each seed is the next step of a walk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.providers.local.compose.families import named
from backend.providers.local.compose.palettes import Palette, catalogue, of_brand
from backend.providers.local.compose.scene import Plan
from backend.providers.local.compose.stream import stream
from backend.providers.local.compose.vocabulary import vocabulary
from backend.providers.local.compose.words import quoted, said, unquoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from backend.providers.local.compose.brief import Brief
    from backend.providers.local.compose.scene import Family

_WALK = 6
"""Fewest families that consecutive seeds pass through."""
_PALETTES, _FEW = 5, 3
"""Most palettes that one prompt turns through, and how few would be dull."""


def plan_for(brief: Brief) -> Plan:
    """Return what to draw for a brief; sizes play no part, so that one plan serves every format."""
    words = _stems(said(" ".join((brief.prompt, brief.style or "", *brief.style_words))))
    texts = quoted(brief.prompt)
    order = _families(brief, words, text=bool(texts))
    family = order[brief.seed % len(order)]
    lap = brief.seed // len(order)
    palettes = [of_brand(brief.palette)] if brief.palette else _palettes(words)
    rng = stream("plan", family.name, brief.seed)
    turn = brief.seed if len(order) < _WALK else lap + brief.seed
    return Plan(
        family=family.name,
        kind=family.kinds[(lap + len(brief.prompt)) % len(family.kinds)],
        palette=palettes[turn % len(palettes)],
        dark=_dark(words, rng.random()),
        voice=rng.choice(family.voices),
        texts=texts,
        seed=brief.seed,
    )


def _stems(words: Iterable[str]) -> frozenset[str]:
    """Return the words and what they are without the endings of plurals."""
    found: set[str] = set()
    for word in words:
        found |= {word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("'s")}
        found |= {word.removesuffix("ies") + "y"} if word.endswith("ies") else set()
        found |= {"leaf"} if word == "leaves" else set()
    return frozenset(found)


def _families(brief: Brief, words: frozenset[str], *, text: bool) -> list[Family]:
    """Return the families to walk through: a named one alone, else matches first, then the rest of the walk.

    Words inside quotation marks are there to be set; they say half as much about the picture.
    """
    wanted = (brief.style or "").strip().lower()
    if wanted in named():
        return [named()[wanted]]
    points: dict[str, float] = {}
    book = vocabulary()
    meant = _stems(said(" ".join((unquoted(brief.prompt), *brief.style_words))))
    rows = [(book.families[w], 1.0 if w in meant else 0.5) for w in sorted(words) if w in book.families]
    rows += [(book.styles[wanted], 2.0)] if wanted in book.styles else []
    for row, weight in rows:
        for place, name in enumerate(row):
            points[name] = points.get(name, 0) + weight * (1.0, 0.45, 0.25, 0.15)[min(place, 3)]
    matches = sorted(points, key=lambda name: (-points[name], name))[:_WALK]
    names = dict.fromkeys([*matches, *book.walk])
    usable = [named()[n] for n in names if n in named() and (text or not named()[n].needs_text)]
    return usable[: max(_WALK + 2, len(matches))]


def _palettes(words: frozenset[str]) -> list[Palette]:
    """Return up to five palettes that score at least .6 of the best, or any where no word says anything."""
    book = vocabulary()
    hints = {tag for word in words for tag in book.synonyms.get(word, ())}
    scored = [(_score(p, words, hints), p) for p in catalogue()]
    best = max(score for score, _ in scored)
    if best == 0:
        return _spread(words)
    ranked = sorted((s for s in scored if s[0]), key=lambda s: (-s[0], -len(s[1].words & words)))
    near = [palette for score, palette in ranked if score >= 0.6 * best]
    return near[:_PALETTES] if len(near) >= _FEW else [palette for _, palette in ranked[:_FEW]]


def _score(palette: Palette, words: frozenset[str], hints: set[str]) -> int:
    return 3 * len(palette.words & words) + 2 * len(palette.tags & words) + len(palette.tags & hints)


def _spread(words: frozenset[str]) -> list[Palette]:
    """Any palettes, other ones for other words."""
    everything = list(catalogue())
    stream("palettes", *sorted(words)).shuffle(everything)
    return everything


def _dark(words: frozenset[str], chance: float) -> bool:
    book = vocabulary()
    night, day = len(words & book.dark), len(words & book.light)
    return chance < 0.3 if night == day else night > day
