"""The tables of the keys that workspaces bring for engines: sealed, and never in clear."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Base, Id


class WorkspaceSeal(Base):
    """The key that a workspace's secrets are sealed with; it is itself wrapped by the studio's secret."""

    __tablename__ = "workspace_seals"

    workspace_id: Mapped[str] = mapped_column(sa.ForeignKey("workspaces.id"), primary_key=True)
    wrapped: Mapped[str] = mapped_column(sa.String(200))
    made_at: Mapped[datetime]


class EngineKey(Base):
    """A workspace's key of an engine, what is shown of it, and what the vendor last said of it."""

    __tablename__ = "engine_keys"

    workspace_id: Mapped[str] = mapped_column(sa.ForeignKey("workspaces.id"), primary_key=True)
    provider: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    sealed: Mapped[str] = mapped_column(sa.Text)
    last_four: Mapped[str] = mapped_column(sa.String(4))
    made_by: Mapped[str | None] = mapped_column(Id)
    made_at: Mapped[datetime]
    checked_at: Mapped[datetime | None]
    works: Mapped[bool | None]
    said: Mapped[str | None] = mapped_column(sa.String(500))
