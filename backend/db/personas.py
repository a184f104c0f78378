"""The table of personas: who a workspace speaks as."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Base, Id
from backend.db.types import Json


class Persona(Base):
    """A voice and a look that pictures of a workspace may be made in. Pictures keep what it said, not who it is."""

    __tablename__ = "personas"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "name"),
        sa.Index(
            "uq_personas_default",
            "workspace_id",
            unique=True,
            sqlite_where=sa.text("is_default"),
            postgresql_where=sa.text("is_default"),
        ),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(sa.ForeignKey("workspaces.id"))
    name: Mapped[str] = mapped_column(sa.String(80))
    voice: Mapped[str]
    style_words: Mapped[list[str]] = mapped_column(Json)
    palette: Mapped[list[str]] = mapped_column(Json)
    negative_words: Mapped[list[str]] = mapped_column(Json)
    engines: Mapped[list[str]] = mapped_column(Json)
    """`provider` or `provider/model`, the most preferred first."""
    style_preset: Mapped[str | None]
    is_default: Mapped[bool]
    """True for at most one of a workspace."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
