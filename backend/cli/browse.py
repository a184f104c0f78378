"""`image-studio templates` and `providers`: what there is to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import screen
from backend.cli.api import STUDIO
from backend.cli.groups import noun
from backend.cli.options import Common, with_common
from backend.cli.reach import speak

if TYPE_CHECKING:
    from backend.cli.api import Json

templates = noun("Formats with their size, shape and style, by platform.")

Platform = Annotated[str | None, typer.Option(help="Only one platform's, such as instagram.")]
Category = Annotated[str | None, typer.Option(help="Only one kind, such as blog_content.")]
COLUMNS = ("template", "size", "shape", "platform", "for")


@templates.command("list")
@with_common
def list_templates(common: Common, *, platform: Platform = None, category: Category = None) -> None:
    """List the templates; both filters apply together."""
    path = f"{STUDIO}/templates"
    _show(speak(common, lambda api: api.get(path, platform=platform, category=category)), common)


@templates.command()
@with_common
def search(common: Common, words: Annotated[list[str], typer.Argument(help="What it is for.")]) -> None:
    """Find templates by words, best match first."""
    _show(speak(common, lambda api: api.get(f"{STUDIO}/templates/search", query=" ".join(words))), common)


@templates.command()
@with_common
def recommend(
    common: Common, use: Annotated[str, typer.Argument(help="What it is for.")], *, platform: Platform = None
) -> None:
    """Recommend templates for a use, each with its reason."""
    path = f"{STUDIO}/templates/recommend"
    _show(speak(common, lambda api: api.get(path, use_case=use, platform=platform)), common)


@with_common
def providers(common: Common) -> None:
    """List the engines: what each can do and costs, and what is missing where it can't."""
    found = speak(common, lambda api: api.get(f"{STUDIO}/providers"))
    if common.as_json:
        screen.document(found)
        return
    rows = [
        (key, one["available"], " ".join(one["capabilities"]), one["max_resolution"], one["cost_range"], one["reason"])
        for key, one in found["providers"].items()
    ]
    screen.listing(("engine", "ready", "can", "up to", "cost", "missing"), rows)


def _show(found: Json, common: Common) -> None:
    if common.as_json:
        screen.document(found)
    else:
        screen.listing(COLUMNS, map(_row, found["templates"]))


def _row(one: Json) -> tuple[object, ...]:
    shape = one["aspect_ratio"]
    said = one.get("reason") or one["description"]
    return one["id"], f"{shape['width']}x{shape['height']}", shape["ratio"], one["platform"], said
