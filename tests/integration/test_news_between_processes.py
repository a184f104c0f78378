"""News of jobs reach those who wait in other processes, and who could not hear looks again."""

from __future__ import annotations

import asyncio

import pytest

from backend.db.session import parse
from backend.db.wire import LARGEST, Wire
from backend.jobs.hub import Hub, end_of
from backend.schemas.base import JobId, WorkspaceId
from tests.ground.grounds import here

pytestmark = pytest.mark.only("served", reason="an embedded database has one process")

WORKSPACE, JOB = WorkspaceId("w" * 32), JobId("j" * 32)


@pytest.fixture
def url(tmp_path):
    return here().database(tmp_path)


@pytest.fixture
async def hubs(url):
    wires = [Wire(parse(url), connect_s=5) for _ in range(2)]
    made = [Hub(wire) for wire in wires]
    for hub in made:
        hub.start()
    async with asyncio.timeout(20):
        while not all(wire.connected for wire in wires):
            await asyncio.sleep(0.01)
    yield made
    for hub in made:
        await hub.aclose()


async def test_a_ring_here_wakes_those_who_listen_there(hubs):
    ours, theirs = hubs
    with theirs.listen(JOB) as news, theirs.listen(end_of(JOB)) as end:
        ours.ring(WORKSPACE, JOB)
        async with asyncio.timeout(5):
            await news.wait()
        assert not end.is_set()
        ours.ring(WORKSPACE, JOB, over=True)
        async with asyncio.timeout(5):
            await end.wait()


async def test_a_storm_of_news_arrives_in_bundles(hubs):
    ours, theirs = hubs
    jobs = [JobId(f"{n:032x}") for n in range(3 * LARGEST // 66)]
    with theirs.listen(jobs[0]) as first, theirs.listen(jobs[-1]) as last:
        for job in jobs:
            ours.ring(WORKSPACE, job)
        async with asyncio.timeout(5):
            await asyncio.gather(first.wait(), last.wait())


async def test_who_was_cut_off_is_told_to_look_again_and_hears_later_news(hubs, url, cluster):
    ours, theirs = hubs
    with theirs.listen(JOB) as news:
        cluster.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'image-studio wire'"
        )
        async with asyncio.timeout(5):
            await news.wait()
        async with asyncio.timeout(20):
            while True:
                news.clear()
                ours.ring(WORKSPACE, JOB, over=True)
                with_news = asyncio.ensure_future(news.wait())
                done, _ = await asyncio.wait({with_news}, timeout=0.3)
                if done:
                    return
                with_news.cancel()
