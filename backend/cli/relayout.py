"""`image-studio relayout`: a designed graphic laid out again, at another size or with other words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from backend.cli import screen
from backend.cli.api import ASSETS, STUDIO, given
from backend.cli.create import HERE, OnceKey, Out, Seed, Size, Template, sending, sides
from backend.cli.options import Common, with_common
from backend.cli.reach import speak
from backend.cli.saving import make_folder, save_into
from backend.cli.watching import Bar, Watcher, follow

if TYPE_CHECKING:
    from backend.cli.api import Api, Json

Asset = Annotated[str, typer.Argument(metavar="ASSET_ID", help="A designed graphic of the library.")]
Words = Annotated[str | None, typer.Option(help='Words in quotation marks that replace all: \'"Sail on" "Daily"\'.')]
Part = Annotated[str | None, typer.Option(help="Replaces this part of the words; an empty text takes it away.")]
Colour = Annotated[
    list[str] | None, typer.Option("--colour", "--color", metavar="#RRGGBB", help="Other colours; may be repeated.")
]


@with_common
def relayout(  # noqa: PLR0913 - a command's options are its parameters
    common: Common,
    asset: Asset,
    *,
    size: Size = None,
    template: Template = None,
    prompt: Words = None,
    headline: Part = None,
    subline: Part = None,
    kicker: Part = None,
    colour: Colour = None,
    seed: Seed = None,
    out: Out = HERE,
    idempotency_key: OnceKey = None,
) -> None:
    """Lay a designed graphic out again. What is not said stays as it is; nothing is cropped."""
    words = given({"headline": headline, "subline": subline, "kicker": kicker})
    order = {
        "template_id": template,
        "prompt": prompt,
        "words": words or None,
        "palette": colour or [],
        "seed": seed,
        "response_format": "url",
        **sides(size),
    }
    make_folder(out)  # what can't be written to is known before anything is made
    answer, path = speak(common, lambda api: _laid_out(api, asset, given(order), sending(idempotency_key), out))
    if common.as_json:
        screen.document({**answer, "file": str(path)})
    else:
        screen.line(str(path))


async def _laid_out(
    api: Api, asset: str, order: dict[str, Any], headers: dict[str, str], out: Path
) -> tuple[Json, Path]:
    saved: list[Path] = []
    with Bar("Laying it out again", parts=1) as bar:

        async def take(made: Json) -> None:
            data = await api.content(f"{ASSETS}/{made['id']}/content")
            saved.append(save_into(out, made["filename"], made["mime_type"], data))

        asking = api.send("POST", f"{STUDIO}/assets/{asset}/relayout", order, headers)
        job = await follow(api, asking, Watcher(bar=bar, take=take))
    return job["result"], saved[0]
