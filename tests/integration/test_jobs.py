"""What a job promises, whatever its engines do."""

from __future__ import annotations

import asyncio

import pytest

from backend.db.repositories.calls import Calls
from backend.db.session import Database
from backend.errors import (
    ContentRefused,
    IdempotencyKeyReused,
    InsufficientCredits,
    JobFinished,
    NotFound,
    OutcomeUnknown,
    ProviderMisbehaved,
    ProviderRateLimited,
    ProviderUnavailable,
)
from backend.schemas.base import JobId
from backend.services.image_studio.pricing import load_tiers
from backend.settings import WorkersSettings
from tests.fakes.stub_provider import StubProvider, prices
from tests.fakes.studio import running, settings_for


@pytest.fixture
def settings(tmp_path):
    return settings_for(tmp_path / "data", jobs={"retries": 0})


async def test_every_delivered_picture_is_charged_once_and_nothing_stays_reserved(settings):
    async with running(settings, providers=[StubProvider(seconds=0.01)], prices=prices(2)) as studio:
        view = await studio.ended(await studio.create(num_variations=3))
        assert (view.status, len(view.asset_ids), view.cost.captured) == ("done", 3, 6.0)
        assert await studio.balances() == {"unmetered": -6000, "reserved": 0, "spent": 6000}
        assert (await studio.container.credits.prove()).sum == 0


async def test_a_job_begins_without_waiting_for_the_queue_to_be_looked_at(tmp_path):
    settings = settings_for(tmp_path / "data", jobs={"poll_s": 60.0})
    if settings.database.startswith("postgresql"):
        pytest.skip("processes that share a queue look for themselves")
    async with (
        asyncio.timeout(30),
        running(settings, providers=[StubProvider(seconds=0.01)], prices=prices(1)) as studio,
    ):
        for _ in range(2):
            assert (await studio.ended(await studio.create())).status == "done"


async def test_variations_differ_and_keep_their_order(settings):
    async with running(settings, providers=[StubProvider(seconds=0.01)], prices=prices(1)) as studio:
        view = await studio.ended(await studio.create(num_variations=4, seed=7))
        assert view.result is not None
        assert [(one["variation"], one["seed"]) for one in view.result["results"]] == [(0, 7), (1, 8), (2, 9), (3, 10)]


async def test_a_failed_variation_is_told_and_not_charged(settings):
    stub = StubProvider(seconds=0.01, failures=[ContentRefused(detail="Not that.")])
    async with running(settings, providers=[stub], prices=prices(1)) as studio:
        view = await studio.ended(await studio.create(num_variations=3))
        assert (view.status, len(view.asset_ids), view.cost.captured) == ("done", 2, 2.0)
        assert view.result is not None
        assert view.result["total_failed"] == 1
        assert (await studio.balances())["reserved"] == 0


async def test_when_nothing_was_made_the_job_fails_with_the_first_cause(settings):
    stub = StubProvider(seconds=0.01, failures=[ContentRefused(detail="Not that.")] * 2)
    async with running(settings, providers=[stub], prices=prices(1)) as studio:
        view = await studio.ended(await studio.create(num_variations=2))
        assert view.status == "failed"
        assert view.problem is not None
        assert (view.problem["code"], view.problem["detail"]) == ("content-refused", "Not that.")
        assert await studio.balances() == {"unmetered": 0, "reserved": 0}


async def test_another_engine_serves_when_the_first_is_unavailable(settings):
    down = StubProvider(name="down", seconds=0.01, failures=[ProviderUnavailable(detail="Gone.")])
    up = StubProvider(name="up", seconds=0.01)
    async with running(settings, providers=[down, up], prices=prices(1, "down", "up")) as studio:
        view = await studio.ended(await studio.create())
        assert (view.status, view.provider) == ("done", "up")
        assert view.fallback is not None
        assert view.fallback["from"] == "down"


async def test_a_refusal_of_the_content_goes_to_no_other_engine(settings):
    first = StubProvider(name="first", seconds=0.01, failures=[ContentRefused(detail="No.")])
    second = StubProvider(name="second", seconds=0.01)
    async with running(settings, providers=[first, second], prices=prices(1, "first", "second")) as studio:
        assert (await studio.ended(await studio.create())).status == "failed"
        assert second.started == []


async def test_a_passing_failure_is_tried_again(tmp_path):
    stub = StubProvider(seconds=0.01, failures=[ProviderRateLimited(detail="Slow down.")])
    settings = settings_for(tmp_path / "data", jobs={"retries": 1})
    async with running(settings, providers=[stub], prices=prices(1)) as studio:
        assert (await studio.ended(await studio.create())).status == "done"
        assert len(stub.started) == 2


async def test_a_waiting_engine_is_asked_with_its_ticket(settings):
    stub = StubProvider(seconds=0.3, mode="ticket")
    async with running(settings, providers=[stub], prices=prices(1)) as studio:
        assert (await studio.ended(await studio.create())).status == "done"
        assert [line.split()[0] for line in stub.started][:2] == ["start", "resume"]


async def test_cancelling_interrupts_keeps_what_is_ready_and_releases_the_rest(settings):
    stub = StubProvider(seconds=30, mode="ticket")
    async with running(settings, providers=[stub], prices=prices(1)) as studio:
        job = await studio.create(num_variations=2)
        await _until(lambda: len(stub.started) >= 2)
        await studio.container.jobs.cancel(studio.owner, job)
        view = await studio.ended(job)
        assert view.status == "cancelled"
        assert len(stub.cancelled) == 2
        assert await studio.balances() == {"unmetered": 0, "reserved": 0}
        with pytest.raises(JobFinished):
            await studio.container.jobs.cancel(studio.owner, job)


async def test_what_is_not_ready_when_the_time_is_up_fails(tmp_path):
    stub = StubProvider(seconds=30)
    settings = settings_for(tmp_path / "data", jobs={"deadline_s": 1})
    async with running(settings, providers=[stub], prices=prices(1)) as studio:
        view = await studio.ended(await studio.create())
        assert view.status == "failed"
        assert view.problem is not None
        assert view.problem["code"] == "provider-timeout"
        assert (await studio.balances())["reserved"] == 0


async def test_the_same_key_twenty_times_at_once_is_one_job(settings):
    async with running(settings, providers=[StubProvider(seconds=0.01)], prices=prices(1)) as studio:
        jobs = await asyncio.gather(*(studio.create(key="k") for _ in range(20)))
        assert len(set(jobs)) == 1
        await studio.ended(jobs[0])
        assert (await studio.balances())["spent"] == 1000
        with pytest.raises(IdempotencyKeyReused):
            await studio.create(prompt="something else", key="k")


async def test_two_hundred_spends_on_a_balance_for_a_hundred_are_a_hundred(tmp_path):
    settings = settings_for(tmp_path / "data", tier="metered", jobs={"retries": 0, "calls": 100, "running": 100})
    tier = load_tiers()["enterprise"].model_copy(update={"concurrent_jobs": None, "monthly_milli_credits": 0})
    stub = StubProvider(seconds=0.01)
    async with running(settings, providers=[stub], prices=prices(1), tiers={"metered": tier}) as studio:
        await studio.container.credits.grant(studio.owner.workspace_id, 100, reason="a test")
        outcomes = await asyncio.gather(*(studio.create() for _ in range(200)), return_exceptions=True)
        admitted = [one for one in outcomes if isinstance(one, str)]
        assert len(admitted) == 100
        assert all(isinstance(one, InsufficientCredits) for one in outcomes if not isinstance(one, str))
        for job in admitted:
            assert (await studio.ended(JobId(job))).status == "done"
        assert await studio.balances() == {"granted": -100_000, "available": 0, "reserved": 0, "spent": 100_000}
        assert (await studio.container.credits.prove()).drift == 0


async def test_a_job_that_fell_out_of_the_engine_is_handed_over_again(settings, monkeypatch):
    async with running(settings, providers=[StubProvider(seconds=0.01)], prices=prices(1)) as studio:
        container = studio.container

        async def lost(*_: object, **__: object) -> None:
            return None

        with monkeypatch.context() as patched:
            patched.setattr(container.engine, "enqueue", lost)
            job = await studio.create()
        monkeypatch.setattr("backend.jobs.recovery.GRACE", container.origin.clock() - container.origin.clock())
        assert (await container.reconciler.reconcile()).requeued == 1
        assert (await studio.ended(job)).status == "done"


async def test_a_job_of_nobody_is_not_found(settings):
    async with running(settings, providers=[StubProvider()], prices=prices(1)) as studio:
        with pytest.raises(NotFound):
            await studio.container.jobs.get(studio.owner, JobId("0" * 32))


async def _until(holds) -> None:
    async with asyncio.timeout(30):
        while not holds():
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("came_to", [OutcomeUnknown, ProviderMisbehaved])
async def test_a_paid_call_that_was_judged_right_before_a_crash_is_not_made_again(settings, came_to):
    """The crash came between the call's end and the part's."""
    settings = settings.model_copy(update={"workers": WorkersSettings(drain_s=0)})
    stub = StubProvider(seconds=30)
    async with running(settings, providers=[stub], prices=prices(1)) as studio:
        job = await studio.create()
        await _until(lambda: len(stub.started) == 1)
        workspace = studio.owner.workspace_id
    db = Database(settings.database)
    async with db.begin() as session:
        (call,) = await Calls(session).of_job(workspace, job)
        judged = came_to(detail="So it was.", provider="stub", model="stub-1").problem()
        await Calls(session).move(workspace, call.id, "failed", problem=judged)
    await db.aclose()
    async with running(settings, providers=[stub], prices=prices(1)) as studio:
        view = await studio.ended(job)
        assert view.status == "failed"
        assert (view.problem["code"], view.problem["detail"]) == (came_to.slug, "So it was.")
        assert len(stub.started) == 1
        assert (await studio.balances())["reserved"] == 0


async def test_how_far_an_engine_is_that_finishes_within_its_call_is_told(settings):
    async with running(settings, providers=[StubProvider(seconds=0.6)], prices=prices(1)) as studio:
        view = await studio.ended(await studio.create())
        assert view.status == "done"
        text = (await studio.client.get(f"/api/jobs/{view.id}/events")).text
        assert '"progress":0.5' in text.replace(" ", "")
