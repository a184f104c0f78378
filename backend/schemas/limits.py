"""How much and how often: the limits that callers are told of, and where they stand."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from backend.schemas.base import Frozen

RateKind = Literal["reads", "writes", "work", "pictures"]
"""What requests of people and programs are counted as: looking, changing, what makes pictures, and pictures shown."""
RATE_KINDS: tuple[RateKind, ...] = ("reads", "writes", "work", "pictures")
Uncounted = Literal["watching"]
"""Questions of whoever keeps the server running: if they met a limit, it would be taken for broken."""
StrangerKind = Literal["open", "sign_in"]
"""What requests without credentials are counted as, by network address."""


class PerMinute(Frozen):
    """How many requests a minute may bring; null: as many as they like."""

    caller: int | None = Field(default=None, gt=0)
    """From one API key, or from one person's sessions together."""
    workspace: int | None = Field(default=None, gt=0)
    """From everybody in the workspace together."""


class StorageView(Frozen):
    """What a workspace's library takes up, in bytes, its trash included."""

    used: int
    limit: int | None
    """null: no limit."""


class LimitsView(Frozen):
    """What a workspace may use at most; null: no limit."""

    requests: dict[RateKind, PerMinute]
    """By kind of request; headers of every answer tell what is left."""
    concurrent_jobs: int | None
    """Jobs that have not ended."""
    queued_jobs: int | None
    """Jobs that have not begun."""
    storage: StorageView
