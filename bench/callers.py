"""Callers that behave like real ones while things break: they name their requests, try again, and note every answer."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx2

from tests.fakes.stub_provider import picture

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping

    from bench.studio import Studio

FIRST_S, LONGEST_S = 0.1, 1.0
"""The pauses between two tries, which double."""
PATIENCE_S = 240.0
"""After so long a caller gives a request up."""
ASK_EVERY_S = 0.25
"""How often health is asked."""
PLAINLY_TOLD = {"type", "title", "status", "detail", "code", "request_id"}
PASSING = {"database-busy", "database-unavailable", "storage-full", "storage-unavailable", "not-ready"}
"""The problems that say that the machine is in trouble and that the request may be sent again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a caller was told, and when; status 0 where the connection broke."""

    at: float
    what: str
    status: int
    code: str = ""
    missing: tuple[str, ...] = ()
    flaw: str = ""

    @property
    def is_good(self) -> bool:
        """Say whether it was what the caller wanted."""
        return 200 <= self.status < 300


def noted(what: str, answer: httpx2.Response) -> Note:
    """Return what an answer says; its flaw, if it is an error that is no well-formed problem."""
    if answer.is_success:
        return Note(at=time.time(), what=what, status=answer.status_code)
    problem: dict[str, Any] = {}
    with contextlib.suppress(ValueError):
        problem = answer.json()
    return Note(
        at=time.time(),
        what=what,
        status=answer.status_code,
        code=str(problem.get("code", "")),
        missing=tuple(problem.get("missing", ())),
        flaw=_flaw(answer, problem),
    )


def _flaw(answer: httpx2.Response, problem: Mapping[str, Any]) -> str:
    if answer.headers.get("content-type", "").partition(";")[0] != "application/problem+json":
        return f"{answer.status_code} is no problem: {answer.text[:80]!r}"
    if lacks := PLAINLY_TOLD - problem.keys():
        return f"{answer.status_code} lacks {', '.join(sorted(lacks))}"
    if problem["status"] != answer.status_code:
        return f"{answer.status_code} says that it is {problem['status']}"
    if problem["code"] not in PASSING:
        return f"{answer.status_code} {problem['code']}: {problem['detail'][:80]}"
    return ""


@dataclass(slots=True, kw_only=True)
class Callers:
    """Some who create and edit without end, one who looks at things, and one who asks how the studio is."""

    studio: Studio
    count: int
    pause_s: float
    seed: int = 1
    notes: list[Note] = field(default_factory=list)
    admitted: list[str] = field(default_factory=list)
    given_up: int = 0
    _over: asyncio.Event = field(default_factory=asyncio.Event)

    @contextlib.asynccontextmanager
    async def at_work(self) -> AsyncGenerator[None]:
        """Let them call from entering to leaving; what was begun is brought to an answer."""
        limits = httpx2.Limits(max_connections=self.count + 10)
        async with httpx2.AsyncClient(
            base_url=self.studio.url, headers=self.studio.headers(), timeout=60, limits=limits
        ) as client:
            making = [asyncio.create_task(self._make(client, number)) for number in range(self.count)]
            looking = asyncio.create_task(self._look(client))
            asking = [asyncio.create_task(self._ask(client, what)) for what in ("live", "ready")]
            try:
                yield
            finally:
                self._over.set()
                await asyncio.gather(*making, looking, *asking)

    async def _make(self, client: httpx2.AsyncClient, number: int) -> None:
        rng, count = random.Random(f"{self.seed}.{number}"), 0
        while not self._over.is_set():
            count += 1
            name = f"{self.seed}.{number}.{count}"
            path, body = _edit(number, count) if rng.random() < 0.25 else _create(name, rng)
            headers = {"Idempotency-Key": name} | ({"Prefer": "respond-async"} if count % 3 else {})
            await self._until_told(client, path, body, headers)
            await asyncio.sleep(rng.uniform(0.5, 1.5) * self.pause_s)

    async def _until_told(
        self, client: httpx2.AsyncClient, path: str, body: Mapping[str, Any], headers: Mapping[str, str]
    ) -> None:
        until, pause = time.monotonic() + PATIENCE_S, FIRST_S
        while time.monotonic() < until:
            try:
                answer = await client.post(path, json=body, headers=headers)
            except httpx2.TransportError as error:
                self._note(Note(at=time.time(), what=path, status=0, code=type(error).__name__))
            else:
                note = self._note(noted(path, answer))
                if job := _job(answer):
                    self.admitted.append(job)
                    return
                if note.flaw:
                    break
            await asyncio.sleep(random.uniform(0.8, 1.2) * pause)
            pause = min(2 * pause, LONGEST_S)
        self.given_up += 1

    async def _look(self, client: httpx2.AsyncClient) -> None:
        while not self._over.is_set():
            with contextlib.suppress(httpx2.TransportError):
                for path in ("/api/jobs?limit=5", "/api/image-studio/templates"):
                    self._note(noted("look", await client.get(path)))
                page = await client.get("/api/content-assets/?limit=3")
                self._note(noted("look", page))
                shown: list[dict[str, str]] = page.json()["assets"] if page.is_success else []
                for asset in shown:
                    self._note(noted("picture", await client.get(f"/api/content-assets/{asset['id']}/content")))
            await asyncio.sleep(self.pause_s)

    async def _ask(self, client: httpx2.AsyncClient, what: str) -> None:
        while not self._over.is_set():
            try:
                self._note(noted(what, await client.get(f"/api/health/{what}", timeout=15)))
            except httpx2.TransportError as error:
                self._note(Note(at=time.time(), what=what, status=0, code=type(error).__name__))
            await asyncio.sleep(ASK_EVERY_S)

    def _note(self, note: Note) -> Note:
        self.notes.append(note)
        return note


def _create(name: str, rng: random.Random) -> tuple[str, dict[str, Any]]:
    wanted = {"prompt": f"job {name}", "width": 128, "height": 128, "num_variations": rng.randint(1, 2)}
    return "/api/image-studio/create", wanted | {"response_format": "url"}


def _edit(number: int, count: int) -> tuple[str, dict[str, Any]]:
    """Return an edit of a picture that nobody else sends."""
    image = base64.b64encode(picture(64 + count % 64, 64 + number, count % 255)).decode()
    return "/api/image-studio/edit", {
        "operation": "remove_background",
        "image_base64": image,
        "response_format": "url",
    }


def _job(answer: httpx2.Response) -> str | None:
    """Return the job that was admitted, whichever way it ended; None if none was."""
    with contextlib.suppress(ValueError):
        told = answer.json()
        return told["id"] if answer.status_code == 202 else told.get("job_id")
    return None
