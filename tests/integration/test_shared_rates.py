"""Counts of requests in the database: never more than the quota, however many ask at once, by the database's clock."""

from __future__ import annotations

import asyncio

import pytest

from backend.db.migrate import upgrade
from backend.db.repositories.rates import forget_full, take
from backend.db.session import Database
from backend.services.rates import Buckets, Rate
from backend.services.shared_rates import DatabaseCounter, SharedCounter

HOUR = Rate(units=60, window_s=3600)


@pytest.fixture
async def db(ground, tmp_path):
    url = ground.database(tmp_path)
    await asyncio.to_thread(upgrade, url)
    made = Database(url)
    yield made
    await made.aclose()


async def test_a_bucket_gives_its_quota_and_no_more(db):
    counter = DatabaseCounter(db)
    first = await counter.take("a", HOUR, 50)
    assert (first.granted, first.remaining) == (50, 10)
    rest = await counter.take("a", HOUR, 50)
    assert (rest.granted, rest.remaining) == (10, 0)
    assert 50 < rest.more_in_s <= 60
    assert (await counter.take("a", HOUR, 1)).granted == 0
    assert (await counter.take("b", HOUR, 1)).granted == 1


async def test_who_asks_at_the_same_moment_does_not_get_the_same_unit(db):
    counter = DatabaseCounter(db)
    answers = await asyncio.gather(*(counter.take("a", HOUR, 1) for _ in range(90)))
    assert sum(answer.granted for answer in answers) == 60


async def test_servers_on_one_database_grant_one_quota(db):
    servers = [SharedCounter(DatabaseCounter(db), Buckets(most=100), wait_s=30, most=100) for _ in range(4)]
    answers = await asyncio.gather(*(servers[n % 4].take("a", HOUR, 1) for n in range(120)))
    assert 48 <= sum(answer.granted for answer in answers) <= 60


async def test_what_is_full_again_is_forgotten(db):
    quick = Rate(units=1000, window_s=0.001)
    await DatabaseCounter(db).take("quick", quick, 1)
    await DatabaseCounter(db).take("slow", HOUR, 1)
    async with db.begin() as session:
        assert await forget_full(session) == 1
    async with db.begin() as session:
        granted, debt_s = await take(session, "slow", window_s=3600, interval_s=60, units=0)
    assert granted == 0
    assert 50 < debt_s <= 60
