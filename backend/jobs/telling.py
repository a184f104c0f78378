"""Writing down how far a part is, beside the work on it, and never so often that it would slow that down."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, Self

import structlog

from backend.errors import StudioError
from backend.jobs.outcomes import Overtaken

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import TracebackType

log = structlog.get_logger()

EVERY_S: Final = 0.5
"""The least time between two things that are written of the same part."""


class Telling:
    """Hears how far a part is and has it written while it is entered; what comes faster is left out."""

    def __init__(self, write: Callable[[float], Awaitable[None]], *, every_s: float = EVERY_S) -> None:
        self._write = write
        self._every_s = every_s
        self._latest = self._written = 0.0
        self._writing: asyncio.Task[None] | None = None

    def tell(self, fraction: float) -> None:
        """Take in how far it is, 0..1; what is not further than before is no news."""
        self._latest = max(self._latest, fraction)
        if self._writing is None:
            self._writing = asyncio.create_task(self._keep_writing())

    async def _keep_writing(self) -> None:
        try:
            while True:
                if self._latest > self._written:
                    self._written = self._latest
                    await self._write(self._written)
                await asyncio.sleep(self._every_s)
        except (Overtaken, StudioError) as error:
            # The work itself is not touched: whoever delivers it meets the same trouble, and handles it.
            log.warning("progress.unwritten", problem=type(error).__name__)

    async def __aenter__(self) -> Self:
        """Return itself, ready to be told."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Write no more."""
        if self._writing is not None:
            self._writing.cancel()
            await asyncio.gather(self._writing, return_exceptions=True)
