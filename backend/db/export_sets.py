"""The table of export sets: choices for exports that a workspace keeps under a name."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Base, Id, JsonObject


class ExportSet(Base):
    """A named set of choices. Jobs keep what they took from it, so it may change or go at any time."""

    __tablename__ = "export_sets"
    __table_args__ = (sa.UniqueConstraint("workspace_id", "name"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(sa.ForeignKey("workspaces.id"))
    name: Mapped[str] = mapped_column(sa.String(80))
    choices: Mapped[JsonObject]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
