"""What the commands share that make one picture of another: where it comes from, and where the new one goes."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from backend.cli import screen
from backend.cli.api import ASSETS
from backend.cli.saving import read_picture, save_as, save_into, taken
from backend.cli.watching import Bar, Watcher, follow
from backend.errors import NotFound
from backend.schemas.specs import OutputFormat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.cli.api import Api, Json
    from backend.cli.options import Common

Files = list[tuple[str, tuple[str, bytes]]]
ASSET = re.compile("[0-9a-f]{32}")
STDIO = "-"

Picture = Annotated[str, typer.Argument(metavar="FILE|ASSET_ID", help="The picture; - reads it from standard input.")]
Format = Annotated[OutputFormat | None, typer.Option("--format", help="Default: that of --out, or png.")]
Out = Annotated[
    str | None,
    typer.Option("--out", "-o", metavar="FILE|DIR", help="Where to write; - writes to standard output. Default: here."),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is sent: to which path, the form (Any: JSON), and the files beside it."""

    path: str
    form: dict[str, Any]
    headers: Mapping[str, str]
    files: Files = field(default_factory=list[tuple[str, tuple[str, bytes]]])


def check_place(out: str | None, common: Common) -> None:
    """Refuse a place that can't be written to, before anything is paid."""
    if out == STDIO and common.as_json:
        raise typer.BadParameter("standard output holds either the picture or the JSON", param_hint="--out -")
    if out and Path(out).is_file():
        raise taken(Path(out))


def picture_in(picture: str, part: str = "image") -> tuple[Files, dict[str, str]]:
    """Return the picture as a file to send, or the field that names it."""
    if picture == STDIO:
        return [(part, ("picture", sys.stdin.buffer.read()))], {}
    path = Path(picture)
    if path.is_file():
        return [(part, (path.name, read_picture(path)))], {}
    if ASSET.fullmatch(picture):
        return [], {f"{part}_asset_id": picture}
    raise NotFound(detail=f"There is no file {picture}, and it is no asset's id.")


def format_of(out: str | None) -> str | None:
    """Return the format that a file's name asks for."""
    kinds = {".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".webp": "webp"}
    return kinds.get(Path(out).suffix.lower()) if out else None


async def changed(api: Api, order: Order, out: str | None, title: str) -> tuple[Json, str | None]:
    """Return the answer to an order, and where the new picture was written; None for standard output."""
    saved: list[str | None] = []
    with Bar(title, parts=1) as bar:

        async def take(asset: Json) -> None:
            saved.append(_save(out, asset, await api.content(f"{ASSETS}/{asset['id']}/content")))

        if order.files:
            asking = api.post_files(order.path, order.files, {"request": json.dumps(order.form)}, order.headers)
        else:
            asking = api.send("POST", order.path, order.form, order.headers)
        job = await follow(api, asking, Watcher(bar=bar, take=take))
    return job["result"], saved[0] if saved else None


def told(common: Common, answer: Json, saved: str | None) -> None:
    """Say where the new picture is, or print the whole answer as JSON."""
    if common.as_json:
        screen.document({**answer, "file": saved})
        return
    for warning in answer.get("warnings", ()):
        screen.aside(warning)
    if saved:
        screen.line(saved)


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
