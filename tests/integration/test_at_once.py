"""What several connections do at the same time comes out as if they had done it one after the other."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from backend.db.models import Job
from backend.db.people import User, Workspace
from backend.db.repositories.ledger import Ledger, prove
from backend.db.session import Database
from backend.errors import InsufficientCredits, QuotaExceeded
from backend.jobs.tables import bring_up
from backend.schemas.base import JobId, WorkspaceId
from backend.services.access_service import AccessService
from backend.services.image_studio.pricing import load_tiers
from backend.utils.origin import random_id, utc_now
from backend.utils.purse import Purse
from tests.fakes.library import ANNA, HOME, picture, world
from tests.fakes.stub_provider import StubProvider, prices
from tests.fakes.studio import running, settings_for
from tests.integration.test_asset_tracker import MADE

PURSE = Purse(clock=utc_now, new_id=random_id)


@pytest.fixture
async def db(ground, tmp_path):
    url = ground.database(tmp_path)
    await asyncio.to_thread(bring_up, url)
    made = Database(url)
    yield made
    await made.aclose()


async def moved_in(db, jobs: int) -> tuple[WorkspaceId, list[JobId]]:
    """Return a new workspace with so many jobs."""
    workspace, now = WorkspaceId(random_id()), utc_now()
    ids = [JobId(random_id()) for _ in range(jobs)]
    async with db.begin() as session:
        user = User(id=random_id(), email=None, name="U", created_at=now)
        session.add_all([Workspace(id=workspace, name="W", tier="free", created_at=now), user])
        await session.flush()
        session.add_all(a_job(job, workspace, user.id) for job in ids)
    return workspace, ids


def a_job(job: JobId, workspace: WorkspaceId, user: str) -> Job:
    now = utc_now()
    fields = {"operation": "create", "status": "running", "spec": {}, "plan": {}, "parts": 3, "attempts": 1}
    told = {"progress": 0, "message": "", "estimated_milli": 0, "created_at": now, "deadline_at": now}
    return Job(id=job, workspace_id=workspace, user_id=user, **fields, **told)


async def grant(db, workspace, amount):
    async with db.begin() as session:
        await PURSE.grant(session, workspace, amount, reason="a test")


async def reserve(db, workspace, job, amount) -> bool:
    try:
        async with db.begin() as session:
            await PURSE.reserve(session, workspace, job, amount, funding="available")
    except InsufficientCredits:
        return False
    return True


async def capture(db, workspace, job, ordinal, amount) -> int:
    async with db.begin() as session, PURSE.drawing(session, workspace, job) as drawing:
        return await drawing.charge(ordinal, amount)


async def release(db, workspace, job) -> None:
    async with db.begin() as session:
        await PURSE.release(session, workspace, job)


async def test_two_hundred_reservations_on_a_balance_for_a_hundred_are_a_hundred(db):
    workspace, jobs = await moved_in(db, 200)
    await grant(db, workspace, 100)
    held = await asyncio.gather(*(reserve(db, workspace, job, 1) for job in jobs))
    assert sum(held) == 100
    async with db.read() as session:
        assert await Ledger(session, utc_now()).balances(workspace) == {
            "granted": -100,
            "available": 0,
            "reserved": 100,
        }
        assert (await prove(session)).drift == 0


async def test_what_is_captured_at_once_is_charged_once_and_never_more_than_was_held(db):
    workspace, (job,) = await moved_in(db, 1)
    await grant(db, workspace, 100)
    await reserve(db, workspace, job, 100)
    charged = await asyncio.gather(*(capture(db, workspace, job, n % 3, 40) for n in range(30)))
    assert sorted(amount for amount in charged if amount) == [20, 40, 40]
    await release(db, workspace, job)
    async with db.read() as session:
        assert (await Ledger(session, utc_now()).balances(workspace))["reserved"] == 0
        assert (await prove(session)).drift == 0


async def test_jobs_that_begin_deliver_and_end_at_once_never_wait_for_each_other_in_a_circle(db):
    workspace, jobs = await moved_in(db, 24)
    await grant(db, workspace, 4 * 24)

    async def whole_life(job):
        assert await reserve(db, workspace, job, 4)
        await asyncio.gather(*(capture(db, workspace, job, ordinal, 1) for ordinal in range(2)))
        async with db.begin() as session, PURSE.drawing(session, workspace, job) as drawing:
            await drawing.charge(2, 1)  # as the last picture does: it is charged, and the rest is given back
            await drawing.give_back()

    await asyncio.gather(*(whole_life(job) for job in jobs), *(grant(db, workspace, 1) for _ in jobs))
    async with db.read() as session:
        balances, proof = await Ledger(session, utc_now()).balances(workspace), await prove(session)
    assert (balances["reserved"], balances["spent"], balances["available"]) == (0, 3 * 24, 2 * 24)
    assert (proof.sum, proof.drift, proof.reserved) == (0, 0, 0)


async def test_a_part_that_two_record_at_once_is_one_asset(tmp_path):
    async with world(tmp_path) as library:
        stored = await library.tracker.store(picture(), {"layers.svg": b"<svg/>"})

        async def record():
            async with library.db.begin() as session:
                return await library.tracker.record(session, replace(MADE, workspace_id=HOME, user_id=ANNA), stored)

        found = await asyncio.gather(*(record() for _ in range(8)))
        assert len(set(found)) == 1
        assert await library.rows() == 2


async def test_servers_that_start_at_once_make_one_workspace(db):
    def access():
        return AccessService(db, clock=utc_now, tier="self_hosted", session_days=30, link_minutes=60)

    links = await asyncio.gather(*(access().first_start() for _ in range(8)))
    assert sum(link is not None for link in links) == 1


@pytest.mark.parametrize(("limit", "most"), [({"concurrent_jobs": 3}, 3), ({"daily_milli_credits": 4000}, 4)])
async def test_limits_hold_however_many_ask_at_once(tmp_path, limit, most):
    free = {"concurrent_jobs": None, "daily_milli_credits": None, "monthly_milli_credits": 0, "metered": False}
    tier = load_tiers()["enterprise"].model_copy(update=free | limit)
    settings = settings_for(tmp_path / "data", tier="limited", jobs={"retries": 0})
    stub = StubProvider(seconds=60)
    async with running(settings, providers=[stub], prices=prices(1), tiers={"limited": tier}) as studio:
        outcomes = await asyncio.gather(*(studio.create() for _ in range(20)), return_exceptions=True)
        admitted = [one for one in outcomes if isinstance(one, str)]
        assert len(admitted) == most
        assert all(isinstance(one, QuotaExceeded) for one in outcomes if not isinstance(one, str))
        for job in admitted:
            await studio.container.jobs.cancel(studio.owner, JobId(job))
