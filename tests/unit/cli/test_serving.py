"""The server takes its address or says why it can't, and lets go of listeners when it stops."""

from __future__ import annotations

import asyncio
import socket

import pytest

from backend.cli.serving import address, leaving, listen
from backend.errors import MachineTrouble


@pytest.fixture
def taken():
    """Return a port that another program listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_taken_port_is_told_with_the_way_out(taken):
    with pytest.raises(MachineTrouble, match=rf"Another program listens on port {taken} already.*--port"):
        listen("127.0.0.1", taken, waiting=8)


def test_an_address_of_another_machine_is_told():
    with pytest.raises(MachineTrouble, match=r"192\.0\.2\.1 is no address of this machine.*--host"):
        listen("192.0.2.1", 49999, waiting=8)


def test_whoever_is_early_waits_instead_of_being_refused():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with listen("127.0.0.1", port, waiting=8), socket.create_connection(("127.0.0.1", port), timeout=5):
        pass


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::", "http://[::1]:8000"),
        ("::1", "http://[::1]:8000"),
        ("studio.lan", "http://studio.lan:8000"),
    ],
)
def test_people_are_told_an_address_that_opens(host, url):
    assert address(host, 8000) == url


async def test_listeners_hear_the_end_of_the_server_and_bodies_are_read_first():
    stopping, never = asyncio.Event(), asyncio.Event()
    coming = [
        {"type": "http.request", "body": b"a", "more_body": True},
        {"type": "http.request", "body": b"b", "more_body": False},
    ]
    heard = []

    async def app(_scope, receive, _send):
        while not heard or heard[-1]["type"] != "http.disconnect":
            heard.append(await receive())
            if len(heard) == 2:
                asyncio.get_running_loop().call_soon(stopping.set)

    async def receive():
        if coming:
            return coming.pop(0)
        return await never.wait()

    await leaving(app, stopping)({}, receive, None)
    assert [message.get("body") for message in heard] == [b"a", b"b", None]


async def test_small_writes_leave_at_once():
    """An event of a stream doesn't wait until the one before it is acknowledged, which takes 40 ms."""
    found: list[int] = []

    async def met(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        found.append(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    listener = listen("127.0.0.1", 0, waiting=8)
    async with await asyncio.start_server(met, sock=listener):
        reader, writer = await asyncio.open_connection(*listener.getsockname())
        await reader.read()
        writer.close()
    assert found == [1]
