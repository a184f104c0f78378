"""What was made and spent, by day, engine and operation; and what one picture costs where. Amounts are in credits."""

from __future__ import annotations

from datetime import date

from backend.schemas.base import Frozen


class SpendingLine(Frozen):
    """What one engine did of one kind on one day (UTC)."""

    day: date
    provider: str
    operation: str
    pictures: int
    credits: float
    worth: float
    """What the same pictures are listed at elsewhere, where the work was free; otherwise 0."""


class Spending(Frozen):
    """What a workspace made and spent from one day to another, both included."""

    date_from: date
    date_to: date
    pictures: int
    credits: float
    worth: float
    lines: tuple[SpendingLine, ...]
    """In the order of days."""


class ListedPrice(Frozen):
    """What one picture costs by operation."""

    operation: str
    free: bool
    """True if an engine of this machine does it."""
    credits: dict[str, float]
    """By engine: the lowest price of one picture in standard quality."""


class PriceList(Frozen):
    """What one picture costs, by operation and engine."""

    checked: date
    """The day on which the newest of these prices was read."""
    version: str
    labels: dict[str, str]
    """The engines' names, by key."""
    operations: tuple[ListedPrice, ...]
