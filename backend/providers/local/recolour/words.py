"""What a request for another colour means: which region, which colour; or what about it is not understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from backend.errors import FieldError, InvalidRequest
from backend.providers.local.recolour.vocabulary import colours, modifiers, places, vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOKEN: Final = re.compile(r"#[0-9a-f]+|->|=>|→|[^\W\d_]+")
_HEX: Final = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")
_SHORT: Final = 4
_LONGEST: Final = 3
"""Words of the longest name of a colour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tint:
    """A colour as it was said: a name of the table or a `#rrggbb`, and the modifiers before it."""

    name: str
    changes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join((*self.changes, self.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to get which colour; where there is a mask it says what, and the rest is not looked at."""

    target: Tint
    sources: tuple[Tint, ...] = ()
    """Colours that the region has now."""
    place: str = ""
    """A place of the table, or nothing if none was named."""
    sides: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    """Words that had no effect."""

    def __str__(self) -> str:
        what = " or ".join(str(source) for source in self.sources)
        parts = [*self.sides, what, f"in the {self.place}" if what and self.place else self.place]
        return " ".join(part for part in parts if part)


@dataclass(slots=True)
class _Read:
    """What was found in a phrase."""

    tints: list[Tint] = field(default_factory=list[Tint])
    places: list[str] = field(default_factory=list[str])
    sides: list[str] = field(default_factory=list[str])
    rest: list[str] = field(default_factory=list[str])


def understood(prompt: str, select_prompt: str | None, *, masked: bool) -> Wish:
    """Return what the words ask for.

    Raises:
        InvalidRequest: they name no colour or several to give, or nothing that can be found where there is no mask.
    """
    words = _tokens(prompt)
    before, after = _split(words)
    last = _read(after or words, "/prompt")
    target = _target(last, several=bool(after))
    spoken = _read(before, "/prompt") if after else _Read(last.tints[:-1], last.places, last.sides, last.rest)
    if masked:
        return Wish(target=target, unread=tuple(last.rest if after else spoken.rest))
    pointer = "/select_prompt" if select_prompt else "/prompt"
    asked = _read(_tokens(select_prompt), pointer) if select_prompt else spoken
    _must_be_findable(asked, pointer)
    unread = [*asked.rest, *(last.rest if after or select_prompt else ())]
    return Wish(
        target=target,
        sources=tuple(dict.fromkeys(asked.tints)),
        place=_place(asked, pointer),
        sides=tuple(dict.fromkeys(asked.sides)),
        unread=tuple(dict.fromkeys(unread)),
    )


def _tokens(words: str) -> list[str]:
    return _TOKEN.findall(words.casefold())


def _split(words: list[str]) -> tuple[list[str], list[str]]:
    """Return what stands before and after the last `to`, `into` or the like that a colour follows."""
    for at in range(len(words) - 1, -1, -1):
        if words[at] in vocabulary().into and _read(words[at + 1 :], "/prompt").tints:
            return words[:at], words[at + 1 :]
    return words, []


def _read(words: Sequence[str], pointer: str) -> _Read:
    found, changes, at = _Read(), list[str](), 0
    while at < len(words):
        name, length = _colour(words, at, pointer)
        if name:
            found.tints.append(Tint(name=name, changes=tuple(changes)))
            changes = []
        else:
            changes = _with_word(words[at], found, changes)
        at += length
    found.rest += changes
    return found


def _with_word(word: str, found: _Read, changes: list[str]) -> list[str]:
    """Put a word that is no colour where it belongs; return the modifiers that still wait for their colour."""
    if word in modifiers():
        return [*changes, modifiers()[word]]
    found.rest += changes
    meant = places().get(word)
    if meant is None:
        found.rest += [] if word in vocabulary().filler or word in vocabulary().into else [word]
    elif meant in vocabulary().places:
        found.places.append(meant)
    elif meant in vocabulary().sides:
        found.sides.append(meant)
    else:
        found.tints.append(Tint(name=meant))
    return []


def _colour(words: Sequence[str], at: int, pointer: str) -> tuple[str, int]:
    """Return the name of the colour that begins here and how many words it takes; no name, and one word, if none."""
    if words[at].startswith("#"):
        return _hex(words[at], pointer), 1
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        name = colours().get(tuple(words[at : at + length]))
        # In "the sky blue" the sky is to be blue; in "a sky blue" it is a shade.
        if name and not (length > 1 and words[at] in places() and at and words[at - 1] == "the"):
            return name, length
    return "", 1


def _hex(code: str, pointer: str) -> str:
    if not _HEX.fullmatch(code):
        raise _refused(pointer, f'"{code}" is no colour: write #rrggbb, such as #1f5fd0.')
    return code if len(code) > _SHORT else "#" + "".join(digit * 2 for digit in code[1:])


def _target(found: _Read, *, several: bool) -> Tint:
    if not found.tints:
        raise _refused("/prompt", f"The words name no colour. {_COLOURS} {_known_colours()}.")
    if several and len(found.tints) > 1:
        named = ", ".join(str(tint) for tint in found.tints)
        raise _refused("/prompt", f"Several colours are named ({named}). Ask for one; recolour again for another.")
    return found.tints[-1]


def _place(found: _Read, pointer: str) -> str:
    named = list(dict.fromkeys(found.places))
    if len(named) > 1 and "everything" in named:  # "the whole background"
        named.remove("everything")
    if len(named) > 1:
        raise _refused(pointer, f"Several places are named ({', '.join(named)}). Name one, or send a mask.")
    return named[0] if named else ""


def _must_be_findable(found: _Read, pointer: str) -> None:
    if open_words := [word for word in found.rest if word in vocabulary().unclear]:
        raise _refused(pointer, f'"{open_words[0]}" leaves open what is meant. {_FINDABLE}')
    if not (found.tints or found.places):
        what = f'"{" ".join(found.rest)}" can\'t be found by its name alone.' if found.rest else "Nothing is named."
        raise _refused(pointer, f"{what} {_FINDABLE}")


_COLOURS: Final = 'Say one, such as "dark blue", "warm pink" or "#1f5fd0". Known are:'
_FINDABLE: Final = (
    'Send a mask, or say it by the colour that it has now ("the red car"), as the subject, the background, the sky,'
    ' the grass or everything, with left, right, top, bottom, middle or largest ("the left red flower").'
)


def _known_colours() -> str:
    return ", ".join(vocabulary().colours)


def _refused(pointer: str, detail: str) -> InvalidRequest:
    return InvalidRequest(detail=detail, errors=(FieldError(pointer=pointer, detail=detail),))
