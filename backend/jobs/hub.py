"""Wakes those who wait for news of jobs. The news themselves are rows; this only says that there are some."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, NewType

from backend.schemas.base import JobId, WorkspaceId

if TYPE_CHECKING:
    from collections.abc import Generator

    from backend.db.wire import Wire


End = NewType("End", str)
ENDS = End("any end")
"""Rung whenever a job ends, whichever it is."""
RUNS = JobId("runs")
"""Rung as a job would be, whenever a run of a recipe begins."""


def end_of(job: JobId) -> End:
    """Return the name of a job's end, to listen to."""
    return End(f"end of {job}")


class Hub:
    """Signals by workspace, by job and by a job's end: within this process, and over a wire to others."""

    def __init__(self, wire: Wire | None = None) -> None:
        self._listeners: dict[str, set[asyncio.Event]] = {}
        self._wire = wire

    def start(self) -> None:
        """Begin to hear the other processes, if there are any."""
        if self._wire:
            self._wire.start(self._heard, self._lost)

    def ring(self, workspace: WorkspaceId, job: JobId, *, over: bool = False) -> None:
        """Wake everyone who listens to the job or to its workspace, and those who wait for its end when it is over."""
        self._ring_here(workspace, job, over=over)
        if self._wire:
            self._wire.send(f"{workspace} {job} {'over' if over else ''}")

    def _ring_here(self, workspace: WorkspaceId, job: JobId, *, over: bool) -> None:
        for name in (workspace, job, end_of(job), ENDS) if over else (workspace, job):
            for event in self._listeners.get(name, ()):
                event.set()

    def _heard(self, line: str) -> None:
        workspace, job, over = line.split(" ")
        self._ring_here(WorkspaceId(workspace), JobId(job), over=bool(over))

    def _lost(self) -> None:
        """Let everybody look at the rows: something may have been said that was not heard."""
        for events in self._listeners.values():
            for event in events:
                event.set()

    @contextmanager
    def listen(self, *names: WorkspaceId | JobId | End) -> Generator[asyncio.Event]:
        """Yield an event that is set at each ring of any of these; clear it before reading the rows, never after."""
        event = asyncio.Event()
        for name in names:
            self._listeners.setdefault(name, set()).add(event)
        try:
            yield event
        finally:
            for name in names:
                self._forget(name, event)

    def _forget(self, name: str, event: asyncio.Event) -> None:
        listeners = self._listeners[name]
        listeners.discard(event)
        if not listeners:
            del self._listeners[name]

    async def aclose(self) -> None:
        """Stop hearing the others."""
        if self._wire:
            await self._wire.aclose()
