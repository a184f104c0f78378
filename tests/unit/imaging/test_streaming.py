import asyncio
from contextlib import aclosing

import pytest

from backend.errors import NotFound, WorkerOverrun
from tests.unit.imaging.chores import double, endlessly, one_by_one, processes, two_then_refuse, unasked, until

pytestmark = pytest.mark.slow


async def test_what_a_child_hands_over_comes_in_order_and_uncopied(workbench):
    handed = [value async for value in workbench.stream(one_by_one, 9)]
    assert [int(value[0]) for value in handed] == list(range(9))


async def test_the_child_of_a_stream_is_used_again(workbench):
    assert [value.tolist() async for value in workbench.stream(one_by_one, 1)] == [[0, 0, 0, 0]]
    before = processes()
    assert await workbench.run(double, 21) == 42
    assert processes() == before


async def test_what_was_ready_before_an_error_is_not_lost(workbench):
    handed = workbench.stream(two_then_refuse)
    assert (await anext(handed), await anext(handed)) == ("first", "second")
    with pytest.raises(NotFound):
        await anext(handed)


async def test_a_child_waits_while_nobody_takes_what_it_has_ready(workbench, tmp_path):
    log = tmp_path / "log"
    async with aclosing(workbench.stream(endlessly, str(log))) as handed:
        assert await anext(handed) == "more"
        await until(lambda: log.exists() and log.stat().st_size > 3)
        for _ in range(20):
            assert await anext(handed) == "more"
        await asyncio.sleep(0)
    await until(lambda: len(processes()) <= 1)


async def test_a_stream_that_is_closed_early_ends_its_child(workbench, tmp_path):
    async with aclosing(workbench.stream(endlessly, str(tmp_path / "log"))) as handed:
        await anext(handed)
    await until(lambda: len(processes()) <= 1)


async def test_a_stream_has_its_time(workbench, tmp_path):
    with pytest.raises(WorkerOverrun):
        assert [value async for value in workbench.stream(endlessly, str(tmp_path / "log"), timeout_s=0.3)]


async def test_handing_over_where_nobody_asked_for_it_is_an_error_of_ours(workbench):
    with pytest.raises(RuntimeError, match="nobody asked"):
        await workbench.run(unasked)
