"""Where the studio has its computing done: in children with limits, so that nothing that happens there happens here."""

from __future__ import annotations

import asyncio
import json
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar, TypeVarTuple

from backend.errors import InvalidImage, MachineTrouble, StudioError, WorkerOverrun
from backend.imaging import answers, wire
from backend.imaging.children import LOST, Order
from backend.imaging.containers.facts import MADE, OUTSIDE, within
from backend.imaging.forkserver import Child, Forkserver, Limits, Take
from backend.imaging.progress import Tell, untold
from backend.imaging.sniff import sniff
from backend.imaging.wire import Ended, Frame, Tag

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from backend.imaging.provenance.types import Anchors, Report
    from backend.imaging.types import Inspected

Result = TypeVar("Result")
Arguments = TypeVarTuple("Arguments")

_GIB: Final = 1024**3
DECODER: Final = Limits(address_space=_GIB, cpu_s=20)
LARGE_DECODER: Final = Limits(address_space=3 * _GIB, cpu_s=60)
WORKER: Final = Limits(address_space=2 * _GIB, files=256)
MODEL: Final = Limits(address_space=4 * _GIB, files=256)
_MOST_ANSWERED: Final = _GIB
_AHEAD: Final = 4
"""How many values a child may hand over before the first of them is taken."""
_CRASHES: Final = frozenset((-signal.SIGSEGV, -signal.SIGBUS, -signal.SIGABRT, -signal.SIGILL, -signal.SIGFPE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """How many children there may be, and how long their work may take, in seconds."""

    decoders: int = 2
    workers: int = 2
    work_s: float = 60.0
    model_s: float = 120.0
    worker: Limits = WORKER
    model: Limits = MODEL


PLACES: Final = Places()


class Workbench:
    """Children for three kinds of work; started when first needed, ended by `aclose` or with the studio.

    One workbench belongs to one event loop. Waiting for a free child doesn't count towards any time limit.
    """

    def __init__(
        self,
        *,
        places: Places = PLACES,
        idle_s: float = 60.0,
        decoder: Limits = DECODER,
        decode_timeout_s: float = 60.0,
    ) -> None:
        self._server = Forkserver()
        self._decoder = decoder
        self._decode_timeout_s = decode_timeout_s
        self._decoding = asyncio.Semaphore(places.decoders)
        self._places = places
        self._workers = Pool(self._server, places.worker, size=places.workers, idle_s=idle_s)
        self._models = Pool(self._server, places.model, size=1, idle_s=idle_s)

    async def inspect(self, data: bytes) -> Inspected:
        """Return a picture from outside made safe; it is decoded in a child of its own that ends afterwards.

        Raises UnsupportedFormat, TooLarge or InvalidImage as `inspect.inspect` does, InvalidImage too where the decoder
        crashed, and WorkerOverrun where it took too much time or memory.
        """
        await asyncio.to_thread(sniff, data)
        return await self._inspected(Frame(Tag.CALL, (data,)), self._decoder)

    async def inspect_made(self, data: bytes) -> Inspected:
        """Return what `inspect` does of a picture that an engine made, which may be larger than one from outside."""
        with within(MADE):
            large = (await asyncio.to_thread(sniff, data)).size.pixels > OUTSIDE.pixels or len(data) > OUTSIDE.bytes
        if not large:
            return await self._inspected(Frame(Tag.CALL, (data,)), self._decoder)
        with within(MADE):  # the child's answer is measured again here
            return await self._inspected(Frame(Tag.CALL, (data, b"made")), LARGE_DECODER)

    async def verify(self, data: bytes, anchors: Anchors) -> Report:
        """Return what a picture of anybody's says of where it is from, read in a child of its own; raises as above."""
        limits = LARGE_DECODER if len(data) > OUTSIDE.bytes else self._decoder
        frame = Frame(Tag.CALL, (data, anchors.trusted.encode(), anchors.own.encode()))
        return await self._decoded(frame, limits, answers.read_report)

    async def _inspected(self, frame: Frame, limits: Limits) -> Inspected:
        return await self._decoded(frame, limits, answers.read_inspected)

    async def _decoded(self, frame: Frame, limits: Limits, read: Callable[[Frame], Result]) -> Result:
        async with self._decoding:
            child = self._server.child(Order.DECODER, limits)
            try:
                answer = await child.call(frame, timeout_s=self._decode_timeout_s, most=_MOST_ANSWERED // 2)
                return await asyncio.to_thread(read, answer)
            except Ended:
                raise await self._why(child) from None
            finally:
                child.kill()

    async def run(
        self,
        function: Callable[[*Arguments], Result],
        *args: *Arguments,
        timeout_s: float | None = None,
        tell: Tell = untold,
    ) -> Result:
        """Return what a module-level function of ours returns, run in a child.

        `tell` hears how far it is, where it says so with `progress.tell`. Errors of `backend.errors` arrive as
        themselves; WorkerOverrun where it took too much time or memory or crashed. A cancelled call's child is killed.
        """
        return await self._workers.run(function, *args, timeout_s=timeout_s or self._places.work_s, tell=tell)

    async def run_model(
        self,
        function: Callable[[*Arguments], Result],
        *args: *Arguments,
        timeout_s: float | None = None,
        tell: Tell = untold,
    ) -> Result:
        """Return what a function of ours returns, run in the one child whose globals may keep models loaded."""
        return await self._models.run(function, *args, timeout_s=timeout_s or self._places.model_s, tell=tell)

    async def stream(
        self,
        function: Callable[[*Arguments], object],
        *args: *Arguments,
        timeout_s: float | None = None,
        tell: Tell = untold,
    ) -> AsyncGenerator[Any]:
        """Yield what a function of ours hands over with `progress.hand`, run in a child, as it is ready.

        The child waits while what it has handed over is not taken. Errors come as with `run`, after what was ready
        before them; the child of a generator that is closed early is killed.
        """
        room = asyncio.Semaphore(_AHEAD)
        handed: asyncio.Queue[Frame | None] = asyncio.Queue()

        async def take(frame: Frame) -> None:
            await room.acquire()
            handed.put_nowait(frame)

        limit = timeout_s or self._places.work_s
        work = asyncio.create_task(self._workers.run(function, *args, timeout_s=limit, tell=tell, take=take))
        work.add_done_callback(lambda _: handed.put_nowait(None))
        try:
            while (frame := await handed.get()) is not None:
                yield wire.unpacked(frame.blobs)
                room.release()
            await work
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)

    async def aclose(self) -> None:
        """End all children; calls under way, and later ones, raise MachineTrouble."""
        self._workers.close()
        self._models.close()
        await self._server.aclose()

    async def _why(self, child: Child) -> StudioError:
        child.kill()  # it may still live, and have answered nonsense
        code = await self._server.exit_code(child)
        if code in _CRASHES or code >= 0:
            return _lost() if code == LOST else InvalidImage(detail=answers.CRASHED, found="broken")
        return WorkerOverrun(detail=answers.OVERRUN)


class Pool:
    """A few children that run functions of ours: reused while they last, renewed after many calls, ended when idle."""

    def __init__(
        self, server: Forkserver, limits: Limits, *, size: int, idle_s: float = 60.0, renewed_after: int = 200
    ) -> None:
        self._server = server
        self._limits = limits
        self._slots = asyncio.Semaphore(size)
        self._idle_s = idle_s
        self._renewed_after = renewed_after
        self._idle: list[Child] = []

    async def run(
        self,
        function: Callable[[*Arguments], Result],
        *args: *Arguments,
        timeout_s: float,
        tell: Tell = untold,
        take: Take | None = None,
    ) -> Result:
        """Return the function's result; see `Workbench.run` and `Workbench.stream`."""
        frame = Frame(Tag.CALL, wire.packed((function, args)))
        async with self._slots:
            child = self._ready() or self._server.child(Order.WORKER, self._limits)
            try:
                most = self._limits.address_space
                answer = await child.call(frame, timeout_s=timeout_s, most=most, tell=tell, take=take)
            except Ended:
                code = await self._server.exit_code(child)
                raise _lost() if code == LOST else _crashed(code) from None
            self._keep(child, answer)
        return _result(answer)

    def close(self) -> None:
        """Let go of the idle children."""
        while self._idle:
            self._idle.pop().close()

    def _ready(self) -> Child | None:
        while self._idle:
            child = self._idle.pop()
            if child.timer is not None:
                child.timer.cancel()
            if not child.ended.done():
                return child
            child.close()
        return None

    def _keep(self, child: Child, answer: Frame) -> None:
        """Keep a child for the next call, unless it is worn: out of memory once, it may stay short of it."""
        if child.calls >= self._renewed_after or answer.tag in (Tag.OVERRUN, Tag.FAILED):
            child.close()
            return
        child.timer = asyncio.get_running_loop().call_later(self._idle_s, self._retire, child)
        self._idle.append(child)

    def _retire(self, child: Child) -> None:
        self._idle.remove(child)
        child.close()


def _result(answer: Frame) -> Result:  # pyright: ignore[reportInvalidTypeVarUse] - what the function returned
    match answer.tag:
        case Tag.DONE:
            return wire.unpacked(answer.blobs)
        case Tag.REFUSED:
            raise wire.unpacked(answer.blobs)
        case Tag.OVERRUN:
            raise WorkerOverrun(detail="the work takes more memory than it may")
        case _:
            raise _failure(json.loads(bytes(answer.blobs[0])))


def _failure(text: str) -> Exception:
    if wire.OUT_OF_MEMORY.search(text):
        return WorkerOverrun(detail="the work takes more memory than it may")
    return RuntimeError(f"a child failed:\n{text}")


def _crashed(code: int) -> WorkerOverrun:
    how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    return WorkerOverrun(detail=f"the process that did the work ended early ({how})")


def _lost() -> MachineTrouble:
    return MachineTrouble(detail="the process that works on pictures could not go on; the next try starts it anew")
