"""Running what manages the studio: as its owner, with its rooms at hand."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from backend.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from backend.container import Container
    from backend.schemas.base import Caller

T = TypeVar("T")


def manage(work: Callable[[Container, Caller], Awaitable[T]]) -> T:
    """Run some work with the studio's rooms as its first owner, and return what it returns.

    It works beside a running server, and on an empty data folder: the tables are made or brought up to date first.
    """
    from backend.cli.at_hand import prepare, rooms  # noqa: PLC0415 - it takes seconds, and --help needs none of it

    async def managed() -> T:
        async with rooms(Settings()) as container:
            await prepare(container)
            return await work(container, await container.access.owner())

    return asyncio.run(managed())
