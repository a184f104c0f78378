"""SQLite's driver gives the same rows as ever, however many there are and however they are asked for."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from backend.db.session import Database


@pytest.fixture
async def db(tmp_path):
    found = Database(f"sqlite:///{tmp_path / 'a.db'}")
    async with found.begin() as session:
        await session.execute(sa.text("CREATE TABLE numbers (n INTEGER PRIMARY KEY)"))
        await session.execute(sa.text("INSERT INTO numbers VALUES (:n)"), [{"n": n} for n in range(3500)])
    yield found
    await found.aclose()


@pytest.mark.parametrize("count", [0, 1, 999, 1000, 1001, 3500])
async def test_all_rows_come_in_order(db, count):
    async with db.read() as session:
        query = sa.text("SELECT n FROM numbers WHERE n < :count ORDER BY n")
        assert (await session.execute(query, {"count": count})).scalars().all() == list(range(count))


async def test_rows_can_be_streamed_and_left_in_the_middle(db):
    async with db.read() as session:
        seen = [n async for n in await session.stream_scalars(sa.text("SELECT n FROM numbers ORDER BY n"))]
        assert seen == list(range(3500))
        stream = await session.stream_scalars(sa.text("SELECT n FROM numbers ORDER BY n"))
        assert await anext(aiter(stream)) == 0
        await stream.close()
        assert (await session.execute(sa.text("SELECT count(*) FROM numbers"))).scalar_one() == 3500


async def test_a_broken_statement_says_so_and_the_next_one_works(db):
    async with db.read() as session:
        with pytest.raises(sa.exc.OperationalError):
            await session.execute(sa.text("SELECT nothing FROM nowhere"))
    async with db.read() as session:
        assert (await session.execute(sa.text("SELECT 1"))).scalar_one() == 1


async def test_what_a_transaction_did_is_undone_when_it_breaks(db):
    async def spoil():
        async with db.begin() as session:
            await session.execute(sa.text("DELETE FROM numbers"))
            raise RuntimeError("on purpose")

    with pytest.raises(RuntimeError):
        await spoil()
    async with db.read() as session:
        assert (await session.execute(sa.text("SELECT count(*) FROM numbers"))).scalar_one() == 3500
