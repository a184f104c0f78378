"""Who is it? Asked before anything of a request's body is read."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

import structlog
from starlette.requests import HTTPConnection

from backend.errors import IdentityRefused, IdentityUnavailable, NotAllowed, SignInRequired, StudioError
from backend.routers.deps import SAFE, token_of
from backend.routers.edge.doors import Doors
from backend.routers.problems import answer

if TYPE_CHECKING:
    from starlette.datastructures import Headers
    from starlette.types import ASGIApp, Receive, Scope, Send

    from backend.container import Container
    from backend.routers.edge.doors import Door


NO_CREDENTIALS = (SignInRequired, IdentityRefused, IdentityUnavailable)
"""What is said of credentials that nobody is let in with."""


class Authentication:
    """Lets requests through that may come in, and says who sends them: `request.state.caller`."""

    def __init__(self, app: ASGIApp, *, public_url: str | None) -> None:
        self._app = app
        self._home = urlsplit(public_url).netloc if public_url else None
        self._doors: Doors | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a problem, or go on."""
        if scope["type"] == "websocket":  # nothing here speaks it; what is added later must come past this line
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] == "http":
            try:
                await self._admit(scope)
            except StudioError as error:
                await answer(error, scope)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    async def _admit(self, scope: Scope) -> None:
        self._doors = self._doors or Doors(scope["app"])
        connection = HTTPConnection(scope)
        await _recognise(connection, self._doors.of(scope))
        changes = scope["method"] not in SAFE
        if changes and "authorization" not in connection.headers and is_foreign(connection.headers, home=self._home):
            raise NotAllowed(
                detail="This call changes something and comes from a page of another site.",
                needs="a page of the studio itself, or an API key",
            )


async def _recognise(connection: HTTPConnection, door: Door) -> None:
    if door == "public":
        return
    # Where credentials are not required, old ones are as good as none.
    lenient = contextlib.suppress(*NO_CREDENTIALS) if door == "open" else contextlib.nullcontext()
    with lenient:
        token = token_of(connection)
        if token is None:
            raise SignInRequired(detail="Sign in, or send `Authorization: Bearer` with an API key.")
        container = cast("Container", connection.state.container)  # the lifespan puts it there
        caller = await container.access.authenticate(token)
        connection.state.caller = caller
        structlog.contextvars.bind_contextvars(user_id=caller.user_id)


def is_foreign(headers: Headers, *, home: str | None) -> bool:
    """Return whether a browser says that a page of another origin sends this.

    Browsers send `Sec-Fetch-Site` to https and to this machine, and `Origin` everywhere; programs send neither.
    `home` is the host and port that people open the studio at, where a proxy hides it.

    Source: https://developer.mozilla.org/docs/Web/HTTP/Headers/Sec-Fetch-Site (read 2026-11-22)
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc not in {headers.get("host"), home}
