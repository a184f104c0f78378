"""Building what finds out how the studio does, with the settings' own waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.services.census_service import CensusService, Rhythm

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
