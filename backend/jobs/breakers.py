"""When an engine is left alone: after failures in a row, for as long as it asks, or while it refuses the key."""

from __future__ import annotations

import asyncio
import math
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

import structlog

from backend.errors import (
    ContentRefused,
    KeyRefused,
    ProviderFailed,
    ProviderRateLimited,
    ProviderRefused,
    ProviderUnavailable,
    StudioError,
)

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Mapping

    from backend.errors.engines import ProviderFailed as Failed

log = structlog.get_logger()

Health = Literal["paused", "failing", "refused"]
FAILURES: Final = 5
"""So many failures in a row, none longer after the one before than `WINDOW_S`, and an engine is left alone."""
WINDOW_S: Final = 60.0
FIRST_S: Final = 30.0
"""How long it is left alone at first; each try that fails again doubles that."""
LONGEST_S: Final = 300.0
REFUSED_S: Final = 300.0
"""How long an engine is left alone that refuses the key, or whose account is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ailment:
    """Why an engine is left alone, and for how many seconds more; 0 while it is being tried again."""

    health: Health
    seconds: int
    detail: str
    """A sentence for people."""


@dataclass(slots=True, kw_only=True)
class _Open:
    """An engine that is left alone until a moment; then one call goes ahead, and all others wait for its outcome."""

    health: Health
    until: float
    rest_s: float
    cause: str
    probe: asyncio.Event | None = None


@dataclass(slots=True)
class _Run:
    """Failures in a row."""

    count: int = 0
    last: float = -math.inf


@dataclass(slots=True)
class Breakers:
    """What is known of each engine's health in this process; an engine that computes here is never asked for.

    `pauses` are the seconds for which an engine is left alone that asks for a pause, where its vendor says so.
    """

    pauses: Mapping[str, float] = field(default_factory=dict[str, float])
    clock: Callable[[], float] = time.monotonic
    _open: dict[str, _Open] = field(default_factory=dict[str, _Open])
    _runs: dict[str, _Run] = field(default_factory=dict[str, _Run])

    @property
    def ailing(self) -> Mapping[str, Ailment]:
        """Return the engines that are left alone now; not those whose time has come to be tried again."""
        now = self.clock()
        return {
            engine: Ailment(health=one.health, seconds=math.ceil(one.until - now), detail=_said(one, now))
            for engine, one in self._open.items()
            if one.until > now
        }

    def forget(self, engine: str) -> None:
        """Take an engine for well, because its key was changed."""
        self._open.pop(engine, None)
        self._runs.pop(engine, None)

    def check(self, engine: str) -> None:
        """Let pass who may call an engine now, or try it.

        Raises:
            ProviderRateLimited, ProviderUnavailable: it is left alone.
        """
        one = self._open.get(engine)
        if one and one.until > self.clock():
            raise _refusal(engine, one, self.clock())

    @asynccontextmanager
    async def watching(self, engine: str) -> AsyncGenerator[None]:
        """Let one call go ahead, or wait for the one that tries, and learn from what it comes to.

        Raises:
            ProviderRateLimited, ProviderUnavailable: the engine is left alone.
        """
        probe = await self._enter(engine)
        try:
            yield
        except StudioError as error:
            self.saw(engine, error)
            raise
        else:
            self.saw(engine, None)
        finally:
            if probe:
                self._end(engine, probe)

    async def _enter(self, engine: str) -> asyncio.Event | None:
        """Return the event to be set after the call, if it is the one that tries."""
        while one := self._open.get(engine):
            self.check(engine)
            if one.probe is None:
                one.probe = asyncio.Event()
                return one.probe
            await one.probe.wait()
        return None

    def _end(self, engine: str, probe: asyncio.Event) -> None:
        """Let the others go on, and one of them try where this call came to nothing, such as when it was cut off."""
        one = self._open.get(engine)
        if one and one.probe is probe:
            one.probe = None
        probe.set()

    def saw(self, engine: str, error: StudioError | None) -> None:
        """Learn what a call came to; None for success."""
        match error:
            case KeyRefused():
                self._leave(engine, "refused", REFUSED_S, str(error))
            case ProviderRateLimited(retry_after=seconds):
                self._leave(engine, "paused", max(seconds, self.pauses.get(engine, 0.0)), str(error))
            case ProviderRefused() | ContentRefused():
                self._recovered(engine)  # it answers, and knows what it wants
            case ProviderFailed():
                self._failed(engine, error)
            case None:
                self._recovered(engine)
            case _:
                pass  # of our own doing

    def _recovered(self, engine: str) -> None:
        self._runs.pop(engine, None)
        one = self._open.get(engine)
        if one and one.until <= self.clock():
            del self._open[engine]
            log.info("engine.well", engine=engine)

    def _failed(self, engine: str, error: Failed) -> None:
        now, run = self.clock(), self._runs.setdefault(engine, _Run())
        run.count = run.count + 1 if now - run.last <= WINDOW_S else 1
        run.last = now
        one = self._open.get(engine)
        if one and one.until <= now:
            self._leave(engine, "failing", min(max(one.rest_s, FIRST_S / 2) * 2, LONGEST_S), str(error))
        elif not one and run.count >= FAILURES:
            self._leave(engine, "failing", FIRST_S, str(error))

    def _leave(self, engine: str, health: Health, rest_s: float, cause: str) -> None:
        one, until = self._open.get(engine), self.clock() + rest_s
        if one and one.until >= until:
            return
        self._open[engine] = _Open(health=health, until=until, rest_s=rest_s, cause=cause)
        log.warning("engine.left_alone", engine=engine, health=health, seconds=round(rest_s))


def _said(one: _Open, now: float) -> str:
    why = {
        "paused": "It asked for a pause",
        "failing": "It failed again and again",
        "refused": "It does not take the key, or its account is empty",
    }[one.health]
    return f"{why} and is left alone for {math.ceil(one.until - now)} s more: {one.cause}"


def _refusal(engine: str, one: _Open, now: float) -> ProviderFailed:
    said, seconds = _said(one, now), math.ceil(one.until - now)
    if one.health == "paused":
        return ProviderRateLimited(detail=said, provider=engine, retry_after=seconds)
    if one.health == "refused":
        return KeyRefused(detail=said, provider=engine)
    return ProviderUnavailable(detail=said, provider=engine)
