"""Figures for Prometheus: for whom the operator says, and otherwise for programs on this very machine alone."""

from __future__ import annotations

import asyncio
import ipaddress
import secrets
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response

from backend.errors import NotFound, SignInRequired
from backend.routers.deps import WATCHING, get_container

if TYPE_CHECKING:
    from backend.observability.opening import Telling
    from backend.settings import Settings

router = APIRouter(tags=["metrics"])

ON_THE_WAY = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via", "origin", "sec-fetch-site")
"""Headers of requests that a proxy or a page in a browser sends."""


@router.get("/metrics", openapi_extra=WATCHING, include_in_schema=False)
async def metrics(request: Request) -> Response:
    """Return figures of this process and of the whole studio, in Prometheus's format."""
    telling = cast("Telling | None", getattr(request.state, "telling", None))  # the lifespan puts it there
    if telling is None or telling.metrics is None:
        raise NotFound(detail="Metrics are switched off.")
    _admit(request, get_container(request).settings)
    census = await telling.census.taken()
    text = await asyncio.to_thread(telling.metrics.text, census)
    return Response(text, headers={"Content-Type": telling.metrics.content_type, "Cache-Control": "no-store"})


def _admit(request: Request, settings: Settings) -> None:
    """Let those in who may read.

    Raises:
        SignInRequired: they may not.
    """
    own = settings.metrics
    if own.open:
        return
    if own.token is None:
        if settings.public_url is None and _is_local(request):
            return
    elif secrets.compare_digest(_sent(request).encode(), own.token.get_secret_value().encode()):
        return
    raise SignInRequired(detail="Metrics are read with the bearer token of IMAGE_STUDIO_METRICS__TOKEN.")


def _sent(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _is_local(request: Request) -> bool:
    """Return whether a program of this machine asks, by a name of this machine, and nobody through it."""
    if request.client is None or any(name in request.headers for name in ON_THE_WAY):
        return False
    asked = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    return _is_loopback(request.client.host) and (asked == "localhost" or _is_loopback(asked))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
