"""Work that comes again and again while the studio runs, whether or not the last time went well."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import structlog

from backend.errors import MachineTrouble
from backend.jobs.hub import ENDS, RUNS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from backend.jobs.hub import Hub

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
        self._going.add_done_callback(_told)

    async def _go_on(self) -> None:
        while not self._over.is_set():
            await self._once()
            await self._pause(self._over)

    async def _once(self) -> object:
        """Return what the work returned; None where it was put off."""
        try:
            return await self._work()
        except MachineTrouble as error:  # a busy database or a full disk passes; the next time finds the same work
            log.warning("periodic.postponed", work=self._name, problem=error.slug)
            return None

    async def _pause(self, until: asyncio.Event) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(until.wait(), self._every_s)

    async def aclose(self) -> None:
        """Stop, after what is being done at the moment."""
        self._over.set()
        if self._going:
            await self._going


def _told(going: asyncio.Task[None]) -> None:
    """Say that work has come to its end for a reason that nobody foresaw: it is not done again before a restart."""
    if not going.cancelled() and (error := going.exception()):
        log.error("periodic.stopped", work=going.get_name(), exc_info=error)


class Stirred(Periodic):
    """The same, also at once whenever there is news of what it is about."""

    def __init__(self, name: str, work: Callable[[], Awaitable[bool]], *, every_s: float, hub: Hub) -> None:
        """Keep what is to be done: `work` says whether there is something that goes on, such as a run."""
        super().__init__(name, work, every_s=every_s)
        self._hub = hub
        self._news = asyncio.Event()

    async def _go_on(self) -> None:
        going = False
        while not self._over.is_set():
            # While nothing goes on, nobody needs to be woken for every job that ends.
            with self._hub.listen(RUNS, *((ENDS,) if going else ())) as self._news:
                had, going = going, bool(await self._once())
                if going == had:
                    await self._pause(self._news)

    async def aclose(self) -> None:
        """Stop, after what is being done at the moment."""
        self._over.set()
        self._news.set()
        await super().aclose()
