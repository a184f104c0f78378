"""What we rely on in the job engine, beyond its public interface and within: a new version must pass this."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from importlib.metadata import version

import psycopg
import pytest
from dbos import DBOS

from backend.db.session import Database, parse
from backend.jobs.dbos_engine import QUEUE, DbosEngine, Pace

RUNNING = 8


def test_the_version_is_the_one_that_was_examined():
    assert version("dbos").startswith("3.4."), "read dbos/_recovery.py again before another version is taken"


@pytest.fixture
def url(cluster):
    made = cluster.studio()
    yield made
    cluster.drop(made)


class Work:
    """Jobs that go on until they are let go."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.go = asyncio.Event()

    async def __call__(self, workspace, job) -> None:
        self.begun.append(job)
        await self.go.wait()


@asynccontextmanager
async def launched(url, worker, *, version="1"):
    engine, db, work = (
        DbosEngine(url, Pace(running=RUNNING, look_s=0.05, version=version)),
        Database(url),
        Work(),
    )
    names = {worker, "second"}
    await engine.open()
    await engine.launch(work, worker)

    async def admit(job) -> None:
        async with db.begin() as session:
            await engine.enqueue(session, "w", job)

    try:
        yield engine, admit, work
    finally:
        work.go.set()
        async with asyncio.timeout(20):
            while names & await engine.workers():  # what it still writes down needs the connections
                await asyncio.sleep(0.02)
        await engine.aclose()
        await db.aclose()


async def until(holds) -> None:
    async with asyncio.timeout(20):
        while not holds():
            await asyncio.sleep(0.02)


def execute(url, statement, *values):
    plain = parse(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        done = connection.execute(statement, values)
        return done.fetchall() if done.description else []


async def test_the_engine_finds_the_queue_at_its_first_look(url, monkeypatch):
    found, launch = [], DBOS.launch
    monkeypatch.setattr(DBOS, "launch", lambda: (found.extend(execute(url, "SELECT name FROM dbos.queues")), launch()))
    async with launched(url, "living"):
        assert found == [(QUEUE,)]


STATUS = "SELECT workflow_uuid, status, executor_id FROM dbos.workflow_status ORDER BY created_at"


async def test_what_a_dead_worker_had_begun_is_queued_again_and_nothing_else(url):
    async with launched(url, "living") as (engine, admit, work):
        for job in ("mine", "theirs"):
            await admit(job)
        await until(lambda: len(work.begun) == 2)
        execute(url, "UPDATE dbos.workflow_status SET executor_id = 'dead' WHERE workflow_uuid LIKE 'theirs%%'")
        assert await engine.workers() == {"living", "dead"}
        assert await engine.take_over("dead") == 0
        await until(lambda: work.begun.count("theirs") == 2)
        assert work.begun.count("mine") == 1
        assert await engine.workers() == {"living"}


async def test_taking_over_twice_does_nothing_twice(url):
    async with launched(url, "living") as (engine, admit, work):
        await admit("theirs")
        await until(lambda: work.begun)
        execute(url, "UPDATE dbos.workflow_status SET executor_id = 'dead'")
        assert await asyncio.gather(engine.take_over("dead"), engine.take_over("dead")) == [0, 0]
        await until(lambda: work.begun.count("theirs") == 2)
        await asyncio.sleep(0.5)
        assert work.begun.count("theirs") == 2


async def test_jobs_of_another_version_stay_in_the_dead_worker_s_name_for_those_who_can_run_them(url):
    async with launched(url, "living") as (engine, admit, work):
        await admit("old")
        await until(lambda: work.begun)
        execute(url, "UPDATE dbos.workflow_status SET executor_id = 'dead', application_version = '0'")
        assert await engine.take_over("dead") == 1


async def test_a_job_waits_for_a_worker_of_the_version_that_admitted_it(url):
    async with launched(url, "old", version="1") as (engine, admit, work):
        engine.stop_taking()
        await asyncio.sleep(0.3)
        await admit("one")
    async with launched(url, "new", version="2") as (engine, admit, work):
        await admit("two")
        await until(lambda: work.begun)
        await asyncio.sleep(0.5)
        assert work.begun == ["two"]
    async with launched(url, "old again", version="1") as (engine, admit, work):
        await until(lambda: work.begun)
        assert work.begun == ["one"]


async def test_who_is_told_to_takes_no_more_and_goes_on_with_what_it_has(url):
    async with launched(url, "leaving") as (engine, admit, work):
        await admit("first")
        await until(lambda: work.begun)
        engine.stop_taking()
        await asyncio.sleep(0.3)
        await admit("second")
        await asyncio.sleep(0.5)
        assert work.begun == ["first"]
        work.go.set()
        await until(lambda: execute(url, STATUS)[0][1] == "SUCCESS")
        assert execute(url, STATUS)[1][1] == "ENQUEUED"


async def test_an_engine_can_be_halted_and_launched_again_under_another_name_while_jobs_are_taken_in(url):
    async with launched(url, "first") as (engine, admit, _):
        await engine.halt()
        await admit("meanwhile")
        again = Work()
        await engine.launch(again, "second")
        await until(lambda: again.begun)
        assert execute(url, STATUS)[0][2] == "second"
        again.go.set()


async def test_the_records_of_finished_work_can_be_forgotten(url):
    from datetime import UTC, datetime, timedelta

    async with launched(url, "one") as (engine, admit, work):
        work.go.set()
        await admit("done")
        await until(lambda: execute(url, STATUS) and execute(url, STATUS)[0][1] == "SUCCESS")
        assert await engine.prune(datetime.now(UTC) - timedelta(hours=1)) == 0
        assert await engine.prune(datetime.now(UTC) + timedelta(hours=1)) == 1
        assert execute(url, STATUS) == []
