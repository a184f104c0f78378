"""What goes wrong between a vendor and its caller, to be played at the next request."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from starlette.requests import Request

    Answer = Callable[[], Awaitable[Response]]


class Reset(Exception):
    """The line breaks."""


async def html(_: Request, __: Answer) -> Response:
    """Answer 200 with a page, as proxies do."""
    return HTMLResponse("<html><body>Please try again later.</body></html>")


async def busy(_: Request, __: Answer) -> Response:
    """Ask for a pause."""
    error = {"message": "Rate limit reached", "type": "requests", "param": None, "code": "rate_limit_exceeded"}
    return JSONResponse({"error": error}, 429, headers={"retry-after": "7"})


async def down(_: Request, __: Answer) -> Response:
    """Be in trouble."""
    return Response("upstream connect error", 503)


async def reset(_: Request, __: Answer) -> Response:
    """Break the line after the request was read."""
    raise Reset


async def half(_: Request, answer: Answer) -> Response:
    """Send half of the answer and break the line."""
    whole = await answer()

    async def sent() -> AsyncGenerator[bytes]:
        yield bytes(whole.body)[: len(whole.body) // 2]
        raise Reset

    return StreamingResponse(sent(), whole.status_code, headers={"content-type": whole.headers["content-type"]})


async def bad_base64(_: Request, __: Answer) -> Response:
    """Send a picture that is none."""
    return JSONResponse({"created": 1, "data": [{"b64_json": "//not base64//!"}]})


async def empty(_: Request, __: Answer) -> Response:
    """Send no picture."""
    return JSONResponse({"created": 1, "data": []})


async def silent(_: Request, __: Answer) -> Response:
    """Never answer."""
    await asyncio.Event().wait()
    raise AssertionError
