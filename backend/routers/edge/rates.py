"""How often may they? Asked when it is known who sends a request, and before anything of its body is read.

Source: https://www.ietf.org/archive/id/draft-ietf-httpapi-ratelimit-headers-10.txt (read 2026-11-22; a draft 11 of
2026-05-23 is announced), whose fields `RateLimit-Policy` and `RateLimit` are lists of strings with parameters.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, cast

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection

from backend.errors import StudioError, TooManyRequests
from backend.routers.deps import SAFE
from backend.routers.edge.doors import PROGRAMS, Doors
from backend.routers.problems import answer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from backend.container import Container
    from backend.schemas.base import Caller
    from backend.schemas.limits import RateKind, StrangerKind
    from backend.services.rate_service import Standing

SIGN_IN = "/api/auth/"
"""Where strangers try to get in."""

TOO_MANY: dict[int | str, dict[str, Any]] = {
    429: {
        "description": "Too many requests, or a limit of the tier is reached: wait for `Retry-After` seconds.",
        "content": {"application/problem+json": {"schema": {"type": "object", "title": "Problem"}}},
        "headers": {
            "Retry-After": {"schema": {"type": "integer"}, "description": "Seconds."},
            "RateLimit": {"schema": {"type": "string"}, "description": "What is left of each limit."},
            "RateLimit-Policy": {"schema": {"type": "string"}, "description": "The limits."},
        },
    }
}
"""What every route may answer. Any: FastAPI's own shape."""


class Rates:
    """Refuses requests that come too often, and tells every caller where they stand."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._doors: Doors | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a problem, or go on."""
        if scope["type"] != "http" or scope["method"] == "OPTIONS":
            await self._app(scope, receive, send)
            return
        try:
            standings = await self._count(scope)
        except StudioError as error:
            await answer(error, scope)(scope, receive, send)
            return
        refused = next((one for one in standings if not one.allowed), None)
        told = headers_of(standings if refused or _for_programs(scope) else ())

        async def telling(message: Message) -> None:
            if message["type"] == "http.response.start" and told:
                MutableHeaders(scope=message).update(told)
            await send(message)

        app = answer(_refusal(refused), scope) if refused else self._app
        await app(scope, receive, telling)

    async def _count(self, scope: Scope) -> Sequence[Standing]:
        self._doors = self._doors or Doors(scope["app"])
        declared = self._doors.rates(scope)
        if declared == "watching":
            return ()
        connection = HTTPConnection(scope)
        rates = cast("Container", connection.state.container).rates  # the lifespan puts it there
        caller: Caller | None = getattr(connection.state, "caller", None)
        if caller is None:
            return await rates.count_stranger(connection.client.host if connection.client else "", _stranger(scope))
        return await rates.count(caller, declared or _by_method(scope))


def _by_method(scope: Scope) -> RateKind:
    return "reads" if scope["method"] in SAFE else "writes"


def _stranger(scope: Scope) -> StrangerKind:
    path: str = scope["path"]
    return "sign_in" if scope["method"] not in SAFE and SIGN_IN in path else "open"


def _for_programs(scope: Scope) -> bool:
    """Return whether the answer is for a program; the frontend's files are kept by caches, which have no limits."""
    path: str = scope["path"]
    return path.startswith(PROGRAMS)


def _refusal(standing: Standing) -> TooManyRequests:
    wait = max(1, math.ceil(standing.more_in_s))
    per = f"{standing.rate.units} requests in {standing.rate.window_s:g} s"
    detail = f"The limit `{standing.policy}` is {per}; try again in {wait} s."
    return TooManyRequests(detail=detail, limit=standing.policy, retry_after=wait)


def headers_of(standings: Sequence[Standing]) -> Mapping[str, str]:
    """Return what tells a caller the limits, what is left of them, and when there is more."""
    if not standings:
        return {}
    policies = [f'"{one.policy}";q={one.rate.units};w={one.rate.window_s:.0f}' for one in standings]
    left = [f'"{one.policy}";r={one.remaining};t={math.ceil(one.more_in_s)}' for one in standings]
    return {"RateLimit-Policy": ", ".join(policies), "RateLimit": ", ".join(left)}
