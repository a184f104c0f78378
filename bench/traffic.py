"""Steady traffic on a studio: connections that ask for one thing after the other, and note how long that took."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx2

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping

SIZE = {"width": 256, "height": 256}
READS: Mapping[str, int] = {
    "library": 20,
    "asset": 15,
    "thumbnail": 30,
    "content": 10,
    "jobs": 10,
    "templates": 4,
    "estimate": 4,
    "account": 3,
    "live": 4,
}
"""What is asked for, and how often: a library that is being scrolled through, mostly."""
PATHS: Mapping[str, str] = {
    "library": "/api/content-assets/?limit=24&offset={offset}",
    "asset": "/api/content-assets/{asset}",
    "thumbnail": "/api/content-assets/{asset}/thumbnail",
    "content": "/api/content-assets/{asset}/content",
    "jobs": "/api/jobs?limit=20",
    "templates": "/api/image-studio/templates",
    "estimate": "/api/image-studio/estimate-cost",
    "account": "/api/account",
    "live": "/api/health/live",
}
ESTIMATE = {"operation": "generate", **SIZE, "num_images": 2}
SEEDED = 24
"""Pictures that are there before anybody looks."""
LAG_EVERY_S = 0.05
TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How much there is of it."""

    connections: int = 50
    every_s: float = 2.0
    """How long after a request a connection sends the next, on average."""
    creates: float = 0.1
    """The part of all requests that makes pictures."""


@dataclass(slots=True, kw_only=True)
class Taken:
    """What was asked and how long that took, in seconds."""

    times: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter[str])
    jobs: list[str] = field(default_factory=list[str])
    heard: Counter[int] = field(default_factory=Counter[int])
    """News, by listener."""
    lags: list[float] = field(default_factory=list[float])
    """By how much the callers' own loop was late: what they measure is no better than that."""


class Traffic:
    """Connections, listeners, and what they saw."""

    def __init__(self, client: httpx2.AsyncClient, pace: Pace) -> None:
        self._client = client
        self._pace = pace
        self._assets: list[str] = []
        self._over = asyncio.Event()
        self.taken = Taken()

    async def seed(self) -> None:
        """Make the first pictures."""
        body = {"prompt": "a seed", **SIZE, "num_variations": 4, "response_format": "url"}
        for _ in range(SEEDED // 4):
            answer = await self._client.post("/api/image-studio/create", json=body)
            answer.raise_for_status()
            self._assets += [one["asset_id"] for one in answer.json()["results"]]

    @contextlib.asynccontextmanager
    async def flowing(self, listeners: int) -> AsyncGenerator[None]:
        """Let it flow from entering to leaving."""
        listening = [asyncio.create_task(self._listen(number)) for number in range(listeners)]
        asking = [asyncio.create_task(self._ask_on(number)) for number in range(self._pace.connections)]
        lagging = asyncio.create_task(self._lag())
        try:
            yield
        finally:
            self._over.set()
            await asyncio.gather(*asking, lagging)
            for each in listening:
                each.cancel()
            await asyncio.gather(*listening, return_exceptions=True)

    async def _ask_on(self, number: int) -> None:
        rng, every_s = random.Random(number), self._pace.every_s
        due = time.monotonic() + rng.uniform(0, every_s)
        while not self._over.is_set():
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            due = max(due, time.monotonic() - every_s) + rng.uniform(2 / 3, 4 / 3) * every_s
            if rng.random() < self._pace.creates:
                await self._create(f"picture {number} {due}")
            else:
                (what,) = rng.choices(tuple(READS), tuple(READS.values()))
                path = PATHS[what].format(asset=rng.choice(self._assets), offset=rng.choice((0, 0, 24)))
                await self._timed(what, path, ESTIMATE if what == "estimate" else None)

    async def _create(self, prompt: str) -> None:
        body = {"prompt": prompt, **SIZE, "response_format": "url"}
        answer = await self._timed("create", "/api/image-studio/create", body)
        if answer is not None and answer.status_code == 202:
            self.taken.jobs.append(answer.json()["id"])

    async def _timed(self, what: str, path: str, body: dict[str, Any] | None) -> httpx2.Response | None:
        begun = time.perf_counter()
        headers = {"Prefer": "respond-async"} if what == "create" else {}
        try:
            method = "GET" if body is None else "POST"
            answer = await self._client.request(method, path, json=body, headers=headers)
        except httpx2.TransportError as error:
            self.taken.errors[f"{what}: {type(error).__name__}"] += 1
            return None
        self.taken.times[what].append(time.perf_counter() - begun)
        if not answer.is_success:
            self.taken.errors[f"{what}: {answer.status_code} {answer.text[:120]}"] += 1
        return answer

    async def _listen(self, number: int) -> None:
        """Hear the news of all jobs; a stream that ends is an error."""
        try:
            async with self._client.stream("GET", "/api/jobs/events", timeout=TIMEOUT_S) as answer:
                async for line in answer.aiter_lines():
                    self.taken.heard[number] += line.startswith("event:")
            self.taken.errors["listener: the stream ended"] += 1
        except httpx2.TransportError as error:
            self.taken.errors[f"listener: {type(error).__name__}"] += 1

    async def _lag(self) -> None:
        while not self._over.is_set():
            begun = time.perf_counter()
            await asyncio.sleep(LAG_EVERY_S)
            self.taken.lags.append(time.perf_counter() - begun - LAG_EVERY_S)
