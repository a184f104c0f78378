"""Which studio a command speaks to: one elsewhere, the server of this machine, or one opened for the moment.

Only one process may run the jobs of a data folder. So where a server holds the folder, commands go to it; where nobody
does, the command holds the folder itself as long as it takes.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeVar

import typer

from backend.cli.api import Api, elsewhere
from backend.cli.screen import aside
from backend.datafolder import DataFolder
from backend.errors import DataFolderInUse
from backend.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from backend.cli.options import Common
    from backend.datafolder import RunningServer

T = TypeVar("T")

WAIT_S = 120.0
"""How long to wait for another command to be done with the data folder, or for a server to be ready."""
LOOK_S = 0.2
KEY = "--api-key"


def speak(common: Common, work: Callable[[Api], Awaitable[T]]) -> T:
    """Run some work with the API of the studio that is meant, and return what it returns."""

    async def spoken() -> T:
        async with studio(common) as api:
            return await work(api)

    return asyncio.run(spoken())


@asynccontextmanager
async def studio(common: Common) -> AsyncGenerator[Api]:
    """Yield the API of the studio that is meant.

    Raises:
        BadParameter: an address without a key.
        DataFolderInUse: another command holds the data folder and does not come to an end.
    """
    if common.server:
        if not common.api_key:
            raise typer.BadParameter("give that studio's API key too, here or as IMAGE_STUDIO_API_KEY", param_hint=KEY)
        async with elsewhere(common.server, common.api_key) as api:
            yield api
        return
    settings = Settings()
    server = await neighbour(DataFolder(settings.data_dir))
    if server:
        async with elsewhere(server.url, common.api_key or server.token) as api:
            yield api
        return
    async with _inside(settings, verbose=common.verbose) as api:
        yield api


async def neighbour(folder: DataFolder) -> RunningServer | None:
    """Return the server that holds a data folder, once it is ready; None when the folder is free.

    Raises:
        DataFolderInUse: it stays held by something that is no server.
    """
    until, told = time.monotonic() + WAIT_S, False
    while True:
        try:
            with folder:
                return None
        except DataFolderInUse as busy:
            server = announced(folder)
            if server and server.pid == busy.pid and server.url:
                return server
            if time.monotonic() > until:
                raise
            if not told:
                aside(f"Process {busy.pid} holds the data folder; waiting for it.")
                told = True
        await asyncio.sleep(LOOK_S)


def announced(folder: DataFolder) -> RunningServer | None:
    """Return what the holder of a data folder says about itself, if it has said it yet."""
    try:
        return folder.running_server()
    except ValueError:  # it is being written at this moment
        return None


@asynccontextmanager
async def _inside(settings: Settings, *, verbose: bool) -> AsyncGenerator[Api]:
    from backend.cli.embedded import embedded  # noqa: PLC0415 - it takes seconds, and speaking to a server needs none of it

    async with embedded(settings if verbose else quiet(settings)) as client:
        yield Api(client)


def quiet(settings: Settings) -> Settings:
    """Return the settings with log lines for nothing but trouble."""
    return settings.model_copy(update={"log": settings.log.model_copy(update={"level": "ERROR"})})
