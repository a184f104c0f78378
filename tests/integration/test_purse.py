"""The purse, whatever order its moves come in and however often."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.db.migrate import upgrade
from backend.db.models import Job
from backend.db.people import User, Workspace
from backend.db.repositories.ledger import Ledger, Movement, prove
from backend.db.session import Database
from backend.errors import InsufficientCredits
from backend.schemas.base import JobId, WorkspaceId
from backend.utils.origin import random_id, utc_now
from backend.utils.purse import Purse

W = WorkspaceId("w" * 32)


@pytest.fixture(scope="module")
def url(ground, tmp_path_factory):
    found = ground.database(tmp_path_factory.mktemp("purse"))
    upgrade(found)
    return found


MOVES = st.lists(st.sampled_from(["capture 0", "capture 1", "capture 2", "release"]), max_size=8)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES, price=st.integers(1, 5000))
def test_any_order_of_moves_sums_to_nothing_and_charges_each_picture_at_most_once(url, moves, price):
    asyncio.run(_story(url, moves, price))


async def _story(url, moves, price):
    db, purse, workspace, job = Database(url), Purse(clock=utc_now, new_id=random_id), *_ids()
    await _settle_in(db, workspace, job)
    async with db.begin() as session:
        await purse.grant(session, workspace, 3 * price, reason="a test")
        await purse.reserve(session, workspace, job, 3 * price, funding="available")
    charged: set[int] = set()
    open_ = True
    for move in moves:
        async with db.begin() as session, purse.drawing(session, workspace, job) as drawing:
            if move == "release":
                await drawing.give_back()
                open_ = False
                continue
            ordinal = int(move.split()[1])
            amount = await drawing.charge(ordinal, price)
            assert amount == (price if open_ and ordinal not in charged else 0)
            charged |= {ordinal} if amount else set()
    async with db.read() as session:
        balances = await Ledger(session, utc_now()).balances(workspace)
        proof = await prove(session)
    assert balances.get("spent", 0) == price * len(charged)
    assert sum(balances.values()) == 0
    assert (balances["reserved"] == 0) if not open_ else (balances["reserved"] == price * (3 - len(charged)))
    assert (proof.sum, proof.drift) == (0, 0)
    await db.aclose()


async def test_a_metered_workspace_cannot_hold_more_than_it_has(url):
    db, purse, workspace, job = Database(url), Purse(clock=utc_now, new_id=random_id), *_ids()
    await _settle_in(db, workspace, job)

    async def spend():
        async with db.begin() as session:
            await purse.grant(session, workspace, 500, reason="a test")
            await purse.reserve(session, workspace, job, 501, funding="available")

    with pytest.raises(InsufficientCredits) as refused:
        await spend()
    assert (refused.value.needed, refused.value.available) == (0.501, 0.5)
    async with db.read() as session:
        assert await Ledger(session, utc_now()).balances(workspace) == {}
    await db.aclose()


async def test_a_movement_that_does_not_sum_to_nothing_is_refused(url):
    db = Database(url)
    movement = Movement(id=random_id(), key="k", kind="grant", lines={"granted": -1, "available": 2})
    with pytest.raises(ValueError, match="sum to 1"):
        async with db.begin() as session:
            await Ledger(session, utc_now()).book(W, movement)
    await db.aclose()


def _ids():
    return WorkspaceId(random_id()), JobId(random_id())


async def _settle_in(db, workspace, job):
    now = utc_now()
    async with db.begin() as session:
        user = User(id=random_id(), email=None, name="U", created_at=now)
        session.add_all([Workspace(id=workspace, name="W", tier="free", created_at=now), user])
        await session.flush()
        session.add(
            Job(
                id=job,
                workspace_id=workspace,
                user_id=user.id,
                operation="create",
                status="running",
                spec={},
                plan={},
                parts=3,
                attempts=1,
                progress=0,
                message="",
                estimated_milli=0,
                created_at=now,
                deadline_at=now,
            )
        )
