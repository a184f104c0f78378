"""This process among the others that run jobs on the same database.

Each says every second that it lives. Who was silent for too long is taken for dead: its places at the engines become
free, and what it had begun is queued again, as often as it takes until nothing is left in its name. Who finds itself
taken for dead drops what it does and joins anew, under another name. What it had in hand can't be written down any
more: a job belongs to the run that began it last.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import time
from typing import TYPE_CHECKING, Protocol

import structlog

from backend.db.repositories.machines import Machines
from backend.errors import MachineTrouble
from backend.schemas.base import JobId

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.db.session import Database
    from backend.jobs.engine import JobEngine
    from backend.jobs.runner import JobRunner
    from backend.jobs.slots import Slots

log = structlog.get_logger()

ALONE = "local"
"""The name of the one process that there is on an embedded database."""
FRESH = 0.75
"""The part of the lease during which something new may be begun: the rest is for those whose clock runs faster."""
UNSERVED = "the membership was not told whose jobs and places it looks after"


class Membership(Protocol):
    """What the rest of the house asks of it."""

    @property
    def worker(self) -> str:
        """Return the name under which this process runs jobs at present."""
        ...

    async def permit(self) -> None:
        """Return when something new may be begun here."""
        ...

    async def join(self) -> None:
        """Begin to run jobs."""
        ...

    async def leave(self) -> None:
        """Finish what is at work, hand the rest over, and stop."""
        ...

    async def eldest(self) -> bool:
        """Say whether this process does what only one should do."""
        ...

    async def alive(self) -> bool:
        """Say whether somebody runs jobs: this process, or another one on the same database."""
        ...

    async def adopt(self) -> None:
        """Take over what is at work in the name of nobody known."""
        ...


class Alone:
    """The only process that runs jobs; what it leaves behind goes on at its next start."""

    worker = ALONE

    def __init__(self, engine: JobEngine) -> None:
        self._engine = engine
        self._runner: JobRunner | None = None

    def serve(self, runner: JobRunner, _slots: Slots) -> None:
        """Say whose jobs these are; it is built after the membership that it asks."""
        self._runner = runner

    @property
    def _jobs(self) -> JobRunner:
        if self._runner is None:
            raise RuntimeError(UNSERVED)
        return self._runner

    async def permit(self) -> None:
        """Return at once."""

    async def join(self) -> None:
        """Begin to run jobs."""
        await self._engine.launch(self._jobs.run, self.worker)

    async def leave(self) -> None:
        """Interrupt what is at work, and stop."""
        await self._jobs.interrupt()
        await self._engine.halt()

    async def eldest(self) -> bool:
        """Say yes."""
        return True

    async def alive(self) -> bool:
        """Say whether this process runs jobs."""
        return self._runner is not None and await self._engine.alive()

    async def adopt(self) -> None:
        """Do nothing: there is nobody else."""


class Member:
    """One of several processes that run jobs."""

    def __init__(  # noqa: PLR0913 - the rooms it keeps together, and three measures of time
        self,
        db: Database,
        engine: JobEngine,
        *,
        pulse: Database,
        new_id: Callable[[], str],
        beat_s: float,
        lease_s: float,
        drain_s: float,
    ) -> None:
        self._db = db
        self._pulse = pulse
        """A way to the same database that no crowd can stand in."""
        self._engine = engine
        self._new_id = new_id
        self._beat_s = beat_s
        self._lease_s = lease_s
        self._drain_s = drain_s
        self._runner: JobRunner | None = None
        self._slots: Slots | None = None
        self.worker = new_id()
        self._beating: asyncio.Task[None] | None = None
        self._joined = False
        self._heard_at = float("-inf")
        self._steady_since = float("inf")

    def serve(self, runner: JobRunner, slots: Slots) -> None:
        """Say whose jobs and places these are; they are built after the membership that they ask."""
        self._runner, self._slots = runner, slots

    @property
    def _jobs(self) -> JobRunner:
        if self._runner is None:
            raise RuntimeError(UNSERVED)
        return self._runner

    @property
    def _places(self) -> Slots:
        if self._slots is None:
            raise RuntimeError(UNSERVED)
        return self._slots

    async def permit(self) -> None:
        """Return when something new may be begun here: not while others may take this process for dead."""
        while _now() - self._heard_at > self._lease_s * FRESH:  # noqa: ASYNC110 - it ends by the clock, which rings nothing
            await asyncio.sleep(min(self._beat_s, 0.2))

    async def join(self) -> None:
        """Begin to run jobs under a new name.

        Raises:
            MachineTrouble: the database can't be reached.
        """
        async with self._db.begin() as session:
            host, version = socket.gethostname(), self._engine.version
            await Machines(session).join(self.worker, host=host, pid=os.getpid(), version=version)
        began = _now()
        await self._engine.launch(self._jobs.run, self.worker)
        self._heard_at = self._steady_since = began
        self._joined = True
        if self._beating is None:
            self._beating = asyncio.create_task(self._beat_on(), name="heartbeat")
            self._beating.add_done_callback(_told)
        log.info("worker.joined", worker=self.worker)

    async def _beat_on(self) -> None:
        while True:
            try:
                if self._joined and await asyncio.wait_for(self._heard(), self._lease_s):
                    await self._obey()
                    await self._look_after_others()
                    await self._places.tidy()
                else:
                    await self._begin_anew()
            except (MachineTrouble, TimeoutError) as error:
                self._steady_since = float("inf")
                log.warning("worker.unheard", worker=self.worker, problem=type(error).__name__)
            await asyncio.sleep(self._beat_s)

    async def _heard(self) -> bool:
        """Say that this process lives; False if others take it for dead already."""
        began = _now()
        async with self._pulse.begin() as session:
            known = await Machines(session).beat(self.worker)
        if known:
            self._heard_at = began
            self._steady_since = min(self._steady_since, began)
        return known

    async def _begin_anew(self) -> None:
        """Drop everything: others have it by now."""
        log.warning("worker.begins_anew", worker=self.worker)
        self._joined = False
        await self._jobs.interrupt()
        await self._engine.halt()
        self.worker = self._new_id()
        await self.join()

    async def _obey(self) -> None:
        """End those of the jobs at work here that were called off elsewhere."""
        if running := self._jobs.running:
            async with self._db.read() as session:
                unwanted = await Machines(session).called_off(running)
            for job in unwanted:
                self._jobs.stop(JobId(job))

    async def _look_after_others(self) -> None:
        """Take over from the dead. After an outage everybody is given the time to be heard again first."""
        if _now() - self._steady_since > self._lease_s:
            async with self._db.begin() as session:
                for worker in await Machines(session).bury(self._lease_s):
                    log.warning("worker.died", worker=worker)
        async with self._db.read() as session:
            dead = await Machines(session).dead(self._engine.version)
        for worker in dead:
            if await self._engine.take_over(worker) == 0:
                async with self._db.begin() as session:
                    await Machines(session).forget(worker)

    async def adopt(self) -> None:
        """Take over what is at work in the name of somebody who is not even known, as after a restored backup."""
        names = await self._engine.workers()
        async with self._db.read() as session:
            known = {one.id for one in await Machines(session).all()}
        for worker in names - known:
            log.warning("worker.unknown", worker=worker)
            await self._engine.take_over(worker)

    async def leave(self) -> None:
        """Finish what is at work within the time for it, hand the rest over, and stop."""
        self._engine.stop_taking()
        with contextlib.suppress(MachineTrouble):
            async with self._db.begin() as session:
                await Machines(session).become(self.worker, "leaving")
        await self._jobs.drained(self._drain_s)
        await self._jobs.interrupt()
        if self._beating:
            self._beating.cancel()
            await asyncio.gather(self._beating, return_exceptions=True)
        await self._engine.halt()
        with contextlib.suppress(MachineTrouble):  # else it is found dead later
            async with self._db.begin() as session:
                await Machines(session).become(self.worker, "dead")  # whoever is left takes over and forgets it
        await self._pulse.aclose()

    async def alive(self) -> bool:
        """Say whether somebody runs jobs: this process, or another one on the same database."""
        async with self._db.read() as session:
            return await Machines(session).eldest() is not None

    async def eldest(self) -> bool:
        """Say whether this process does what only one should do."""
        async with self._db.read() as session:
            return await Machines(session).eldest() == self.worker


def _told(beating: asyncio.Task[None]) -> None:
    """End the process in order when its heart stopped for a reason that nobody foresaw: whoever runs it starts it anew.

    It would stand there, taken for dead, and run nothing.
    """
    if not beating.cancelled() and (error := beating.exception()):
        log.error("worker.heart_stopped", exc_info=error)
        os.kill(os.getpid(), signal.SIGTERM)


def _now() -> float:
    """Return seconds that go on while the machine sleeps, where it can tell them."""
    clock = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return time.clock_gettime(clock)
