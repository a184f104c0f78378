"""`image-studio edit`: one picture changed."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from backend.cli import screen
from backend.cli.api import ASSETS, STUDIO, given
from backend.cli.create import Engine, Model, Negative, OnceKey, Seed, sending
from backend.cli.options import Common, with_common
from backend.cli.reach import speak
from backend.cli.saving import read_picture, save_as, save_into, taken
from backend.cli.watching import Bar, Watcher, follow
from backend.errors import NotFound
from backend.schemas.specs import OutputFormat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.cli.api import Api, Json

Files = list[tuple[str, tuple[str, bytes]]]
ASSET = re.compile("[0-9a-f]{32}")
SIDE = re.compile(r"(left|right|up|down)=(\d{1,4})")
STDIO = "-"

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
Format = Annotated[OutputFormat | None, typer.Option("--format", help="Default: that of --out, or png.")]
Out = Annotated[
    str | None,
    typer.Option("--out", "-o", metavar="FILE|DIR", help="Where to write; - writes to standard output. Default: here."),
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
    provider: Engine = None,
    model: Model = None,
    seed: Seed = None,
    output_format: Format = None,
    out: Out = None,
    idempotency_key: OnceKey = None,
) -> None:
    """Change one picture, and write the new one; the old one stays as it is."""
    _check(out, common)
    words = {"prompt": prompt, "negative_prompt": negative, "search_prompt": search, "select_prompt": select}
    form: dict[str, Any] = {
        "operation": operation.replace("-", "_"),
        "provider": provider,
        "model": model,
        "seed": seed,
        "output_format": output_format or _format_of(out),
        "response_format": "url",
    }
    files, named = _input(picture)
    extra = {"mask": mask, "background_image": background, "lighting_image": lighting}
    files += [(part, (path.name, read_picture(path))) for part, path in extra.items() if path]
    asked = given({**form, **words, **named, **_expansion(expand)})
    answer, saved = speak(common, lambda api: _edited(api, asked, files, sending(idempotency_key), out))
    if common.as_json:
        screen.document({**answer, "file": saved})
    elif saved:
        screen.line(saved)


def _check(out: str | None, common: Common) -> None:
    """Refuse a place that can't be written to, before anything is paid."""
    if out == STDIO and common.as_json:
        raise typer.BadParameter("standard output holds either the picture or the JSON", param_hint="--out -")
    if out and Path(out).is_file():
        raise taken(Path(out))


def _expansion(expand: str | None) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in expand.split(",") if expand else ():
        match = SIDE.fullmatch(part.strip())
        if match is None:
            raise typer.BadParameter("sides read left=200,up=100, in pixels", param_hint="--expand")
        found[f"expand_{match[1]}"] = int(match[2])
    return found


async def _edited(
    api: Api, asked: dict[str, Any], files: Files, headers: Mapping[str, str], out: str | None
) -> tuple[Json, str | None]:
    saved: list[str | None] = []
    with Bar(asked["operation"].replace("_", " ").capitalize(), parts=1) as bar:

        async def take(asset: Json) -> None:
            saved.append(_save(out, asset, await api.content(f"{ASSETS}/{asset['id']}/content")))

        path = f"{STUDIO}/edit"
        if files:
            asking = api.post_files(path, files, {"request": json.dumps(asked)}, headers)
        else:
            asking = api.send("POST", path, asked, headers)
        job = await follow(api, asking, Watcher(bar=bar, take=take))
    return job["result"], saved[0] if saved else None


def _input(picture: str) -> tuple[Files, dict[str, str]]:
    """Return the picture as a file to send, or the field that names it."""
    if picture == STDIO:
        return [("image", ("picture", sys.stdin.buffer.read()))], {}
    path = Path(picture)
    if path.is_file():
        return [("image", (path.name, read_picture(path)))], {}
    if ASSET.fullmatch(picture):
        return [], {"image_asset_id": picture}
    raise NotFound(detail=f"There is no file {picture}, and it is no asset's id.")


def _format_of(out: str | None) -> str | None:
    """Return the format that a file's name asks for."""
    kinds = {".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".webp": "webp"}
    return kinds.get(Path(out).suffix.lower()) if out else None


def _save(out: str | None, asset: Json, data: bytes) -> str | None:
    """Write the new picture and return where; None for standard output."""
    if out == STDIO:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
        return None
    place = Path(out or "")
    if out and not out.endswith("/") and place.suffix and not place.is_dir():
        return str(save_as(place, data))
    return str(save_into(place, asset["filename"], asset["mime_type"], data))


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
            " ".join(name for name, used in one["fields"].items() if used),
            one["reason"] or one["provider"],
        )
        for key, one in found["operations"].items()
    ]
    screen.listing(("operation", "what it does", "uses", "engine"), rows)
