"""The other side of the workbench: the forkserver, and the children that it forks.

Runs in processes of its own. The forkserver is started fresh, so it inherits no lock, socket, thread or secret of the
studio's; it imports what decoding needs, then waits. It forks on request, reports who ended how, kills on request, and
ends, killing all children, when the studio's end of its socket closes, however the studio went.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import resource
import selectors
import signal
import socket
import struct
import sys
import traceback
import warnings
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from backend.errors import RequestRefused, StudioError
from backend.imaging import answers, progress, wire
from backend.imaging.containers.facts import MADE, OUTSIDE, within
from backend.imaging.provenance.types import Anchors
from backend.imaging.wire import Frame, Tag

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType, TracebackType

BOOT: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[2]); "
    "from backend.imaging import children; children.main(int(sys.argv[1]))"
)
ORDER: Final = struct.Struct(">BIQII")
"""What, ticket, address space in bytes, CPU seconds, open files; 0 means no limit of our own."""
REPORT: Final = struct.Struct(">Ii")
"""Ticket, exit code (negative: the signal that ended it)."""
LOST: Final = 255
"""The exit code told of a child that could not be forked, or whose forkserver is gone."""
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38


class Order(IntEnum):
    """What the studio asks of the forkserver."""

    DECODER = 1
    """Fork a child that inspects one picture from outside and ends."""
    WORKER = 2
    """Fork a child that runs functions of ours until its socket closes."""
    KILL = 3


_BEHIND: Final = 5
"""By how much computing steps back behind those who answer requests on the same machine, in steps of `nice`."""


@dataclass(frozen=True, slots=True)
class _Birth:
    order: Order
    sock: socket.socket
    address_space: int
    cpu_s: int
    files: int
    forkserver: int


def main(control_fd: int) -> None:
    """Be the forkserver on this socket; in each forked child, be that child."""
    for ignored in (signal.SIGINT, signal.SIGTERM):
        # A terminal's Ctrl-C and systemd's stop reach the whole group; the studio decides when its children end.
        signal.signal(ignored, signal.SIG_IGN)
    _preload()
    with socket.socket(fileno=control_fd) as control:
        birth = _Forkserver(control).serve()
    if birth is not None:
        _live(birth)


def _preload() -> None:
    """Import what decoding needs, once, and keep the collector from touching, and so copying, those pages."""
    import_module("backend.imaging.inspect")
    gc.collect()
    gc.freeze()


class _Forkserver:
    """Forks, kills, reaps, reports. Single-threaded, so a fork copies nothing half done."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._tickets: dict[int, int] = {}
        self._rung, self._bell = socket.socketpair()
        for end in (self._rung, self._bell):
            end.setblocking(False)
        signal.signal(signal.SIGCHLD, _wake)
        signal.set_wakeup_fd(self._bell.fileno(), warn_on_full_buffer=False)

    def serve(self) -> _Birth | None:
        """Return in a forked child with what it is for, and in the forkserver with None when the studio is gone."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._control, selectors.EVENT_READ)
            selector.register(self._rung, selectors.EVENT_READ)
            while True:
                ready = {key.fileobj for key, _ in selector.select()}
                if self._rung in ready:
                    self._reap()
                if self._control not in ready:
                    continue
                message, fds = self._next_order()
                if len(message) < ORDER.size:
                    self._kill(*self._tickets)
                    return None
                if birth := self._obey(message, fds):
                    return birth

    def _next_order(self) -> tuple[bytes, list[int]]:
        try:
            message, fds, _flags, _address = socket.recv_fds(self._control, ORDER.size, 1)
        except ConnectionResetError:  # the studio went with reports unread
            return b"", []
        return message, fds

    def _obey(self, message: bytes, fds: list[int]) -> _Birth | None:
        order, ticket, address_space, cpu_s, files = ORDER.unpack(message)
        if order == Order.KILL:
            self._kill(*(pid for pid, known in self._tickets.items() if known == ticket))
            return None
        forkserver = os.getpid()
        try:
            pid = os.fork()
        except OSError:  # no memory or too many processes
            os.close(fds[0])
            self._report(ticket, LOST)
            return None
        if pid:
            self._tickets[pid] = ticket
            os.close(fds[0])
            return None
        self._forget()
        return _Birth(Order(order), socket.socket(fileno=fds[0]), address_space, cpu_s, files, forkserver)

    def _forget(self) -> None:
        """In a new child: let go of what is the forkserver's."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self._rung.close()
        self._bell.close()

    def _kill(self, *pids: int) -> None:
        """Kill children of ours: none of them is reaped yet, so their numbers can't have passed to others."""
        for pid in pids:
            os.kill(pid, signal.SIGKILL)

    def _reap(self) -> None:
        with suppress(BlockingIOError):
            while self._rung.recv(1024):
                pass
        while self._tickets:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            self._report(self._tickets.pop(pid), os.waitstatus_to_exitcode(status))

    def _report(self, ticket: int, code: int) -> None:
        with suppress(BrokenPipeError):  # the studio is gone: the next read says so
            self._control.sendall(REPORT.pack(ticket, code))


def _wake(_number: int, _frame: FrameType | None) -> None:
    """Do nothing: the wake-up socket has told the loop."""


def _live(birth: _Birth) -> None:
    """Be a child until the work is done."""
    _die_with(birth.forkserver)
    _limit(birth)
    sys.excepthook = _telling(birth.sock)
    if birth.order == Order.DECODER:
        _decode_once(birth.sock)
    else:
        _work(birth.sock)
    os._exit(0)


def _die_with(forkserver: int) -> None:
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        # When memory runs out, the kernel shall take a child, never the studio.
        Path("/proc/self/oom_score_adj").write_text("1000")
    if os.getppid() != forkserver:
        os._exit(1)


def _limit(birth: _Birth) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (birth.files, birth.files))
    if birth.address_space:
        resource.setrlimit(resource.RLIMIT_AS, (birth.address_space, birth.address_space))
    if birth.cpu_s:
        resource.setrlimit(resource.RLIMIT_CPU, (birth.cpu_s, birth.cpu_s + 1))
    if birth.order == Order.DECODER:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    else:
        os.nice(_BEHIND)


def _decode_once(sock: socket.socket) -> None:
    from backend.imaging.inspect import inspect  # noqa: PLC0415 - loaded by the forkserver

    frame = wire.receive(sock)
    if frame is None:
        return
    warnings.simplefilter("ignore")  # Pillow's remarks on hostile files are no news
    data, more = bytes(frame.blobs[0]), tuple(bytes(blob) for blob in frame.blobs[1:])
    del frame
    try:
        with within(MADE if more else OUTSIDE):
            answer = _verified(data, more) if len(more) > 1 else answers.inspected_frame(inspect(data))
    except RequestRefused as error:
        answer = answers.refusal_frame(error)
    except MemoryError:
        answer = Frame(Tag.OVERRUN)
    wire.send(sock, answer)


def _verified(data: bytes, anchors: tuple[bytes, ...]) -> Frame:
    """Return the answer about a file's marks; the anchors are those trusted, then the studio's own."""
    from backend.imaging.provenance.reading import report  # noqa: PLC0415 - loaded by the forkserver

    trusted, own = (one.decode() for one in anchors)
    return answers.report_frame(report(data, Anchors(trusted=trusted, own=own)))


def _work(sock: socket.socket) -> None:
    progress.heard_by(lambda fraction: wire.send(sock, wire.told(fraction)))
    progress.received_by(lambda value: wire.send(sock, Frame(Tag.HANDED, wire.packed(value))))
    while (frame := wire.receive(sock)) is not None:
        answer = _answer(frame)
        del frame
        wire.send(sock, answer)


def _answer(frame: Frame) -> Frame:
    try:
        function, args = wire.unpacked(frame.blobs)
        return Frame(Tag.DONE, wire.packed(function(*args)))
    except StudioError as error:
        return Frame(Tag.REFUSED, wire.packed(error))
    except MemoryError:
        return Frame(Tag.OVERRUN)


def _telling(
    sock: socket.socket,
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """Return an excepthook that sends the traceback to the studio: what a child can't handle ends it."""

    def tell(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        text = "".join(traceback.format_exception(kind, error, where))
        with suppress(OSError):  # the studio is gone too
            wire.send(sock, Frame(Tag.FAILED, (json.dumps(text).encode(),)))

    return tell
