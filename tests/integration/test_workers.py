"""Workers as people run them: processes that share a database, are killed, frozen and stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import httpx2
import psycopg
import pytest

from bench import takeover
from bench.crowd import Crowd
from bench.studio import stub, stub_worker
from tests.ground.grounds import here

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.only("served", reason="an embedded database has one process")

LEASE_S = 2


class House:
    """A server that runs no jobs, and workers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = here().environment(folder / "data") | {
            "IMAGE_STUDIO_SECRET_KEY": "k" * 40,
            "IMAGE_STUDIO_WORKERS__SERVE": "false",
            "IMAGE_STUDIO_WORKERS__LEASE_S": str(LEASE_S),
            "IMAGE_STUDIO_WORKERS__BEAT_S": "0.3",
        }
        self.log = folder / "starts.log"
        self.studio = stub(folder / "data", settings=self.settings)
        self.workers = []

    def worker(self, *arguments: str):
        one = stub_worker(
            self.folder / f"w{len(self.workers)}", "--log", str(self.log), *arguments, settings=self.settings
        )
        one.start()
        self.workers.append(one)
        self.until("SELECT id FROM workers WHERE state = 'alive'", len(self.workers))
        return one

    def rows(self, query: str, *values: object):
        with psycopg.connect(self.settings["DATABASE_URL"], autocommit=True) as connection:
            return connection.execute(query.encode(), values).fetchall()

    def until(self, query: str, count: int, *values: object) -> None:
        patience = time.monotonic() + 60
        while len(self.rows(query, *values)) != count:
            assert time.monotonic() < patience, f"never {count}: {query}"
            time.sleep(0.05)

    def admit(self, count: int) -> list[str]:
        headers = self.studio.headers() | {"Prefer": "respond-async"}
        with httpx2.Client(base_url=self.studio.url, headers=headers, timeout=30) as client:
            bodies = ({"prompt": f"job {n}", "width": 64, "height": 64} for n in range(count))
            return [client.post("/api/image-studio/create", json=body).json()["id"] for body in bodies]

    def starts(self) -> list[str]:
        return [line for line in self.log.read_text().splitlines() if line.startswith("start ")]


@pytest.fixture
def house(tmp_path) -> Iterator[House]:
    made = House(tmp_path)
    try:
        yield made
    finally:
        for one in (*made.workers, made.studio):
            if one.process and one.process.poll() is None:
                one.process.send_signal(signal.SIGCONT)
            one.stop()


RUNNING = "SELECT id FROM jobs WHERE status = 'running'"


def test_the_jobs_of_a_killed_worker_run_elsewhere_within_fifteen_seconds(tmp_path):
    found = takeover.run(tmp_path)
    assert found["moved"] == found["jobs"] > 0
    assert found["ended"] == {"done": takeover.JOBS}
    assert found["slowest_s"] < takeover.LIMIT_S


def test_a_worker_that_was_frozen_too_long_changes_nothing_any_more_and_joins_anew(house):
    frozen = house.worker("--seconds", "4", "--mode", "ticket")
    house.studio.start()
    jobs = house.admit(4)
    house.until("SELECT id FROM provider_calls WHERE state = 'pending'", 4)
    (name,) = house.rows("SELECT id FROM workers WHERE pid = %s", frozen.process.pid)[0]
    os.kill(frozen.process.pid, signal.SIGSTOP)
    house.worker("--seconds", "4", "--mode", "ticket")
    house.until("SELECT id FROM jobs WHERE worker_id = %s AND status = 'running'", 0, name)
    os.kill(frozen.process.pid, signal.SIGCONT)
    assert Crowd(house.studio).wait_for(jobs, 60) == {"done": 4}
    assert len(house.starts()) == len(set(house.starts())) == 4
    house.until("SELECT id FROM workers WHERE state = 'alive'", 2)
    assert len(house.rows("SELECT id FROM assets")) == 4


def test_a_worker_that_is_told_to_stop_finishes_what_it_does(house):
    leaving = house.worker("--seconds", "2")
    house.studio.start()
    jobs = house.admit(3)
    house.until(RUNNING, 3)
    leaving.process.send_signal(signal.SIGTERM)
    assert leaving.process.wait(30) == 0
    assert Crowd(house.studio).wait_for(jobs, 10) == {"done": 3}
    assert len(house.starts()) == 3


def test_what_a_leaving_worker_cannot_finish_goes_to_another_at_once(house):
    house.settings["IMAGE_STUDIO_WORKERS__DRAIN_S"] = "0.2"
    leaving = house.worker("--seconds", "3", "--mode", "ticket")
    house.studio.start()
    jobs = house.admit(2)
    house.until(RUNNING, 2)
    house.worker("--seconds", "3", "--mode", "ticket")
    leaving.process.send_signal(signal.SIGTERM)
    assert leaving.process.wait(30) == 0
    assert Crowd(house.studio).wait_for(jobs, 60) == {"done": 2}
    assert len(house.starts()) == 2


def test_a_job_that_was_called_off_at_the_server_ends_at_its_worker(house):
    house.worker("--seconds", "60", "--mode", "ticket")
    house.studio.start()
    (job,) = house.admit(1)
    house.until(RUNNING, 1)
    with httpx2.Client(base_url=house.studio.url, headers=house.studio.headers(), timeout=30) as client:
        assert client.delete(f"/api/jobs/{job}").status_code == 202
    assert Crowd(house.studio).wait_for([job], 20) == {"cancelled": 1}
    house.until("SELECT job_id FROM reservations WHERE state = 'held'", 0)


def test_events_of_a_worker_s_jobs_arrive_at_the_server_as_they_happen(house):
    house.worker("--seconds", "0.5")
    house.studio.start()
    (job,) = house.admit(1)
    headers = house.studio.headers()
    begun = time.monotonic()
    with (
        httpx2.Client(base_url=house.studio.url, headers=headers, timeout=30) as client,
        client.stream("GET", f"/api/jobs/{job}/events") as answer,
    ):
        kinds = [line.removeprefix("event: ") for line in answer.iter_lines() if line.startswith("event: ")]
    assert kinds[-1] == "job.done"
    assert time.monotonic() - begun < 10


def test_the_commands_run_list_and_stop_a_worker(tmp_path):
    environment = os.environ | here().environment(tmp_path / "data") | {"IMAGE_STUDIO_SECRET_KEY": "k" * 40}

    def command(*words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "backend.cli", *words], env=environment, stdout=subprocess.PIPE, text=True
        )

    with command("worker") as worker:
        assert "runs jobs" in worker.stdout.readline()
        with command("workers", "--json") as listed:
            (one,) = json.loads(listed.communicate(timeout=60)[0])
        assert (one["pid"], one["state"]) == (worker.pid, "alive")
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(30) == 0
