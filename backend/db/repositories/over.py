"""Removing rows that are over: each function returns what removes a batch of them and says how many those were."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from backend.db.audit import AuditEntry
from backend.db.models import IdempotencyKey, Job, JobEvent
from backend.db.people import Session, SignInLink
from backend.db.repositories.jobs import OPEN

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import InstrumentedAttribute

    from backend.db.base import Base

Removal = Callable[[AsyncSession, int], Awaitable[int]]


def audit_entries(before: datetime) -> Removal:
    """Remove entries of the audit log from before a moment."""
    return _by(AuditEntry, AuditEntry.id, AuditEntry.at < before)


def sessions(before: datetime) -> Removal:
    """Remove sessions that ended before a moment, but not the newest: it tells that somebody has signed in before."""
    newest = sa.select(sa.func.max(Session.created_at)).scalar_subquery()
    ended = sa.or_(Session.expires_at < before, Session.revoked_at < before)
    return _by(Session, Session.token_hash, ended, Session.created_at < newest)


def links(before: datetime) -> Removal:
    """Remove sign-in links that were used or too old before a moment."""
    return _by(SignInLink, SignInLink.token_hash, sa.or_(SignInLink.expires_at < before, SignInLink.used_at < before))


def idempotency_keys(before: datetime) -> Removal:
    """Remove names for requests that were given before a moment."""

    async def remove(session: AsyncSession, batch: int) -> int:
        mine = (IdempotencyKey.workspace_id, IdempotencyKey.path, IdempotencyKey.key)
        old = sa.select(*mine).where(IdempotencyKey.created_at < before).limit(batch)
        rows = [tuple(row) for row in (await session.execute(old)).all()]
        if rows:
            await session.execute(sa.delete(IdempotencyKey).where(sa.tuple_(*mine).in_(rows)))
        return len(rows)

    return remove


def job_events(before: datetime) -> Removal:
    """Remove what the watchers of ended jobs were told before a moment."""

    async def remove(session: AsyncSession, batch: int) -> int:
        # Ids only grow with time, and the oldest rows go first: the first young one is found at once.
        young = sa.select(JobEvent.id).where(JobEvent.created_at >= before).order_by(JobEvent.id).limit(1)
        edge = (await session.execute(young)).scalar()
        old = [JobEvent.created_at < before] if edge is None else [JobEvent.id < edge]
        ended = sa.select(Job.id).where(Job.id == JobEvent.job_id, Job.status.not_in(OPEN)).exists()
        return await _by(JobEvent, JobEvent.id, *old, ended)(session, batch)

    return remove


def _by(table: type[Base], key: InstrumentedAttribute[Any], *over: sa.ColumnElement[bool]) -> Removal:
    """Remove by a key of one column. Any: a number or a text."""

    async def remove(session: AsyncSession, batch: int) -> int:
        found = (await session.execute(sa.select(key).where(*over).limit(batch))).scalars().all()
        if found:
            await session.execute(sa.delete(table).where(key.in_(found)))
        return len(found)

    return remove
