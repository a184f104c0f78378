"""Commands speak to a studio in the same way wherever it is, and hear what it refuses."""

from __future__ import annotations

import asyncio
import json

import httpx2
import pytest

from backend.cli import api as rooms
from backend.cli.api import Api, elsewhere
from backend.cli.embedded import HERE, Direct
from backend.cli.failing import Refused


async def answer(send, status, body, kind=b"application/json"):
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", kind)]})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def spoken_to(app) -> Api:
    """Return the API of an app in this process."""
    return Api(httpx2.AsyncClient(transport=Direct(app), base_url=HERE))


async def test_a_query_leaves_out_what_is_not_given():
    async def app(scope, _receive, send):
        await answer(send, 200, json.dumps(scope["query_string"].decode()).encode())

    assert await spoken_to(app).get("/x", a=1, b=None) == "a=1"


async def test_a_body_arrives_whole():
    async def app(_scope, receive, send):
        await answer(send, 201, (await receive())["body"])

    assert await spoken_to(app).send("POST", "/x", {"words": "größer"}) == {"words": "größer"}


async def test_a_problem_is_raised_with_its_members():
    async def app(_scope, _receive, send):
        body = json.dumps({"title": "Not found", "code": "not-found"}).encode()
        await answer(send, 404, body, b"application/problem+json")

    with pytest.raises(Refused) as caught:
        await spoken_to(app).get("/x")
    assert caught.value.problem["code"] == "not-found"


async def test_what_is_no_studio_is_told_apart():
    async def app(_scope, _receive, send):
        await answer(send, 502, b"<html>", b"text/html")

    with pytest.raises(Refused) as caught:
        await spoken_to(app).get("/x")
    assert "502" in caught.value.problem["detail"]


async def test_events_arrive_while_the_answer_is_being_made():
    ask_on = asyncio.Event()

    async def app(_scope, _receive, send):
        kind = (b"content-type", b"text/event-stream")
        await send({"type": "http.response.start", "status": 200, "headers": [kind]})
        await send({"type": "http.response.body", "body": b'event: a\ndata: {"n": 1}\n\n', "more_body": True})
        await ask_on.wait()
        await send({"type": "http.response.body", "body": b'event: b\ndata: {"n": 2}\n\n', "more_body": False})

    events = spoken_to(app).events("/events")
    assert await anext(events) == ("a", {"n": 1})
    ask_on.set()
    assert [event async for event in events] == [("b", {"n": 2})]


async def test_a_stream_that_breaks_off_is_taken_up_where_it_ended(monkeypatch):
    monkeypatch.setattr(rooms, "PAUSE_S", 0)
    asked = []

    def handle(request):
        asked.append(request.headers.get("last-event-id"))
        if len(asked) == 1:
            return httpx2.Response(200, headers={"content-type": "text/event-stream"}, stream=Breaking())
        return httpx2.Response(200, headers={"content-type": "text/event-stream"}, content=b"id: 8\ndata: 2\n\n")

    api = Api(httpx2.AsyncClient(transport=httpx2.MockTransport(handle), base_url=HERE))
    assert [data async for _, data in api.events("/events")] == [1, 2]
    assert asked == [None, "7"]


class Breaking(httpx2.AsyncByteStream):
    async def __aiter__(self):
        yield b"id: 7\ndata: 1\n\n"
        raise httpx2.ReadError("gone")


async def test_closing_a_stream_lets_the_app_know():
    gone = asyncio.Event()

    async def app(_scope, receive, send):
        await receive()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"x", "more_body": True})
        try:
            await receive()
        finally:
            gone.set()

    client = httpx2.AsyncClient(transport=Direct(app), base_url=HERE)
    async with client.stream("GET", "/x") as found:
        assert found.status_code == 200
    assert gone.is_set()


async def test_an_app_that_breaks_is_not_hidden():
    async def app(_scope, _receive, _send):
        raise LookupError("broken")

    with pytest.raises(LookupError):
        await spoken_to(app).get("/x")


@pytest.mark.parametrize("url", ["nowhere", "http://127.0.0.1:9"])
async def test_an_address_where_nobody_is_is_told(url):
    with pytest.raises(Refused) as caught:
        async with elsewhere(url, "key") as api:
            await api.get("/x")
    assert caught.value.problem["title"] == "No studio answers"
