"""What a workspace made, what that cost, and what it would have cost elsewhere."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from backend.db.repositories.spending import work_between
from backend.errors import InvalidRequest
from backend.schemas.spending import ListedPrice, PriceList, Spending, SpendingLine
from backend.utils.purse import MILLI

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from backend.db.repositories.spending import Work
    from backend.db.session import Database
    from backend.schemas.base import Caller
    from backend.services.image_studio.comparisons import Comparisons
    from backend.services.image_studio.market import Market
    from backend.services.image_studio.pricing import MilliCredits
    from backend.utils.origin import Origin

MOST_DAYS = 366
"""The longest span that is told at once, in days."""
AIDS = frozenset({"select", "guide"})
"""Operations whose pictures are means, such as masks: they are counted nowhere."""


class SpendingService:
    """The figures of the page of costs."""

    def __init__(self, db: Database, origin: Origin, comparisons: Comparisons, market: Callable[[], Market]) -> None:
        self._db = db
        self._clock = origin.clock
        self._comparisons = comparisons
        self._market = market

    async def between(self, caller: Caller, date_from: date | None, date_to: date | None) -> Spending:
        """Return what was made and spent from one day to another, both included; by default this month, until today.

        Raises:
            InvalidRequest: the days are in the wrong order, or too far apart.
        """
        last = date_to or self._clock().astimezone(UTC).date()
        first = date_from or last.replace(day=1)
        if not timedelta(0) <= last - first < timedelta(days=MOST_DAYS):
            raise InvalidRequest(detail=f"`date_from` is at most {MOST_DAYS} days before `date_to`, and not after it.")
        async with self._db.read() as session:
            found = await work_between(session, caller.workspace_id, _midnight(first), _midnight(last) + timedelta(1))
        lines = self._lines([work for work in found if work.operation not in AIDS])
        return Spending(
            date_from=first,
            date_to=last,
            pictures=sum(line.pictures for line in lines),
            credits=sum(line.credits for line in lines),
            worth=sum(line.worth for line in lines),
            lines=lines,
        )

    def _lines(self, found: Sequence[Work]) -> tuple[SpendingLine, ...]:
        book = self._market().prices
        worth = {kind: self._comparisons.worth(kind, book) for kind in {work.operation for work in found}}
        return tuple(_line(work, worth[work.operation]) for work in found)

    def prices(self) -> PriceList:
        """Return what one picture costs, by operation and engine, and what this machine does for nothing."""
        market = self._market()
        book = market.prices
        free = {offer.operation for offer in market.offers if offer.local and market.lack(offer) is None}
        names = self._comparisons.names
        rows = tuple(
            ListedPrice(
                operation=kind,
                free=kind in free,
                credits={engine: price / MILLI for engine, price in self._comparisons.listed(kind, book).items()},
            )
            for kind in self._comparisons.keys
        )
        return PriceList(
            checked=max((row.read for row in book.rows), default=date.min),
            version=book.version,
            labels={engine: names.get(engine, engine) for row in rows for engine in row.credits} | dict(market.labels),
            operations=rows,
        )


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _line(work: Work, each: MilliCredits) -> SpendingLine:
    return SpendingLine(
        day=date.fromisoformat(work.day),
        provider=work.provider,
        operation=work.operation,
        pictures=work.pictures,
        credits=work.milli / MILLI,
        worth=0 if work.milli else each * work.pictures / MILLI,
    )
