"""The proxy that outages are made with fails in the ways it says, and works again."""

from __future__ import annotations

import contextlib
import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.ground.outage import Proxy

if TYPE_CHECKING:
    from collections.abc import Generator


@contextmanager
def echo() -> Generator[int]:
    """Run a server that says what it hears, and give its port."""
    listening = socket.create_server(("127.0.0.1", 0))

    def answer(one: socket.socket) -> None:
        with one, contextlib.suppress(ConnectionError):
            while heard := one.recv(100):
                one.sendall(heard)

    def accept() -> None:
        while True:
            try:
                one, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=(one,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()


def connected(proxy: Proxy) -> socket.socket:
    return socket.create_connection((proxy.host, proxy.port), timeout=5)


def said(line: socket.socket) -> bytes:
    line.sendall(b"hello")
    return line.recv(100)


def test_bytes_pass_both_ways() -> None:
    with echo() as port, Proxy("127.0.0.1", port) as proxy, connected(proxy) as line:
        assert said(line) == b"hello"
        assert (proxy.connections, proxy.passed) == (1, 10)


def test_a_proxy_that_refuses_breaks_what_is_open_and_lets_nobody_in() -> None:
    with echo() as port, Proxy("127.0.0.1", port) as proxy, connected(proxy) as line:
        assert said(line) == b"hello"
        proxy.refuse()
        with pytest.raises(ConnectionResetError):
            line.recv(100)
        with pytest.raises(ConnectionRefusedError):
            connected(proxy)
        proxy.restore()
        with connected(proxy) as again:
            assert said(again) == b"hello"


def test_a_proxy_that_hangs_says_nothing_until_it_is_restored() -> None:
    with echo() as port, Proxy("127.0.0.1", port) as proxy, connected(proxy) as line:
        assert said(line) == b"hello"
        proxy.hang()
        line.sendall(b"are you there")
        with connected(proxy) as other:
            line.settimeout(0.1)
            with pytest.raises(TimeoutError):
                line.recv(100)
            proxy.restore()
            line.settimeout(5)
            assert line.recv(100) == b"are you there"
            assert said(other) == b"hello"


def test_a_cut_breaks_only_what_was_open() -> None:
    with echo() as port, Proxy("127.0.0.1", port) as proxy, connected(proxy) as line:
        assert said(line) == b"hello"
        proxy.cut()
        with pytest.raises(ConnectionResetError):
            line.recv(100)
        with connected(proxy) as again:
            assert said(again) == b"hello"
