"""What guards a password: a slow hash, and a count of the attempts."""

from __future__ import annotations

import asyncio
import math
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from pwdlib import PasswordHash

from backend.errors import TooManyAttempts

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

AT_ONCE = 2
"""How many hashes are worked on at the same time: each takes 64 MiB and a core for a moment."""
REMEMBERED = 10_000
"""How many names the throttle remembers; the longest untouched are forgotten first."""


class Passwords:
    """Argon2 hashes, worked out beside the event loop."""

    def __init__(self) -> None:
        self._hasher = PasswordHash.recommended()
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._nobodys: str | None = None

    async def hash(self, password: str) -> str:
        """Return the hash to keep."""
        async with self._turns:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def fits(self, password: str, kept: str | None) -> bool:
        """Return whether a password belongs to a hash; takes as long when there is none."""
        if self._nobodys is None:
            self._nobodys = await self.hash(secrets.token_urlsafe())
        async with self._turns:
            fits = await asyncio.to_thread(self._hasher.verify, password, kept or self._nobodys)
        return fits and kept is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempts:
    """How often somebody may try to sign in within a span of time."""

    per_name: int = 10
    per_address: int = 100
    """From one network address, whatever the name."""
    span: timedelta = timedelta(minutes=15)


ATTEMPTS = Attempts()


class Throttle:
    """Lets so many attempts through in a span of time, for each name."""

    def __init__(self, attempts: int, span: timedelta, *, clock: Callable[[], datetime]) -> None:
        self._attempts = attempts
        self._span = span
        self._clock = clock
        self._tried: dict[str, list[datetime]] = {}

    def count(self, name: str) -> None:
        """Count one attempt.

        Raises:
            TooManyAttempts: it is one too many; `retry_after` says in how many seconds the next one may be made.
        """
        now = self._clock()
        recent = [moment for moment in self._tried.pop(name, []) if moment > now - self._span]
        if len(recent) >= self._attempts:
            self._tried[name] = recent
            wait = math.ceil((recent[0] + self._span - now).total_seconds())
            raise TooManyAttempts(
                detail=f"Too many attempts to sign in; try again in {wait} s.", limit="attempts", retry_after=wait
            )
        self._tried[name] = [*recent, now]
        if len(self._tried) > REMEMBERED:
            del self._tried[next(iter(self._tried))]

    def forget(self, name: str) -> None:
        """Forget the attempts made under a name, as after one that succeeded."""
        self._tried.pop(name, None)
