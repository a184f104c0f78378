"""A TCP proxy that fails when it is told to: put between the studio and a database or a store."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Coroutine

CHUNK = 64 * 1024
RESET = b"\x01\x00\x00\x00\x00\x00\x00\x00"
"""SO_LINGER with no time: closing a connection resets it."""


class Proxy:
    """Passes bytes on to another address, from entering to leaving, in a thread of its own.

    What it does may be changed from any thread; when a method returns, the change is in force.
    """

    def __init__(self, target_host: str, target_port: int) -> None:
        self._target = (target_host, target_port)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="outage", daemon=True)
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._serving: set[asyncio.Task[None]] = set()
        self._flows: asyncio.Event | None = None
        self.host = "127.0.0.1"
        self.port = 0
        self.connections = 0
        """How many were ever accepted."""
        self.passed = 0
        """How many bytes went through, both ways together."""

    def __enter__(self) -> Self:
        self._thread.start()
        self._do(self._listen())
        return self

    def __exit__(self, *_: object) -> None:
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def refuse(self) -> None:
        """Break what is open and let nobody connect, like a server that is down."""
        self._do(self._refuse())

    def hang(self) -> None:
        """Keep everything open and let people connect, but pass nothing on, like a server that is stuck."""
        self._do(self._hang())

    def cut(self) -> None:
        """Break what is open; new connections work, like a server that was started again."""
        self._do(self._cut())

    def restore(self) -> None:
        """Work again: what hung goes on, and people can connect."""
        self._do(self._restore())

    def _do(self, step: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(step, self._loop).result(10)

    async def _listen(self) -> None:
        if self._flows is None:
            self._flows = asyncio.Event()
            self._flows.set()
        if self._server is None:
            self._server = await asyncio.start_server(self._accept, self.host, self.port)
            self.port = self._server.sockets[0].getsockname()[1]

    async def _refuse(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        await self._cut()

    async def _hang(self) -> None:
        await self._listen()
        self._gate.clear()

    async def _cut(self) -> None:
        for writer in tuple(self._open):
            plain: socket.socket = writer.get_extra_info("socket")
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            writer.transport.abort()
        await asyncio.sleep(0)

    async def _restore(self) -> None:
        await self._listen()
        self._gate.set()

    async def _end(self) -> None:
        await self._refuse()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._cut()  # what was closed with bytes still to be written, or accepted meanwhile
        await asyncio.sleep(0)

    @property
    def _gate(self) -> asyncio.Event:
        if self._flows is None:
            raise RuntimeError("enter the proxy first")
        return self._flows

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Know a connection before it is served: one that is cancelled until then would never be closed."""
        self.connections += 1
        self._open.add(writer)
        serving = self._loop.create_task(self._serve(reader, writer))
        self._serving.add(serving)
        serving.add_done_callback(self._serving.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # Cancelled when the proxy ends; what breaks a connection is what it is for.
        with contextlib.suppress(OSError, asyncio.CancelledError):
            await self._gate.wait()
            far_reader, far_writer = await asyncio.open_connection(*self._target)
            self._open.add(far_writer)
            try:
                await asyncio.gather(self._pump(reader, far_writer), self._pump(far_reader, writer))
            finally:
                self._leave(far_writer)
        self._leave(writer)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(CHUNK):
                await self._gate.wait()
                self.passed += len(data)
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            self._leave(writer)

    def _leave(self, writer: asyncio.StreamWriter) -> None:
        if not writer.transport.is_closing():
            writer.close()
        if not writer.transport.get_write_buffer_size():
            self._open.discard(writer)
