"""What a persona changes about a request: it fills in what was left open, and each of that is told. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.schemas.personas import AppliedPersona, Influence
from backend.services.image_studio.market import is_engine
from backend.services.image_studio.prompts import Term
from backend.services.image_studio.routing import AUTO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from backend.providers.base import Offer
    from backend.schemas.create import Addition, CreateRequest
    from backend.schemas.personas import PersonaView


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """What a request is to be made with where it says nothing itself: a persona's, or nobody's."""

    palette: tuple[str, ...] = ()
    style_words: tuple[str, ...] = ()
    negative_prompt: str | None = None
    style_preset: str | None = None
    """A prompt that names a style wins over it."""
    engines: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    """What is added to the prompt before anything else is."""
    note: str = ""
    """What the persona could not do, and why."""


def manner_of(request: CreateRequest, persona: PersonaView | None) -> Manner:
    """Return what a persona gives to a request; what the request itself says is only ever the request's."""
    if persona is None:
        return Manner(palette=request.palette, negative_prompt=request.negative_prompt)
    words = (*persona.style_words, *((persona.voice,) if persona.voice else ()))
    kept = "" if request.enhance_prompt or not words else f"{persona.name} added no words: enhance_prompt is off."
    return Manner(
        palette=request.palette or persona.palette,
        style_words=words,
        negative_prompt=request.negative_prompt or ", ".join(persona.negative_words) or None,
        style_preset=persona.style_preset,
        engines=persona.engines if request.provider == AUTO and request.model is None else (),
        terms=tuple(_terms(persona)),
        note=kept,
    )


def _terms(persona: PersonaView) -> Iterator[Term]:
    for words in persona.style_words:
        yield Term(say=words, because=f"how pictures of {persona.name} look")
    if persona.voice:
        voice = persona.voice.rstrip(" .!?;,")
        yield Term(say=f"in a tone that is {voice}", unless=(voice,), because=f"how {persona.name} speaks")


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What came of a request in the end, as far as a persona may have had a part in it."""

    additions: tuple[Addition, ...]
    style_preset: str | None
    several: bool
    """True if there was more than one engine to choose from."""


def applied(request: CreateRequest, persona: PersonaView, manner: Manner, came: Came) -> AppliedPersona:
    """Return what a persona changed, whichever engine serves; `heeded` says what of it each of them heeds."""
    return AppliedPersona(id=persona.id, name=persona.name, changes=tuple(_changes(request, persona, manner, came)))


def _changes(request: CreateRequest, persona: PersonaView, manner: Manner, came: Came) -> Iterator[Influence]:
    own = {term.say for term in manner.terms}
    for addition in came.additions:
        if addition.text in own:
            yield Influence(field="prompt", text=addition.text, reason=addition.reason)
    if manner.negative_prompt and not request.negative_prompt:
        yield Influence(field="negative_prompt", text=manner.negative_prompt, reason="what it never shows")
    if persona.style_preset and not request.style_preset and came.style_preset == persona.style_preset:
        yield Influence(field="style_preset", text=persona.style_preset, reason="its usual style")
    if manner.palette and not request.palette:
        yield Influence(field="palette", text=" ".join(manner.palette), reason="its colours")
    if manner.style_words:
        because = "the design is chosen by these words too"
        yield Influence(field="style_words", text=", ".join(manner.style_words), reason=because)
    if manner.engines and came.several:
        yield Influence(field="engine", text=", ".join(manner.engines), reason="the engines that it asks first")


def heeded(offer: Offer, engines: Iterable[str]) -> tuple[str, ...]:
    """Return the fields of influences that mean something to an offer."""
    means = {
        "prompt": offer.generative,
        "negative_prompt": offer.negative_prompt,
        "style_preset": True,
        "palette": offer.palette,
        "style_words": not offer.generative,
        "engine": any(is_engine(engine, offer) for engine in engines),
    }
    return tuple(field for field, heeds in means.items() if heeds)
