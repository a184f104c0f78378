"""Two workers, one of which is killed: how soon the other has its jobs."""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import httpx2
import psycopg

from bench.crowd import Crowd
from bench.studio import stub, stub_worker
from tests.ground.postgres import Cluster

if TYPE_CHECKING:
    from pathlib import Path

    from bench.studio import Worker

JOBS = 24
LIMIT_S = 15.0
AT_WORK = "SELECT id, worker_id, status FROM jobs"


def run(folder: Path) -> dict[str, Any]:
    """Return how long the slowest of the killed worker's jobs took until another worker had begun it."""
    with ExitStack() as stack:
        database = stack.enter_context(Cluster(fsync=True)).studio()
        settings = {
            "DATABASE_URL": database,
            "IMAGE_STUDIO_SECRET_KEY": "k" * 40,
            "IMAGE_STUDIO_STORAGE__URL": (folder / "files").resolve().as_uri(),
            "IMAGE_STUDIO_WORKERS__SERVE": "false",
            "IMAGE_STUDIO_PROVIDERS__STUB__CONCURRENCY": "100",
        }
        engine = ("--seconds", "6", "--mode", "ticket")
        studio = stub(folder / "data", *engine, settings=settings)
        workers = [stub_worker(folder / f"w{n}", *engine, settings=settings) for n in range(2)]
        for process in (*workers, studio):
            stack.callback(process.stop)
            process.start()
        _until(database, "SELECT id FROM workers WHERE state = 'alive'", 2)
        jobs = _admit(studio.url, studio.headers())
        _until(database, "SELECT id FROM provider_calls WHERE state = 'pending'", JOBS)
        found = _killed(database, workers[0])
        ended = Crowd(studio).wait_for(jobs, 60)
    return {**found, "ended": dict(ended)}


def _killed(database: str, victim: Worker) -> dict[str, Any]:
    with psycopg.connect(database, autocommit=True) as connection:
        assert victim.process
        (name,) = connection.execute("SELECT id FROM workers WHERE pid = %s", (victim.process.pid,)).fetchone() or ("",)
        mine = {job for job, worker, _ in connection.execute(AT_WORK) if worker == name}
        begun = time.monotonic()
        victim.kill(group=True)
        moved: dict[str, float] = {}
        while len(moved) < len(mine) and time.monotonic() - begun < 60:
            for job, worker, _ in connection.execute(AT_WORK):
                if job in mine and worker != name:
                    moved.setdefault(job, time.monotonic() - begun)
            time.sleep(0.05)
    return {"jobs": len(mine), "moved": len(moved), "slowest_s": round(max(moved.values(), default=0), 2)}


def _admit(url: str, headers: dict[str, str]) -> list[str]:
    with httpx2.Client(base_url=url, headers=headers | {"Prefer": "respond-async"}, timeout=20) as client:
        body = {"width": 64, "height": 64}
        answers = [
            client.post("/api/image-studio/create", json={**body, "prompt": f"job {n}"}).json() for n in range(JOBS)
        ]
    return [answer["id"] for answer in answers]


def _until(database: str, query: str, count: int) -> None:
    until = time.monotonic() + 60
    with psycopg.connect(database, autocommit=True) as connection:
        while len(connection.execute(query.encode()).fetchall()) < count:
            if time.monotonic() > until:
                raise SystemExit(f"never came to {count}: {query}")
            time.sleep(0.05)
