"""What the fake got, what it is to do wrong next, and what it did wrong."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    Fault = Callable[[Request, Callable[[], Awaitable[Response]]], Awaitable[Response]]
    """Answers in the vendor's stead, or lets it answer and spoils that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A request as it came in."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    query: str = ""
    vendor: str = ""
    stage: str = "other"
    fault: str = ""
    """The fault that was played at it; empty for none."""


@dataclass(slots=True)
class Recorder:
    """Everything that was asked, and the faults to come.

    `faults` are those of the next requests of whatever kind, one each; None is none. `waiting` are those that wait for
    a request of their kind: `play` puts them there.
    """

    requests: list[Recorded] = field(default_factory=list)
    faults: deque[Fault | None] = field(default_factory=deque)
    waiting: list[Fault] = field(default_factory=list)
    played: list[str] = field(default_factory=list)
    """The names of the faults that were played, in order."""

    def begun(self, path: str = "") -> list[Recorded]:
        """Return what was posted and begins something: that is what costs."""
        return [
            one for one in self.requests if one.method == "POST" and one.stage == "begin" and one.path.startswith(path)
        ]

    def play(self, fault: Fault, times: int = 1) -> None:
        """Let a fault happen at the next requests that it fits: at the start, a poll, or where a picture is served."""
        self.waiting += [fault] * times

    def clear(self) -> None:
        """Forget everything."""
        for kept in (self.requests, self.faults, self.waiting, self.played):
            kept.clear()
