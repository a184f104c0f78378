"""What every request passes on its way in, and every answer on its way out, whatever route it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.routers.edge.authentication import Authentication
from backend.routers.edge.bodies import BodyLimits, Limits
from backend.routers.edge.json_text import check_json
from backend.routers.edge.request_ids import RequestIds
from backend.routers.edge.security_headers import SecurityHeaders, read_policy

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi import FastAPI

__all__ = ["Limits", "check_json", "install"]


def install(app: FastAPI, *, limits: Limits, public_url: str | None, frontend: Path) -> None:
    """Put the edge around the app; `frontend` is the folder of the built frontend.

    From the outside in: request ids, security headers, authentication, limits of bodies. So nobody's body is read
    before it is known who sends it, and every refusal has its id and its headers.
    """
    app.add_middleware(BodyLimits, limits=limits)
    app.add_middleware(Authentication, public_url=public_url)
    app.add_middleware(SecurityHeaders, policy=read_policy(frontend))
    app.add_middleware(RequestIds)
