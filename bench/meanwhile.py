"""Whether the server answers while the local engine computes: `python -m bench.meanwhile [--seconds 60]`.

A server as `image-studio serve` starts it (SQLite, files), and four callers who each have one job of the local engine
under way all the time: a hole filled, a megapixel enlarged fourfold, a picture extended, one painted over or adjusted;
real photographs. Meanwhile `/health` and `/health/ready` are asked twenty times a second each, at fixed moments,
however slow the answers are. Ends with 1 where an aim is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import cycle
from typing import TYPE_CHECKING

import httpx2

from bench.local_jobs import STUDIO, Caller, say, served
from bench.memory import watched

if TYPE_CHECKING:
    from collections.abc import Sequence

HEALTH = {"health": f"{STUDIO}/health", "ready": "/api/health/ready"}
EVERY_S = 0.05
P99_MS = 100
LANES = (("erase",), ("upscale",), ("outpaint",), ("style", "adjust"))
"""What each of the callers asks for, in turns."""


@dataclass(slots=True)
class Heard:
    """Answers of health, and what became of the jobs meanwhile."""

    times: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    bad: Counter[str] = field(default_factory=Counter[str])
    lags: list[float] = field(default_factory=list[float])
    jobs: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failed: Counter[str] = field(default_factory=Counter[str])


async def while_computing(caller: Caller, seconds: float) -> Heard:
    """Keep four jobs under way for so long and return what health answered."""
    heard, over = Heard(), asyncio.Event()
    lanes = [asyncio.create_task(_lane(caller, number, heard, over)) for number in range(len(LANES))]
    await asyncio.sleep(2)  # all four are under way
    asking = [asyncio.create_task(_asked(caller, what, heard, over)) for what in HEALTH]
    await asyncio.sleep(seconds)
    over.set()
    await asyncio.gather(*asking, *lanes)
    return heard


async def _lane(caller: Caller, number: int, heard: Heard, over: asyncio.Event) -> None:
    for turn, name in enumerate(cycle(LANES[number])):
        if over.is_set():
            return
        begun = time.monotonic()
        found = await caller.end(await caller.admit(name, number + turn))
        heard.jobs[name].append(time.monotonic() - begun)
        if found["status"] != "done":
            heard.failed[f"{name}: {found['problem']}"] += 1


async def _asked(caller: Caller, what: str, heard: Heard, over: asyncio.Event) -> None:
    """Ask at fixed moments, so that a slow answer keeps no later question from being asked."""
    asking: set[asyncio.Task[None]] = set()
    due = time.perf_counter()
    while not over.is_set():
        due += EVERY_S
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        heard.lags.append(max(0.0, time.perf_counter() - due))
        one = asyncio.create_task(_ask(caller, what, heard))
        asking.add(one)
        one.add_done_callback(asking.discard)
    await asyncio.gather(*asking)


async def _ask(caller: Caller, what: str, heard: Heard) -> None:
    begun = time.perf_counter()
    try:
        answer = await caller.client.get(HEALTH[what])
    except httpx2.TransportError as error:
        heard.bad[f"{what}: {type(error).__name__}"] += 1
        return
    heard.times[what].append(time.perf_counter() - begun)
    if answer.status_code != 200:
        heard.bad[f"{what}: {answer.status_code}"] += 1


async def measured(seconds: float) -> list[str]:
    """Measure, print, and return what is wrong."""
    wrong: list[str] = []
    async with served(["-m", "backend.cli", "serve"], wrong) as (studio, caller):
        assert studio.process
        async with watched(studio.process.pid, 2.0) as memory:
            heard = await while_computing(caller, seconds)
    _tell(heard, max(size for _, size in memory))
    wrong += [f"{what}: {count} times" for what, count in (heard.bad + heard.failed).items()]
    slow = [what for what, times in heard.times.items() if _ms(times, 0.99) >= P99_MS]
    return wrong + [f"{what}: p99 of {_ms(heard.times[what], 0.99):.0f} ms" for what in slow]


def _tell(heard: Heard, most: float) -> None:
    for what, times in heard.times.items():
        print(f"{what}: {len(times)} answers")
        say(f"{what}, p50", _ms(times, 0.5), "ms")
        say(f"{what}, p99", _ms(times, 0.99), "ms", f"< {P99_MS}")
        say(f"{what}, slowest", max(times) * 1000, "ms")
    say("the asker's own lag, p99", _ms(heard.lags, 0.99), "ms")
    for name, seconds in heard.jobs.items():
        print(f"{name}: {len(seconds)} jobs, {statistics.median(seconds):.1f} s each (median)")
    say("memory at most, all processes", most, "MB")


def _ms(seconds: Sequence[float], part: float) -> float:
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1000


def main() -> None:
    """Measure, print, and end with 1 where an aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    wrong = asyncio.run(measured(parser.parse_args().seconds))
    print("\n".join(f"WRONG  {one}" for one in wrong))
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
