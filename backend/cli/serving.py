"""`image-studio serve`: the server, in this process."""

from __future__ import annotations

import asyncio
import contextlib
import errno
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

STOP_S = 3
"""How long open answers may take when the server stops; jobs go on at the next start."""
WAITING = 2048
"""How many connections may wait to be taken."""


def serve(
    *,
    host: Annotated[
        str, typer.Option(help="The address to listen on; 0.0.0.0 for all of this machine's.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
) -> None:
    """Start the studio and keep it running until Ctrl-C."""
    settings = Settings()
    with DataFolder(settings.data_dir):  # refuses before anything is said; the server itself takes it again
        listener = listen(host, port)
    with listener:
        url = address(host, port)
        line(f"Image Studio {__version__} at {settings.public_url or url}")
        asyncio.run(_served(settings, listener, url))


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that takes connections already, so that whoever is early waits instead of being refused.

    Raises:
        MachineTrouble: the address is taken, or not this machine's.
    """
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(WAITING)
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


async def _served(settings: Settings, listener: socket.socket, url: str) -> None:
    from backend.cli.embedded import opened  # noqa: PLC0415 - it takes seconds; the address is told first

    async with opened(settings, url=url) as studio:
        config = uvicorn.Config(
            studio.app,  # pyright: ignore[reportArgumentType] - uvicorn names the same shapes more narrowly
            lifespan="off",  # the rooms are opened here, so that what keeps them shut is told in its own words
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=STOP_S,
        )
        await _Server(config).serve(sockets=[listener])


class _Server(uvicorn.Server):
    """A server that ends quietly when it is told to, with time for the rooms to be closed after it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        """Let the signals that stop programs stop the server, and nothing else."""
        loop = asyncio.get_running_loop()
        for each in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(each, self.handle_exit, each, None)
        yield
        loop.remove_signal_handler(signal.SIGINT)  # who is in a hurry while the rooms close may interrupt that
