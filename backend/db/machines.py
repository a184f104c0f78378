"""The tables of the machines that share the work: which of them live, and their places at the engines."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Base, Id


class Worker(Base):
    """A process that runs jobs. Its row stays until nothing that it had begun is left to others."""

    __tablename__ = "workers"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    host: Mapped[str]
    pid: Mapped[int]
    version: Mapped[str]
    """The jobs that it can run: what the job engine calls the application's version."""
    state: Mapped[str] = mapped_column(sa.String(10))
    """`alive`, `leaving` (takes no new jobs), or `dead` (its jobs go to others)."""
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    """By the database's clock."""


class Place(Base):
    """A place at an engine that a worker holds at the moment."""

    __tablename__ = "provider_places"

    provider: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    worker_id: Mapped[str] = mapped_column(sa.ForeignKey("workers.id", ondelete="CASCADE"), index=True)
    taken_at: Mapped[datetime]
