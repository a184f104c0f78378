"""Prompt enhancement: adds what a photographer or designer would have said, explains each addition, changes nothing.

The same prompt for the same picture always becomes the same text, and enhancing twice adds nothing more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import Field

from backend.schemas.base import Frozen
from backend.schemas.create import Addition
from backend.schemas.specs import Quality
from backend.schemas.templates import HeadlineZone
from backend.services.image_studio.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from backend.imaging.types import Size

_ENDS = ".!?…。\uff01\uff1f"
"""What ends a sentence, the full-width marks included."""
LONGEST = 10_000
"""Characters of a prompt, additions included."""

UNCLOSED = "Nothing was added to the prompt: a quotation mark in it is never closed."

_PAIRS = {"“": "”", "„": "“”", "«": "»", "「": "」", '"': '"'}
"""What opens a quotation, and any of what closes it."""


class Term(Frozen):
    """Words that may be added, unless the prompt says something of the kind already."""

    say: str
    unless: tuple[str, ...] = ()
    because: str

    def said_in(self, text: str) -> bool:
        """Return whether a text in small letters already says it, in these words or others."""
        return any(_position(text, words) is not None for words in (self.say, *self.unless))


class ShapeTerm(Term):
    """Words for pictures whose width divided by height lies in `from` ..< `to`."""

    at_least: float = Field(alias="from")
    below: float = Field(alias="to")


class DesignTerm(Term):
    """Words for engines that design by rules: for prompts with one of the words `when`, for all without them."""

    when: tuple[str, ...] = ()

    def fits(self, text: str) -> bool:
        """Return whether a text in small letters has one of the words, alone or in the plural."""
        return not self.when or re.search(rf"\b({'|'.join(map(re.escape, self.when))})(e?s)?\b", text) is not None


class Style(Frozen):
    """A way of making pictures: how it is called, how prompts name it, and what belongs to it."""

    label: str
    aliases: tuple[str, ...]
    known_by: tuple[str, ...]
    terms: tuple[Term, ...]


class Enhancement(Frozen):
    """Every term, by what calls for it."""

    styles: dict[str, Style]
    qualities: dict[Quality, tuple[Term, ...]]
    platforms: dict[str, Term]
    headlines: dict[HeadlineZone, Term]
    shapes: tuple[ShapeTerm, ...]
    lettering: Term
    designs: tuple[DesignTerm, ...]

    def style(self, name: str) -> Style | None:
        """Return a style by its key or one of its other names, None if it is not in the table."""
        key = re.sub(r"[\s_]+", "-", name.strip().casefold())
        return self.styles.get(key) or next((s for s in self.styles.values() if key in s.aliases), None)

    def style_in(self, text: str) -> str | None:
        """Return the key of the style that a text in small letters names first, None if it names none."""
        found = [
            (position, key)
            for key, style in self.styles.items()
            for words in style.known_by
            if (position := _position(text, words)) is not None
        ]
        return min(found)[1] if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What the picture is for, as far as it shapes the words."""

    size: Size
    quality: Quality
    style: str | None = None
    """The style that the caller chose."""
    usual_style: str | None = None
    """The template's; a style that the prompt names wins over it."""
    platform: str | None = None
    template: str | None = None
    """The template's name for people."""
    headline: HeadlineZone = "none"
    own: tuple[Term, ...] = ()
    """What the persona says, before everything else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enhanced:
    """The words for the engine, what was added, and what else is to be said about it."""

    text: str
    additions: tuple[Addition, ...] = ()
    note: str = ""


def load_enhancement() -> Enhancement:
    """Return the table as it stands in the data folder."""
    return Enhancement.model_validate(read_table("enhancement"))


def enhance(prompt: str, scene: Scene, table: Enhancement) -> Enhanced:
    """Return the prompt with what suits the scene added at its end; the prompt itself is kept byte for byte."""
    spoken, quoted, closed = _apart(prompt)
    if not closed:
        return Enhanced(text=prompt, note=UNCLOSED)
    style = _style(spoken, scene, table)
    called_for = _called_for(scene, style, table, quoted=quoted)
    return _longer(prompt, spoken, called_for, lambda term: _filled(term.because, scene, style))


def suggest(prompt: str, table: Enhancement) -> Enhanced:
    """Return the prompt with words at its end that an engine which designs by rules knows what to make of."""
    spoken, _, closed = _apart(prompt)
    if not closed:
        return Enhanced(text=prompt, note=UNCLOSED)
    fitting = (term for term in table.designs if term.fits(prompt.casefold()))
    return _longer(prompt, spoken, fitting, lambda term: term.because)


def _longer(prompt: str, spoken: str, terms: Iterable[Term], reason: Callable[[Term], str]) -> Enhanced:
    text, additions = prompt.rstrip(), list[Addition]()
    for term in terms:
        longer = f"{text}{_joint(text, first=not additions)}{_cased(term.say, text, first=not additions)}"
        if not term.said_in(spoken) and len(longer) <= LONGEST:
            text, spoken = longer, f"{spoken}, {term.say.casefold()}"
            additions.append(Addition(text=term.say, reason=reason(term)))
    return Enhanced(text=text if additions else prompt, additions=tuple(additions))


def unchanged(prompt: str) -> Enhanced:
    """Return the prompt as it is, for engines that draw the very words and would draw additions too."""
    return Enhanced(text=prompt, note="Nothing was added to the prompt: this engine designs with your own words.")


def _apart(prompt: str) -> tuple[str, bool, bool]:
    """Return the words outside quotation marks in small letters, whether any are inside, and whether all are closed."""
    spoken, closing, quoted = list[str](), "", False
    for character in prompt:
        if closing:
            closing, quoted = ("", quoted) if character in closing else (closing, True)
        elif character in _PAIRS:
            closing = _PAIRS[character]
            spoken.append(" ")
        else:
            spoken.append(character)
    return "".join(spoken).casefold(), quoted, not closing


def _position(text: str, words: str) -> int | None:
    """Return where a text in small letters has these words, from the beginning of a word on."""
    sought, at = words.casefold(), -1
    while (at := text.find(sought, at + 1)) >= 0:
        if at == 0 or not (text[at - 1].isalnum() or text[at - 1] == "_"):
            return at
    return None


def _called_for(scene: Scene, style: Style | None, table: Enhancement, *, quoted: bool) -> Iterator[Term]:
    yield from scene.own
    yield from style.terms if style else _named(scene.style)
    if quoted:
        yield table.lettering
    if scene.platform in table.platforms:
        yield table.platforms[scene.platform]
    if not quoted and scene.headline in table.headlines:
        yield table.headlines[scene.headline]
    yield from (term for term in table.shapes if term.at_least <= scene.size.ratio < term.below)
    yield from table.qualities[scene.quality]


def _named(style: str | None) -> tuple[Term, ...]:
    """Return a term for a style that the caller chose and the table does not have."""
    if style is None:
        return ()
    words = " ".join(re.findall(r"[^\W_]+", style))
    return (Term(say=f"{words} style", unless=(words,), because="names the style that was chosen"),)


def _style(spoken: str, scene: Scene, table: Enhancement) -> Style | None:
    name = scene.style or table.style_in(spoken) or scene.usual_style
    return table.style(name) if name else None


def usual_style(prompt: str, template_style: str | None, table: Enhancement) -> str | None:
    """Return a template's style, unless the prompt names another: then none, for the prompt says it already."""
    named = table.style_in(_apart(prompt)[0])
    return template_style if named in (None, template_style) else None


def _joint(text: str, *, first: bool) -> str:
    return " " if first and text[-1:] in _ENDS + ",;:" else ", "


def _cased(words: str, text: str, *, first: bool) -> str:
    return words[0].upper() + words[1:] if first and text[-1:] in _ENDS else words


def _filled(because: str, scene: Scene, style: Style | None) -> str:
    facts = {
        "style": style.label if style else (scene.style or ""),
        "template": scene.template or "this format",
        "quality": scene.quality,
        "size": str(scene.size),
    }
    return re.sub(r"\{(\w+)\}", lambda match: facts[match[1]], because)
