"""The tables of recipes: chains of steps that a workspace keeps, and how far each picture of a run is.

A run is a row among the jobs that nobody works on: its steps are jobs of their own, each with the run as `parent_id`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Base, Id, JsonObject
from backend.db.types import Json


class Recipe(Base):
    """A named chain of steps. Runs keep their own copy of it, so it may change or go at any time."""

    __tablename__ = "recipes"
    __table_args__ = (sa.UniqueConstraint("workspace_id", "name"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    workspace_id: Mapped[str] = mapped_column(sa.ForeignKey("workspaces.id"))
    name: Mapped[str] = mapped_column(sa.String(80))
    description: Mapped[str]
    steps: Mapped[list[Any]] = mapped_column(Json)
    """Any: JSON as it was stored; schemas give it its type again."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class RecipeItem(Base):
    """One picture, or one row, on its way through the steps of a run."""

    __tablename__ = "recipe_items"
    __table_args__ = (sa.Index("ix_recipe_items_open", "status", "workspace_id", "run_id"),)

    run_id: Mapped[str] = mapped_column(sa.ForeignKey("jobs.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(sa.ForeignKey("workspaces.id"))
    status: Mapped[str]
    """`waiting` for its step to be admitted, `running` in a job, `done`, `failed` or `cancelled`."""
    step: Mapped[int]
    """Which step is next or at work, from 0; of one that failed, which it failed at."""
    source_id: Mapped[str | None] = mapped_column(Id)
    """The picture that it began with. These name assets without a key: what was made can be deleted later."""
    asset_id: Mapped[str | None] = mapped_column(Id)
    """The picture that the step works on."""
    row_values: Mapped[JsonObject]
    """What its row says, by column."""
    job_id: Mapped[str | None] = mapped_column(Id)
    """The job of the step at work. Written in the transaction that admits it, so no step has two."""
    job_ids: Mapped[list[str]] = mapped_column(Json)
    """The jobs of all its steps so far, in order."""
    asset_ids: Mapped[list[str]] = mapped_column(Json)
    """What the last step made."""
    problem: Mapped[JsonObject | None]
    updated_at: Mapped[datetime]
