"""How throughput grows with workers, and how admission holds with a long queue: `python -m bench.scale`.

A server that runs no jobs, PostgreSQL, and 1, 2 and 4 workers whose stub engine takes a second. Each worker runs so
many jobs at once that the stub is what it waits for; their rate is taken when all jobs have been admitted, since the
callers use the same machine. Then so many jobs are admitted that most of them wait, by four callers who each send the
next one as soon as they have their answer: that says how many admissions the machine can do. Then, while all those wait
and the workers work on, one job is sent every tenth of a second for a minute: that says how long one takes.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import httpx2
import psycopg

from bench.studio import Studio, stub, stub_worker
from tests.ground.postgres import Cluster

EACH = 4
"""How many jobs a worker runs at once."""
SECONDS = 1.0
SIZE = 64
LEAST = 0.9
"""Of linear growth."""
SLOWEST_S = 0.150
"""The p95 of admission."""
PACED, EVERY_S = 600, 0.1
"""How many jobs are sent one after the other, and how often, in seconds."""


class Scale:
    """A studio whose workers come and go."""

    def __init__(self, stack: ExitStack, folder: Path, limit: int) -> None:
        self.database = stack.enter_context(Cluster(fsync=True)).studio()
        self.stack, self.folder = stack, folder
        self.settings = {
            "DATABASE_URL": self.database,
            "IMAGE_STUDIO_SECRET_KEY": "k" * 40,
            "IMAGE_STUDIO_STORAGE__URL": (folder / "files").resolve().as_uri(),
            "IMAGE_STUDIO_WORKERS__SERVE": "false",
            "IMAGE_STUDIO_JOBS__RUNNING": str(EACH),
            "IMAGE_STUDIO_PROVIDERS__STUB__CONCURRENCY": str(limit),
        }
        self.count = 0
        self.studio: Studio = stub(folder / "data", settings=self.settings)

    def worker(self) -> None:
        """Add a worker."""
        self.count += 1
        one = stub_worker(self.folder / f"w{self.count}", "--seconds", str(SECONDS), settings=self.settings)
        self.stack.callback(one.stop)
        one.start()
        self.until("SELECT count(*) FROM workers WHERE state = 'alive'", self.count)

    def now(self) -> datetime:
        """Return the database's clock."""
        with psycopg.connect(self.database) as connection:
            return (connection.execute("SELECT clock_timestamp()").fetchone() or (datetime.now(UTC),))[0]

    def until(self, query: str, least: int, patience_s: float = 300) -> float:
        """Return the seconds until a query's number is so high."""
        begun = time.monotonic()
        with psycopg.connect(self.database, autocommit=True) as connection:
            while (connection.execute(query.encode()).fetchone() or (0,))[0] < least:
                if time.monotonic() - begun > patience_s:
                    raise SystemExit(f"never came to {least}: {query}")
                time.sleep(0.02)
        return time.monotonic() - begun

    def admit(self, count: int, callers: int, every_s: float = 0) -> list[float]:
        """Admit so many jobs and return how long each took, in seconds; with `every_s`, from when it was due on."""
        first = time.monotonic()
        headers = self.studio.headers() | {"Prefer": "respond-async"}
        with (
            httpx2.Client(base_url=self.studio.url, headers=headers, timeout=60) as client,
            ThreadPoolExecutor(callers) as pool,
        ):
            return list(pool.map(partial(_admit, client, first, every_s), range(count)))


def _admit(client: httpx2.Client, first: float, every_s: float, number: int) -> float:
    begun = first + number * every_s if every_s else time.monotonic()
    time.sleep(max(0.0, begun - time.monotonic()))
    body = {"prompt": f"job {number}", "width": SIZE, "height": SIZE}
    answer = client.post("/api/image-studio/create", json=body)
    assert answer.status_code == 202, answer.text
    return time.monotonic() - begun


DONE = "SELECT count(*) FROM jobs WHERE status = 'done'"


def grow(scale: Scale, workers: tuple[int, ...], rounds: int) -> dict[str, Any]:
    """Return the throughput by number of workers, in jobs a second, and its share of linear growth."""
    found: dict[str, Any] = {}
    done = 0
    for count in workers:
        while scale.count < count:
            scale.worker()
        jobs = rounds * EACH * count
        scale.admit(jobs, 4)
        admitted = scale.now()
        done += jobs
        scale.until(DONE, done)
        found[f"{count} workers, jobs/s"] = round(_rate(scale.database, admitted), 2)
    first = found[f"{workers[0]} workers, jobs/s"] / workers[0]
    for count in workers[1:]:
        found[f"{count} workers, of linear"] = round(found[f"{count} workers, jobs/s"] / (first * count), 3)
    return found


def _rate(database: str, since: datetime) -> float:
    """Return the rate between the first and the last of the jobs that ended after a moment."""
    query = "SELECT finished_at FROM jobs WHERE status = 'done' AND finished_at > %s"
    with psycopg.connect(database) as connection:
        moments = [row[0] for row in connection.execute(query, (since,))]
    span = (max(moments) - min(moments)).total_seconds()
    return (len(moments) - 1) / span


WAITING = "SELECT count(*) FROM jobs WHERE status = 'queued'"


def queue(scale: Scale, count: int) -> dict[str, Any]:
    """Return how long admission takes while the queue grows to so many, and with that many in it."""
    begun = time.monotonic()
    took = scale.admit(count, 4)
    rate = count / (time.monotonic() - begun)
    tenth = max(count // 10, 1)
    with psycopg.connect(scale.database) as connection:
        waiting = (connection.execute(WAITING).fetchone() or (0,))[0]
    return {
        "admitted": count,
        "by 4 callers without a pause, a second": round(rate, 1),
        "their p95, ms": _p95(took),
        "of the first tenth, ms": _p95(took[:tenth]),
        "of the last tenth, ms": _p95(took[-tenth:]),
        "waiting then": waiting,
        "admission p95, ms": _p95(scale.admit(PACED, 32, every_s=EVERY_S)),
    }


def _p95(took: list[float]) -> float:
    return round(sorted(took)[int(len(took) * 0.95)] * 1000, 1)


def main() -> None:
    """Run and print; exit 1 if it does not hold."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    asked.add_argument("--rounds", type=int, default=20, help="seconds' worth of jobs for each number of workers")
    asked.add_argument("--queue", type=int, default=10_000)
    asked.add_argument("--json", action="store_true")
    args = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        scale = Scale(stack, Path(folder), limit=EACH * max(args.workers))
        scale.worker()
        stack.callback(scale.studio.stop)
        scale.studio.start()
        found = grow(scale, tuple(args.workers), args.rounds) | queue(scale, args.queue)
    print(json.dumps(found) if args.json else "\n".join(f"{name:40} {value}" for name, value in found.items()))
    linear = [share for name, share in found.items() if name.endswith("of linear")]
    raise SystemExit(0 if all(one >= LEAST for one in linear) and found["admission p95, ms"] <= 1000 * SLOWEST_S else 1)


if __name__ == "__main__":
    main()
