"""`image-studio upscale`: one picture enlarged."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from backend.cli.api import STUDIO, given
from backend.cli.changing import Format, Order, Out, Picture, changed, check_place, format_of, picture_in, told
from backend.cli.create import Engine, Model, OnceKey, Seed, sending
from backend.cli.options import Common, with_common
from backend.cli.reach import speak
from backend.schemas.specs.upscale import Preset

Mode = Annotated[
    Literal["auto", "fast", "conservative", "creative"],
    typer.Option(help="fast and conservative invent nothing, creative does; auto chooses between the first two."),
]
Width = Annotated[int | None, typer.Option(min=1, help="Pixels of the result; the height follows.")]
Height = Annotated[int | None, typer.Option(min=1, help="Pixels of the result; the width follows.")]
For = Annotated[
    Preset | None, typer.Option("--for", help="A size by its use: web 2560 px, print A4 at 300 dpi, social 1080 px.")
]
Words = Annotated[str | None, typer.Option(help="What is in the picture, for engines that listen to it.")]


@with_common
def upscale(  # noqa: PLR0913 - a command's options are its parameters
    common: Common,
    picture: Picture,
    *,
    mode: Mode = "auto",
    width: Width = None,
    height: Height = None,
    preset: For = None,
    prompt: Words = None,
    provider: Engine = None,
    model: Model = None,
    seed: Seed = None,
    output_format: Format = None,
    out: Out = None,
    idempotency_key: OnceKey = None,
) -> None:
    """Enlarge one picture, fourfold unless told otherwise, and write the new one; the old one stays as it is."""
    check_place(out, common)
    files, named = picture_in(picture)
    form = {
        "mode": mode,
        "target_width": width,
        "target_height": height,
        "preset": preset,
        "prompt": prompt,
        "provider": provider,
        "model": model,
        "seed": seed,
        "output_format": output_format or format_of(out),
        "response_format": "url",
    }
    order = Order(
        path=f"{STUDIO}/upscale", form=given({**form, **named}), files=files, headers=sending(idempotency_key)
    )
    told(common, *speak(common, lambda api: changed(api, order, out, "Upscale")))
