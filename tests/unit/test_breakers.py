"""Engines that fail are left alone, tried by one call, and taken back."""

from __future__ import annotations

import asyncio

import pytest

from backend.errors import (
    ContentRefused,
    KeyRefused,
    ProviderFaltered,
    ProviderRateLimited,
    ProviderRefused,
    ProviderUnavailable,
)
from backend.jobs.breakers import FAILURES, FIRST_S, REFUSED_S, Breakers


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def breakers(clock):
    return Breakers(pauses={"strict": 60.0}, clock=clock)


async def call(breakers, error=None, engine="one"):
    async with breakers.watching(engine):
        if error:
            raise error


async def failing(breakers, times=FAILURES):
    for _ in range(times):
        with pytest.raises(ProviderFaltered):
            await call(breakers, ProviderFaltered(detail="Bad gateway."))


async def test_after_failures_in_a_row_it_is_left_alone_and_the_reason_is_told(breakers):
    await failing(breakers)
    with pytest.raises(ProviderUnavailable, match=r"failed again and again.*Bad gateway"):
        await call(breakers)
    assert breakers.ailing["one"].health == "failing"
    assert breakers.ailing["one"].seconds == FIRST_S


async def test_a_success_or_a_minute_between_failures_ends_the_row(breakers, clock):
    await failing(breakers, FAILURES - 1)
    await call(breakers)
    await failing(breakers, FAILURES - 1)
    clock.now += 61
    await failing(breakers, 1)
    assert breakers.ailing == {}


async def test_a_refusal_of_the_request_or_the_content_says_nothing_against_it(breakers):
    for error in (ProviderRefused(detail="Too many words."), ContentRefused(detail="Not that.")):
        for _ in range(FAILURES + 1):
            with pytest.raises(type(error)):
                await call(breakers, error)
    assert breakers.ailing == {}


async def test_then_one_call_tries_while_the_others_wait_for_what_it_comes_to(breakers, clock):
    await failing(breakers)
    clock.now += FIRST_S
    assert breakers.ailing == {}, "it may be chosen again"
    going, begun = asyncio.Event(), []

    async def tried(name):
        async with breakers.watching("one"):
            begun.append(name)
            await going.wait()

    calls = [asyncio.create_task(tried(n)) for n in range(3)]
    for _ in range(5):
        await asyncio.sleep(0)
    assert begun == [0]
    going.set()
    await asyncio.gather(*calls)
    assert begun == [0, 1, 2]


async def test_a_try_that_fails_doubles_the_rest(breakers, clock):
    await failing(breakers)
    clock.now += FIRST_S
    await failing(breakers, 1)
    assert breakers.ailing["one"].seconds == 2 * FIRST_S


async def test_a_try_that_is_cut_off_leaves_the_next_one_to_try(breakers, clock):
    await failing(breakers)
    clock.now += FIRST_S
    with pytest.raises(asyncio.CancelledError):
        await call(breakers, asyncio.CancelledError())
    await call(breakers)
    assert breakers.ailing == {}


@pytest.mark.parametrize(("engine", "seconds"), [("one", 7), ("strict", 60)])
async def test_a_pause_that_is_asked_for_is_kept_as_long_as_the_vendor_means_it(breakers, clock, engine, seconds):
    with pytest.raises(ProviderRateLimited):
        await call(breakers, ProviderRateLimited(detail="Slow down.", retry_after=7), engine)
    with pytest.raises(ProviderRateLimited) as left:
        await call(breakers, engine=engine)
    assert left.value.retry_after == breakers.ailing[engine].seconds == seconds
    clock.now += seconds
    await call(breakers, engine=engine)


async def test_a_refused_key_closes_it_for_minutes_or_until_the_key_is_another(breakers):
    with pytest.raises(KeyRefused):
        await call(breakers, KeyRefused(detail="Unknown key."))
    with pytest.raises(KeyRefused, match="does not take the key"):
        await call(breakers)
    assert breakers.ailing["one"].seconds == REFUSED_S
    breakers.forget("one")
    await call(breakers)
