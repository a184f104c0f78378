"""A studio with something of everything in it: people, keys, pictures, money, and work at hand.

It uses the studio through its doors alone, so that earlier versions can be inhabited too: see `make.py`.
"""

from __future__ import annotations

import asyncio
import base64
import time
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from backend.db.models import Job, ProviderCall
from backend.providers.base import Finished, Produced
from tests.fakes.stub_provider import StubProvider, picture

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sqlalchemy.orm import InstrumentedAttribute

    from backend.providers.base import Pending
    from tests.fakes.studio import TestStudio

EMAIL, PASSWORD = "ada@example.org", "correct horse battery"
ORDER = "order-1"
NEVER_S = 1e10
PATIENCE_S = 60.0
CONCURRENT = 2
"""How many calls the engine takes at once, so that a third one waits for a place."""


class Resuming(StubProvider):
    """The engine later on: everything that it once gave a ticket for is ready."""

    async def resume(self, ticket: str) -> Finished | Pending:
        _, width, height, key = ticket.split("|", 3)
        self.started.append(f"resume {key}")
        return Finished(images=(Produced(data=picture(int(width), int(height), 99), seed=1),))


async def inhabit(studio: TestStudio, engine: StubProvider) -> dict[str, Any]:
    """Fill a studio whose only engine is a stub that gives tickets, and leave three jobs open; return what to know."""
    people = await _people(studio)
    anna = {"name": "Anna", "voice": "warm", "style_words": ["film grain"], "palette": ["#ff5a1f"], "is_default": True}
    (await studio.client.post("/api/image-studio/personas", json=anna)).raise_for_status()
    made = await _pictures(studio)
    await studio.container.credits.grant(studio.owner.workspace_id, 12.5, reason="a present")
    return {**people, **made, "open": await _open_jobs(studio, engine)}


async def _people(studio: TestStudio) -> dict[str, Any]:
    client = studio.client
    person = {"name": "Ada", "email": EMAIL, "role": "editor", "password": PASSWORD}
    (await client.post("/api/account/users", json=person)).raise_for_status()
    key = (await client.post("/api/account/keys", json={"name": "a program"})).json()["key"]
    login = await client.post("/api/auth/login", json={"email": EMAIL, "password": PASSWORD})
    client.cookies.clear()
    return {"key": key, "session": login.json()["token"]}


async def _pictures(studio: TestStudio) -> dict[str, Any]:
    client = studio.client
    body = {"prompt": "a lamp", "width": 64, "height": 64, "num_variations": 2}
    answer = await client.post("/api/image-studio/create", json=body, headers={"Idempotency-Key": ORDER})
    first, second = (one["asset_id"] for one in answer.raise_for_status().json()["results"])
    answer = await client.post("/api/image-studio/create", json={"prompt": "a spoon", "width": 64, "height": 64})
    (thrown,) = (one["asset_id"] for one in answer.raise_for_status().json()["results"])
    source = base64.b64encode(picture(48, 40, 17)).decode()
    cut = {"operation": "remove_background", "image_base64": source}
    edited = (await client.post("/api/image-studio/edit", json=cut)).raise_for_status().json()
    change = {"title": "Lamp, “lit”", "tags": ["a", "ü", "🪔"]}
    (await client.put(f"/api/content-assets/{first}", json=change)).raise_for_status()
    (await client.post(f"/api/content-assets/{first}/favorite")).raise_for_status()
    (await client.delete(f"/api/content-assets/{thrown}")).raise_for_status()
    return {"kept": first, "other": second, "trashed": thrown, "edited": edited["asset_id"]}


async def _open_jobs(studio: TestStudio, engine: StubProvider) -> dict[str, str]:
    """Leave a job with a ticket, one whose call was never answered, and one that waits for a place."""
    engine.seconds = NEVER_S
    ticketed = await studio.create("with a ticket")
    await until(
        lambda: _any(studio, ProviderCall.id, ProviderCall.job_id == ticketed, ProviderCall.ticket.is_not(None))
    )
    engine.mode = "sync"
    unanswered = await studio.create("never answered")
    await until(lambda: _any(studio, ProviderCall.id, ProviderCall.job_id == unanswered))
    waiting = await studio.create("without a place")
    await until(lambda: _any(studio, Job.id, Job.id == waiting, Job.started_at.is_not(None)))
    return {"ticketed": ticketed, "unanswered": unanswered, "waiting": waiting}


async def _any(studio: TestStudio, what: InstrumentedAttribute[str], *such: sa.ColumnElement[bool]) -> bool:
    async with studio.container.db.read() as session:
        return (await session.execute(sa.select(what).where(*such))).first() is not None


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Return as soon as something holds."""
    deadline = time.monotonic() + PATIENCE_S
    while not await holds():
        assert time.monotonic() < deadline, "it did not come to hold"
        await asyncio.sleep(0.02)
