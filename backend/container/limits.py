"""How the limits of the settings and the tiers become the rooms that count: what `container.py` asks for them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from backend.db.repositories.rates import forget_full
from backend.db.session import Pooling
from backend.imaging.workbench import DECODER, MODEL, WORKER, Places, Workbench
from backend.jobs.periodic import Periodic
from backend.services.limits import Overrides, with_limits
from backend.services.rate_service import RateService, Strangers
from backend.services.rates import Buckets
from backend.services.shared_rates import DatabaseCounter, SharedCounter
from backend.services.tiers import TierLookup

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.db.session import Database
    from backend.services.image_studio.pricing import Tier
    from backend.settings import Settings

GB = 1_000_000_000
MIB = 1024**2


def limited(tiers: Mapping[str, Tier], settings: Settings) -> dict[str, Tier]:
    """Return the tiers with the limits that the operator has set."""
    quotas = settings.quotas
    return with_limits(
        tiers,
        Overrides(
            per_minute=settings.rates.per_minute(),
            concurrent_jobs=quotas.concurrent_jobs,
            queued_jobs=quotas.queued_jobs,
            storage_bytes=None if quotas.storage_gb is None else round(quotas.storage_gb * GB),
        ),
    )


def tier_lookup(db: Database, tiers: Mapping[str, Tier], settings: Settings) -> TierLookup:
    """Return who knows the workspaces' tiers, with the limits that the operator has set."""
    return TierLookup(db, limited(tiers, settings), kept_s=settings.rates.tier_s)


def rate_service(db: Database, tiers: TierLookup, settings: Settings) -> RateService:
    """Return who counts requests: for all servers together where they share a PostgreSQL database."""
    rates = settings.rates
    alone = Buckets(most=rates.remembered)
    counter = alone
    if is_shared(db, settings):
        counter = SharedCounter(DatabaseCounter(db), alone, wait_s=rates.wait_s, most=rates.remembered)
    return RateService(
        tiers,
        counter,
        alone,
        strangers=Strangers(open=rates.open or None, sign_in=rates.sign_in or None),
    )


def rate_chores(db: Database, settings: Settings) -> tuple[Periodic, ...]:
    """Return what keeps the shared counts small."""

    async def tidy() -> None:
        async with db.begin() as session:
            await forget_full(session)

    return (Periodic("rates", tidy, every_s=settings.rates.tidy_s),) if is_shared(db, settings) else ()


def workbench_of(settings: Settings) -> Workbench:
    """Return the children that pictures are worked on in, with their limits."""
    own = settings.imaging
    return Workbench(
        places=Places(
            decoders=own.decoders,
            workers=own.workers,
            work_s=own.work_s,
            model_s=own.model_s,
            worker=replace(WORKER, address_space=own.work_memory_mb * MIB),
            model=replace(MODEL, address_space=own.model_memory_mb * MIB),
        ),
        idle_s=own.idle_s,
        decoder=replace(DECODER, address_space=own.decode_memory_mb * MIB, cpu_s=own.decode_cpu_s),
        decode_timeout_s=own.decode_s,
    )


def pooling_of(settings: Settings) -> Pooling:
    """Return how many connections there may be to the database, and how long each waits."""
    own = settings.db
    return Pooling(pool=own.pool, overflow=own.overflow, wait_s=own.wait_s, connect_s=own.connect_s, idle_s=own.idle_s)


def is_shared(db: Database, settings: Settings) -> bool:
    """Return whether several servers may count together: nobody shares a file of SQLite."""
    return settings.rates.shared and not db.embedded
