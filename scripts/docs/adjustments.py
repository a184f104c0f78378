"""The page on adjustments: the words, from the data file that sentences are read by, and what was measured of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backend.providers.local.adjust.vocabulary import Language, vocabulary
from scripts.lint.source import ROOT

if TYPE_CHECKING:
    from backend.providers.local.adjust.vocabulary import Adjustment, ByLanguage

FIGURES = ROOT / "bench" / "adjustments.json"
PAGE = Path(__file__).with_suffix(".md")
HEADS = {
    "en": "| | what it does | quantity | says more | says less |",
    "de": "| | quantity | says more | says less |",
}
STRENGTHS = {0.3: "a trace", 0.5: "weak", 1.0: "plain", 1.6: "strong", 2.0: "strongest"}
READ = "2026-11-22"
"""When the figures were measured."""


def page() -> str:
    """Return the page's text."""
    words, figures = vocabulary(), json.loads(FIGURES.read_text(encoding="utf-8"))
    straighten, background = figures["straighten"], figures["background"]
    return PAGE.read_text(encoding="utf-8").format(
        degrees="\n".join(
            f"| {STRENGTHS[one.amount]} | {one.amount:g} | {_said(one.words)} |" for one in words.degrees
        ),
        english=_table("en"),
        german=_table("de"),
        looks=_looks(),
        count=len(figures["photographs"]),
        names=", ".join(figures["photographs"]),
        when=READ,
        measured="\n".join(_measured(row) for row in figures["words"]),
        **background,
        turned=straighten["turned"],
        refused=straighten["refused"],
        wrong=straighten["more_than_one_off"],
        others=figures["straighten_held_out"],
        near=straighten["within_half_a_degree"],
        median=straighten["median_degrees"],
        seconds=", ".join(f"{seconds:g} s for *{name}*" for name, seconds in figures["cpu_s"].items()),
    )


def _said(words: ByLanguage) -> str:
    return "; ".join(", ".join(f"`{word}`" for word in some) for some in words.values())


def _table(language: Language) -> str:
    rows = [_row(one, language) for one in vocabulary().adjustments.values()]
    head = HEADS[language]
    return "\n".join((head, "|---" * (head.count("|") - 1) + "|", *rows))


def _row(one: Adjustment, language: Language) -> str:
    forms = one.words[language]
    lacks = tuple(f"{word} (the opposite)" for word in forms.lack)
    cells = [one.title, *([one.does] if language == "en" else []), ", ".join((*forms.quantity, *lacks))]
    return "| " + " | ".join([*cells, ", ".join(forms.more), ", ".join(forms.less)]) + " |"


def _looks() -> str:
    words = vocabulary()
    rows = ["| look | what it is | words | made of |", "|---|---|---|---|"]
    for look in words.looks.values():
        recipe = ", ".join(f"{words.adjustments[name].title.lower()} {part:+g}" for name, part in look.recipe.items())
        said = ", ".join(dict.fromkeys(word for some in look.words.values() for word in some))
        rows.append(f"| {look.title} | {look.does} | {said} | {recipe} |")
    return "\n".join(rows)


def _measured(row: dict[str, Any]) -> str:  # Any: as JSON has it
    shares = ", ".join(vocabulary().adjustments[row["name"]].shares).replace("_", " ")
    measure, other = (row[name].replace("_", " ") for name in ("measure", "other"))
    cells = (row["words"], measure, f"{row['own']:+g}", f"{row['right']} of 10", f"{other} {row['other_percent']:g} %")
    return "| " + " | ".join((*cells, shares)) + " |"
