"""`image-studio run`: a recipe over many pictures, each result written as soon as it is ready."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from backend.cli import screen
from backend.cli.api import ASSETS, JOBS, STUDIO
from backend.cli.changing import ASSET
from backend.cli.create import OnceKey, sending
from backend.cli.failing import Refused
from backend.cli.options import Common, with_common
from backend.cli.reach import speak
from backend.cli.recipes import RECIPES, Recipe, found
from backend.cli.saving import make_folder, read_picture, save_into
from backend.cli.watching import CALLED_OFF, Bar, call_off
from backend.errors import NotFound
from backend.schemas.recipes import PICTURE
from backend.services.recipes.rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.cli.api import Api, Json

RUNS = f"{STUDIO}/runs"
HERE = Path()
AT_ONCE = 10
"""Files of one upload."""
Pictures = Annotated[
    list[str] | None, typer.Argument(metavar="[FILE|ASSET_ID]...", help="The pictures it is run over.")
]
Rows = Annotated[
    Path | None,
    typer.Option(
        metavar="CSV", help="Rows instead of pictures: `picture` names a file or an asset, the rest fills in."
    ),
]
Out = Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Where the results are written. Default: here.")]
Quote = Annotated[bool, typer.Option("--quote", help="Tell what it would cost; nothing is made.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be run over: JSON for the studio, and for each item what its results are called."""

    body: dict[str, Any]
    stems: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """Takes what comes of a run's items: one file each by its item's name, or several into a folder of that name."""

    api: Api
    bar: Bar
    stems: Sequence[str]
    out: Path
    quiet: bool
    files: list[str] = field(default_factory=list[str])

    async def take(self, data: Json) -> None:
        """Write the pictures of one item, or say why there are none."""
        place: int = data["ordinal"]
        stem = self.stems[place]
        made: list[str] = data["asset_ids"]
        if not made:
            problem = data["problem"]
            self.bar.aside(f"{stem}: step {problem['step'] + 1} ({problem['verb']}) failed: {problem['detail']}")
        for asset in made:
            view = await self.api.get(f"{ASSETS}/{asset}")
            content = await self.api.content(f"{ASSETS}/{asset}/content")
            alone = len(made) == 1
            folder = self.out if alone else self.out / stem
            saved = save_into(folder, stem if alone else view["filename"], view["mime_type"], content)
            self.files.append(str(saved))
            if not self.quiet:
                self.bar.tell(self.files[-1])


@with_common
def run(  # noqa: PLR0913 - a command's options are its parameters
    common: Common,
    recipe: Recipe,
    pictures: Pictures = None,
    *,
    rows: Rows = None,
    out: Out = HERE,
    quote: Quote = False,
    idempotency_key: OnceKey = None,
) -> None:
    """Run a recipe over pictures, or over the rows of a CSV file. Ctrl-C calls the rest off; what is ready stays."""
    if bool(pictures) == bool(rows):
        raise typer.BadParameter("name pictures, or rows with --rows", param_hint="FILE...")
    if not quote:
        make_folder(out)  # what can't be written to is known before anything is made

    async def told(api: Api) -> Json:
        one = await found(api, recipe)
        task = await _rows(api, rows) if rows else await _pictures(api, pictures or [])
        path = f"{RECIPES}/{one['id']}"
        if quote:
            return await api.send("POST", f"{path}/quote", task.body)
        begun = await api.send("POST", f"{path}/runs", task.body, sending(idempotency_key))
        return await _followed(api, begun, task, out, common)

    answer = speak(common, told)
    if common.as_json:
        screen.document(answer)
    elif quote:
        _show(answer)
    if answer.get("failed"):
        raise typer.Exit(1)


def _show(quote: Json) -> None:
    screen.line(f"{quote['credits']:g} credits for {quote['items']} items, about {quote['seconds']:g} s of work")
    if quote["unfit"]:
        screen.line(f"{quote['unfit']} of them would be refused")
    rows = [(one["verb"], one["operation"], one["engine"], one["credits"]) for one in quote["steps"]]
    screen.listing(("step", "operation", "engine", "credits"), rows)


async def _pictures(api: Api, named: Sequence[str]) -> Task:
    ids = await _library(api, named)
    return Task(body={"asset_ids": ids}, stems=[Path(name).stem for name in named])


async def _rows(api: Api, sheet: Path) -> Task:
    """Return the rows of a file; pictures that lie beside it are put into the library first."""
    rows = [dict(row) for row in rows_of(read_picture(sheet))]
    local = {name: place for row in rows if (name := row.get(PICTURE)) and (place := sheet.parent / name).is_file()}
    ids = dict(zip(local, await _library(api, [str(place) for place in local.values()]), strict=True))
    stems = [Path(row.get(PICTURE) or f"row-{number:03}").stem for number, row in enumerate(rows, 1)]
    for row in rows:
        row.update({PICTURE: ids[row[PICTURE]]} if row.get(PICTURE) in ids else {})
    return Task(body={"rows": rows}, stems=stems)


async def _library(api: Api, named: Sequence[str]) -> list[str]:
    """Return the assets that files and ids stand for; files are put into the library.

    Raises:
        NotFound: a name is no file and no id.
        Refused: a file is no picture that the studio takes.
    """
    files = _files(named)
    ids: dict[str, str] = {}
    for start in range(0, len(files), AT_ONCE):
        some = files[start : start + AT_ONCE]
        sent = [("file", (Path(name).name, read_picture(Path(name)))) for name in some]
        answer = await api.post_files(f"{ASSETS}/upload", sent, {}, {})
        if answer["errors"]:
            raise Refused(answer["errors"][0])
        ids |= zip(some, (asset["id"] for asset in answer["assets"]), strict=True)
    return [ids.get(name, name) for name in named]


def _files(named: Sequence[str]) -> list[str]:
    """Return those of some names that are files, each once.

    Raises:
        NotFound: a name is no file and no id.
    """
    files = [name for name in dict.fromkeys(named) if Path(name).is_file()]
    strange = next((name for name in named if name not in files and not ASSET.fullmatch(name)), None)
    if strange:
        raise NotFound(detail=f"There is no file {strange}, and it is no asset's id.")
    return files


async def _followed(api: Api, begun: Json, task: Task, out: Path, common: Common) -> Json:
    """Write each result as it is ready, and return the run when it has ended. Interrupted, the run is called off."""
    with Bar(f"{begun['recipe']}: {begun['total']} items", parts=begun["total"]) as bar:
        taking = Taking(api=api, bar=bar, stems=task.stems, out=out, quiet=common.as_json)
        try:
            async with contextlib.aclosing(api.events(f"{JOBS}/{begun['id']}/events")) as events:
                async for name, data in events:
                    if name == "job.result":
                        await taking.take(data)
                    if "progress" in data:
                        bar.move(data["progress"], data["message"])
        except asyncio.CancelledError:
            await call_off(api, begun["id"])
            bar.aside(CALLED_OFF)
            raise
    return {**await api.get(f"{RUNS}/{begun['id']}"), "files": taking.files}
