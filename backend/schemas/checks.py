"""Checks: what a file is judged by before it is published, as clients see it."""

from __future__ import annotations

from typing import Literal

from backend.schemas.base import Frozen
from backend.schemas.social import Grade, Limit

Level = Literal["must", "should"]
"""must: the platform refuses what breaks it. should: it takes it, but shows it worse or changes it."""


class Check(Frozen):
    """One rule, and whether a file keeps it."""

    rule: str
    ok: bool | None
    """False where the rule is broken; null where it can't be told, and `fix` says why."""
    level: Level
    value: Limit | None
    """What the file has; null where that is not known."""
    limit: Limit
    """What the rule asks for."""
    source: tuple[str, ...]
    """The pages that the rule was read from, or what is said of it where there is none."""
    grade: Grade
    fix: str
    """What to do; empty where the rule is kept."""
