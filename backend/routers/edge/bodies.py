"""How large a body may be, and how wild: counted while it comes in, whatever its headers say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.datastructures import Headers

from backend.errors import TooLarge
from backend.routers.edge.json_text import JsonText
from backend.routers.problems import Carried, answer

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MB = 1_000_000
FILES = 20
"""How many files of the largest size one upload may hold."""
PICTURES = ("/api/image-studio/", "/v1/", "/mcp")
"""Where bodies hold pictures."""
RECORD = ("/api/content-assets", "/api/content-assets/")
UPLOAD = "/api/content-assets/upload"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The largest bodies, in bytes."""

    json: int
    """JSON with pictures in it."""
    upload: int
    """One file of an upload."""
    other: int

    def of(self, path: str, kind: str) -> int:
        """Return the limit for a body of a media type at a path."""
        pictures = path.startswith(PICTURES)
        if kind == "multipart/form-data" and (pictures or path == UPLOAD):
            return self.upload * FILES
        return self.json if is_json(kind) and (pictures or path in RECORD) else self.other


class BodyLimits:
    """Refuses bodies that are too large, and JSON that nobody should parse."""

    def __init__(self, app: ASGIApp, *, limits: Limits) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a problem at once where the header already says too much; otherwise count."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        limit = self._limits.of(scope["path"], kind)
        announced = headers.get("content-length", "")
        if announced.isdecimal() and int(announced) > limit:
            await answer(_too_large(limit, int(announced)), scope)(scope, receive, send)
            return
        await self._app(scope, _Counted(receive, limit, JsonText() if is_json(kind) else None), send)


class _Counted:
    """A body that ends with an error when it gets too large or too wild."""

    def __init__(self, receive: Receive, limit: int, text: JsonText | None) -> None:
        self._receive = receive
        self._limit = limit
        self._text = text
        self._seen = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        if message["type"] != "http.request":
            return message
        chunk: bytes = message.get("body", b"")
        self._seen += len(chunk)
        if self._seen > self._limit:
            raise Carried(_too_large(self._limit, self._seen))
        if self._text:
            self._text.feed(chunk, last=not message.get("more_body", False))
        return message


def is_json(kind: str) -> bool:
    """Return whether a media type is JSON."""
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))


def _too_large(limit: int, found: int) -> TooLarge:
    allowed, sent = f"{limit / MB:g} MB", f"{found / MB:.4g} MB"
    return TooLarge(detail=f"The body has {sent} or more; this address takes {allowed}.", limit=allowed, found=sent)
