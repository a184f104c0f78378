"""Bytes as answers: entity tags, single ranges, and headers that keep a browser from running anything.

Sources: https://www.rfc-editor.org/rfc/rfc9110 sections 13 and 14, https://www.rfc-editor.org/rfc/rfc8246
(read 2026-11-22).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from backend.services.asset_opening import KEPT

if TYPE_CHECKING:
    from starlette.requests import Request

    from backend.services.asset_opening import Elsewhere, Opened

_RANGE = re.compile(r"\s*bytes\s*=\s*(\d{0,40})\s*-\s*(\d{0,40})\s*", re.IGNORECASE | re.ASCII)


async def served(request: Request, opened: Opened) -> Response:
    """Return the answer to a GET or HEAD of something that never changes: its bytes, or where a browser gets them."""
    headers = _headers(opened)
    if _known(request.headers.get("if-none-match"), opened.etag):
        return Response(status_code=304, headers=headers)
    elsewhere = opened.elsewhere() if _may_leave(request) else None
    if elsewhere:
        return _sent_on(elsewhere)
    size = await opened.size()
    if request.method == "HEAD":
        return Response(headers=headers | {"Content-Length": str(size)}, media_type=opened.mime)
    part = _part(request, opened.etag, size)
    start, end = part or (0, size)
    headers["Content-Length"] = str(end - start)
    if part:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return StreamingResponse(
        await opened.stream(start, end), status_code=206 if part else 200, headers=headers, media_type=opened.mime
    )


def _may_leave(request: Request) -> bool:
    """Say whether a caller may be sent to the store.

    The store knows none of our entity tags, so ranges stay here; so do HEADs, since an address is signed for GET alone.
    Programs with a key get the bytes from us: not all of them would keep the key from another host.
    """
    return request.method == "GET" and not {"range", "authorization"} & set(request.headers)


def _sent_on(elsewhere: Elsewhere) -> Response:
    """Return an answer that a browser may keep for half the time that the address surely holds."""
    headers = {
        "Location": elsewhere.url,
        "Cache-Control": f"private, max-age={elsewhere.holds_s // 2}",
        "Vary": "Authorization, Range",
    }
    return Response(status_code=307, headers=headers)


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """Return the first byte of a Range and the one after its last; None where the header means the whole.

    Several ranges at once, and what is not well-formed, mean the whole.

    Raises:
        HTTPException: 416, the range lies outside.
    """
    found = _RANGE.fullmatch(header)
    if found is None or not (found[1] or found[2]):
        return None
    if found[1]:
        start, last = int(found[1]), int(found[2]) if found[2] else size - 1
        if found[2] and last < start:
            return None
    else:
        start, last = max(size - int(found[2]), 0), size - 1
    if start >= size:
        raise HTTPException(416, headers={"Content-Range": f"bytes */{size}"})
    return start, min(last + 1, size)


def _part(request: Request, etag: str, size: int) -> tuple[int, int] | None:
    header = request.headers.get("range")
    unchanged = request.headers.get("if-range", etag) == etag
    return byte_range(header, size) if header and unchanged else None


def _known(header: str | None, etag: str) -> bool:
    if header is None:
        return False
    given = [one.strip().removeprefix("W/") for one in header.split(",")]
    return "*" in given or etag in given


def _headers(opened: Opened) -> dict[str, str]:
    return {
        "ETag": opened.etag,
        "Accept-Ranges": "bytes",
        "Cache-Control": KEPT,
        "Content-Disposition": opened.presentation,
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
