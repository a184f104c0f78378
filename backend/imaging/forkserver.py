"""The studio's handle on its forkserver: starting it, having children forked and killed, learning how they ended."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from backend.errors import MachineTrouble, WorkerOverrun
from backend.imaging import wire
from backend.imaging.children import BOOT, LOST, ORDER, REPORT, Order
from backend.imaging.progress import Tell, untold
from backend.imaging.wire import Ended, Frame, Tag

_ENVIRONMENT: Final = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "XDG_CACHE_HOME")
"""All that children get to see of the environment: keys and passwords are not among it."""
_ONE_THREAD: Final = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OPENCV_FOR_THREADS_NUM", "MALLOC_ARENA_MAX"), "1"
)
_ENDING_S: Final = 5.0
Take = Callable[[Frame], Awaitable[None]]
"""Takes what a child handed over, once there is room for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a child may use: address space in bytes, CPU seconds over its whole life (0: unlimited), open files."""

    address_space: int
    cpu_s: int = 0
    files: int = 64


@dataclass(eq=False, slots=True)
class Child:
    """A forked process, seen from the studio."""

    server: Forkserver
    ticket: int
    sock: socket.socket
    ended: asyncio.Future[int]
    """Its exit code, negative for a signal."""
    calls: int = 0
    timer: asyncio.TimerHandle | None = field(default=None)

    async def call(
        self, frame: Frame, *, timeout_s: float, most: int, tell: Tell = untold, take: Take | None = None
    ) -> Frame:
        """Return the child's answer of at most `most` bytes; `tell` hears meanwhile how far it is.

        `take` gets what it hands over, at most `most` bytes at a time; the child waits for it.

        Raises WorkerOverrun after `timeout_s` and Ended when the child dies first. Unless it has answered, the child is
        killed before this returns, cancelled or not.
        """
        self.calls += 1
        answered = False
        try:
            async with asyncio.timeout(timeout_s):
                await _send(self.sock, frame)
                while (answer := await _receive(self.sock, most=most)).tag in (Tag.TOLD, Tag.HANDED):
                    if answer.tag == Tag.TOLD:
                        tell(wire.fraction_of(answer))
                    elif take is None:
                        raise RuntimeError("a child handed over what nobody asked for")
                    else:
                        await take(answer)
            answered = True
        except TimeoutError:
            raise WorkerOverrun(detail=f"the work was stopped after {timeout_s:g} seconds") from None
        except ConnectionError as error:
            raise Ended from error
        finally:
            if not answered:
                self.kill()
        return answer

    def kill(self) -> None:
        """End the child at once."""
        self.close()
        self.server.kill(self)

    def close(self) -> None:
        """Let the child end by itself, once it is done with what it does."""
        if self.timer is not None:
            self.timer.cancel()
        self.sock.close()


class Forkserver:
    """Starts with the first child asked for, again if it was lost, and ends with `aclose` or with the studio."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._is_closed = False
        self._tickets = itertools.count(1)
        self._children: dict[int, Child] = {}
        self._endings: set[asyncio.Task[None]] = set()

    def child(self, order: Order, limits: Limits) -> Child:
        """Return a newly forked child; raises MachineTrouble where none can be had."""
        if self._is_closed:
            raise MachineTrouble(detail="the studio is stopping")
        control = self._control or self._start()
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        child = Child(self, next(self._tickets), ours, ended)
        message = ORDER.pack(order, child.ticket, limits.address_space, limits.cpu_s, limits.files)
        try:
            socket.send_fds(control, [message], [theirs.fileno()])
        except OSError as error:
            ours.close()
            raise MachineTrouble(detail="no process could be started to work on the picture") from error
        finally:
            theirs.close()
        self._children[child.ticket] = child
        return child

    def kill(self, child: Child) -> None:
        """Have a child killed; one that has ended is left in peace."""
        if self._control is not None and child.ticket in self._children:
            with suppress(OSError):  # the forkserver is gone, and its children with it
                self._control.send(ORDER.pack(Order.KILL, child.ticket, 0, 0, 0))

    async def exit_code(self, child: Child) -> int:
        """Return how a child ended, once it has."""
        return await asyncio.shield(child.ended)

    async def aclose(self) -> None:
        """End the forkserver and, through it, all children."""
        self._is_closed = True
        self._lose()
        await asyncio.gather(*self._endings)

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = _spawn(theirs)
        ours.setblocking(False)
        self._control = ours
        asyncio.get_running_loop().add_reader(ours.fileno(), self._read_reports)
        return ours

    def _read_reports(self) -> None:
        if self._control is None:
            return
        try:
            reports = self._control.recv(REPORT.size * 64)
        except BlockingIOError:
            return
        except ConnectionError:
            reports = b""
        if not reports:
            self._lose()
            return
        for ticket, code in REPORT.iter_unpack(reports):
            if (child := self._children.pop(ticket, None)) is not None and not child.ended.done():
                child.ended.set_result(code)

    def _lose(self) -> None:
        """Let go of a forkserver that is gone or shall go; it takes its children along."""
        if self._control is not None:
            asyncio.get_running_loop().remove_reader(self._control.fileno())
            self._control.close()
        if self._process is not None:
            ending = asyncio.ensure_future(asyncio.to_thread(_end, self._process))
            self._endings.add(ending)
            ending.add_done_callback(self._endings.discard)
        for child in self._children.values():
            if not child.ended.done():
                child.ended.set_result(LOST)
        self._children.clear()
        self._control = self._process = None


def _spawn(control: socket.socket) -> subprocess.Popen[bytes]:
    """Start the forkserver: a fresh interpreter with one socket, this one's import path and hardly any environment."""
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ} | _ONE_THREAD
    path = json.dumps([str(Path(entry).absolute()) for entry in sys.path])
    return subprocess.Popen(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-I", "-c", BOOT, str(control.fileno()), path],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        pass_fds=(control.fileno(),),
        env=environment,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(_ENDING_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


async def _send(sock: socket.socket, frame: Frame) -> None:
    loop = asyncio.get_running_loop()
    await loop.sock_sendall(sock, wire.announced(frame))
    for blob in frame.blobs:
        await loop.sock_sendall(sock, blob)


async def _receive(sock: socket.socket, *, most: int) -> Frame:
    """Return the next frame; raise Ended at the end, or where more than `most` bytes are announced."""
    head = await _exactly(sock, wire.HEAD.size)
    tag, count = wire.HEAD.unpack(head)
    row = await _exactly(sock, wire.LENGTH.size * count)
    lengths = [length for (length,) in wire.LENGTH.iter_unpack(row)]
    if tag not in iter(wire.Tag) or sum(lengths) > most:
        raise Ended
    return Frame(wire.Tag(tag), tuple([await _exactly(sock, length) for length in lengths]))


async def _exactly(sock: socket.socket, length: int) -> bytearray:
    loop = asyncio.get_running_loop()
    buffer = bytearray(length)
    rest = memoryview(buffer)
    while rest:
        count = await loop.sock_recv_into(sock, rest)
        if not count:
            raise Ended
        rest = rest[count:]
    return buffer
