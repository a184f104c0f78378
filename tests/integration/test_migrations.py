"""The tables that migrations make are the tables that the code knows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from backend.db import limits, machines, models, people
from backend.db.base import Base
from backend.db.migrate import pending, upgrade
from backend.db.session import sync_engine

TABLES = (limits, machines, models, people)


def test_an_empty_database_becomes_what_the_code_knows(tmp_path):
    url = f"sqlite:///{tmp_path / 'studio.db'}"
    upgrade(url)
    engine = sync_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()
    now, newest = pending(url)
    assert now == newest


def test_upgrading_twice_changes_nothing_and_keeps_what_is_there(tmp_path):
    url = f"sqlite:///{tmp_path / 'studio.db'}"
    upgrade(url)
    engine = sync_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.insert(people.Workspace).values(id="w", name="W", tier="free", created_at=_moment()))
    upgrade(url)
    with engine.connect() as connection:
        assert connection.execute(sa.select(people.Workspace.name)).scalar_one() == "W"
    engine.dispose()


def _moment():
    from datetime import UTC, datetime

    return datetime(2026, 11, 22, tzinfo=UTC)
