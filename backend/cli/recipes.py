"""`image-studio recipes`: chains of steps that the workspace keeps."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from backend.cli import screen
from backend.cli.api import STUDIO
from backend.cli.groups import noun
from backend.cli.looking import Kind
from backend.cli.options import Common, with_common
from backend.cli.reach import speak
from backend.cli.saving import read_picture
from backend.errors import NotFound

if TYPE_CHECKING:
    from backend.cli.api import Api, Json

app = noun("Recipes: chains of steps that are run over many pictures.")
RECIPES = f"{STUDIO}/recipes"
STDIN = "-"


def _row(one: Json) -> tuple[object, ...]:
    steps = " → ".join(step["request"].get("operation", step["verb"]) for step in one["steps"])
    return one["id"], one["name"], steps, ", ".join(one["columns"]), one["description"]


ALL = Kind(path=RECIPES, name="recipes", columns=("id", "name", "steps", "columns", "about"), row=_row)
Recipe = Annotated[str, typer.Argument(metavar="NAME|ID", help="The recipe, as `recipes list` shows it.")]


async def found(api: Api, recipe: str) -> Json:
    """Return a recipe by its name or id.

    Raises:
        NotFound: there is none.
    """
    one = await named(api, recipe)
    if one is None:
        raise NotFound(detail=f"There is no recipe “{recipe}”; `image-studio recipes list` shows those there are.")
    return one


async def named(api: Api, recipe: str) -> Json:
    """Return a recipe by its name or id, None if there is none."""
    known = (await api.get(RECIPES))["recipes"]
    return next((one for one in known if recipe == one["id"] or recipe.casefold() == one["name"].casefold()), None)


@app.command("list")
@with_common
def list_recipes(common: Common) -> None:
    """List the recipes."""
    ALL.list(common)


@app.command()
@with_common
def show(common: Common, recipe: Recipe) -> None:
    """Show a recipe as JSON: what `save` takes is in it."""
    screen.document(speak(common, lambda api: found(api, recipe)))


@app.command()
@with_common
def save(
    common: Common,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called; one that is called so is replaced.")],
    steps: Annotated[
        str, typer.Argument(metavar="FILE", help="Its steps as JSON, or a whole recipe; - reads standard input.")
    ],
    *,
    about: Annotated[str | None, typer.Option(help="What it is for.")] = None,
) -> None:
    """Keep a recipe under a name."""
    form = _form(name, steps)
    if about is not None:
        form["description"] = about

    async def kept(api: Api) -> Json:
        one = await named(api, name)
        if one is None:
            return await api.send("POST", RECIPES, form)
        return await api.send("PUT", f"{RECIPES}/{one['id']}", {"description": one["description"], **form})

    made = speak(common, kept)
    if common.as_json:
        screen.document(made)
    else:
        screen.line(made["id"])


@app.command()
@with_common
def delete(common: Common, recipe: Recipe) -> None:
    """Delete a recipe for good; runs that have begun go on."""

    async def gone(api: Api) -> None:
        await api.send("DELETE", f"{RECIPES}/{(await found(api, recipe))['id']}")

    speak(common, gone)
    screen.aside("Deleted. Runs that have begun go on.")


def _form(name: str, place: str) -> Json:
    """Return what is sent of a file that holds the steps, or a recipe as `show` tells it."""
    text = sys.stdin.buffer.read() if place == STDIN else read_picture(Path(place))
    try:
        said = json.loads(text)
    except ValueError as error:
        raise typer.BadParameter(f"it is not JSON: {error}", param_hint=place) from error
    given = (
        cast("dict[str, Json]", said) if isinstance(said, dict) else {"steps": said}
    )  # JSON objects have string keys
    return {"name": name, **{key: given[key] for key in ("description", "steps") if key in given}}
