"""What a caller sees of the purse. Amounts are in credits; the ledger behind them counts thousandths."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from backend.schemas.base import Frozen, JobId


class Caps(Frozen):
    """The most that may be spent, in credits; null: no limit."""

    monthly: float | None = None
    daily: float | None = None


class CreditsView(Frozen):
    """What a workspace has."""

    available: float | None
    """null in a workspace that is not metered."""
    reserved: float
    spent_this_month: float
    caps: Caps


class LedgerLine(Frozen):
    """One movement: what each account gained (positive) or lost (negative), summing to 0."""

    id: str
    kind: str
    job_id: JobId | None
    reason: str
    lines: dict[str, float]
    created_at: datetime


class LedgerPage(Frozen):
    """Movements, newest first."""

    entries: tuple[LedgerLine, ...]
    next_cursor: str | None = Field(default=None)


class Statement(Frozen):
    """What was spent in a month, by day (UTC, `YYYY-MM-DD`)."""

    month: str
    spent: float
    days: dict[str, float]
