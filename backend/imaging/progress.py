"""How far work is, and what of it is ready: said in the child that does it, heard by whoever asked for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Final

Tell = Callable[[float], None]
"""Hears how much of the work is done, 0..1. It must return at once."""

_PAUSE_S: Final = 0.2


def untold(_fraction: float) -> None:
    """Tell nobody."""


class Sparing:
    """Passes on what is told, but not more often than every fifth of a second."""

    def __init__(self, to: Tell, *, pause_s: float = _PAUSE_S, clock: Callable[[], float] = time.monotonic) -> None:
        self._to = to
        self._pause_s = pause_s
        self._clock = clock
        self._again = -1.0

    def __call__(self, fraction: float) -> None:
        """Pass the fraction on, unless one was passed on a moment ago."""
        now = self._clock()
        if now >= self._again:
            self._again = now + self._pause_s
            self._to(fraction)


Hand = Callable[[object], None]
"""Takes something that is ready while the work goes on; it may wait until there is room for it."""


def _unasked(_value: object) -> None:
    raise RuntimeError("nobody asked for what is ready early")


_listener: ContextVar[Tell] = ContextVar("listener", default=untold)
_receiver: ContextVar[Hand] = ContextVar("receiver", default=_unasked)


def heard_by(listener: Tell) -> None:
    """Let what this process does from now on be heard, sparingly."""
    _listener.set(Sparing(listener))


def tell(fraction: float) -> None:
    """Say how much of the work at hand is done, 0..1; cheap enough for every step of it."""
    _listener.get()(min(1.0, max(0.0, fraction)))


def received_by(receiver: Hand) -> None:
    """Let what this process hands over from now on be received."""
    _receiver.set(receiver)


def hand(value: object) -> None:
    """Hand over something that is ready, in the thread that the work began in; whoever streams the work gets it now."""
    _receiver.get()(value)
