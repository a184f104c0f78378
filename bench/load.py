"""Steady mixed traffic, and what it does to times and memory: `python -m bench.load [--minutes M] [--ground G]`.

50 connections ask for one thing every two seconds each, unevenly: 25 requests a second. One in ten makes a picture of
256 x 256 by an engine that takes a second, and does not wait for it; the others look at things (`traffic.READS`), and
five more listen to the news of all jobs. All of them use one API key. No limit of the default tier, `self_hosted`, is
in the way or raised.

On the ground `embedded` that is one server on SQLite and files. On `served` it is a server that runs no jobs and two
workers that do, on PostgreSQL and one folder: an S3 in Python on the same two cores would be what is measured.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import httpx2

from bench import memory
from bench.crowd import Crowd
from bench.studio import Studio, Worker, stub, stub_worker
from bench.traffic import READS, TIMEOUT_S, Pace, Traffic
from tests.ground.postgres import Cluster

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.traffic import Taken

Ground = Literal["embedded", "served"]
LISTENERS = 5
PATIENCE_S = 120
WORKERS = 2
ENOUGH = {"IMAGE_STUDIO_PROVIDERS__STUB__CONCURRENCY": "200"}
"""More calls at once than there will be: the engine is not what is measured."""
READS_P99_MS = 200
GROWTH = 0.05
MEMORY_MINUTES = 5
"""A run that is shorter says nothing of memory: caches are still being filled."""


def run(folder: Path, minutes: float, pace: Pace, ground: Ground = "embedded") -> dict[str, Any]:
    """Let traffic flow for so long and return the figures."""
    with ExitStack() as stack:
        studio = _studio(folder, ground, stack)
        traffic, seen, seconds = asyncio.run(_flow(studio, minutes * 60, pace))
        outcomes = Crowd(studio).wait_for(traffic.jobs, PATIENCE_S)
    return {
        "seconds": round(seconds),
        "connections": pace.connections,
        "requests a second": round(sum(map(len, traffic.times.values())) / seconds, 1),
        "errors": traffic.errors.total(),
        **({"what errors": dict(traffic.errors)} if traffic.errors else {}),
        **_times(traffic),
        "jobs": len(traffic.jobs),
        "jobs not done": len(traffic.jobs) - outcomes["done"],
        "news heard by the least": min((traffic.heard[number] for number in range(LISTENERS)), default=0),
        "memory at the end (MB)": round(seen[-1][1]),
        "memory at most (MB)": round(max(size for _, size in seen)),
        "memory's growth in the second half": round(memory.growth(seen), 4),
        "callers' own lag p99 (ms)": _ms(traffic.lags, 0.99),
    }


async def _flow(studio: Studio, seconds: float, pace: Pace) -> tuple[Taken, list[tuple[float, float]], float]:
    assert studio.process
    most = pace.connections + LISTENERS
    limits = httpx2.Limits(max_connections=most, max_keepalive_connections=most)
    async with httpx2.AsyncClient(
        base_url=studio.url, headers=studio.headers(), timeout=TIMEOUT_S, limits=limits
    ) as client:
        made = await client.post("/api/account/keys", json={"name": "load"})
        client.headers["Authorization"] = f"Bearer {made.raise_for_status().json()['key']}"
        traffic = Traffic(client, pace)
        await traffic.seed()
        begun = time.monotonic()
        async with (
            memory.watched(studio.process.pid, min(5.0, seconds / 8)) as seen,
            traffic.flowing(LISTENERS),
        ):
            await asyncio.sleep(seconds)
        return traffic.taken, seen, time.monotonic() - begun


def _studio(folder: Path, ground: Ground, stack: ExitStack) -> Studio:
    engine, settings = ("--seconds", "1"), dict(ENOUGH)
    workers: list[Worker] = []
    if ground == "served":
        settings |= {
            "DATABASE_URL": stack.enter_context(Cluster(fsync=True)).studio(),
            "IMAGE_STUDIO_SECRET_KEY": "k" * 40,
            "IMAGE_STUDIO_STORAGE__URL": (folder / "files").resolve().as_uri(),
            "IMAGE_STUDIO_WORKERS__SERVE": "false",
        }
        workers = [stub_worker(folder / f"w{number}", *engine, settings=settings) for number in range(WORKERS)]
    studio = stub(folder / "data", *engine, settings=settings)
    for process in (*workers, studio):
        stack.callback(process.stop)
        process.start()
    return studio


def _times(taken: Taken) -> dict[str, float]:
    reads = [one for what in READS for one in taken.times[what]]
    return {
        "reads p50 (ms)": _ms(reads, 0.5),
        "reads p95 (ms)": _ms(reads, 0.95),
        "reads p99 (ms)": _ms(reads, 0.99),
        **{f"{what} p99 (ms)": _ms(taken.times[what], 0.99) for what in READS},
        "admission p50 (ms)": _ms(taken.times["create"], 0.5),
        "admission p95 (ms)": _ms(taken.times["create"], 0.95),
    }


def _ms(seconds: Sequence[float], part: float) -> float:
    ordered = sorted(seconds)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1000, 1) if ordered else 0.0


def is_sound(found: dict[str, Any]) -> bool:
    """Return whether every request was answered as it should, and every job was done."""
    return found["errors"] == 0 and found["jobs not done"] == 0 and found["news heard by the least"] > 0


def is_steady(found: dict[str, Any]) -> bool:
    """Return whether answers came quickly, and memory stayed as it was."""
    flat = found["memory's growth in the second half"] < GROWTH or found["seconds"] < MEMORY_MINUTES * 60
    return flat and found["reads p99 (ms)"] < READS_P99_MS


def main() -> None:
    """Run and print; exit 1 if anything is wrong or slow."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--connections", type=int, default=50)
    asked.add_argument("--every", type=float, default=2.0, help="seconds between two requests of a connection")
    asked.add_argument("--creates", type=float, default=0.1, help="the part of all requests that makes pictures")
    asked.add_argument("--ground", choices=("embedded", "served"), default="embedded")
    asked.add_argument("--json", action="store_true")
    args = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pace = Pace(connections=args.connections, every_s=args.every, creates=args.creates)
        found = run(Path(folder), args.minutes, pace, args.ground)
    print(json.dumps(found) if args.json else "\n".join(f"{name:36} {value}" for name, value in found.items()))
    raise SystemExit(0 if is_sound(found) and is_steady(found) else 1)


if __name__ == "__main__":
    main()
