"""What goes wrong between a vendor and its caller, whoever the vendor is: each kind with one line on what it is.

`record.faults.append(fault)` plays one at the next request of whatever kind; `record.play(fault)` at the next one that
it fits. `[scenario:NAME]` in a prompt, or the header `x-fake-scenario`, does that from afar, for the request itself or
for the polls that follow it.
"""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse

from tests.fakes.provider_server import spoiling
from tests.fakes.provider_server.vendor import vendor_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from starlette.requests import Request

    from tests.fakes.provider_server.recorder import Fault

    Answer = Callable[[], Awaitable[Response]]

FAULTS: dict[str, Fault] = {}
"""By name; the first line of each one's docstring says what it is."""
STAGES: dict[str, str] = {}
LATE_S, DRIP_S = 0.2, 0.02
UNREACHABLE = {
    "refused_port": "http://127.0.0.1:9",
    "no_such_host": "http://nowhere.invalid",
    "not_tls": "https://127.0.0.1:{port}",
}
"""Base URLs where no vendor is: nobody listens, the name is none, who answers speaks no TLS."""


def _fault(stage: str = "begin") -> Callable[[Fault], Fault]:
    def kept(play: Fault) -> Fault:
        FAULTS[play.__name__], STAGES[play.__name__] = play, stage
        return play

    return kept


def at(fault: Fault) -> str:
    """Return at which requests a fault plays: `begin`, `poll`, `fetch`, or `picture` for whichever serves that."""
    return STAGES.get(fault.__name__, "begin")


def cut(request: Request) -> Response:
    """Break the line as a machine that dies does: by a reset."""
    line = request.scope["fake.line"]
    line.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.abort()
    return Response()


# --- the line


@_fault()
async def late(_: Request, answer: Answer) -> Response:
    """Answer rightly, but late."""
    await asyncio.sleep(LATE_S)
    return await answer()


@_fault()
async def silent(_: Request, __: Answer) -> Response:
    """Never answer."""
    await asyncio.Event().wait()
    raise AssertionError


@_fault()
async def reset(request: Request, __: Answer) -> Response:
    """Break the line after the request was read, with nothing done."""
    return cut(request)


@_fault()
async def lost_answer(request: Request, answer: Answer) -> Response:
    """Do the work and break the line before the answer: who asks again pays twice."""
    await answer()
    return cut(request)


@_fault()
async def half(request: Request, answer: Answer) -> Response:
    """Send half of the answer and break the line."""
    whole = await answer()

    async def sent() -> AsyncGenerator[bytes]:
        yield bytes(whole.body)[: len(whole.body) // 2]
        await asyncio.sleep(DRIP_S)
        cut(request)

    return StreamingResponse(sent(), whole.status_code, headers=dict(whole.headers))


@_fault()
async def drip(_: Request, __: Answer) -> Response:
    """Send one byte after the other, never so slowly that a read times out, and never end."""

    async def sent() -> AsyncGenerator[bytes]:
        while True:
            yield b" "
            await asyncio.sleep(DRIP_S)

    return StreamingResponse(sent(), headers={"content-type": "application/json"})


@_fault()
async def endless(_: Request, __: Answer) -> Response:
    """Send more than anybody should read."""

    async def sent() -> AsyncGenerator[bytes]:
        for _ in range(128):
            yield bytes(1024 * 1024)

    return StreamingResponse(sent(), headers={"content-type": "image/png"})


@_fault()
async def gzip_bomb(_: Request, __: Answer) -> Response:
    """Send little that unpacks to much."""
    return Response(gzip.compress(bytes(128 * 1024 * 1024), 1), headers={"content-encoding": "gzip"})


@_fault()
async def redirect(request: Request, __: Answer) -> Response:
    """Send the caller elsewhere, where no key should go."""
    return Response(status_code=307, headers={"location": f"{request.base_url}elsewhere"})


# --- what an answer says


@_fault()
async def html(_: Request, __: Answer) -> Response:
    """Answer 200 with a page, as proxies do."""
    return HTMLResponse("<html><body>Please try again later.</body></html>")


@_fault()
async def empty(_: Request, __: Answer) -> Response:
    """Answer 200 with nothing."""
    return Response(b"", headers={"content-type": "application/json"})


@_fault()
async def hollow(_: Request, __: Answer) -> Response:
    """Answer 200 with an object that holds nothing."""
    return JSONResponse({})


@_fault()
async def wrong_type(_: Request, answer: Answer) -> Response:
    """Answer rightly, and call it plain text."""
    whole = await answer()
    return Response(whole.body, whole.status_code, headers={"content-type": "text/plain; charset=utf-8"})


@_fault()
async def bad_json(_: Request, __: Answer) -> Response:
    """Answer 200 with JSON that breaks off."""
    return Response(b'{"data": [{"b64_json": "iVBOR', headers={"content-type": "application/json"})


@_fault()
async def deep_json(_: Request, __: Answer) -> Response:
    """Answer 200 with JSON deeper than a stack."""
    return Response(b"[" * 200_000 + b"]" * 200_000, headers={"content-type": "application/json"})


@_fault()
async def not_text(_: Request, __: Answer) -> Response:
    """Answer 200 with bytes that are no text, called JSON."""
    return Response(bytes(range(128, 256)) * 16, headers={"content-type": "application/json"})


# --- statuses


@_fault()
async def busy(request: Request, __: Answer) -> Response:
    """Ask for a pause of seven seconds."""
    return vendor_of(request).refused(429, "Rate limit reached", {"retry-after": "7"})


@_fault()
async def busy_untold(request: Request, __: Answer) -> Response:
    """Ask for a pause without saying how long."""
    return vendor_of(request).refused(429, "Rate limit reached")


@_fault()
async def busy_long(request: Request, __: Answer) -> Response:
    """Ask for a pause of an hour."""
    return vendor_of(request).refused(429, "Rate limit reached", {"retry-after": "3600"})


@_fault()
async def busy_until(request: Request, __: Answer) -> Response:
    """Ask for a pause until a date long gone."""
    return vendor_of(request).refused(429, "Rate limit reached", {"retry-after": "Sun, 06 Nov 1994 08:49:37 GMT"})


@_fault()
async def revoked(request: Request, __: Answer) -> Response:
    """Accept the key no longer."""
    return vendor_of(request).refused(401, "The key was revoked")


@_fault()
async def broke(request: Request, __: Answer) -> Response:
    """Want money first."""
    return vendor_of(request).refused(402, "The balance is too low")


@_fault()
async def forbidden(request: Request, __: Answer) -> Response:
    """Answer 403."""
    return vendor_of(request).refused(403, "Not for this key")


@_fault()
async def twice(request: Request, __: Answer) -> Response:
    """Answer 409: it has this request already."""
    return vendor_of(request).refused(409, "This request was submitted before")


@_fault()
async def too_large(request: Request, __: Answer) -> Response:
    """Answer 413."""
    return vendor_of(request).refused(413, "The request is too large")


@_fault()
async def error_500(request: Request, __: Answer) -> Response:
    """Fail inside."""
    return vendor_of(request).refused(500, "Internal error")


@_fault()
async def error_502(_: Request, __: Answer) -> Response:
    """Answer 502 with the page of a gateway."""
    return HTMLResponse("<html><body><h1>502 Bad Gateway</h1></body></html>", 502)


@_fault()
async def down(_: Request, __: Answer) -> Response:
    """Be in trouble: 503, in plain text."""
    return Response("upstream connect error", 503)


@_fault()
async def error_504(_: Request, answer: Answer) -> Response:
    """Do the work, and let the gateway time out before it is answered."""
    await answer()
    return HTMLResponse("<html><body><h1>504 Gateway Time-out</h1></body></html>", 504)


# --- tickets


@_fault("poll")
async def expired_ticket(request: Request, __: Answer) -> Response:
    """Know nothing of a ticket any more."""
    return vendor_of(request).refused(404, "It does not exist or has expired")


@_fault("poll")
async def lost_poll(request: Request, __: Answer) -> Response:
    """Break the line at a poll."""
    return cut(request)


@_fault("poll")
async def poll_down(_: Request, __: Answer) -> Response:
    """Be in trouble at a poll."""
    return Response("upstream connect error", 503)


@_fault("poll")
async def poll_busy(request: Request, __: Answer) -> Response:
    """Ask for a pause at a poll."""
    return vendor_of(request).refused(429, "Too many polls", {"retry-after": "1"})


@_fault("poll")
async def poll_html(_: Request, __: Answer) -> Response:
    """Answer a poll with a page."""
    return HTMLResponse("<html><body>Please try again later.</body></html>")


FAULTS |= spoiling.FAULTS
STAGES |= spoiling.STAGES
carries_a_picture = spoiling.carries_a_picture
