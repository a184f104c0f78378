"""Figures over all workspaces for those who watch the studio: what may be asked often, and what takes long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from backend.db.machines import Place, Worker
from backend.db.models import Asset, Balance, Job, LedgerEntry, LedgerTransaction
from backend.db.repositories.jobs import IS_WORK, OPEN
from backend.db.repositories.ledger import prove

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncSession
    from sqlalchemy.orm import InstrumentedAttribute


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """How things stand at the moment. Everything here is read from an index or a small table."""

    open_jobs: Mapping[str, int]
    """By status."""
    oldest_queued: datetime | None
    workers: Mapping[str, int]
    """By state."""
    silent_since: datetime | None
    """When the one of the living workers was heard last that was not heard for longest."""
    places: Mapping[str, int]
    """Places that are taken, by engine."""
    balances: Mapping[str, int]
    """In milli-credits, by account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What only a look at everything tells."""

    ended_jobs: Mapping[str, int]
    """By status."""
    assets: int
    asset_bytes: int
    moved: Mapping[str, int]
    """How many milli-credits were ever moved, by kind of movement."""
    ledger_sum: int
    """In milli-credits; 0, or the ledger is broken."""
    ledger_drift: int
    """By how much kept balances differ from the entries, in milli-credits; 0, or the ledger is broken."""


async def present(session: AsyncSession) -> Present:
    """Return how things stand."""
    return Present(
        open_jobs=dict.fromkeys(OPEN, 0) | await _counts(session, Job.status, Job.status.in_(OPEN), IS_WORK),
        oldest_queued=(
            await session.execute(sa.select(sa.func.min(Job.created_at)).where(Job.status == "queued"))
        ).scalar(),
        workers=await _counts(session, Worker.state),
        silent_since=(
            await session.execute(sa.select(sa.func.min(Worker.seen_at)).where(Worker.state == "alive"))
        ).scalar(),
        places=await _counts(session, Place.provider),
        balances=await _sums(session),
    )


async def whole(session: AsyncSession) -> Whole:
    """Return the sums over everything. It takes long where there is much."""
    count, size = (
        await session.execute(sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(Asset.file_size), 0)))
    ).one()
    proof = await prove(session)
    return Whole(
        ended_jobs=await _counts(session, Job.status, Job.status.not_in(OPEN)),
        assets=int(count),
        asset_bytes=int(size),
        moved=await _moved(session),
        ledger_sum=proof.sum,
        ledger_drift=proof.drift,
    )


async def _counts(
    session: AsyncSession, column: InstrumentedAttribute[str], *where: sa.ColumnElement[bool]
) -> dict[str, int]:
    rows = await session.execute(sa.select(column, sa.func.count()).where(*where).group_by(column))
    return {name: int(count) for name, count in rows}


async def _sums(session: AsyncSession) -> dict[str, int]:
    rows = await session.execute(
        sa.select(Balance.account, sa.func.sum(Balance.amount_milli)).group_by(Balance.account)
    )
    return {account: int(amount) for account, amount in rows}


async def _moved(session: AsyncSession) -> dict[str, int]:
    """Return what was reserved, captured and released: what moved over the account `reserved`, in either direction."""
    rows = await session.execute(
        sa.select(LedgerTransaction.kind, sa.func.sum(sa.func.abs(LedgerEntry.amount_milli)))
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .where(LedgerEntry.account == "reserved")
        .group_by(LedgerTransaction.kind)
    )
    return {kind: int(amount) for kind, amount in rows}
