"""How many calls to each engine may run at once."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping


class Slots:
    """Places at each engine, first come first served, within this process."""

    def __init__(self, limits: Mapping[str, int], *, default: int) -> None:
        self._limits = limits
        self._default = default
        self._places: dict[str, asyncio.Semaphore] = {}

    @asynccontextmanager
    async def at(self, provider: str) -> AsyncGenerator[None]:
        """Wait for a place at an engine and hold it."""
        if provider not in self._places:
            self._places[provider] = asyncio.Semaphore(self._limits.get(provider, self._default))
        async with self._places[provider]:
            yield
