"""Addresses that no text of ours could hold are refused before anybody looks anything up by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.errors import InvalidRequest
from backend.routers.problems import answer

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class Addresses:
    """Refuses paths and queries with the NUL character, which PostgreSQL's texts can't hold."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request pass, or answer it."""
        if scope["type"] == "http" and ("\x00" in scope["path"] or b"%00" in scope["query_string"]):
            refused = InvalidRequest(detail="An address can't hold the NUL character.")
            await answer(refused, scope)(scope, receive, send)
            return
        await self._app(scope, receive, send)
