"""Looking at jobs stands in nobody's way, and waits for nobody."""

from __future__ import annotations

import asyncio

from backend.db.repositories.ledger import Ledger
from backend.schemas.jobs import JobQuery
from tests.fakes.stub_provider import StubProvider, prices
from tests.fakes.studio import running, settings_for


async def test_who_looks_does_not_wait_for_who_charges(tmp_path):
    stub = StubProvider(seconds=30)
    async with running(settings_for(tmp_path / "data"), providers=[stub], prices=prices(2)) as studio:
        job = await studio.create(num_variations=2)
        house = studio.container
        while not stub.started:
            await asyncio.sleep(0.02)
        async with house.db.begin() as session:
            assert await Ledger(session, house.origin.clock()).reservation(studio.owner.workspace_id, job)
            async with asyncio.timeout(10):
                (listed,) = (await house.jobs.listed(studio.owner, JobQuery())).jobs
                seen = await house.jobs.get(studio.owner, job)
        assert listed.cost.reserved == seen.cost.reserved == 4.0
        await house.jobs.cancel(studio.owner, job)
        await studio.ended(job)
