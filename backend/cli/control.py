"""`image-studio control`: a picture that follows another one; `image-studio guide`: what would be followed of it."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from backend.cli import screen
from backend.cli.api import STUDIO, given
from backend.cli.changing import Format, Order, Out, changed, check_place, format_of, picture_in, told
from backend.cli.create import Engine, Model, Negative, OnceKey, Ratio, Seed, sending
from backend.cli.options import Common, with_common
from backend.cli.reach import speak
from backend.cli.saving import save_as

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.cli.api import Api, Json

STRENGTH = re.compile(
    r"(control_strength|fidelity|style_strength|composition_fidelity|change_strength)=([01]|0?\.\d+|1\.0+)"
)

Picture = Annotated[
    str, typer.Argument(metavar="FILE|ASSET_ID", help="The picture to follow; - reads it from standard input.")
]
Operation = Annotated[str, typer.Argument(metavar="OPERATION", help="sketch, structure, style or style_transfer.")]
Kind = Annotated[Literal["edges", "line_art", "structure"], typer.Argument(help="What is to be drawn of it.")]
Words = Annotated[str | None, typer.Option(help="What you want to see, or the style that is meant.")]
Like = Annotated[str | None, typer.Option("--like", metavar="FILE|ASSET_ID", help="The picture whose style to take.")]
Style = Annotated[str | None, typer.Option(help="A style by name, such as stained-glass.")]
Strengths = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="A strength from 0 to 1: control_strength, fidelity, style_strength, composition_fidelity or"
        " change_strength; again for more.",
    ),
]
Drawn = Annotated[float, typer.Option(min=0, max=1, help="How much is drawn: 0 nothing, 1 all that was found.")]
Where = Annotated[Path, typer.Option("--out", "-o", help="The PNG to write.")]


@with_common
def control(  # noqa: PLR0913 - a command's options are its parameters
    common: Common,
    picture: Picture,
    operation: Operation,
    *,
    prompt: Words = None,
    negative: Negative = None,
    like: Like = None,
    style: Style = None,
    set_: Strengths = None,
    ratio: Ratio = None,
    provider: Engine = None,
    model: Model = None,
    seed: Seed = None,
    output_format: Format = None,
    out: Out = None,
    idempotency_key: OnceKey = None,
) -> None:
    """Make a picture that follows another one: its lines, its build or its style."""
    check_place(out, common)
    form: dict[str, Any] = {
        "operation": operation.replace("-", "_"),
        "prompt": prompt,
        "negative_prompt": negative,
        "style_preset": style,
        "aspect_ratio": ratio,
        "provider": provider,
        "model": model,
        "seed": seed,
        "output_format": output_format or format_of(out),
        **_strengths(set_ or ()),
    }
    order = _order(form, picture, like, idempotency_key)
    told(common, *speak(common, lambda api: changed(api, order, out, operation.replace("_", " ").capitalize())))


def _order(form: dict[str, Any], picture: str, like: str | None, idempotency_key: str | None) -> Order:
    """Return what is asked, with its pictures as files or by their ids; Any: a form is JSON."""
    files, named = picture_in(picture, "control_image")
    more, other = picture_in(like, "style_image") if like else ([], {})
    return Order(
        path=f"{STUDIO}/control/process",
        form=given({**form, **named, **other, "response_format": "url"}),
        files=[*files, *more],
        headers=sending(idempotency_key),
    )


def _strengths(told: Sequence[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    for one in told:
        match = STRENGTH.fullmatch(one.strip())
        if match is None:
            raise typer.BadParameter("strengths read fidelity=0.8, from 0 to 1", param_hint="--set")
        found[match[1]] = float(match[2])
    return found


@with_common
def guide(common: Common, picture: Picture, kind: Kind, *, out: Where, strength: Drawn = 0.7) -> None:
    """Draw what an engine would follow of a picture, and write it as PNG; the library keeps nothing of it."""
    check_place(str(out), common)
    files, named = picture_in(picture, "control_image")
    form: dict[str, Any] = {"kind": kind, "strength": strength, **named}
    if files:
        form["control_image_base64"] = base64.b64encode(files[0][1][1]).decode()

    async def asked(api: Api) -> Json:
        return await api.send("POST", f"{STUDIO}/control/guide", form)

    found = speak(common, asked)
    data = base64.b64decode(found.pop("image_base64").partition(",")[2])
    file = str(save_as(out, data))
    if common.as_json:
        screen.document({**found, "file": file})
    else:
        screen.line(file)
