"""`image-studio library`: everything that was made or uploaded, found again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import screen
from backend.cli.api import ASSETS
from backend.cli.groups import noun
from backend.cli.options import Common, with_common
from backend.cli.reach import speak
from backend.cli.saving import make_folder, read_picture, save_into

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.cli.api import Api, Json

app = noun("Everything that was made or uploaded.")
COLUMNS = ("id", "file", "size", "engine", "made", "words")
HERE = Path()

Id = Annotated[str, typer.Argument(metavar="ID", help="The asset's id, as `library list` shows it.")]
Ids = Annotated[list[str], typer.Argument(metavar="ID...", help="The assets' ids, as `library list` shows them.")]


@app.command("list")
@with_common
def list_assets(  # noqa: PLR0913 - a command's options are its parameters
    common: Common,
    *,
    search: Annotated[str | None, typer.Option(help="Words that must all occur.")] = None,
    tags: Annotated[str | None, typer.Option(help="Tags with commas between; one of them must fit.")] = None,
    favorites: Annotated[bool, typer.Option("--favorites", help="Only favourites.")] = False,
    provider: Annotated[str | None, typer.Option(help="Only one engine's.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=500, help="How many at most.")] = 50,
) -> None:
    """Find assets, the newest first."""
    query = {"search": search, "tags": tags, "favorites_only": favorites, "provider": provider, "limit": limit}
    found = speak(common, lambda api: api.get(f"{ASSETS}/", **query))
    if common.as_json:
        screen.document(found)
        return
    screen.listing(COLUMNS, map(_row, found["assets"]))
    if found["total"] > len(found["assets"]):
        screen.aside(f"{len(found['assets'])} of {found['total']}; --search narrows, --limit shows more.")


@app.command()
@with_common
def show(common: Common, asset: Id) -> None:
    """Show all that is known about an asset."""
    found = speak(common, lambda api: api.get(f"{ASSETS}/{asset}"))
    if common.as_json:
        screen.document(found)
    else:
        screen.facts(found)


@app.command()
@with_common
def download(
    common: Common,
    assets: Ids,
    *,
    out: Annotated[Path, typer.Option("--out", "-o", file_okay=False, help="The folder to write to.")] = HERE,
) -> None:
    """Write assets into a folder, numbered where a name is taken."""
    make_folder(out)

    async def written(api: Api) -> list[str]:
        return [await _download(api, asset, out) for asset in assets]

    files = speak(common, written)
    if common.as_json:
        screen.document({"files": files})
    else:
        screen.line("\n".join(files))


@app.command()
@with_common
def trash(common: Common, assets: Ids) -> None:
    """Put assets into the trash, from where `restore` takes them out again."""
    _each(common, "DELETE", assets, "")


@app.command()
@with_common
def restore(common: Common, assets: Ids) -> None:
    """Take assets out of the trash."""
    _each(common, "POST", assets, "/restore")


@app.command()
@with_common
def upload(
    common: Common,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", exists=True, dir_okay=False, help="Pictures.")],
) -> None:
    """Put pictures into the library; what is there already is not taken twice."""
    parts = [("file", (path.name, read_picture(path))) for path in files]
    found = speak(common, lambda api: api.post_files(f"{ASSETS}/upload", parts, {}, {}))
    if common.as_json:
        screen.document(found)
    else:
        screen.listing(COLUMNS, map(_row, found["assets"]))
    for error in found["errors"]:
        screen.aside(f"{error['filename']}: {error['detail']}")
    if found["errors"]:
        raise typer.Exit(1)


async def _download(api: Api, asset: str, folder: Path) -> str:
    found = await api.get(f"{ASSETS}/{asset}")
    data = await api.content(f"{ASSETS}/{asset}/content")
    path = save_into(folder, found["filename"], found["mime_type"], data)
    await api.send("POST", f"{ASSETS}/{asset}/usage?action=download")
    return str(path)


def _each(common: Common, method: str, assets: Sequence[str], action: str) -> None:
    async def done(api: Api) -> list[Json]:
        return [await api.send(method, f"{ASSETS}/{asset}{action}") for asset in assets]

    answers = speak(common, done)
    if common.as_json:
        screen.document(answers)


def _row(asset: Json) -> tuple[object, ...]:
    size = f"{asset['width']}x{asset['height']}" if asset["width"] else screen.size(asset["file_size"])
    words = asset["prompt"] or asset["title"]
    return asset["id"], asset["filename"], size, asset["provider"], screen.moment(asset["created_at"]), words
