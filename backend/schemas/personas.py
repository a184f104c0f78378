"""Personas: who a workspace speaks as, and what that changes about a picture."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, NewType

from pydantic import AfterValidator, Field

from backend.schemas.base import Frozen
from backend.schemas.fields import Name
from backend.schemas.specs import Palette

PersonaId = NewType("PersonaId", str)


def _one_line(text: str) -> str:
    if "\x00" in text:
        raise ValueError("text can't hold the NUL character")
    return " ".join(text.split())


def _phrase(text: str) -> str:
    found = _one_line(text).strip(" ,;")
    if not found:
        raise ValueError("say at least one word")
    return found


def _each_once(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple({word.casefold(): word for word in reversed(words)}.values())[::-1]


def _engine(text: str) -> str:
    provider, _, model = text.strip().partition("/")
    if not provider or ("/" in text and not model) or any(c.isspace() or c == "\x00" for c in text.strip()):
        raise ValueError("an engine reads provider or provider/model, such as stability or stability/core")
    return text.strip().casefold()


Title = Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_phrase)]
Voice = Annotated[str, Field(max_length=300), AfterValidator(_one_line)]
"""How it speaks, in a few words: `warm, plain-spoken`."""
Phrase = Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_phrase)]
Phrases = Annotated[tuple[Phrase, ...], Field(max_length=24), AfterValidator(_each_once)]
Engine = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_engine)]
Engines = Annotated[tuple[Engine, ...], Field(max_length=12), AfterValidator(_each_once)]


class PersonaForm(Frozen):
    """What a persona is. All but the name may stay empty."""

    name: Title
    """Each of a workspace's personas has another one."""
    voice: Voice = ""
    style_words: Phrases = ()
    """How its pictures look: `film grain`, `soft window light`."""
    palette: Palette = ()
    negative_words: Phrases = ()
    """What its pictures never show."""
    engines: Engines = ()
    """`provider` or `provider/model`, the most preferred first."""
    style_preset: Name | None = None
    is_default: bool = False
    """True for the one that `use_persona` means where none is named; the one that was it before no longer is."""


class PersonaChange(Frozen):
    """What is to be different about a persona. What is not given stays."""

    name: Title | None = None
    voice: Voice | None = None
    style_words: Phrases | None = None
    palette: Palette | None = None
    negative_words: Phrases | None = None
    engines: Engines | None = None
    style_preset: Name | None = None
    """An empty text takes it away."""
    is_default: bool | None = None


class PersonaView(PersonaForm):
    """A persona of a workspace."""

    id: PersonaId
    created_at: datetime
    updated_at: datetime


class PersonaList(Frozen):
    """The workspace's personas, in the order of their names."""

    personas: tuple[PersonaView, ...]
    total: int


class Influence(Frozen):
    """One thing that a persona changed about a picture."""

    field: str
    """`prompt`, `negative_prompt`, `style_preset`, `palette`, `style_words` or `engine`."""
    text: str
    """What it became, or what was added to it."""
    reason: str


class AppliedPersona(Frozen):
    """The persona that a picture was made as, and what that changed. It tells the same when the persona is gone."""

    id: PersonaId
    name: str
    changes: tuple[Influence, ...] = ()
