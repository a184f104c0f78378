"""Figures of the whole studio that every server tells alike: read from the database, and not more often than needed."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import structlog

from backend.db.repositories.figures import present, whole
from backend.errors import StudioError
from backend.services.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from backend.db.repositories.figures import Present, Whole
    from backend.db.session import Database
    from backend.services.health_service import HealthService

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Census:
    """What was found; None where the database did not say it in time."""

    present: Present | None
    whole: Whole | None
    whole_at: float
    """When the sums were made, in seconds since 1970; 0 if they never were."""
    parts: Mapping[str, bool]
    """The parts that a ready server needs, and whether each is there."""
    engines: Mapping[str, bool]
    """Whether an engine could serve anything now: its key and its models are there."""
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How long figures count, and how long who asks for them waits."""

    refresh_s: float = 5
    ledger_s: float = 300
    patience_s: float = 1


class CensusService:
    """Counts, and remembers for a while."""

    def __init__(self, db: Database, health: HealthService, rhythm: Rhythm, *, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._health = health
        self._patience_s = rhythm.patience_s
        self._clock = clock
        self._present = Kept(self._count, still_s=rhythm.refresh_s)
        self._whole: Whole | None = None
        self._whole_at = 0.0
        self._every_s = rhythm.ledger_s
        self._summing: asyncio.Task[None] | None = None

    async def taken(self) -> Census:
        """Return the figures. The sums over everything come later, the first time they are asked for."""
        self._sum_up()
        seen, parts = await asyncio.gather(self._seen(), self._health.parts())
        return Census(
            present=seen,
            whole=self._whole,
            whole_at=self._whole_at,
            parts=parts,
            engines=self._health.engines(),
            now=self._clock(),
        )

    async def _seen(self) -> Present | None:
        try:
            return await self._present.get(within_s=self._patience_s)
        except (TimeoutError, StudioError) as error:
            log.warning("census.missed", problem=type(error).__name__)
            return None

    async def _count(self) -> Present:
        async with self._db.read() as session:
            found = await present(session)
        # On a file there is one process, and it keeps no account of itself.
        return replace(found, workers={"alive": 1}) if self._db.embedded else found

    def _sum_up(self) -> None:
        """Begin to sum over everything, unless that is going on or was done lately."""
        due = time.time() - self._whole_at >= self._every_s
        if due and (self._summing is None or self._summing.done()):
            self._summing = asyncio.create_task(self._sum())

    async def _sum(self) -> None:
        try:
            async with self._db.read() as session:
                self._whole = await whole(session)
            self._whole_at = time.time()
        except StudioError as error:
            log.warning("census.missed", problem=error.slug)

    async def aclose(self) -> None:
        """Stop what is still being summed."""
        if self._summing:
            self._summing.cancel()
            await asyncio.gather(self._summing, return_exceptions=True)
