"""What browsers may do with our answers."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

NOTHING = "default-src 'none'; frame-ancestors 'none'"
"""The policy of answers that are no pages."""
PAGE = {
    "default-src": ["'self'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "font-src": ["'self'"],
    "img-src": ["'self'", "data:", "blob:"],
    "connect-src": ["'self'", "data:", "blob:"],
    "worker-src": ["'self'", "blob:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
"""The policy of the frontend's pages, to which the build adds the hashes of what it wrote into them."""


FROM_ELSEWHERE = ("script-src", "style-src", "font-src", "img-src")
"""What the frontend may be made of that comes from where its files are kept."""


SHOWING = ("img-src", "connect-src")
"""What pictures are shown and fetched under."""


def read_policy(frontend: Path, *, asset_base: str | None = None, pictures: Sequence[str] = ()) -> str:
    """Return the Content-Security-Policy for the pages of the built frontend in a folder.

    `asset_base` is the address that its files come from, if that is not the studio's own, `pictures` the origins that
    pictures come from besides it.
    """
    built = frontend / "csp.json"
    added: dict[str, list[str]] = json.loads(built.read_text()) if built.is_file() else {}
    elsewhere = [_origin(asset_base)] if asset_base else []

    def of(name: str, sources: Sequence[str]) -> list[str]:
        from_there = elsewhere if name in FROM_ELSEWHERE else []
        return [name, *sources, *added.get(name, []), *from_there, *(pictures if name in SHOWING else ())]

    return "; ".join(" ".join(of(name, sources)) for name, sources in PAGE.items())


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


class SecurityHeaders:
    """Adds the headers that an answer does not have already."""

    def __init__(self, app: ASGIApp, *, policy: str) -> None:
        self._app = app
        self._policy = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Guard the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            # What a 304 says replaces what the browser kept with the page: it must not bring another policy.
            if message["type"] == "http.response.start" and message["status"] != HTTPStatus.NOT_MODIFIED:
                self._guard(MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, guarded)

    def _guard(self, headers: MutableHeaders) -> None:
        kind = headers.get("content-type", "").partition(";")[0]
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Content-Security-Policy", self._policy if kind == "text/html" else NOTHING)
        if kind == "text/html":
            headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
            headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if kind == "application/json" and "etag" not in headers:
            headers.setdefault("Cache-Control", "no-store")
