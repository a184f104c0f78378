"""`image-studio convert`: one picture as another type of file."""

from __future__ import annotations

from typing import Annotated

import typer

from backend.cli import screen
from backend.cli.api import STUDIO, given
from backend.cli.changing import Order, Out, Picture, changed, check_place, picture_in, told
from backend.cli.compress import compared, kind_of
from backend.cli.create import OnceKey, sending
from backend.cli.options import Common, with_common
from backend.cli.reach import speak
from backend.schemas.specs.compress import FileType

Kind = Annotated[FileType | None, typer.Option("--to", help="The type of file. Default: that of --out.")]
Fine = Annotated[
    int | None, typer.Option("--quality", min=1, max=100, help="PNG and GIF know none. Default: what looks the same.")
]
Ground = Annotated[
    str | None,
    typer.Option(
        "--background", metavar="#RRGGBB", help="What transparency is laid on where it must go. Default: white."
    ),
]


@with_common
def convert(  # noqa: PLR0913 - a command's options are its parameters
    common: Common,
    picture: Picture,
    *,
    output_format: Kind = None,
    quality: Fine = None,
    background: Ground = None,
    out: Out = None,
    idempotency_key: OnceKey = None,
) -> None:
    """Write one picture as another type of file; the old one stays as it is."""
    check_place(out, common)
    wanted = output_format or kind_of(out)
    if wanted is None:
        raise typer.BadParameter("say the type of file, with --to or as the ending of --out", param_hint="--to")
    files, named = picture_in(picture)
    form = {"output_format": wanted, "quality": quality, "background": background, "response_format": "url"}
    order = Order(
        path=f"{STUDIO}/convert", form=given({**form, **named}), files=files, headers=sending(idempotency_key)
    )
    answer, saved = speak(common, lambda api: changed(api, order, out, "Convert"))
    told(common, answer, saved)
    if not common.as_json:
        screen.aside(compared(answer))
