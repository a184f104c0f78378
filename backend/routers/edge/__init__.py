"""What every request passes on its way in, and every answer on its way out, whatever route it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.middleware.cors import CORSMiddleware

from backend.routers.edge.addresses import Addresses
from backend.routers.edge.authentication import Authentication
from backend.routers.edge.bodies import BodyLimits, Limits
from backend.routers.edge.json_text import check_json
from backend.routers.edge.outside import BasePath, Hosts, Outside, Proxies
from backend.routers.edge.rates import TOO_MANY, Rates
from backend.routers.edge.request_ids import RequestIds
from backend.routers.edge.security_headers import SecurityHeaders, read_policy
from backend.routers.edge.told import Told

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi import FastAPI

__all__ = ["TOO_MANY", "Limits", "Outside", "check_json", "install"]

SENT = ("Authorization", "Content-Type", "Idempotency-Key", "If-None-Match", "Last-Event-ID", "Prefer", "Range")
"""What pages of other sites may send."""
TOLD = ("Content-Disposition", "ETag", "Location", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-Id")
"""What they may read of an answer."""


def install(app: FastAPI, *, limits: Limits, outside: Outside, frontend: Path) -> None:
    """Put the edge around the app; `frontend` is the folder of the built frontend.

    From the outside in: base path, proxies, request ids, telling, security headers, names, other sites, authentication,
    limits of bodies, addresses. So nobody's body is read before it is known who sends it, and every refusal has its id
    and its headers.
    """
    app.add_middleware(Addresses)
    app.add_middleware(BodyLimits, limits=limits)
    app.add_middleware(Rates)
    app.add_middleware(Authentication, public_url=outside.home)
    if outside.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=outside.cors_origins,
            allow_methods=("GET", "POST", "PUT", "PATCH", "DELETE"),
            allow_headers=SENT,
            expose_headers=TOLD,
        )
    if outside.hosts:
        home = urlsplit(outside.home or "").hostname
        app.add_middleware(Hosts, names=(*outside.hosts, *([home] if home else [])))
    policy = read_policy(frontend, asset_base=outside.asset_base, pictures=outside.picture_origins)
    app.add_middleware(SecurityHeaders, policy=policy)
    app.add_middleware(Told)
    app.add_middleware(RequestIds)
    if outside.trusted_proxies:
        app.add_middleware(Proxies, trusted=outside.trusted_proxies)
    if outside.base_path:
        app.add_middleware(BasePath, base=outside.base_path)
