"""Whether a server lives and whether it is ready are two questions, and both are answered in time."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa

from backend.settings import DatabaseSettings, HealthSettings
from tests.fakes.stub_provider import StubProvider
from tests.fakes.studio import running, settings_for
from tests.ground.outage import Proxy

LIVE, READY = "/api/health/live", "/api/health/ready"
AT_ONCE = HealthSettings(still_s=0, storage_s=0)


async def lacks(studio):
    answer = await studio.client.get(READY)
    assert answer.status_code in {200, 503}
    return [] if answer.status_code == 200 else answer.json()["missing"]


async def test_a_server_that_has_all_it_needs_is_ready(tmp_path):
    async with running(settings_for(tmp_path), providers=(StubProvider(),)) as studio:
        studio.client.headers.clear()
        assert (await studio.client.get(LIVE)).json() == {"status": "live"}
        assert (await studio.client.get(READY)).json()["status"] == "ready"


@pytest.mark.parametrize(("revision", "missing"), [("0003", ["tables"]), ("of-a-newer-program", [])])
async def test_tables_that_are_older_make_a_server_wait_and_newer_ones_do_not(tmp_path, revision, missing):
    async with running(settings_for(tmp_path, health=AT_ONCE)) as studio:
        async with studio.container.db.begin() as session:
            await session.execute(sa.text("UPDATE alembic_version SET version_num = :to"), {"to": revision})
        assert await lacks(studio) == missing


async def test_a_server_that_is_being_stopped_asks_for_no_more_requests(tmp_path):
    async with running(settings_for(tmp_path)) as studio:
        studio.container.health.leave()
        answer = await studio.client.get(READY)
        assert (answer.status_code, answer.json()["missing"]) == (503, ["serving"])
        assert answer.headers["content-type"] == "application/problem+json"
        assert (await studio.client.get(LIVE)).status_code == 200


@pytest.mark.only("served", reason="a database in a file neither hangs nor goes away")
@pytest.mark.parametrize("trouble", ["hang", "refuse"])
async def test_a_database_that_is_away_is_told_within_three_seconds_and_comes_back_by_itself(tmp_path, trouble):
    settings = settings_for(tmp_path, health=AT_ONCE, db=DatabaseSettings(connect_s=2))
    found = urlsplit(settings.database_url)
    with Proxy(found.hostname, found.port) as proxy:
        through = settings.database_url.replace(f":{found.port}/", f":{proxy.port}/")
        async with running(settings.model_copy(update={"database_url": through})) as studio:
            assert await lacks(studio) == []
            getattr(proxy, trouble)()
            for _ in range(2):
                begun = time.monotonic()
                assert (await studio.client.get(LIVE)).status_code == 200
                assert time.monotonic() - begun < 0.5
                assert await lacks(studio) == ["database"]
                assert time.monotonic() - begun < 3
            answer = await studio.client.get("/metrics", headers={"Host": "localhost"})
            assert "image_studio_shared_up 0.0" in answer.text
            assert "image_studio_jobs_open" not in answer.text
            assert found.hostname not in (await studio.client.get(READY)).text
            proxy.restore()
            until = time.monotonic() + 20
            while await lacks(studio) and time.monotonic() < until:
                pass
            assert await lacks(studio) == []
