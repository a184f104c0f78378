"""Removes from the database what is over and was kept long enough, a few rows at a time so that nobody waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from backend.db.repositories import over

if TYPE_CHECKING:
    from datetime import datetime

    from backend.db.repositories.over import Removal
    from backend.db.session import Database

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How many days each kind of row is kept after it is over, and how many rows go at a time."""

    audit_days: int
    job_events_days: int
    sign_in_days: int
    idempotency_days: int
    batch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """How many rows were removed."""

    audit_entries: int
    job_events: int
    sessions: int
    links: int
    idempotency_keys: int


async def prune(db: Database, kept: Kept, now: datetime) -> Pruned:
    """Remove what was kept long enough."""
    found = Pruned(
        audit_entries=await _all(db, over.audit_entries(now - timedelta(days=kept.audit_days)), kept.batch),
        job_events=await _all(db, over.job_events(now - timedelta(days=kept.job_events_days)), kept.batch),
        sessions=await _all(db, over.sessions(now - timedelta(days=kept.sign_in_days)), kept.batch),
        links=await _all(db, over.links(now - timedelta(days=kept.sign_in_days)), kept.batch),
        idempotency_keys=await _all(db, over.idempotency_keys(now - timedelta(days=kept.idempotency_days)), kept.batch),
    )
    if found != Pruned(audit_entries=0, job_events=0, sessions=0, links=0, idempotency_keys=0):
        log.info("retention.pruned", audit_entries=found.audit_entries, job_events=found.job_events)
    return found


async def _all(db: Database, removal: Removal, batch: int) -> int:
    total = 0
    while True:
        async with db.begin() as session:
            gone = await removal(session, batch)
        total += gone
        if gone < batch:
            return total
