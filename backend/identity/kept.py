"""What was asked of the issuer once and holds for a while."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Generic, TypeVar

import structlog

from backend.errors import IdentityUnavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from backend.schemas.identity import IdentitySettings

log = structlog.get_logger()

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """A value of the issuer's: asked for by one at a time, and not too often, however many want it.

    While the issuer can't be asked, the old value serves on for `keys_stale_s`.
    """

    def __init__(
        self, fetch: Callable[[], Awaitable[Value]], settings: IdentitySettings, *, clock: Callable[[], datetime]
    ) -> None:
        self._fetch = fetch
        self._clock = clock
        self._fresh = timedelta(seconds=settings.keys_s)
        self._pause = timedelta(seconds=settings.keys_pause_s)
        self._usable = self._fresh + timedelta(seconds=settings.keys_stale_s)
        self._turn = asyncio.Lock()
        self._value: Value | None = None
        self._got_at: datetime | None = None
        self._asked_at: datetime | None = None

    async def get(self) -> Value:
        """Return the value.

        Raises:
            IdentityUnavailable: there is none that is still good, and the issuer gives none.
        """
        if self._value is not None and (self._within(self._fresh) or (self._turn.locked() and self._is_usable)):
            return self._value  # while somebody asks for a new one, the others go on with the old one
        async with self._turn:
            if self._value is not None and self._within(self._fresh):
                return self._value
            return await self._asked()

    async def renewed(self) -> Value:
        """Return the value, asked for again if that was not done just now.

        Raises:
            IdentityUnavailable: as in `get`.
        """
        async with self._turn:
            return await self._asked()

    async def _asked(self) -> Value:
        now = self._clock()
        if self._asked_at is None or now - self._asked_at >= self._pause:
            self._asked_at = now
            try:
                self._value = await self._fetch()
                self._got_at = self._clock()
            except IdentityUnavailable:
                if not self._is_usable:
                    raise
                log.warning("identity.old_value_serves_on", since=str(self._got_at))
        if self._value is None or not self._is_usable:
            raise IdentityUnavailable(detail="The issuer could not be asked just now; try again in a moment.")
        return self._value

    @property
    def _is_usable(self) -> bool:
        return self._value is not None and self._within(self._usable)

    def _within(self, span: timedelta) -> bool:
        return self._got_at is not None and self._clock() - self._got_at < span
