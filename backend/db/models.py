"""The tables of what people make: the library, the work, the money. Every row carries its workspace.

Amounts of credits are integers in thousandths (milli-credits). Ids are 32 hexadecimal digits, made by the caller.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Base, Id, JsonObject
from backend.db.types import Json

# --- what -----------------------------------------------------------------------------------------------


class Asset(Base):
    """A picture (or another medium) in a workspace's library. The bytes lie in the storage under `content_key`."""

    __tablename__ = "assets"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "job_id", "ordinal"),
        sa.Index(
            "ix_assets_shown",
            *("workspace_id", "trashed_at", "purpose", "created_at", "id", "updated_at", "asset_type", "source_module"),
            *("operation", "platform", "provider", "model", "status", "is_favorite", "cost_milli", "file_size"),
            *("light", "red", "yellow"),  # all that is short: what is counted, narrowed and ordered reads no wide rows
        ),
        sa.Index("ix_assets_content", "workspace_id", "content_key"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(sa.ForeignKey("workspaces.id"))
    user_id: Mapped[str | None] = mapped_column(sa.ForeignKey("users.id"))
    job_id: Mapped[str | None] = mapped_column(Id)
    ordinal: Mapped[int | None]
    asset_type: Mapped[str]
    source_module: Mapped[str]
    status: Mapped[str]
    filename: Mapped[str]
    title: Mapped[str]
    description: Mapped[str]
    prompt: Mapped[str | None]
    tags: Mapped[list[str]] = mapped_column(Json)
    facts: Mapped[JsonObject]
    content_key: Mapped[str]
    thumbnail_key: Mapped[str | None]
    mime_type: Mapped[str]
    file_size: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    thumbhash: Mapped[str | None]
    colour: Mapped[str | None] = mapped_column(sa.String(7))
    provider: Mapped[str | None]
    model: Mapped[str | None]
    cost_milli: Mapped[int]
    generation_time: Mapped[float | None]
    is_favorite: Mapped[bool]
    download_count: Mapped[int]
    share_count: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    trashed_at: Mapped[datetime | None]
    operation: Mapped[str | None]
    """What it was made by; None of what was brought along."""
    platform: Mapped[str | None]
    """The platform that it was exported for."""
    purpose: Mapped[str | None]
    """What it only serves, such as `mask`; None of what is there for itself."""
    words: Mapped[str | None]
    """What it is searched by; see `repositories.library_words`."""
    light: Mapped[int | None]
    """With the next two: where its colour lies in OKLab, in thousandths."""
    red: Mapped[int | None]
    yellow: Mapped[int | None]


class AssetFile(Base):
    """A file that belongs to an asset, such as the layers a graphic was drawn from."""

    __tablename__ = "asset_files"

    asset_id: Mapped[str] = mapped_column(sa.ForeignKey("assets.id"), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(120), primary_key=True)
    workspace_id: Mapped[str] = mapped_column(sa.ForeignKey("workspaces.id"))
    content_key: Mapped[str]
    file_size: Mapped[int]


class Lineage(Base):
    """An edge: `child_id` was made from `parent_id` by `operation`."""

    __tablename__ = "lineage"

    child_id: Mapped[str] = mapped_column(sa.ForeignKey("assets.id"), primary_key=True)
    parent_id: Mapped[str] = mapped_column(sa.ForeignKey("assets.id"), primary_key=True, index=True)
    workspace_id: Mapped[str] = mapped_column(sa.ForeignKey("workspaces.id"))
    operation: Mapped[str]
    role: Mapped[str]


# --- work -----------------------------------------------------------------------------------------------


class Job(Base):
    """One admitted operation: what was asked for, what was planned, how far it is."""

    __tablename__ = "jobs"
    __table_args__ = (
        sa.Index("ix_jobs_recent", "workspace_id", "created_at", "id"),
        sa.Index("ix_jobs_open", "status", "created_at"),
        sa.Index("ix_jobs_load", "workspace_id", "status"),
        sa.Index("ix_jobs_parent", "parent_id"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(sa.ForeignKey("workspaces.id"))
    user_id: Mapped[str] = mapped_column(sa.ForeignKey("users.id"))
    operation: Mapped[str]
    status: Mapped[str]
    spec: Mapped[JsonObject]
    plan: Mapped[JsonObject]
    parts: Mapped[int]
    attempts: Mapped[int]
    progress: Mapped[float]
    message: Mapped[str]
    problem: Mapped[JsonObject | None]
    provider: Mapped[str | None]
    fallback: Mapped[JsonObject | None]
    estimated_milli: Mapped[int]
    traceparent: Mapped[str | None] = mapped_column(sa.String(55))
    """The trace that it was admitted in (W3C Trace Context)."""
    worker_id: Mapped[str | None] = mapped_column(Id)
    """Who began it last, where several processes run jobs."""
    parent_id: Mapped[str | None] = mapped_column(Id)
    """The run of a recipe that it is a step of. Not a key: steps are admitted while their run is written to."""
    cancel_requested_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    deadline_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class JobResult(Base):
    """What became of one part of a job: an asset, or a problem. Written once."""

    __tablename__ = "job_results"

    job_id: Mapped[str] = mapped_column(sa.ForeignKey("jobs.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(sa.ForeignKey("workspaces.id"))
    asset_id: Mapped[str | None] = mapped_column(sa.ForeignKey("assets.id"))
    problem: Mapped[JsonObject | None]
    provider: Mapped[str | None]
    model: Mapped[str | None]
    captured_milli: Mapped[int]
    created_at: Mapped[datetime]


class JobEvent(Base):
    """Something a watcher of the job wants to hear; `id` only grows."""

    __tablename__ = "job_events"
    __table_args__ = (
        sa.Index("ix_job_events_job", "job_id", "id"),
        sa.Index("ix_job_events_workspace", "workspace_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)
    workspace_id: Mapped[str] = mapped_column(sa.ForeignKey("workspaces.id"))
    job_id: Mapped[str] = mapped_column(sa.ForeignKey("jobs.id"))
    type: Mapped[str]
    data: Mapped[JsonObject]
    created_at: Mapped[datetime]


class ProviderCall(Base):
    """One call to an engine: written as `intent` before it is made, so that a crash never pays twice."""

    __tablename__ = "provider_calls"
    __table_args__ = (sa.UniqueConstraint("job_id", "ordinal", "attempt"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(sa.ForeignKey("workspaces.id"))
    job_id: Mapped[str] = mapped_column(sa.ForeignKey("jobs.id"))
    ordinal: Mapped[int]
    attempt: Mapped[int]
    provider: Mapped[str]
    model: Mapped[str]
    state: Mapped[str]
    ticket: Mapped[str | None]
    request_id: Mapped[str | None]
    price_milli: Mapped[int]
    problem: Mapped[JsonObject | None]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class IdempotencyKey(Base):
    """A caller's name for a request, so that sending it again gives the same job."""

    __tablename__ = "idempotency_keys"

    workspace_id: Mapped[str] = mapped_column(sa.ForeignKey("workspaces.id"), primary_key=True)
    path: Mapped[str] = mapped_column(sa.String(200), primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(255), primary_key=True)
    body_hash: Mapped[str] = mapped_column(sa.String(64))
    job_id: Mapped[str] = mapped_column(Id)
    created_at: Mapped[datetime] = mapped_column(index=True)


# --- money ----------------------------------------------------------------------------------------------


class LedgerTransaction(Base):
    """A movement of credits. `key` names it, so that it can't be booked twice. Never changed, never deleted."""

    __tablename__ = "ledger_transactions"
    __table_args__ = (sa.Index("ix_ledger_transactions_statement", "workspace_id", "created_at", "id"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(sa.ForeignKey("workspaces.id"))
    key: Mapped[str] = mapped_column(sa.String(160), unique=True)
    kind: Mapped[str]
    job_id: Mapped[str | None] = mapped_column(Id, index=True)
    reason: Mapped[str]
    created_at: Mapped[datetime]


class LedgerEntry(Base):
    """One line of a movement; the lines of a movement sum to 0."""

    __tablename__ = "ledger_entries"

    transaction_id: Mapped[str] = mapped_column(sa.ForeignKey("ledger_transactions.id"), primary_key=True)
    account: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    workspace_id: Mapped[str] = mapped_column(sa.ForeignKey("workspaces.id"), index=True)
    amount_milli: Mapped[int] = mapped_column(sa.BigInteger)


class Balance(Base):
    """What the entries of one account of a workspace sum to, kept so that a spend can be guarded by one statement."""

    __tablename__ = "balances"

    workspace_id: Mapped[str] = mapped_column(sa.ForeignKey("workspaces.id"), primary_key=True)
    account: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    amount_milli: Mapped[int] = mapped_column(sa.BigInteger)


class Reservation(Base):
    """Credits held for a job until its pictures are delivered or it ends."""

    __tablename__ = "reservations"

    job_id: Mapped[str] = mapped_column(sa.ForeignKey("jobs.id"), primary_key=True)
    workspace_id: Mapped[str] = mapped_column(sa.ForeignKey("workspaces.id"))
    funding: Mapped[str] = mapped_column(sa.String(20))
    amount_milli: Mapped[int]
    captured_milli: Mapped[int]
    released_milli: Mapped[int]
    state: Mapped[str] = mapped_column(index=True)
    created_at: Mapped[datetime]
