"""How much memory a studio takes while it is at work, and whether that grows."""

from __future__ import annotations

import asyncio
import contextlib
import statistics
import time
from typing import TYPE_CHECKING

import psutil

from bench.idle import group

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

MB = 1e6


def pss(session: int) -> float:
    """Return the memory of a process group in megabytes, what several share counted once."""
    total = 0
    for process in group(session):
        with contextlib.suppress(psutil.NoSuchProcess):
            total += process.memory_full_info().pss
    return total / MB


@contextlib.asynccontextmanager
async def watched(session: int, every_s: float) -> AsyncGenerator[list[tuple[float, float]]]:
    """Yield a list that grows by the second and the megabytes, from entering to leaving."""
    seen: list[tuple[float, float]] = []

    async def look() -> None:
        while True:
            seen.append((time.monotonic(), await asyncio.to_thread(pss, session)))
            await asyncio.sleep(every_s)

    looking = asyncio.create_task(look())
    try:
        yield seen
    finally:
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)


def growth(seen: list[tuple[float, float]]) -> float:
    """Return by which part memory grew over the second half, by the line that fits it best."""
    half = seen[len(seen) // 2 :]
    if len(half) < 3:
        return 0.0
    times, sizes = zip(*half, strict=True)
    slope = statistics.linear_regression(times, sizes).slope
    return slope * (times[-1] - times[0]) / statistics.fmean(sizes)
