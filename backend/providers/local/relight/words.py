"""From a prompt to a background and a light: words of the vocabulary, all of them, or a refusal that lists the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from backend.errors import FieldError, InvalidRequest
from backend.providers.local.compose.colour import from_lab, lab
from backend.providers.local.relight.vocabulary import Shade, vocabulary

if TYPE_CHECKING:
    from backend.providers.local.relight.vocabulary import Direction, Run
    from backend.schemas.specs import RelightSpec

_WORD = re.compile(r"#[0-9a-f]+\b|[^\W_]+")
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")
_ARTICLES = frozenset(("a", "an", "the", "der", "die", "das", "dem", "den"))
_LONGEST = 4
"""Words of the longest phrase in the vocabulary."""
_MOST_COLOURS = 5
_NO_SHADE = Shade(words=(), lightness=0, chroma=1, warmth=0)
_DARK, _BRIGHT, _MIDDLE = "#26272a", "#efeeeb", "#8a8a88"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """One colour."""

    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gradient:
    """Colours that run into each other."""

    colours: tuple[str, ...]
    run: Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A painted scene by its name, in a colour of its own if `colour` says so."""

    name: str
    colour: str | None
    shade: Shade


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """A ground drawn by the designer of the local engine."""

    family: str
    colours: tuple[str, ...]


Backdrop = Plain | Gradient | Scene | Design


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a prompt asks for: a background, and what it says about the light.

    `strength` is a factor; `warmth` runs from -1, cold, to 1.
    """

    backdrop: Backdrop | None = None
    direction: Direction | None = None
    strength: float = 1.0
    warmth: float = 0.0


@dataclass(frozen=True, slots=True)
class _Found:
    """Everything the words named, in their order."""

    colours: tuple[str, ...] = ()
    shades: tuple[Shade, ...] = ()
    scenes: tuple[str, ...] = ()
    designs: tuple[str, ...] = ()
    runs: tuple[Run | None, ...] = ()
    directions: tuple[Direction, ...] = ()
    strength: float = 1.0
    warmth: float = 0.0
    unknown: tuple[str, ...] = ()


def read(prompt: str) -> Wish:
    """Return what a prompt asks for; an empty prompt asks for nothing.

    Raises:
        InvalidRequest: a word is not understood, or two of them contradict each other; it lists what is understood.
    """
    found = _found([word for word in _WORD.findall(prompt.lower()) if word not in _ARTICLES])
    if found.unknown:
        raise _refused("These words are not understood: " + ", ".join(found.unknown) + ".")
    if len(found.scenes) + len(found.designs) > 1:
        raise _refused("One background at a time: " + ", ".join((*found.scenes, *found.designs)) + " are several.")
    if len(set(found.directions)) > 1:
        raise _refused("Light from one side at a time.")
    if len(found.colours) > _MOST_COLOURS:
        raise _refused(f"At most {_MOST_COLOURS} colours at a time.")
    direction = found.directions[0] if found.directions else None
    return Wish(backdrop=_backdrop(found), direction=direction, strength=found.strength, warmth=found.warmth)


def asked(spec: RelightSpec) -> Wish:
    """Return what a spec's words ask for; nothing is looked at but the spec.

    Raises:
        InvalidRequest: the words are not understood, or nothing says what light or background is wanted.
    """
    wish = read(spec.prompt or "")
    shown = spec.background_image is not None or spec.lighting_image is not None
    if wish == Wish() and spec.light_direction is None and not shown:
        said = f"Say what the background or the light is to be: in words, as a picture, or both. {understood()}"
        raise InvalidRequest(detail=said, errors=(FieldError(pointer="/prompt", detail=said),))
    return wish


def understood() -> str:
    """Return, in a sentence or two, what backgrounds may be called."""
    known = vocabulary()
    colours = ", ".join(words[0] for words in known.colours.values())
    scenes = ", ".join(row.words[0] for row in known.scenes.values())
    designs = ", ".join(words[0] for words in known.designs.values())
    return (
        f"Understood are colours ({colours}, or #rrggbb; light, dark, pale, deep, muted, warm, cool before them),"
        " gradients (`gradient from blue to pink`, left to right, diagonal, radial),"
        f" painted scenes ({scenes}), drawn grounds ({designs}),"
        " and light (`light from the left`, right, above, below; soft, strong, warm, cool light)."
    )


def _refused(why: str) -> InvalidRequest:
    detail = (
        f"{why} {understood()} Anything else takes a background picture, or an engine that paints from free words:"
        " docs/how-to/engines.md tells which do, once they have a key."
    )
    return InvalidRequest(detail=detail, errors=(FieldError(pointer="/prompt", detail=detail),))


def _found(words: list[str]) -> _Found:
    found, at = _Found(), 0
    while at < len(words):
        found, taken = _next(found, words[at:])
        at += taken
    return found


def _next(found: _Found, words: list[str]) -> tuple[_Found, int]:
    """Return what is known after the longest phrase at the start of `words`, and how many words that took."""
    for count in range(min(_LONGEST, len(words)), 0, -1):
        phrase = " ".join(words[:count])
        if (kind := _phrases().get(phrase)) is not None and not _is_light_alone(phrase, words[count:]):
            return _with(found, *kind), count
    word = words[0]
    if _HEX.fullmatch(word):
        return replace(found, colours=(*found.colours, _long(word))), 1
    if word in vocabulary().fillers:
        return found, 1
    return replace(found, unknown=(*found.unknown, word)), 1


def _is_light_alone(phrase: str, after: list[str]) -> bool:
    """Return whether `light` is meant as the thing, not as what makes a colour lighter."""
    return phrase == "light" and not (after and _phrases().get(after[0], ("", ""))[0] in ("colour", "shade"))


@cache
def _phrases() -> dict[str, tuple[str, str]]:
    """Return every phrase with the kind of thing it names, and which."""
    known = vocabulary()
    tables = {
        "colour": known.colours,
        "shade": {name: row.words for name, row in known.shades.items()},
        "run": known.gradients,
        "gradient": {"": known.gradient},
        "direction": known.directions,
        "strength": {name: row.words for name, row in known.strengths.items()},
        "warmth": {name: row.words for name, row in known.warmths.items()},
        "scene": {name: row.words for name, row in known.scenes.items()},
        "design": known.designs,
    }
    return {
        phrase: (kind, name) for kind, table in tables.items() for name, phrases in table.items() for phrase in phrases
    }


def _with(found: _Found, kind: str, name: str) -> _Found:  # noqa: PLR0911 - one line for each kind of word
    known = vocabulary()
    match kind:
        case "colour":
            colour = _shaded(name, found.shades)
            return replace(found, colours=(*found.colours, colour), shades=())
        case "shade":
            return replace(found, shades=(*found.shades, known.shades[name]))
        case "run" | "gradient":
            run = next((run for run in known.gradients if run == name), None)
            return replace(found, runs=(*found.runs, run))
        case "direction":
            return replace(found, directions=(*found.directions, *(d for d in known.directions if d == name)))
        case "strength":
            return replace(found, strength=found.strength * known.strengths[name].factor)
        case "warmth":
            return replace(found, warmth=known.warmths[name].warmth)
        case "scene":
            return replace(found, scenes=(*found.scenes, name))
        case _:
            return replace(found, designs=(*found.designs, name))


def _backdrop(found: _Found) -> Backdrop | None:
    if found.scenes:
        return _scene(found, found.scenes[0])
    if found.designs:
        return Design(family=found.designs[0], colours=found.colours)
    runs: tuple[Run, ...] = tuple(run for run in found.runs if run is not None)
    run: Run = runs[0] if runs else "down"
    if len(found.colours) > 1:
        return Gradient(colours=found.colours, run=run)
    if found.colours and found.runs:
        return Gradient(colours=(_toned(found.colours[0], 0.1), _toned(found.colours[0], -0.14)), run=run)
    if found.colours:
        return Plain(colour=found.colours[0])
    if found.runs:
        raise _refused("A gradient needs its colours.")
    return Plain(colour=_of_shade(found.shades)) if found.shades else None


def _scene(found: _Found, name: str) -> Scene:
    row = vocabulary().scenes[name]
    if found.colours and not row.colour:
        raise _refused(f"The scene `{row.words[0]}` has its own colours and takes none.")
    if len(found.colours) > 1:
        raise _refused(f"The scene `{row.words[0]}` takes one colour.")
    colour = found.colours[0] if found.colours else None
    return Scene(name=name, colour=colour, shade=_together(found.shades))


def _together(shades: tuple[Shade, ...]) -> Shade:
    whole = _NO_SHADE
    for shade in shades:
        whole = Shade(
            words=(),
            lightness=whole.lightness + shade.lightness,
            chroma=whole.chroma * shade.chroma,
            warmth=whole.warmth + shade.warmth,
        )
    return whole


def _shaded(colour: str, shades: tuple[Shade, ...]) -> str:
    shade = _together(shades)
    light, a, b = lab(colour)
    a, b = a * shade.chroma + shade.warmth * 0.4, b * shade.chroma + shade.warmth
    return colour if not shades else from_lab((light + shade.lightness, a, b))


def _of_shade(shades: tuple[Shade, ...]) -> str:
    """Return what `a dark background` is, or a warm one, where no colour is named."""
    shade = _together(shades)
    ground = _DARK if shade.lightness < 0 else _BRIGHT if shade.lightness > 0 else _MIDDLE
    return _shaded(ground, (_NO_SHADE.model_copy(update={"warmth": shade.warmth}),))


def _toned(colour: str, step: float) -> str:
    light, a, b = lab(colour)
    return from_lab((light + step, a, b))


def _long(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(c * 2 for c in colour[1:])  # noqa: PLR2004 - #rrggbb
