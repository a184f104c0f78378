"""How far work is, from the child that does it to whoever asked for it."""

from __future__ import annotations

import asyncio

import pytest

from backend.errors import NotFound
from backend.imaging import progress
from backend.imaging.progress import Sparing
from backend.jobs.telling import Telling
from tests.unit.imaging.chores import half_way_then_refuse, in_steps, slowly


@pytest.mark.slow
async def test_what_a_child_says_is_heard_in_order_and_before_its_result(workbench):
    heard: list[float] = []

    assert await workbench.run(in_steps, 1, tell=heard.append) == 1

    assert heard == [0.0]


@pytest.mark.slow
async def test_a_child_that_is_asked_again_is_heard_again(workbench):
    first: list[float] = []
    second: list[float] = []

    await workbench.run(in_steps, 3, tell=first.append)
    await workbench.run(slowly, tell=second.append)

    assert first[0] == 0.0
    assert second == [0.9]


@pytest.mark.slow
async def test_an_error_after_a_word_of_progress_arrives_as_itself(workbench):
    heard: list[float] = []
    with pytest.raises(NotFound):
        await workbench.run(half_way_then_refuse, tell=heard.append)
    assert heard == [0.5]


def test_many_words_are_passed_on_seldom():
    heard: list[float] = []
    now = iter(step / 100 for step in range(100))
    sparing = Sparing(heard.append, pause_s=0.25, clock=lambda: next(now))

    for step in range(100):
        sparing(step / 100)

    assert heard == [0.0, 0.25, 0.5, 0.75]


def test_telling_where_nobody_listens_changes_nothing():
    progress.tell(0.5)


async def test_only_what_is_further_is_written_and_the_last_word_counts():
    written: list[float] = []

    async def write(fraction: float) -> None:
        written.append(fraction)

    async with Telling(write, every_s=0.01) as telling:
        for fraction in (0.1, 0.3, 0.2):
            telling.tell(fraction)
        while written != [0.3]:
            await asyncio.sleep(0)
        telling.tell(0.25)
        telling.tell(0.6)
        while written[-1] != 0.6:
            await asyncio.sleep(0)

    assert written == [0.3, 0.6]


async def test_a_word_that_can_not_be_written_does_not_hurt_the_work():
    async def write(_: float) -> None:
        raise NotFound(detail="gone")

    async with Telling(write, every_s=0.001) as telling:
        telling.tell(0.5)
        await asyncio.sleep(0)
        telling.tell(0.7)
