"""What is answered where words are not understood: which ones, what is understood, and who could do more."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from backend.errors import FieldError, InvalidRequest
from backend.providers.local.adjust.vocabulary import vocabulary

_PAGE = "docs/explanation/adjustments.md"
_GENERATIVE = Path(__file__).parents[3] / "data" / "free_words.yaml"


@cache
def _elsewhere() -> str:
    """Return what to do instead, and the engines that could be asked once they have keys."""
    engines = " or ".join(yaml.safe_load(_GENERATIVE.read_text("utf-8"))["engines"])
    return (
        "To change only a part of the picture, send a mask of it. Anything else takes an engine that follows free"
        f" words, such as {engines} once it has its key."
    )


def not_understood(words: tuple[str, ...]) -> InvalidRequest:
    """Return the refusal of a sentence with words that mean nothing here."""
    named = ", ".join(f"“{word}”" for word in words)
    return _refused(f"Not understood: {named}. Nothing was changed.")


def contradiction(what: str) -> InvalidRequest:
    """Return the refusal of a sentence that wants more and less of the same."""
    return _refused(f"The words ask for more and for less at once of {what}.")


def unclear(reason: str) -> InvalidRequest:
    """Return the refusal of a sentence whose words are known and whose meaning is open."""
    return _refused(reason)


def _refused(reason: str) -> InvalidRequest:
    words = vocabulary()
    known = ", ".join(one.title.lower() for one in words.adjustments.values())
    looks = ", ".join(one.title.lower() for one in words.looks.values())
    detail = (
        f"{reason} This machine adjusts in plain words: {known}; and the looks {looks}. For example “a bit warmer and"
        f" much more contrast”. {_PAGE} lists every word. {_elsewhere()}"
    )
    return InvalidRequest(detail=detail, errors=(FieldError(pointer="/prompt", detail=detail),))
