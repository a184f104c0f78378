"""`image-studio serve`: the server, in this process."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import signal
import socket
from typing import TYPE_CHECKING, Annotated

import typer
import uvicorn

from backend import __version__
from backend.cli.screen import line
from backend.datafolder import DataFolder
from backend.errors import MachineTrouble
from backend.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Generator
    from contextlib import AbstractAsyncContextManager
    from types import FrameType

    from backend.cli.embedded import Asgi, Message, Opened, Receive, Send
    from backend.container import Container


def serve(
    *,
    host: Annotated[
        str, typer.Option(help="The address to listen on; 0.0.0.0 for all of this machine's.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8000,
) -> None:
    """Start the studio and keep it running until Ctrl-C."""
    settings = Settings()
    url = address(host, port)
    # The folder is held from the first moment, so that no command opens it meanwhile.
    with DataFolder(settings.data_dir) as folder, listen(host, port, waiting=settings.web.backlog) as listener:
        line(f"Image Studio {__version__} at {settings.home(url)}")
        from backend.cli.embedded import opened  # noqa: PLC0415 - it takes seconds; the address is told first

        asyncio.run(_served(opened(settings, url=url, folder=folder), listener, settings.home(url)))


def listen(host: str, port: int, *, waiting: int) -> socket.socket:
    """Return a socket that takes connections already, so that whoever is early waits instead of being refused.

    Raises:
        MachineTrouble: the address is taken, or not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, for asyncio lets small writes leave at once only then: an event would wait 40 ms for the one before.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(waiting)
    except OSError as error:
        listener.close()
        raise MachineTrouble(detail=_unlistenable(host, port, error)) from error
    return listener


def _unlistenable(host: str, port: int, error: OSError) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return f"Another program listens on port {port} already. Stop it, or choose another one with --port."
        case errno.EACCES:
            return f"Port {port} is reserved for the system. Choose one above 1023 with --port."
        case _:
            return f"{host} is no address of this machine ({error.strerror}). Choose another one with --host."


def address(host: str, port: int) -> str:
    """Return where a person of this machine finds a server that listens on a host and port."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - what was asked for, not a default
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


async def _served(opening: AbstractAsyncContextManager[Opened], listener: socket.socket, url: str) -> None:
    stopping = asyncio.Event()
    async with opening as studio:
        await greet(studio.container, url)
        web = studio.container.settings.web
        config = uvicorn.Config(
            leaving(studio.app, stopping),  # pyright: ignore[reportArgumentType] - uvicorn names the same shapes more narrowly
            lifespan="off",  # the rooms are opened here, so that what keeps them shut is told in its own words
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,  # the edge reads them, from whom it is told to trust
            backlog=web.backlog,
            timeout_keep_alive=web.keep_alive_s,
            timeout_graceful_shutdown=web.stop_s,
        )
        # That answers are cut off by the end is no news: their jobs go on at the next start.
        logging.getLogger("uvicorn.error").addFilter(lambda _: not stopping.is_set())
        await _Server(config, stopping).serve(sockets=[listener])


async def greet(container: Container, url: str) -> None:
    """Print the link that signs the owner in, as long as nobody has signed in."""
    link = await container.access.welcome()
    if link:
        line(f"\n  Open this link once to sign in as the owner:\n\n  {url}/signin?token={link.token}\n")


def leaving(app: Asgi, stopping: asyncio.Event) -> Asgi:
    """Return the app with everybody who listens to events told that it is over when the server stops."""

    async def left(scope: Message, receive: Receive, send: Send) -> None:
        whole = False

        async def heard() -> Message:
            nonlocal whole
            message = await (_first(receive, stopping) if whole else receive())
            whole = not message.get("more_body", False)
            return message

        await app(scope, heard, send)

    return left


async def _first(receive: Receive, stopping: asyncio.Event) -> Message:
    """Return what comes first: the next message, or the end of the server, which looks like a client that went away."""
    message, stop = asyncio.ensure_future(receive()), asyncio.ensure_future(stopping.wait())
    try:
        await asyncio.wait({message, stop}, return_when=asyncio.FIRST_COMPLETED)
        return message.result() if message.done() else {"type": "http.disconnect"}
    finally:
        message.cancel()
        stop.cancel()


class _Server(uvicorn.Server):
    """A server that ends quietly when it is told to, with time for the rooms to be closed after it."""

    def __init__(self, config: uvicorn.Config, stopping: asyncio.Event) -> None:
        super().__init__(config)
        self._stopping = stopping

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop, at once for those who only listen."""
        self._stopping.set()
        super().handle_exit(sig, frame)

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        """Let the signals that stop programs stop the server, and nothing else."""
        loop = asyncio.get_running_loop()
        for each in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(each, self.handle_exit, each, None)
        yield
        loop.remove_signal_handler(signal.SIGINT)  # who is in a hurry while the rooms close may interrupt that
