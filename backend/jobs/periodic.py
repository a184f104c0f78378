"""Work that comes again and again while the studio runs, whether or not the last time went well."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import structlog

from backend.errors import MachineTrouble

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

log = structlog.get_logger()


class Periodic:
    """One piece of work, done now and then every so many seconds."""

    def __init__(self, name: str, work: Callable[[], Awaitable[object]], *, every_s: float) -> None:
        self._name = name
        self._work = work
        self._every_s = every_s
        self._going: asyncio.Task[None] | None = None
        self._over = asyncio.Event()

    def start(self) -> None:
        """Begin, at once."""
        self._going = asyncio.create_task(self._go_on(), name=self._name)

    async def _go_on(self) -> None:
        while not self._over.is_set():
            try:
                await self._work()
            except MachineTrouble as error:  # a busy database or a full disk passes; the next time finds the same work
                log.warning("periodic.postponed", work=self._name, problem=error.slug)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), self._every_s)

    async def aclose(self) -> None:
        """Stop, after what is being done at the moment."""
        self._over.set()
        if self._going:
            await self._going
