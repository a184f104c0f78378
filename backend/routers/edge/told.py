"""What happens with each request is told: as a step of a trace, in figures, and to the audit log if need be."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, cast

from starlette.datastructures import Headers, MutableHeaders

from backend.routers.edge.doors import PROGRAMS
from backend.tracing import continued, current_traceparent
from backend.utils.audit import Circumstances, under

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from backend.observability.opening import Telling
    from backend.tracing import Step

ASKED_OFTEN = ("/metrics", "/api/health/")
"""What watchers ask every few seconds says nothing about the work."""
PAGES = "(frontend)"
NOWHERE = "(none)"
"""Instead of a route's template, where no route was found: a path may hold anything."""


class Told:
    """Tells about requests. Needs their ids."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, and watch."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        telling = cast("Telling | None", scope.get("state", {}).get("telling"))  # the lifespan puts it there
        with under(_circumstances(scope)):
            if telling is None or scope["path"].startswith(ASKED_OFTEN):
                await self._app(scope, receive, send)
                return
            await self._watched(telling, scope, receive, send)

    async def _watched(self, telling: Telling, scope: Scope, receive: Receive, send: Send) -> None:
        theirs = Headers(scope=scope).get("traceparent") if telling.trust_callers else None
        method: str = scope["method"]
        facts = {"http.request.method": method, "studio.request_id": scope["state"].get("request_id", "")}
        in_progress = telling.metrics.in_progress if telling.metrics else None
        begun = time.perf_counter()
        with continued(theirs, method, facts, kind="request") as step:
            where = current_traceparent()

            async def watched(message: Message) -> None:
                if message["type"] == "http.response.start":
                    _answered(step, message, time.perf_counter() - begun)
                    if where:
                        MutableHeaders(scope=message)["traceparent"] = where
                await send(message)

            if in_progress:
                in_progress.inc()
            try:
                await self._app(scope, receive, watched)
            finally:
                if in_progress:
                    in_progress.dec()
                route = _route(scope)
                step.name = f"{method} {route}"
                step.tell({"http.route": route})


def _answered(step: Step, message: Message, seconds: float) -> None:
    status: int = message["status"]
    step.tell({"http.response.status_code": status, "studio.answered_s": seconds})
    if status >= 500:  # noqa: PLR2004 - where HTTP's server errors begin
        step.problem = str(status)


def _route(scope: Scope) -> str:
    """Return the template of the route that answered."""
    path: str | None = getattr(scope.get("route"), "path", None)
    if path:
        return path
    return NOWHERE if scope["path"].startswith(PROGRAMS) else PAGES


def _circumstances(scope: Scope) -> Circumstances:
    client = scope.get("client")
    return Circumstances(request_id=scope["state"].get("request_id", ""), address=client[0] if client else None)
