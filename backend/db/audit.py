"""The table of what was done, by whom: only ever added to, and in the end pruned by age."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Base, Id, JsonObject


class AuditEntry(Base):
    """An act that somebody may be asked about one day. It outlives what it names, so it refers to nothing by key."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        sa.Index("ix_audit_entries_workspace", "workspace_id", "at", "id"),
        sa.Index("ix_audit_entries_at", "at", "id"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime]
    workspace_id: Mapped[str | None] = mapped_column(Id)
    """None where it concerns the whole studio, or nobody knows whom."""
    via: Mapped[str] = mapped_column(sa.String(10))
    """`session`, `key`, `command` (of the machine), or `nobody` who was signed in."""
    user_id: Mapped[str | None] = mapped_column(Id)
    key_id: Mapped[str | None] = mapped_column(Id)
    verb: Mapped[str] = mapped_column(sa.String(40))
    target_kind: Mapped[str | None] = mapped_column(sa.String(20))
    target_id: Mapped[str | None] = mapped_column(sa.String(64))
    outcome: Mapped[str] = mapped_column(sa.String(10))
    """`done` or `refused`."""
    request_id: Mapped[str | None] = mapped_column(sa.String(64))
    address: Mapped[str | None] = mapped_column(sa.String(64))
    """The network address that it came from."""
    facts: Mapped[JsonObject]
    """Never secrets."""
