"""A job is followed to its end: its pictures are taken, its failure is told, Ctrl-C calls it off."""

from __future__ import annotations

import asyncio
import json

import httpx2
import pytest

from backend.cli.api import Api
from backend.cli.embedded import HERE, Direct
from backend.cli.failing import Refused
from backend.cli.watching import Bar, Watcher, follow


class Studio:
    """A studio with one job; it plays the given events, and then those that cancelling brings."""

    def __init__(self, *events) -> None:
        self.events = list(events)
        self.more = asyncio.Event()
        self.asked: list[str] = []

    async def __call__(self, scope, receive, send) -> None:
        self.asked.append(f"{scope['method']} {scope['path']}")
        if scope["path"].endswith("/events"):
            await self._stream(send)
            return
        if scope["method"] == "DELETE":
            self.events.append(("job.cancelled", {"problem": {"code": "job-cancelled"}}))
            self.more.set()
        body = json.dumps({"id": "1", "result": {"success": True}}).encode()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": body})

    async def _stream(self, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]})
        told = 0
        while True:
            for name, data in self.events[told:]:
                text = f"event: {name}\ndata: {json.dumps(data)}\n\n"
                await send({"type": "http.response.body", "body": text.encode(), "more_body": True})
            told = len(self.events)
            self.more.clear()
            await self.more.wait()


async def followed(studio, taken):
    api = Api(httpx2.AsyncClient(transport=Direct(studio), base_url=HERE))

    async def take(asset):
        taken.append(asset["id"])

    return await follow(api, api.send("POST", "/create", {}), Watcher(bar=Bar("x", parts=2), take=take))


def result(ordinal, asset=None, problem=None):
    return "job.result", {"ordinal": ordinal, "asset": asset, "problem": problem}


async def test_pictures_are_taken_as_they_come_and_the_job_is_returned(capsys):
    taken = []
    studio = Studio(
        ("job.progress", {"progress": 0.1, "message": "drawing"}),
        result(0, asset={"id": "a"}),
        result(1, problem={"detail": "refused"}),
        ("job.done", {}),
    )
    job = await followed(studio, taken)
    assert job["result"] == {"success": True}
    assert taken == ["a"]
    assert "Picture 2 could not be made: refused" in capsys.readouterr().err


@pytest.mark.parametrize("ending", ["job.failed", "job.cancelled"])
async def test_a_job_that_makes_nothing_is_its_problem(ending):
    with pytest.raises(Refused) as caught:
        await followed(Studio((ending, {"problem": {"title": "No"}})), [])
    assert caught.value.problem == {"title": "No"}


async def test_an_interrupted_command_calls_its_job_off_and_sees_it_ended(capsys):
    taken = asyncio.Queue()
    studio = Studio(result(0, asset={"id": "a"}))
    api = Api(httpx2.AsyncClient(transport=Direct(studio), base_url=HERE))
    asking = api.send("POST", "/create", {})
    work = asyncio.create_task(follow(api, asking, Watcher(bar=Bar("x", parts=2), take=taken.put)))
    await taken.get()
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert studio.asked == ["POST /create", "GET /api/jobs/1/events", "DELETE /api/jobs/1", "GET /api/jobs/1/events"]
    assert "Cancelled" in capsys.readouterr().err
