"""Wakes those who wait for news of jobs. The news themselves are rows; this only says that there are some."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from collections.abc import Generator

    from backend.schemas.base import JobId, WorkspaceId


End = NewType("End", str)


def end_of(job: JobId) -> End:
    """Return the name of a job's end, to listen to."""
    return End(f"end of {job}")


class Hub:
    """Signals by workspace, by job and by a job's end, within this process."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[asyncio.Event]] = {}

    def ring(self, workspace: WorkspaceId, job: JobId, *, over: bool = False) -> None:
        """Wake everyone who listens to the job or to its workspace, and those who wait for its end when it is over."""
        for name in (workspace, job, end_of(job)) if over else (workspace, job):
            for event in self._listeners.get(name, ()):
                event.set()

    @contextmanager
    def listen(self, name: WorkspaceId | JobId | End) -> Generator[asyncio.Event]:
        """Yield an event that is set at each ring; clear it before reading the rows, never after."""
        event = asyncio.Event()
        self._listeners.setdefault(name, set()).add(event)
        try:
            yield event
        finally:
            listeners = self._listeners[name]
            listeners.discard(event)
            if not listeners:
                del self._listeners[name]
