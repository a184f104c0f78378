"""How a request was sent: the caller's name for it, so that sending it again makes one job."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Header, Request

from backend.services.image_studio.desk import Submission, digest

IdempotencyKey = Annotated[
    str | None,
    Header(
        min_length=1,
        max_length=255,
        description="Your name for this request, kept for 24 hours: sending it again gives the same job.",
    ),
]


class Sending:
    """Makes the submission of a request from its path and headers."""

    def __init__(self, path: str, key: str | None) -> None:
        self._path = path
        self._key = key

    def of(self, content: bytes) -> Submission:
        """Return the submission of a request with this content."""
        return Submission(path=self._path, key=self._key, body_hash=digest(content))


async def sending(request: Request, idempotency_key: IdempotencyKey = None) -> Sending:
    """Return what makes this request's submission."""
    return Sending(request.url.path, idempotency_key)


Sent = Annotated[Sending, Depends(sending)]
