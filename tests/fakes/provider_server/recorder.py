"""What the fake got, and what it is to do wrong next."""

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


@dataclass(slots=True)
class Recorder:
    """Everything that was asked, and the faults of the next requests, one each; None is none."""

    requests: list[Recorded] = field(default_factory=list)
    faults: deque[Fault | None] = field(default_factory=deque)

    def begun(self, path: str = "") -> list[Recorded]:
        """Return what was posted: that is what costs."""
        return [one for one in self.requests if one.method == "POST" and one.path.startswith(path)]
