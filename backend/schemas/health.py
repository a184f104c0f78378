"""What the studio says about itself."""

from __future__ import annotations

from typing import Literal

from backend.schemas.base import Frozen


class Probed(Frozen):
    """One part of the studio: whether it works, and what to do if it does not."""

    ok: bool
    detail: str = ""


class HealthAnswer(Frozen):
    """Whether the studio works, part by part, each really tried."""

    status: Literal["healthy", "degraded", "unhealthy"]
    """`degraded`: something is missing that not all work needs."""
    service: Literal["image_studio"] = "image_studio"
    version: str
    modules: dict[str, str]
    """Each studio: `available`, or why not."""
    checks: dict[str, Probed]
    """database, storage, worker and models."""


class LiveAnswer(Frozen):
    """The process answers. It says nothing of what it needs."""

    status: Literal["live"] = "live"


class ReadyAnswer(Frozen):
    """The server has what it needs to answer requests."""

    status: Literal["ready"] = "ready"
    parts: tuple[str, ...]
    """What was tried."""
