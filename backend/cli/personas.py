"""`image-studio personas`: who the workspace speaks as."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import screen
from backend.cli.api import STUDIO, given
from backend.cli.groups import noun
from backend.cli.looking import Kind
from backend.cli.options import Common, with_common
from backend.cli.reach import speak

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from backend.cli.api import Api, Json

app = noun("Personas: the voices and looks that pictures may be made in.")
PERSONAS = f"{STUDIO}/personas"


def _row(one: Json) -> tuple[object, ...]:
    lists = (" · ".join(one[name]) for name in ("style_words", "palette", "negative_words", "engines"))
    return one["id"], one["name"], "yes" if one["is_default"] else "", one["voice"], *lists


ALL = Kind(
    path=PERSONAS,
    name="personas",
    columns=("id", "name", "default", "voice", "style", "colours", "never", "engines"),
    row=_row,
)
Id = Annotated[str, typer.Argument(metavar="ID", help="The persona's id, as `personas list` shows it.")]
Voice = Annotated[str | None, typer.Option(help='How it speaks, such as "warm, plain-spoken".')]
Style = Annotated[
    list[str] | None, typer.Option("--style", metavar="WORDS", help="How its pictures look; may be repeated.")
]
Colour = Annotated[
    list[str] | None, typer.Option("--colour", "--color", metavar="#RRGGBB", help="Up to six; may be repeated.")
]
Never = Annotated[
    list[str] | None, typer.Option("--never", metavar="WORDS", help="What its pictures don't show; may be repeated.")
]
Engine = Annotated[
    list[str] | None,
    typer.Option("--engine", metavar="PROVIDER[/MODEL]", help="Whom it asks first; may be repeated."),
]
Preset = Annotated[str | None, typer.Option(help="Its usual style, such as photographic.")]
Default = Annotated[
    bool | None, typer.Option("--default/--no-default", help="Whether it is meant where no persona is named.")
]


@app.command("list")
@with_common
def list_personas(common: Common) -> None:
    """List the personas."""
    ALL.list(common)


@app.command()
@with_common
def show(common: Common, persona: Id) -> None:
    """Show all that a persona is."""
    ALL.show(common, persona)


@app.command()
@with_common
def add(  # noqa: PLR0913 - a command's options are its parameters
    common: Common,
    name: Annotated[str, typer.Argument(help="What it is called.")],
    *,
    voice: Voice = None,
    style: Style = None,
    colour: Colour = None,
    never: Never = None,
    engine: Engine = None,
    preset: Preset = None,
    default: Default = None,
) -> None:
    """Make a persona."""
    form = given({"name": name, "voice": voice, "style_preset": preset, "is_default": default})
    form |= _lists(style_words=style, palette=colour, negative_words=never, engines=engine)
    _told(common, lambda api: api.send("POST", PERSONAS, form))


@app.command()
@with_common
def change(  # noqa: PLR0913 - a command's options are its parameters
    common: Common,
    persona: Id,
    *,
    name: Annotated[str | None, typer.Option(help="What it is called from now on.")] = None,
    voice: Voice = None,
    style: Style = None,
    colour: Colour = None,
    never: Never = None,
    engine: Engine = None,
    preset: Preset = None,
    default: Default = None,
) -> None:
    """Change what is given about a persona; an empty text takes something away."""
    form = given({"name": name, "voice": voice, "style_preset": preset, "is_default": default})
    form |= _lists(style_words=style, palette=colour, negative_words=never, engines=engine)
    _told(common, lambda api: api.send("PATCH", f"{PERSONAS}/{persona}", form))


@app.command()
@with_common
def remove(common: Common, persona: Id) -> None:
    """Delete a persona for good; pictures that were made as it stay."""
    speak(common, lambda api: api.send("DELETE", f"{PERSONAS}/{persona}"))
    screen.aside("Deleted. Pictures that were made as it stay, and still say so.")


def _lists(**values: list[str] | None) -> dict[str, list[str]]:
    """Return the lists that were given; a single empty text is an empty list."""
    return {name: [one for one in value if one] for name, value in values.items() if value}


def _told(common: Common, work: Callable[[Api], Awaitable[Json]]) -> None:
    found = speak(common, work)
    if common.as_json:
        screen.document(found)
    else:
        screen.line(found["id"])
