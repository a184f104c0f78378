"""Building what finds out how the studio does, and what forgets, with the settings' own waits and days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.jobs.periodic import Periodic
from backend.services.census_service import CensusService, Rhythm
from backend.utils.retention import Kept, prune

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from backend.db.session import Database
    from backend.services.health_service import HealthService
    from backend.settings import Settings


def census_of(
    settings: Settings, db: Database, health: HealthService, *, clock: Callable[[], datetime]
) -> CensusService:
    """Return the one who counts, as often as the settings say."""
    own = settings.metrics
    rhythm = Rhythm(refresh_s=own.refresh_s, ledger_s=own.ledger_s, patience_s=own.patience_s)
    return CensusService(db, health, rhythm, clock=clock)


def retention_chores(settings: Settings, db: Database, *, clock: Callable[[], datetime]) -> tuple[Periodic, ...]:
    """Return what removes old rows now and then. Several processes may do it side by side."""
    own = settings.retention
    kept = Kept(
        audit_days=own.audit_days,
        job_events_days=own.job_events_days,
        sign_in_days=own.sign_in_days,
        idempotency_days=own.idempotency_days,
        batch=own.batch,
    )

    async def pruned() -> None:
        await prune(db, kept, clock())

    return (Periodic("retention", pruned, every_s=own.every_s),)
