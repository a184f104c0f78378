"""A caller below HTTP, which sees how much of its body was asked for."""

from __future__ import annotations

import asyncio
import itertools
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


PATIENCE_S = 0.5
"""How long a stream may be silent until it is left."""


@dataclass
class Answer:
    """What came back, and how many pieces of the body were asked for."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    pieces_read: int = 0

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    def json(self) -> Any:
        return json.loads(self.body or b"null")


@dataclass(frozen=True, kw_only=True)
class Call:
    """A request. A body without an end is one too: `pieces` may go on for ever."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    pieces: Iterable[bytes] = ()


async def sent(app: Any, call: Call, *, state: Mapping[str, object] | None = None, within_s: float = 20) -> Answer:
    """Return the app's answer. Of a stream of events that is the first event; then the caller leaves."""
    answer, gone = Answer(), asyncio.Event()
    pieces = itertools.chain(call.pieces, [None])

    async def receive() -> dict[str, object]:
        try:
            piece = next(pieces)
        except StopIteration:
            await gone.wait()
            return {"type": "http.disconnect"}
        answer.pieces_read += 1
        return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

    async def send(message: Mapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {name.decode(): value.decode() for name, value in message["headers"]}
            return
        answer.body += message.get("body", b"")
        streams = answer.headers.get("content-type", "").startswith("text/event-stream")
        if not message.get("more_body") or (streams and b"\nid:" in answer.body):
            gone.set()
        elif streams:
            asyncio.get_running_loop().call_later(PATIENCE_S, gone.set)

    async with asyncio.timeout(within_s):
        await app(_scope(call, state), receive, send)
    return answer


def _scope(call: Call, state: Mapping[str, object] | None) -> dict[str, object]:
    scope: dict[str, object] = {
        "type": "http",
        "http_version": "1.1",
        "method": call.method,
        "scheme": "http",
        "path": call.path,
        "raw_path": call.path.encode(),
        "query_string": call.query.encode(),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in call.headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("studio.test", 80),
    }
    return scope if state is None else {**scope, "state": dict(state)}


def endless(piece: bytes = b" " * 1000) -> Iterator[bytes]:
    """Return a body that never ends."""
    while True:
        yield piece
