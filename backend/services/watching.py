"""What a watcher has heard already, where events may become visible out of order."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from backend.db.models import JobEvent

LATE = timedelta(seconds=10)
"""So long after an event was written, everything with a lower number is visible."""


class Heard:
    """Which events a watcher has had.

    Several transactions may be under way at once: each takes the number of its event, and they become visible in the
    order in which they are committed. So whoever only asks for what follows the highest number misses some.
    """

    def __init__(self, position: int, *, late: timedelta) -> None:
        self.floor = position
        """The events up to here need not be asked for any more."""
        self._above: dict[int, datetime] = {}
        self._late = late

    @property
    def waiting(self) -> int:
        """Return how many events above the floor were had."""
        return len(self._above)

    def new(self, rows: Sequence[JobEvent]) -> list[JobEvent]:
        """Return those of some events that were not had yet."""
        return [row for row in rows if row.id not in self._above]

    def had(self, rows: Sequence[JobEvent], now: datetime) -> None:
        """Note that these were had, and forget those before which nothing can appear any more."""
        self._above |= {row.id: row.created_at for row in rows}
        settled = [number for number, moment in self._above.items() if moment <= now - self._late]
        self.floor = max([self.floor, *settled])
        self._above = {number: moment for number, moment in self._above.items() if number > self.floor}
