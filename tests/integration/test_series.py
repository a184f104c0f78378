"""What a job promises whose parts are all made in one call."""

from __future__ import annotations

import asyncio

import pytest

from backend.errors import ContentRefused, MachineTrouble, ProviderUnavailable
from backend.settings import WorkersSettings
from tests.fakes.series_stub import SeriesStub
from tests.fakes.studio import running, settings_for


@pytest.fixture
def settings(tmp_path):
    return settings_for(tmp_path / "data", jobs={"retries": 0})


async def test_all_parts_come_from_one_call_in_their_order(settings):
    stub = SeriesStub(seconds=0.005)
    async with running(settings, providers=[stub]) as studio:
        view = await studio.ended(await studio.create(num_variations=6, seed=3))
        assert (view.status, len(view.asset_ids), view.progress) == ("done", 6, 1.0)
        assert [one["seed"] for one in view.result["results"]] == [3, 4, 5, 6, 7, 8]
        assert stub.calls == [tuple(range(6))]


async def test_each_part_is_told_as_soon_as_it_is_written(settings):
    async with running(settings, providers=[SeriesStub(seconds=0.05)]) as studio:
        job = await studio.create(num_variations=4)
        await studio.ended(job)
        text = (await studio.client.get(f"/api/jobs/{job}/events")).text
        told = [line for line in text.splitlines() if line.startswith("event:")]
        assert told.count("event: job.result") == 4
        assert told[-1] == "event: job.done"


async def test_a_part_that_can_not_be_made_leaves_the_others_alone(settings):
    stub = SeriesStub(seconds=0.005, refused={1: ContentRefused(detail="Not that.")})
    async with running(settings, providers=[stub]) as studio:
        view = await studio.ended(await studio.create(num_variations=3))
        assert (view.status, len(view.asset_ids), view.result["total_failed"]) == ("done", 2, 1)
        assert stub.calls == [(0, 1, 2)]


async def test_what_came_before_the_call_failed_stays(settings):
    stub = SeriesStub(seconds=0.005, breaks={2: ContentRefused(detail="No more.")})
    async with running(settings, providers=[stub]) as studio:
        view = await studio.ended(await studio.create(num_variations=5))
        assert (view.status, len(view.asset_ids), view.result["total_failed"]) == ("done", 2, 3)


async def test_another_engine_makes_only_what_is_left(settings):
    first = SeriesStub(name="first", seconds=0.005, breaks={2: ProviderUnavailable(detail="Gone.")})
    second = SeriesStub(name="second", seconds=0.005)
    async with running(settings, providers=[first, second]) as studio:
        view = await studio.ended(await studio.create(num_variations=4))
        assert (view.status, len(view.asset_ids)) == ("done", 4)
        assert (first.calls, second.calls) == ([(0, 1, 2, 3)], [(2, 3)])


async def test_parts_that_were_left_out_are_told_as_missing(settings):
    stub = SeriesStub(seconds=0.005, left_out=frozenset({0, 2}))
    async with running(settings, providers=[stub]) as studio:
        view = await studio.ended(await studio.create(num_variations=3))
        assert (len(view.asset_ids), view.result["total_failed"]) == (1, 2)


async def test_something_unforeseen_ends_the_job_and_not_the_studio(settings):
    stub = SeriesStub(seconds=0.005, breaks={0: ZeroDivisionError()})
    async with running(settings, providers=[stub]) as studio:
        view = await studio.ended(await studio.create(num_variations=3))
        assert (view.status, view.problem["code"]) == ("failed", "studio-error")
        assert (await studio.ended(await studio.create(num_variations=2))).status == "done"


async def test_a_cancelled_series_keeps_what_is_ready_and_ends_the_call(settings):
    stub = SeriesStub(seconds=0.2)
    async with running(settings, providers=[stub]) as studio:
        job = await studio.create(num_variations=8)
        async with asyncio.timeout(20):
            while not (await studio.container.jobs.get(studio.owner, job)).asset_ids:
                await asyncio.sleep(0.02)
        await studio.client.delete(f"/api/jobs/{job}")
        view = await studio.ended(job)
        assert view.status == "cancelled"
        assert 0 < len(view.asset_ids) < 8
        assert stub.closed == 1


async def test_a_series_that_was_cut_off_is_taken_up_where_it_was(settings):
    settings = settings.model_copy(update={"workers": WorkersSettings(drain_s=0)})
    stub = SeriesStub(seconds=0.15)
    async with running(settings, providers=[stub]) as studio:
        job = await studio.create(num_variations=6)
        async with asyncio.timeout(20):
            while not (await studio.container.jobs.get(studio.owner, job)).asset_ids:
                await asyncio.sleep(0.02)
    async with running(settings, providers=[stub]) as studio:
        view = await studio.ended(job)
        assert (view.status, len(view.asset_ids)) == ("done", 6)
        assert stub.calls[0] == tuple(range(6))
        assert 0 < len(stub.calls[1]) < 6


async def test_a_machine_in_trouble_is_told_for_each_part(settings):
    stub = SeriesStub(seconds=0.005, breaks={0: MachineTrouble(detail="The child could not go on.")})
    async with running(settings, providers=[stub]) as studio:
        view = await studio.ended(await studio.create(num_variations=2))
        assert (view.status, view.problem["code"]) == ("failed", "machine-trouble")
