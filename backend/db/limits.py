"""The tables of limits: how often was asked (shared by several servers), and how much a library takes up."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Base


class RequestCount(Base):
    """One bucket of a request limit. Made UNLOGGED: a crash of the database may forget who asked how often."""

    __tablename__ = "request_counts"

    name: Mapped[str] = mapped_column(sa.String(200), primary_key=True)
    clear_at: Mapped[float] = mapped_column(sa.Double)
    """When it is full again, in seconds of the database's clock since 1970."""
    granted: Mapped[int]
    """How many units the last request was given."""


class LibrarySize(Base):
    """What the content and the files of a workspace's assets sum to, in bytes, the trash included."""

    __tablename__ = "library_sizes"

    workspace_id: Mapped[str] = mapped_column(sa.ForeignKey("workspaces.id"), primary_key=True)
    bytes: Mapped[int] = mapped_column(sa.BigInteger)
