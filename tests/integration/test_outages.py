"""What the studio stands on goes away under it, and comes back: nothing is lost, and nobody does anything."""

from __future__ import annotations

import asyncio

import pytest

from backend.db.repositories.machines import Machines
from backend.db.session import Database
from backend.jobs.slots import SharedSlots, Slots
from bench.grounds import Embedded, Served
from bench.outages import is_sound, run
from tests.ground.grounds import here
from tests.ground.outage import Proxy


@pytest.mark.only("served", reason="what goes away is PostgreSQL and S3")
def test_a_studio_whose_database_and_store_go_away_finishes_every_job_once(tmp_path):
    with Served(tmp_path, ways=("sync",)) as ground:
        found = run(ground, [ground.restart("immediate", 0.5), ground.refusing(2)], pause_s=2)
    assert is_sound(found), found
    assert found["jobs"] > 3


@pytest.mark.only("embedded", reason="what is full is the disk under a data folder")
def test_a_studio_whose_disk_is_full_for_a_while_finishes_every_job_once(tmp_path):
    if not Embedded.possible(tmp_path):
        pytest.skip("a small file system can't be mounted here")
    with Embedded(tmp_path) as ground:
        found = run(ground, [ground.full(5)], pause_s=2)
    assert is_sound(found), found
    assert found["outages"][0]["ready named it"] > 0, found
    assert found["jobs"] > 3


@pytest.mark.only("served", reason="places are shared on PostgreSQL alone")
async def test_a_job_that_waits_for_a_place_at_an_engine_waits_out_an_outage(tmp_path):
    url = here().database(tmp_path)
    host, _, rest = url.partition("@127.0.0.1:")
    port, _, name = rest.partition("/")
    with Proxy("127.0.0.1", int(port)) as proxy:
        db = Database(f"{host}@127.0.0.1:{proxy.port}/{name}")
        async with db.begin() as session:
            await Machines(session).join("me", host="here", pid=1, version="1")
        slots = SharedSlots(Slots({}, default=3), db, lambda: "me", poll_s=0.01, stale_s=60)
        proxy.refuse()
        work = asyncio.create_task(_at_work(slots))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.shield(work), 0.3)
        proxy.restore()
        assert await asyncio.wait_for(work, 20)
        await db.aclose()


async def _at_work(slots: SharedSlots) -> bool:
    async with slots.at("engine", local=False):
        return True
