"""The tables that migrations make are the tables that the code knows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from backend.db import audit, collections, identities, limits, machines, models, people, personas, recipes
from backend.db.base import Base
from backend.db.migrate import pending, upgrade
from backend.db.session import sync_engine
from backend.errors import MadeByNewer, TablesOutdated
from backend.jobs.tables import bring_up

TABLES = (audit, collections, identities, limits, machines, models, people, personas, recipes)


@pytest.fixture
def url(ground, tmp_path):
    return ground.empty_database(tmp_path)


def test_an_empty_database_becomes_what_the_code_knows(url):
    upgrade(url)
    engine = sync_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()
    now, newest = pending(url)
    assert now == newest


def test_upgrading_twice_changes_nothing_and_keeps_what_is_there(url):
    upgrade(url)
    engine = sync_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.insert(people.Workspace).values(id="w", name="W", tier="free", created_at=_moment()))
    upgrade(url)
    with engine.connect() as connection:
        assert connection.execute(sa.select(people.Workspace.name)).scalar_one() == "W"
    engine.dispose()


def test_processes_that_start_at_once_make_the_tables_once(url):
    with ThreadPoolExecutor(4) as pool:  # an engine and a connection for each, as processes have
        assert list(pool.map(bring_up, [url] * 4)) == [None] * 4
    now, newest = pending(url)
    assert now == newest


def test_a_start_that_may_not_change_tables_says_what_to_do(url):
    with pytest.raises(TablesOutdated, match="image-studio migrate"):
        bring_up(url, may_change=False)
    assert pending(url)[0] is None
    bring_up(url)
    bring_up(url, may_change=False)


def test_tables_of_a_newer_program_are_left_alone(url):
    bring_up(url)
    engine = sync_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(MadeByNewer):
        bring_up(url)


@pytest.mark.only("served", reason="a file knows no users")
def test_a_user_who_may_not_create_can_use_what_is_up_to_date_and_is_told_when_it_is_not(ground, tmp_path):
    url = ground.empty_database(tmp_path)
    name = url.rpartition("/")[2]
    ground.cluster.run(f"CREATE ROLE plain_{name} LOGIN")
    plain = ground.cluster.url(name, user=f"plain_{name}")
    with pytest.raises(TablesOutdated, match="may not change"):
        bring_up(plain)
    bring_up(url)
    for schema in ("public", "dbos"):
        ground.cluster.run(f"GRANT USAGE ON SCHEMA {schema} TO plain_{name}", name)
        ground.cluster.run(f"GRANT ALL ON ALL TABLES IN SCHEMA {schema} TO plain_{name}", name)
    bring_up(plain)
    bring_up(plain, may_change=False)


def _moment():
    from datetime import UTC, datetime

    return datetime(2026, 11, 22, tzinfo=UTC)
