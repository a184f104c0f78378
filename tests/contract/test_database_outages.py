"""What PostgreSQL says when it is stopped, crowded or full is told in the studio's words, and passes by itself."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from backend.db import resting
from backend.db.session import Database, Pooling, sync_engine
from backend.db.trouble import translated
from backend.errors import DatabaseBusy, DatabaseUnavailable, StorageFull
from tests.ground.postgres import Cluster, Mode

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

IMPATIENT = Pooling(pool=2, overflow=0, wait_s=0.2, connect_s=5, idle_s=60)


@pytest.fixture(scope="module")
def own_cluster() -> Iterator[Cluster]:
    """Return one that may be stopped: nobody else uses it."""
    with Cluster() as made:
        made.run("CREATE TABLE marks (id int PRIMARY KEY, note text NOT NULL)")
        yield made


@pytest.fixture
async def db(own_cluster: Cluster) -> AsyncIterator[Database]:
    own_cluster.run("TRUNCATE marks")
    made = Database(own_cluster.url(), IMPATIENT)
    yield made
    await made.aclose()


def restart(cluster: Cluster, mode: Mode = "fast") -> None:
    """Restart it as slowly as one with something in it does."""
    cluster.stop(mode)
    time.sleep(2 * resting.FRESH_S)
    cluster.start()


async def mark(db: Database, number: int, note: str = "") -> None:
    async with db.begin() as session:
        await session.execute(sa.text("INSERT INTO marks VALUES (:id, :note)"), {"id": number, "note": note})


async def marks(db: Database) -> list[int]:
    async with db.read() as session:
        return list(await session.scalars(sa.text("SELECT id FROM marks ORDER BY id")))


async def raised(db: Database, state: str) -> None:
    async with db.begin() as session:
        await session.execute(sa.text(f"DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{state}'; END $$"))


async def test_a_connection_that_is_lost_in_use_is_told_once_and_all_are_made_anew(
    own_cluster: Cluster, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await asyncio.gather(marks(db), marks(db))
    own_cluster.restart()
    monkeypatch.setattr(resting, "FRESH_S", 60)
    with pytest.raises(DatabaseUnavailable):
        await marks(db)
    assert await asyncio.gather(marks(db), marks(db)) == [[], []]


async def test_reading_a_few_rows_at_a_time_is_one_transaction(db: Database) -> None:
    await mark(db, 1)
    async with db.read(streaming=True) as session:
        assert [row async for row in await session.stream_scalars(sa.text("SELECT id FROM marks"))] == [1]
    async with db.read() as session:
        assert await session.scalar(sa.text("SELECT statement_timestamp() = transaction_timestamp()"))


async def test_a_database_that_is_stopped_is_not_there_and_then_is_again(own_cluster: Cluster, db: Database) -> None:
    await mark(db, 1)
    own_cluster.stop()
    with pytest.raises(DatabaseUnavailable) as refused:
        await marks(db)
    assert not refused.value.outcome_open
    own_cluster.start()
    assert await marks(db) == [1]


async def test_a_restart_between_two_transactions_is_not_noticed(own_cluster: Cluster, db: Database) -> None:
    await mark(db, 1)
    restart(own_cluster)
    await mark(db, 2)
    restart(own_cluster, "immediate")
    assert await marks(db) == [1, 2]


async def test_a_transaction_that_is_cut_off_wrote_nothing(own_cluster: Cluster, db: Database) -> None:
    async def cut_off() -> None:
        async with db.begin() as session:
            await session.execute(sa.text("INSERT INTO marks VALUES (1, '')"))
            await asyncio.to_thread(own_cluster.restart)
            await session.execute(sa.text("INSERT INTO marks VALUES (2, '')"))

    with pytest.raises(DatabaseUnavailable) as refused:
        await cut_off()
    assert not refused.value.outcome_open
    assert await marks(db) == []


async def test_a_connection_that_breaks_at_the_end_leaves_it_open_whether_it_was_written(
    own_cluster: Cluster, db: Database
) -> None:
    async def cut_off() -> None:
        async with db.begin() as session:
            await session.execute(sa.text("INSERT INTO marks VALUES (1, '')"))
            await asyncio.to_thread(own_cluster.stop, "immediate")

    with pytest.raises(DatabaseUnavailable) as refused:
        await cut_off()
    assert refused.value.outcome_open
    own_cluster.start()
    await marks(db)


async def test_who_finds_no_connection_free_is_told_to_try_again(db: Database) -> None:
    async with db.begin() as one, db.begin() as other:
        await asyncio.gather(one.execute(sa.text("SELECT 1")), other.execute(sa.text("SELECT 1")))
        with pytest.raises(DatabaseBusy):
            await marks(db)


async def test_who_waits_too_long_for_another_is_told_to_try_again(db: Database) -> None:
    await mark(db, 1)
    async with db.begin() as holder:
        await holder.execute(sa.text("UPDATE marks SET note = 'mine'"))
        with pytest.raises(DatabaseBusy):
            async with db.begin() as session:
                await session.execute(sa.text("UPDATE marks SET note = 'theirs'"))


async def test_a_transaction_that_stands_still_is_ended_and_lets_go(own_cluster: Cluster, db: Database) -> None:
    await mark(db, 1)
    strict = Database(own_cluster.url(), Pooling(pool=2, wait_s=30, idle_s=0.3))

    async def stand_still() -> None:
        async with strict.begin() as still:
            await still.execute(sa.text("UPDATE marks SET note = 'held'"))
            async with strict.begin() as session:  # waits, and gets the row when the other has lost it
                await session.execute(sa.text("UPDATE marks SET note = 'free'"))
            await still.execute(sa.text("SELECT 1"))

    with pytest.raises(DatabaseUnavailable):
        await stand_still()
    async with strict.read() as session:
        assert await session.scalar(sa.text("SELECT note FROM marks")) == "free"
    await strict.aclose()


@pytest.mark.parametrize(
    ("state", "error"),
    [
        ("53100", StorageFull),
        ("40P01", DatabaseBusy),
        ("40001", DatabaseBusy),
        ("53300", DatabaseBusy),
        ("57P03", DatabaseUnavailable),
        ("25006", DatabaseUnavailable),
        ("58030", DatabaseUnavailable),
    ],
)
async def test_each_state_has_its_word(db: Database, state: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        await raised(db, state)


async def test_what_is_our_own_mistake_stays_one(db: Database) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        await raised(db, "23502")


def test_blocking_code_hears_the_same(own_cluster: Cluster) -> None:
    engine = sync_engine(own_cluster.url(), IMPATIENT)

    def ask() -> str:
        with translated(), engine.connect() as connection:
            return connection.execute(sa.text("SHOW application_name")).scalar_one()

    assert ask() == "image-studio"
    restart(own_cluster)
    assert ask() == "image-studio"
    own_cluster.stop()
    with pytest.raises(DatabaseUnavailable):
        ask()
    own_cluster.start()
    assert ask() == "image-studio"
    engine.dispose()
