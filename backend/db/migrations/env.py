"""Alembic's entry: runs migrations on the connection that it is given."""

from __future__ import annotations

from alembic import context

from backend.db import (
    audit,
    collections,
    engine_keys,
    export_sets,
    identities,
    limits,
    machines,
    models,
    people,
    personas,
    recipes,
)
from backend.db.base import Base

TABLES = (audit, collections, engine_keys, export_sets, identities, limits, machines, models, people, personas, recipes)
"""Imported for the tables that they declare."""

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
