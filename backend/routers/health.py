"""Whether this server lives, and whether it is ready: for whoever starts servers and sends requests to them."""

from __future__ import annotations

from fastapi import APIRouter, Response

from backend.routers.deps import WATCHING, Health
from backend.schemas.health import LiveAnswer, ReadyAnswer

router = APIRouter(prefix="/api/health", tags=["health"])


@router.get("/live", openapi_extra=WATCHING)
async def live(response: Response) -> LiveAnswer:
    """Answer, as long as the process can: a server that does not should be started anew."""
    response.headers["Cache-Control"] = "no-store"
    return LiveAnswer()


@router.get("/ready", openapi_extra=WATCHING)
async def ready(health: Health, response: Response) -> ReadyAnswer:
    """Return whether requests should come here: 503 names what is missing, and it recovers by itself."""
    response.headers["Cache-Control"] = "no-store"
    return await health.ready()
