"""The tables of collections: assets that a workspace keeps together under a name."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Base, Id


class Collection(Base):
    """A named set of assets; it may go at any time, what is in it stays."""

    __tablename__ = "collections"
    __table_args__ = (sa.UniqueConstraint("workspace_id", "name"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(sa.ForeignKey("workspaces.id"))
    name: Mapped[str] = mapped_column(sa.String(80))
    description: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class Collected(Base):
    """An asset in a collection."""

    __tablename__ = "collected"
    __table_args__ = (sa.Index("ix_collected_asset", "asset_id"),)

    collection_id: Mapped[str] = mapped_column(sa.ForeignKey("collections.id"), primary_key=True)
    asset_id: Mapped[str] = mapped_column(sa.ForeignKey("assets.id"), primary_key=True)
    workspace_id: Mapped[str] = mapped_column(sa.ForeignKey("workspaces.id"))
    added_at: Mapped[datetime]
