"""Which styles are meant: from a style's name, or from the words of a prompt; whatever else is said is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import yaml
from pydantic import Field

from backend.errors import FieldError, InvalidRequest
from backend.schemas.base import Frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DATA = Path(__file__).parents[3] / "data" / "styles.yaml"
_WORD = re.compile(r"[^\W_]+")
_NUMBERED = re.compile(r"style (\d{1,2})")


class Style(Frozen):
    """One style: its place in the network, what it looks like, and the words that mean it."""

    index: int
    looks: str
    words: tuple[str, ...]


class Vocabulary(Frozen):
    """Every style by name, and the words that mean nothing."""

    styles: dict[str, Style] = Field(min_length=1)
    fillers: str

    def said(self) -> Mapping[str, str]:
        """Return the style for everything that can be said, all of it in plain lower case."""
        found = {_plain(word): name for name, style in self.styles.items() for word in (name, *style.words)}
        return MappingProxyType(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The styles that were named, and the fields of the request that had no part in it."""

    names: tuple[str, ...]
    ignored: tuple[str, ...] = ()

    @property
    def mixture(self) -> tuple[float, ...]:
        """Return a weight for each style in the network's order; together 1, the same for each that was named."""
        wanted = [vocabulary().styles[name].index for name in self.names]
        return tuple(wanted.count(index) / len(wanted) for index in range(len(vocabulary().styles)))


@cache
def vocabulary() -> Vocabulary:
    """Return the table of styles."""
    return Vocabulary.model_validate(yaml.safe_load(_DATA.read_text("utf-8")))


def chosen(prompt: str | None, preset: str | None) -> Chosen:
    """Return the styles that a request names: by its preset, else by its prompt.

    Raises:
        InvalidRequest: neither names a style, or the prompt says something else besides.
    """
    by_name = vocabulary().said().get(_plain(preset or ""))
    named, unknown = understood(prompt or "")
    if by_name:
        return Chosen(names=(by_name,), ignored=("prompt",) if unknown or set(named) - {by_name} else ())
    if unknown or not named:
        raise _not_understood(unknown)
    return Chosen(names=named, ignored=("style_preset",) if preset else ())


def understood(prompt: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the styles that a prompt names, each once, in its order; and its words that mean none."""
    words = tuple(_WORD.findall(prompt.casefold()))
    fillers = frozenset(vocabulary().fillers.split())
    named, unknown = dict[str, None](), dict[str, None]()
    for style, text in _read(words):
        if style:
            named[style] = None
        elif text not in fillers:
            unknown[text] = None
    return tuple(named), tuple(unknown)


def _read(words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield each style with what named it, the longest name that fits first, and single words that name none."""
    said = vocabulary().said()
    longest = max(len(text.split()) for text in said)
    at = 0
    while at < len(words):
        for count in range(min(longest, len(words) - at), 0, -1):
            text = " ".join(words[at : at + count])
            if (style := said.get(text) or _by_number(text)) or count == 1:
                yield style or "", text
                at += count
                break


def _by_number(text: str) -> str:
    found = _NUMBERED.fullmatch(text)
    return next((n for n, s in vocabulary().styles.items() if found and s.index == int(found[1])), "")


def _not_understood(unknown: tuple[str, ...]) -> InvalidRequest:
    what = f"does not understand {', '.join(unknown)}" if unknown else "needs a style"
    detail = (
        f"This machine paints in named styles and {what}. Name one or more of: {', '.join(vocabulary().styles)};"
        " as style_preset or within the prompt. An engine that invents pictures follows any words."
    )
    return InvalidRequest(detail=detail, errors=(FieldError(pointer="/prompt", detail=detail),))


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
