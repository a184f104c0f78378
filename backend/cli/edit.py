"""`image-studio edit`: one picture changed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from backend.cli import screen
from backend.cli.api import STUDIO, given
from backend.cli.changing import Format, Order, Out, changed, check_place, format_of, picture_in, told
from backend.cli.create import Engine, Model, Negative, OnceKey, Seed, sending
from backend.cli.options import Common, with_common
from backend.cli.reach import speak
from backend.cli.saving import read_picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.cli.api import Api, Json

SIDE = re.compile(r"(left|right|up|down)=(\d{1,4})")

Picture = Annotated[str, typer.Argument(metavar="FILE|ASSET_ID", help="The picture; - reads it from standard input.")]
Operation = Annotated[
    str, typer.Argument(metavar="OPERATION", help="Such as remove_background; see `image-studio operations`.")
]
Words = Annotated[str | None, typer.Option(help="What you want to see.")]
Find = Annotated[str | None, typer.Option("--search", help="What in the picture is to be replaced.")]
Select = Annotated[str | None, typer.Option(help="What in the picture is meant.")]
Mask = Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="White is what changes.")]
Background = Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="A picture to put behind it.")]
Lighting = Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="A picture whose light to take.")]
Expand = Annotated[
    str | None,
    typer.Option(metavar="SIDE=PIXELS", help="Sides to add to: left, right, up or down, with commas between."),
]
Grow = Annotated[int | None, typer.Option(help="Pixels that the mask is grown by, or shrunk below 0.")]
Feather = Annotated[int | None, typer.Option(help="Pixels over which the change fades out around the mask.")]
At = Annotated[
    list[str] | None,
    typer.Option(
        metavar="X,Y", help="For select: a place that belongs to it, in fractions of the sides; again for more."
    ),
]
NotAt = Annotated[list[str] | None, typer.Option(metavar="X,Y", help="For select: a place that does not belong to it.")]
Box = Annotated[
    str | None, typer.Option(metavar="L,T,R,B", help="For select: the box that it lies in, in fractions of the sides.")
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="NAME=VALUE", help="Any other field or option, such as steps=30 or light_direction=left."
    ),
]


@with_common
def edit(  # noqa: PLR0913 - a command's options are its parameters
    common: Common,
    picture: Picture,
    operation: Operation,
    *,
    prompt: Words = None,
    negative: Negative = None,
    search: Find = None,
    select: Select = None,
    mask: Mask = None,
    background: Background = None,
    lighting: Lighting = None,
    expand: Expand = None,
    grow: Grow = None,
    feather: Feather = None,
    at: At = None,
    not_at: NotAt = None,
    box: Box = None,
    set_: Settings = None,
    provider: Engine = None,
    model: Model = None,
    seed: Seed = None,
    output_format: Format = None,
    out: Out = None,
    idempotency_key: OnceKey = None,
) -> None:
    """Change one picture, and write the new one; the old one stays as it is."""
    check_place(out, common)
    words = {"prompt": prompt, "negative_prompt": negative, "search_prompt": search, "select_prompt": select}
    engine = {"provider": provider, "model": model, "seed": seed, "output_format": output_format or format_of(out)}
    options = {"grow_mask": grow, "feather": feather} | _places(at or (), not_at or (), box)
    files, named = picture_in(picture)
    extra = {"mask": mask, "background_image": background, "lighting_image": lighting}
    files += [(part, (path.name, read_picture(path))) for part, path in extra.items() if path]
    form = {"operation": operation.replace("-", "_"), **words, **engine, **named, **_expansion(expand)}
    asked = given(form | _settings(set_ or (), options) | {"response_format": "url"})
    order = Order(path=f"{STUDIO}/edit", form=asked, files=files, headers=sending(idempotency_key))
    doing = operation.replace("-", " ").replace("_", " ").capitalize()
    told(common, *speak(common, lambda api: changed(api, order, out, doing)))


def _expansion(expand: str | None) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in expand.split(",") if expand else ():
        match = SIDE.fullmatch(part.strip())
        if match is None:
            raise typer.BadParameter("sides read left=200,up=100, in pixels", param_hint="--expand")
        found[f"expand_{match[1]}"] = int(match[2])
    return found


def _places(at: Sequence[str], not_at: Sequence[str], box: str | None) -> dict[str, Any]:
    """Return what is meant by places, as the options of a selection; Any: options are JSON."""
    if box is not None:
        return {"what": "box", "box": _fractions(box, 4, "--box")}
    places = [*((place, "--at", True) for place in at), *((place, "--not-at", False) for place in not_at)]
    read = [(_fractions(place, 2, option), keep) for place, option, keep in places]
    points = [{"x": x, "y": y, "keep": keep} for (x, y), keep in read]
    return {"what": "points", "points": points} if points else {}


def _fractions(text: str, count: int, option: str) -> list[float]:
    parts = text.split(",")
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        numbers = []
    if len(numbers) != count or not all(0 <= number <= 1 for number in numbers):
        raise typer.BadParameter(f"{count} numbers from 0 to 1, with commas between", param_hint=option)
    return numbers


FIELDS = frozenset({"style_preset", "guidance_scale", "steps"})
"""What `--set` puts beside the options and not among them."""


def _settings(told: Sequence[str], options: dict[str, Any]) -> dict[str, Any]:
    """Return fields by name, with all options among them; a value that reads as JSON is that, any other is a word.

    Any: the form is JSON.
    """
    fields: dict[str, Any] = {}
    for one in told:
        name, sign, value = (part.strip() for part in one.partition("="))
        if not sign or not name:
            raise typer.BadParameter("options read light_direction=left", param_hint="--set")
        (fields if name in FIELDS else options)[name] = _read(value)
    return {**fields, "options": given(options) or None}


def _read(value: str) -> object:
    try:
        return json.loads(value)
    except ValueError:
        return value


@with_common
def operations(common: Common) -> None:
    """List the operations of `edit`, and what each of them uses."""

    async def asked(api: Api) -> Json:
        return await api.get(f"{STUDIO}/edit/operations")

    found = speak(common, asked)
    if common.as_json:
        screen.document(found)
        return
    rows = [
        (
            key,
            one["label"],
            " ".join([*(name for name, used in one["fields"].items() if used), *one["options"]]),
            one["reason"] or one["provider"],
        )
        for key, one in found["operations"].items()
    ]
    screen.listing(("operation", "what it does", "uses", "engine"), rows)
