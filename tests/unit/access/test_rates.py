"""How often is too often: the arithmetic, the counts of one process, and those that servers share."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import DatabaseBusy
from backend.schemas.base import SCOPES, Caller, KeyId, UserId, WorkspaceId
from backend.schemas.limits import PerMinute
from backend.services.image_studio.pricing import load_tiers
from backend.services.limits import Overrides, with_limits
from backend.services.rate_service import RateService, Strangers, network_of
from backend.services.rates import Buckets, Rate, Taken, grant, taken
from backend.services.shared_rates import SharedCounter

RATE = Rate(units=60, window_s=60)


class Clock:
    """A clock that stands still until it is moved."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


# --- the arithmetic -----------------------------------------------------------------------------------------


@given(
    units=st.integers(1, 10_000),
    window=st.floats(1, 3600),
    asks=st.lists(st.tuples(st.floats(0, 100), st.integers(1, 50)), max_size=60),
)
def test_no_window_ever_grants_more_than_two_quotas_and_the_debt_is_never_negative(units, window, asks):
    rate = Rate(units=units, window_s=window)
    debt, passed, granted = 0.0, 0.0, 0
    for wait, wanted in asks:
        passed += wait
        debt = max(0.0, debt - wait)
        debt, got = grant(debt, rate, wanted)
        granted += got
        assert 0 <= got <= wanted
        assert 0 <= debt <= window + 1e-3
    assert granted <= units * (1 + passed / window) + 1


def test_a_quota_may_come_at_once_and_then_grows_unit_by_unit():
    debt, got = grant(0, RATE, 1000)
    assert (got, taken(debt, RATE, got)) == (60, Taken(granted=60, remaining=0, more_in_s=1))
    assert grant(debt, RATE, 1)[1] == 0
    assert grant(debt - 1, RATE, 5)[1] == 1


def test_a_full_bucket_has_nothing_to_wait_for():
    assert taken(0, RATE, 0) == Taken(granted=0, remaining=60, more_in_s=0)


# --- in one process -----------------------------------------------------------------------------------------


async def test_each_name_has_a_bucket_of_its_own(clock):
    buckets = Buckets(most=100, clock=clock)
    for _ in range(60):
        assert (await buckets.take("a", RATE, 1)).granted == 1
    assert (await buckets.take("a", RATE, 1)).granted == 0
    assert (await buckets.take("b", RATE, 1)).remaining == 59


async def test_memory_is_bounded_and_the_busiest_are_not_forgotten_first(clock):
    buckets = Buckets(most=10, clock=clock)
    await buckets.take("busy", RATE, 60)
    for number in range(1000):
        clock.now += 0.01
        await buckets.take("busy", RATE, 1)
        await buckets.take(f"stranger {number}", RATE, 1)
    assert len(buckets._clear_at) <= 10
    assert (await buckets.take("busy", RATE, 60)).granted < 5


# --- between servers ----------------------------------------------------------------------------------------


class Shared:
    """A bucket in a database of sorts, which counts how often it is asked."""

    def __init__(self, clock):
        self.buckets = Buckets(most=1000, clock=clock)
        self.asked = 0
        self.trouble: Exception | None = None

    async def take(self, name, rate, units):
        self.asked += 1
        if self.trouble:
            raise self.trouble
        return await self.buckets.take(name, rate, units)


def server(shared, clock, *, wait_s=1.0):
    return SharedCounter(shared, Buckets(most=100, clock=clock), wait_s=wait_s, most=100, clock=clock)


async def test_servers_together_grant_no_more_than_the_quota(clock):
    shared = Shared(clock)
    servers = [server(shared, clock) for _ in range(3)]
    granted = 0
    for number in range(300):
        granted += (await servers[number % 3].take("a", RATE, 1)).granted
    assert 50 <= granted <= 60


async def test_the_database_hears_of_one_request_in_many(clock):
    shared = Shared(clock)
    one = server(shared, clock)
    rate = Rate(units=6000)
    for _ in range(3000):
        assert (await one.take("a", rate, 1)).granted == 1
    assert shared.asked == 10


async def test_who_is_refused_does_not_trouble_the_database_again_until_there_is_more(clock):
    shared = Shared(clock)
    one = server(shared, clock)
    for _ in range(60):
        await one.take("a", RATE, 1)
    asked = shared.asked
    answers = [await one.take("a", RATE, 1) for _ in range(1000)]
    assert {answer.granted for answer in answers} == {0}
    assert shared.asked <= asked + 1
    assert 0 < answers[-1].more_in_s <= 1
    clock.now += 1.01
    assert (await one.take("a", RATE, 1)).granted == 1


async def test_a_small_quota_is_counted_request_by_request(clock):
    shared = Shared(clock)
    servers = [server(shared, clock), server(shared, clock)]
    rate = Rate(units=10)
    granted = [(await servers[number % 2].take("a", rate, 1)).granted for number in range(20)]
    assert sum(granted) == 10
    assert granted[:10] == [1] * 10


@pytest.mark.parametrize("trouble", [DatabaseBusy(), TimeoutError()])
async def test_without_its_database_a_server_counts_alone(clock, trouble):
    shared = Shared(clock)
    shared.trouble = trouble
    one = server(shared, clock)
    granted = [(await one.take("a", RATE, 1)).granted for _ in range(70)]
    assert granted == [1] * 60 + [0] * 10


async def test_a_database_that_hangs_is_not_waited_for(clock):
    class Hanging:
        async def take(self, name, rate, units):
            await asyncio.Event().wait()

    one = server(Hanging(), clock, wait_s=0.01)
    assert (await one.take("a", RATE, 1)).granted == 1


# --- who is counted together --------------------------------------------------------------------------------


def caller(user="u", key=None, workspace="w"):
    return Caller(
        user_id=UserId(user),
        workspace_id=WorkspaceId(workspace),
        role="owner",
        scopes=SCOPES["owner"],
        key_id=KeyId(key) if key else None,
    )


def service(clock, *, per_caller=3, per_workspace=5):
    limits = {"reads": PerMinute(caller=per_caller, workspace=per_workspace)}

    class Tiers:
        async def of(self, workspace):
            return SimpleNamespace(requests=limits)

    buckets = Buckets(most=100, clock=clock)
    return RateService(Tiers(), buckets, buckets, strangers=Strangers(open=2, sign_in=None))


async def test_keys_are_counted_apart_and_their_workspace_together(clock):
    rates = service(clock)
    for _ in range(3):
        assert [one.allowed for one in await rates.count(caller(key="a"), "reads")] == [True, True]
    refused = await rates.count(caller(key="a"), "reads")
    assert [(one.policy, one.allowed) for one in refused] == [("reads", False)]
    assert (await rates.count(caller(key="b"), "reads"))[-1].allowed
    assert (await rates.count(caller(), "reads"))[-1].allowed
    full = await rates.count(caller(user="v"), "reads")
    assert [(one.policy, one.allowed) for one in full] == [("reads", True), ("reads-workspace", False)]
    assert (await rates.count(caller(workspace="x"), "reads"))[-1].allowed


async def test_a_kind_without_a_limit_is_not_counted(clock):
    assert await service(clock).count(caller(), "writes") == ()
    assert await service(clock).count_stranger("192.0.2.1", "sign_in") == ()


async def test_strangers_are_counted_by_network(clock):
    rates = service(clock)
    for address in ("2001:db8::1", "2001:db8::ffff:2"):
        assert (await rates.count_stranger(address, "open"))[0].allowed
    assert not (await rates.count_stranger("2001:db8::3", "open"))[0].allowed
    assert (await rates.count_stranger("2001:db8:0:1::3", "open"))[0].allowed


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_a_network_is_what_somebody_can_not_choose_freely(address, network):
    assert network_of(address) == network


# --- what the operator sets ---------------------------------------------------------------------------------


def test_a_set_limit_counts_for_every_tier_and_zero_takes_it_away():
    set_ = Overrides(per_minute={"reads": (7, 0)}, concurrent_jobs=3, queued_jobs=0, storage_bytes=5)
    for tier in with_limits(load_tiers(), set_).values():
        assert tier.requests["reads"] == PerMinute(caller=7, workspace=None)
        assert (tier.concurrent_jobs, tier.queued_jobs, tier.storage_bytes) == (3, None, 5)


def test_without_settings_the_tiers_are_as_they_are_written():
    tiers = load_tiers()
    assert with_limits(tiers, Overrides()) == tiers


def test_every_tier_limits_every_kind_and_the_workspace_never_less_than_one_caller():
    for name, tier in load_tiers().items():
        assert set(tier.requests) == {"reads", "writes", "work", "pictures"}, name
        for limits in tier.requests.values():
            assert 0 < limits.caller <= limits.workspace
