"""What the studio adds to an engine's own second: `python -m bench.overhead [--json]`.

An engine that takes exactly one second, ten calls at a time, on the default database. Measured over HTTP.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from pathlib import Path

import httpx2

from bench.studio import stub

ENGINE_S = 1.0
SIZE = {"width": 256, "height": 256, "response_format": "url"}
TARGETS = {
    "one create, overhead p50 (ms)": 120,
    "10 variations (s)": 1.8,
    "50 jobs, 10 at a time (s)": 7.5,
    "health p99 meanwhile (ms)": 50,
}


async def create(client: httpx2.AsyncClient, **fields: object) -> float:
    """Return the seconds that one waited-for create takes."""
    begun = time.perf_counter()
    answer = await client.post("/api/image-studio/create", json={"prompt": "a stub", **SIZE, **fields})
    answer.raise_for_status()
    assert answer.json()["success"]
    return time.perf_counter() - begun


async def ask_health(client: httpx2.AsyncClient, until: asyncio.Event) -> list[float]:
    """Return the seconds that each of many health checks takes, until told to stop."""
    seen: list[float] = []
    while not until.is_set():
        begun = time.perf_counter()
        (await client.get("/api/image-studio/health")).raise_for_status()
        seen.append(time.perf_counter() - begun)
        await asyncio.sleep(0.05)
    return seen


async def measure(client: httpx2.AsyncClient) -> dict[str, float]:
    """Return the figures."""
    await create(client)
    ones = [await create(client) - ENGINE_S for _ in range(15)]
    tens = [await create(client, num_variations=10) for _ in range(3)]
    done = asyncio.Event()
    health = asyncio.create_task(ask_health(client, done))
    begun = time.perf_counter()
    await asyncio.gather(*(create(client) for _ in range(50)))
    fifty = time.perf_counter() - begun
    done.set()
    checks = sorted(await health)
    return {
        "one create, overhead p50 (ms)": statistics.median(ones) * 1000,
        "10 variations (s)": statistics.median(tens),
        "50 jobs, 10 at a time (s)": fifty,
        "health p99 meanwhile (ms)": checks[int(len(checks) * 0.99)] * 1000,
    }


async def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--json", action="store_true")
    as_json = asked.parse_args().json
    with tempfile.TemporaryDirectory() as folder:
        studio = stub(Path(folder) / "data", "--seconds", str(ENGINE_S))
        studio.start()
        try:
            limits = httpx2.Limits(max_connections=100)
            async with httpx2.AsyncClient(
                base_url=studio.url, headers=studio.headers(), timeout=60, limits=limits
            ) as client:
                figures = await measure(client)
        finally:
            studio.stop()
    if as_json:
        print(json.dumps(figures))
        return
    for name, figure in figures.items():
        print(f"{name:34} {figure:8.2f}   target {TARGETS[name]:g}   {'ok' if figure <= TARGETS[name] else 'MISSED'}")


if __name__ == "__main__":
    asyncio.run(main())
