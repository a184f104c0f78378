"""What is read at most so often, once at a time however many ask, and never waited for longer than one wants."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

T = TypeVar("T")

MOST_LEFT = 3
"""So many readings may hang at once; until one of them ends no other is begun."""


class Kept(Generic[T]):
    """The last reading, or the error that it ended with, for some seconds."""

    def __init__(self, read: Callable[[], Awaitable[T]], *, still_s: float) -> None:
        self._read = read
        self._still_s = still_s
        self._last: asyncio.Task[T] | None = None
        self._at = float("-inf")
        self._left: set[asyncio.Task[T]] = set()

    async def get(self, *, within_s: float) -> T:
        """Return what was read a moment ago, or now.

        Raises:
            TimeoutError: it takes longer; what hangs is told to stop and left behind, since it may not even hear that.
        """
        reading = self._reading()
        await asyncio.wait({reading}, timeout=within_s)
        if not reading.done():
            self._last = None
            self._left.add(reading)
            reading.add_done_callback(self._ended)
            reading.cancel()
            raise TimeoutError
        if reading.cancelled():  # somebody who asked earlier has given it up just now
            raise TimeoutError
        return reading.result()

    def _reading(self) -> asyncio.Task[T]:
        if self._last and (not self._last.done() or time.monotonic() - self._at < self._still_s):
            return self._last
        if len(self._left) >= MOST_LEFT:
            raise TimeoutError
        self._last = asyncio.create_task(self._now())
        return self._last

    async def _now(self) -> T:
        try:
            return await self._read()
        finally:
            self._at = time.monotonic()

    def _ended(self, reading: asyncio.Task[T]) -> None:
        self._left.discard(reading)
        if not reading.cancelled():
            reading.exception()  # it was given up; nobody waits for what it says
