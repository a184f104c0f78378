"""A worker among others: it says that it lives, takes over from the dead, and begins anew when taken for dead."""

from __future__ import annotations

import asyncio
import uuid
from contextlib import asynccontextmanager
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from backend.db.machines import Place, Worker
from backend.db.repositories.machines import Machines
from backend.db.session import Database, Pooling
from backend.errors import DatabaseUnavailable
from backend.jobs.membership import Member
from backend.jobs.slots import SharedSlots, Slots
from tests.ground.grounds import here

pytestmark = pytest.mark.only("served", reason="an embedded database has one process")

BEAT_S, LEASE_S = 0.05, 1.0


class FakeEngine:
    """Notes what it is told; `left` is what is still in the name of the dead, one figure for each time it is asked."""

    version = "1"

    def __init__(self) -> None:
        self.said: list[str] = []
        self.left: list[int] = []
        self.refused: list[Exception] = []
        self.named: frozenset[str] = frozenset()

    async def launch(self, work, worker) -> None:
        self.said.append(f"launch {worker}")
        if self.refused:
            raise self.refused.pop()

    async def halt(self) -> None:
        self.said.append("halt")

    def stop_taking(self) -> None:
        self.said.append("stop taking")

    async def take_over(self, worker) -> int:
        self.said.append(f"take over {worker}")
        return self.left.pop(0) if self.left else 0

    async def workers(self) -> frozenset[str]:
        return self.named


class FakeRunner:
    """Notes what it is told."""

    running: frozenset[str] = frozenset()

    def __init__(self, engine: FakeEngine) -> None:
        self._said = engine.said

    async def run(self, workspace, job) -> None: ...

    async def interrupt(self) -> None:
        self._said.append("interrupt")

    async def drained(self, seconds) -> bool:
        self._said.append("drain")
        return True


@pytest.fixture
async def db(tmp_path):
    made = Database(url := here().database(tmp_path))
    made.url = url
    yield made
    await made.aclose()


@asynccontextmanager
async def joined(db, places=3):
    engine = FakeEngine()
    pulse = Database(db.url, Pooling(pool=1, overflow=0))
    member = Member(
        db, engine, pulse=pulse, new_id=lambda: uuid.uuid4().hex, beat_s=BEAT_S, lease_s=LEASE_S, drain_s=0.1
    )
    slots = SharedSlots(Slots({}, default=places), db, lambda: member.worker, poll_s=0.01, stale_s=0.2)
    member.serve(FakeRunner(engine), slots)
    await member.join()
    try:
        yield SimpleNamespace(member=member, engine=engine, slots=slots)
    finally:
        await member.leave()


async def until(holds) -> None:
    async with asyncio.timeout(20):
        while not await holds():
            await asyncio.sleep(0.02)


async def states(db) -> dict[str, str]:
    async with db.read() as session:
        return {one.id: one.state for one in await Machines(session).all()}


async def write(db, statement) -> None:
    async with db.begin() as session:
        await session.execute(statement)


async def old_worker(db, name="gone", state="alive") -> None:
    async with db.begin() as session:
        await Machines(session).join(name, host="elsewhere", pid=1, version="1")
        await session.execute(
            sa.update(Worker)
            .values(seen_at=sa.func.now() - sa.text("interval '1 hour'"), state=state)
            .where(Worker.id == name)
        )


async def test_who_is_silent_is_taken_for_dead_and_forgotten_when_nothing_of_it_is_left(db):
    async with joined(db) as here_:
        here_.engine.left = [2, 1, 0]
        await old_worker(db)

        async def gone() -> bool:
            return "gone" not in await states(db)

        await until(gone)
        assert here_.engine.said.count("take over gone") == 3


async def test_the_places_of_the_dead_are_free_at_once(db):
    await old_worker(db)
    async with db.begin() as session:
        assert await Machines(session).take_place("stub", "gone", 1) == 0
    async with joined(db, places=1) as here_, asyncio.timeout(20), here_.slots.at("stub", local=False):
        assert (await states(db)).get("gone", "dead") == "dead"


async def test_after_an_outage_everybody_is_given_time_to_be_heard_again(db):
    await old_worker(db)
    async with joined(db):
        await asyncio.sleep(LEASE_S / 2)
        assert (await states(db))["gone"] == "alive"


async def test_who_is_taken_for_dead_drops_everything_and_joins_under_another_name(db):
    async with joined(db) as here_:
        first = here_.member.worker
        await write(db, sa.update(Worker).where(Worker.id == first).values(state="dead"))

        async def anew() -> bool:
            return here_.engine.said[-1] == f"launch {here_.member.worker}" and here_.member.worker != first

        await until(anew)
        told = here_.engine.said
        assert told.index("interrupt") < told.index("halt") < told.index(f"launch {here_.member.worker}")


async def test_who_cannot_join_anew_in_an_outage_tries_until_it_can(db):
    async with joined(db) as here_:
        first = here_.member.worker
        here_.engine.refused = [DatabaseUnavailable(detail="Away."), DatabaseUnavailable(detail="Away.")]
        await write(db, sa.update(Worker).where(Worker.id == first).values(state="dead"))

        async def launched() -> bool:
            return len([one for one in here_.engine.said if one.startswith("launch")]) == 4

        await until(launched)
        async with asyncio.timeout(5):
            await here_.member.permit()


async def test_who_is_not_heard_begins_nothing_new(db):
    async with joined(db) as here_:
        async with asyncio.timeout(5):
            await here_.member.permit()
        async with db.begin() as session:  # nobody can write to the row: its beats wait
            await session.execute(sa.select(Worker).with_for_update())
            await asyncio.sleep(LEASE_S)
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.3):
                    await here_.member.permit()
        async with asyncio.timeout(10):
            await here_.member.permit()


async def test_who_leaves_finishes_first_and_leaves_the_rest_to_others(db):
    async with joined(db) as here_:
        name = here_.member.worker
    assert here_.engine.said == [f"launch {name}", "stop taking", "drain", "interrupt", "halt"]
    assert await states(db) == {name: "dead"}


async def test_work_in_the_name_of_nobody_known_is_taken_over(db):
    async with joined(db) as here_:
        here_.engine.named = frozenset({"stranger", here_.member.worker})
        await here_.member.adopt()
        assert "take over stranger" in here_.engine.said
        assert f"take over {here_.member.worker}" not in here_.engine.said


async def test_one_of_several_does_what_only_one_should_do(db):
    async with joined(db) as first, joined(db) as second:
        assert [await one.member.eldest() for one in (first, second)] == [True, False]


async def test_all_together_never_hold_more_places_than_an_engine_has(db):
    async with joined(db) as first, joined(db) as second:
        held, most = 0, 0

        async def call(slots) -> None:
            nonlocal held, most
            async with slots.at("stub", local=False):
                held += 1
                most = max(most, held)
                await asyncio.sleep(0.02)
                held -= 1

        async with asyncio.timeout(60):
            await asyncio.gather(*(call(one.slots) for one in (first, second) for _ in range(12)))
        assert 1 < most <= 3
        assert await _held(db) == 0


async def test_an_engine_of_this_machine_is_this_process_s_own_affair(db):
    async with joined(db) as one:
        async with one.slots.at("local", local=True):
            assert await _held(db) == 0
        assert await _held(db) == 0


async def test_a_place_that_could_not_be_given_back_is_found(db):
    async with joined(db) as here_:
        async with db.begin() as session:
            await Machines(session).take_place("stub", here_.member.worker, 3)

        async def free() -> bool:
            return await _held(db) == 0

        await until(free)


async def _held(db) -> int:
    async with db.read() as session:
        return (await session.execute(sa.select(sa.func.count()).select_from(Place))).scalar_one()
