"""Waiting out what passes by itself: a database that restarts, a store that can't be reached, a disk that is full."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

import stamina

from backend.errors import DataFolderInUse, MachineTrouble, WorkerOverrun

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

T = TypeVar("T")

FIRST_S, LONGEST_S = 0.1, 2.0
"""The pauses between two tries, which double."""
WHOLE_S = 5.0
"""How long something that should not be broken off is waited for."""


class Patience:
    """Does things again as long as the machine is in trouble, up to a time in seconds."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    async def __call__(self, work: Callable[[], Awaitable[T]]) -> T:
        """Return what the work returns. It must be safe to do again: a lost answer may hide that it was done.

        Raises:
            MachineTrouble: it did not pass in time.
        """
        tries = stamina.retry_context(
            on=_passes, attempts=None, timeout=self._seconds, wait_initial=FIRST_S, wait_max=LONGEST_S
        )
        async for attempt in tries:
            with attempt:
                return await work()
        raise AssertionError("a retry ends with a result or an error")


def _passes(error: Exception) -> bool:
    return isinstance(error, MachineTrouble) and not isinstance(error, WorkerOverrun | DataFolderInUse)


async def whole(work: Coroutine[None, None, T]) -> T:
    """Return what the work returns; who cancels the caller meanwhile waits for it, for a bounded time."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task}, timeout=WHOLE_S)
        task.cancel()
        raise
