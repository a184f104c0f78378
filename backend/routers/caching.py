"""Answers that a client may keep: an ETag, and 304 where it has the same one."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Header
from starlette.responses import Response

if TYPE_CHECKING:
    from pydantic import BaseModel

KEPT = "private, max-age=300, must-revalidate"


class Cached:
    """What the client says it has."""

    def __init__(self, if_none_match: str) -> None:
        self._tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}

    def has(self, tag: str) -> bool:
        """Return whether the client has this version."""
        return tag in self._tags or "*" in self._tags


async def seen_of(if_none_match: Annotated[str, Header(max_length=2000)] = "") -> Cached:
    """Return what this client says it has."""
    return Cached(if_none_match)


Seen = Annotated[Cached, Depends(seen_of)]


def cached(answer: BaseModel, seen: Cached) -> Response:
    """Return the answer with its ETag, or 304 without a body where the client has it."""
    body = answer.model_dump_json().encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": KEPT}
    if seen.has(tag):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)
