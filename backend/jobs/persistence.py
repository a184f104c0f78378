"""How long it is tried: which calls are made again and when, and how a ticket is followed to its end."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import structlog

from backend.errors import (
    OutcomeUnknown,
    ProviderFailed,
    ProviderFaltered,
    ProviderMisbehaved,
    ProviderRateLimited,
    ProviderRefused,
    ProviderTimeout,
    ProviderUnavailable,
)
from backend.providers.base import Pending

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from backend.providers.base import Finished, Provider

log = structlog.get_logger()

BACKOFF_S = 0.5
"""The first pause before a call that failed for a passing reason is tried again; it doubles each time."""
LONGEST_S: Final = 20.0
"""No pause between two questions for a ticket is longer, unless the engine asks for that."""
MISREAD: Final = 3
"""So many answers in a row that make no sense, and a ticket is given up."""


def pause_s(turn: int) -> float:
    """Return the pause after so many failures in a row, with jitter."""
    return min(BACKOFF_S * 2 ** (turn - 1), LONGEST_S) * random.uniform(0.8, 1.2)  # noqa: S311 - no secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Persistence:
    """How often and how long."""

    retries: int
    """How often a call is made again that failed for a passing reason."""
    pause_s: float = 20.0
    """The longest pause that an engine may ask for before another one is tried."""
    ticket_s: float = 600.0
    """How long a ticket is followed."""
    rest: Callable[[float], Awaitable[None]] = field(default=asyncio.sleep)
    clock: Callable[[], float] = field(default=time.monotonic)

    def pause_before_again(self, error: ProviderFailed, turn: int, *, paid: bool) -> float | None:
        """Return the pause before the call is made again, after `turn` failures; None if it must not be.

        A paid call is repeated only where nothing was taken in: the engine could not be reached, or said that it takes
        no more for the moment.
        """
        if turn > self.retries or not error.retryable or isinstance(error, ProviderMisbehaved):
            return None
        if isinstance(error, ProviderRateLimited):
            return max(error.retry_after, pause_s(turn)) if error.retry_after <= self.pause_s else None
        not_begun = isinstance(error, ProviderUnavailable) and not isinstance(error, ProviderFaltered)
        return pause_s(turn) if not_begun or not paid else None


@dataclass(slots=True, kw_only=True)
class Following:
    """A ticket that is followed to its end."""

    provider: Provider
    persistence: Persistence
    until: float
    """When it is given up, by the clock of the persistence."""
    tell: Callable[[float], Awaitable[None]]
    """Told how far the engine is."""
    paid: bool
    _misread: int = 0
    _failed: int = 0

    async def to_the_end(self, outcome: Pending) -> Finished:
        """Return what came of a ticket: it is asked for again and again, whatever happens to a question.

        Raises:
            OutcomeUnknown: its time was up, or the engine knows it no more. Of work that costs nothing it is
                ProviderTimeout, or what the engine said.
            ProviderMisbehaved: its answers made no sense.
            StudioError: the engine says that it could not do it.
        """
        ticket = outcome.ticket
        found: Pending | Finished = outcome
        while isinstance(found, Pending):
            ticket = found.ticket
            if found.progress is not None:
                await self.tell(found.progress)
            found = await self._next(ticket, found.after_s)
        return found

    async def _next(self, ticket: str, after_s: float) -> Finished | Pending:
        """Return the next answer that makes sense."""
        wait_s = after_s
        while True:
            await self._wait(ticket, wait_s)
            try:
                found = await self.provider.resume(ticket)
            except ProviderRefused as error:
                raise self._lost(str(error)) if self.paid else error from error
            except (ProviderUnavailable, ProviderTimeout, ProviderRateLimited, ProviderMisbehaved) as error:
                wait_s = self._pause_after(error)
            else:
                self._failed = self._misread = 0
                return found

    def _pause_after(self, error: ProviderFailed) -> float:
        """Return how long to wait after a question that failed.

        Raises:
            ProviderMisbehaved: too many answers in a row made no sense.
        """
        self._failed += 1
        self._misread = self._misread + 1 if isinstance(error, ProviderMisbehaved) else 0
        if self._misread >= MISREAD:
            raise error
        log.info("ticket.asked_again", provider=self.provider.name, problem=error.slug, turn=self._failed)
        asked = error.retry_after if isinstance(error, ProviderRateLimited) else 0
        return max(asked, pause_s(self._failed))

    async def _wait(self, ticket: str, wait_s: float) -> None:
        if self.persistence.clock() + wait_s > self.until:
            await self._given_up(ticket)
        await self.persistence.rest(wait_s)

    async def _given_up(self, ticket: str) -> None:
        await called_off(self.provider, ticket)
        said = f"{self.provider.label} took the work and was not done with it in time."
        if self.paid:
            raise self._lost(said)
        raise ProviderTimeout(detail=said, provider=self.provider.name)

    def _lost(self, said: str) -> OutcomeUnknown:
        return OutcomeUnknown(detail=f"What became of the work is not known. {said}", provider=self.provider.name)


async def called_off(provider: Provider, ticket: str) -> None:
    """Tell an engine that a ticket is no longer wanted; that it can't be told changes nothing."""
    try:
        await provider.cancel(ticket)
    except ProviderFailed as error:
        log.info("ticket.not_called_off", provider=provider.name, problem=error.slug)
