"""Making all parts of a job in one call: each is kept as it comes, and those that wait are written down together."""

from __future__ import annotations

import asyncio
import time
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import structlog

from backend.errors import (
    InvalidImage,
    ProviderMisbehaved,
    ProviderUnavailable,
    StudioError,
    TooLarge,
    UnsupportedFormat,
)
from backend.jobs.outcomes import Batch, Delivery
from backend.jobs.parts import call_facts
from backend.jobs.work import Finish, Making
from backend.providers.base import MakesSeries, Produced
from backend.tracing import step

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from backend.jobs.calling import Engines
    from backend.jobs.state import JobState
    from backend.jobs.work import Choice, Inputs, JobAtWork, Task
    from backend.providers.base import Handed, Offer

log = structlog.get_logger()

AT_ONCE: Final = 4
"""How many parts of a series are kept at the same time; while they are, its maker waits."""
GATHER_S: Final = 0.1
"""So long parts gather before they are written together; the first part is written at once."""


@dataclass(slots=True, kw_only=True)
class Series:
    """The parts of one job while they are being made."""

    job: JobAtWork
    inputs: Inputs
    task: Task
    left: set[int]
    """Ordinals whose outcome is not written."""
    ready: asyncio.Queue[Delivery | tuple[int, StudioError] | None] = field(default_factory=asyncio.Queue)
    """What is to be written; None after the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call under way."""

    id: str
    choice: Choice
    offer: Offer
    begun: float


class SeriesMaker:
    """Makes series; holds what that takes and nothing of any job.

    Only engines that cost nothing make series, so a call that was cut off is simply made again, for what is missing.
    """

    def __init__(self, state: JobState, engines: Engines) -> None:
        self._state = state
        self._engines = engines

    async def make(self, job: JobAtWork, inputs: Inputs, task: Task) -> None:
        """Make the missing parts of a job and record them, or record why not."""
        for call in job.calls:
            if call.state in {"intent", "pending"}:
                await self._state.fail_call(job, call.id, None)
        series = Series(job=job, inputs=inputs, task=task, left=set(job.missing))
        failure: StudioError = ProviderUnavailable(detail="No engine was left to try.")
        choice = None
        for turn, choice in enumerate(job.choices):
            try:
                await self._by(series, choice, attempt=len(job.calls) + turn)
            except StudioError as error:
                failure = error
                log.warning("series.failed", left=len(series.left), provider=choice.provider, problem=error.slug)
                if not error.retryable:
                    break
            else:
                return
        for ordinal in sorted(series.left):
            await self._state.give_up(job, ordinal, failure, choice)

    async def _by(self, series: Series, choice: Choice, *, attempt: int) -> None:
        """Make what is left with one engine; on return nothing is."""
        job = series.job
        provider, offer = self._engines.find(choice, job.spec.operation)
        assert isinstance(provider, MakesSeries), "an offer of series is one of an engine that makes them"
        async with self._engines.at(offer):
            ordinals = tuple(sorted(series.left))
            meant = await self._state.intend(job, ordinals[0], attempt, choice)
            call = Call(id=meant.id, choice=choice, offer=offer, begun=time.monotonic())
            try:
                with step("call", f"{job.spec.operation} {offer.model}", call_facts(offer, job.spec.operation)):
                    made = provider.series(offer, job.spec, series.inputs.images, ordinals)
                    await self._taken_in(series, call, made)
                self._left_nothing(series, offer)
            except StudioError as error:
                await self._state.fail_call(job, call.id, error)
                raise

    @staticmethod
    def _left_nothing(series: Series, offer: Offer) -> None:
        if series.left:
            detail = f"{offer.label} said it was done and left {len(series.left)} pictures out."
            raise ProviderMisbehaved(detail=detail, provider=offer.provider, model=offer.model)

    async def _taken_in(self, series: Series, call: Call, made: AsyncGenerator[Handed]) -> None:
        """Keep and write what is handed over until the call is over.

        Raises:
            StudioError: what the engine ended with, once all that came before is written.
        """
        failure = None
        room = asyncio.Semaphore(AT_ONCE)
        async with asyncio.TaskGroup() as work:
            writing = work.create_task(self._write(series, call))
            async with asyncio.TaskGroup() as keeping:
                try:
                    async with aclosing(made) as parts:
                        async for one in parts:
                            await room.acquire()
                            task = keeping.create_task(self._keep(series, call, one))
                            task.add_done_callback(lambda _: room.release())
                except StudioError as error:
                    failure = error
            series.ready.put_nowait(None)
            await writing
        if failure:
            raise failure

    async def _keep(self, series: Series, call: Call, one: Handed) -> None:
        """Keep one part and have it written, or that it can't be made."""
        outcome = one.outcome
        if isinstance(outcome, Produced):
            try:
                outcome = await self._delivery(series, call, one.ordinal, outcome)
            except (InvalidImage, UnsupportedFormat, TooLarge) as error:
                detail = f"The engine's picture can't be used: {error}"
                outcome = ProviderMisbehaved(detail=detail, provider=call.offer.provider, model=call.offer.model)
            except StudioError as error:
                outcome = error
        series.ready.put_nowait(outcome if isinstance(outcome, Delivery) else (one.ordinal, outcome))

    async def _delivery(self, series: Series, call: Call, ordinal: int, produced: Produced) -> Delivery:
        spec = series.job.spec.part(ordinal)
        making = Making(offer=call.offer, spec=spec, origins=series.inputs.origins, produced=produced)
        stored = await self._state.keep(making)
        finish = Finish(
            plan=series.job.plan,
            choice=call.choice,
            ordinal=ordinal,
            spec=spec,
            produced=produced,
            stored=stored,
            before=series.inputs.sizes,
        )
        return Delivery(
            ordinal=ordinal,
            call=None,
            choice=call.choice,
            produced=produced,
            stored=stored,
            label=series.task(finish),
            seconds=round(time.monotonic() - call.begun, 3),
        )

    @staticmethod
    async def _gathered(series: Series, patience: float) -> list[Delivery | tuple[int, StudioError] | None]:
        """Return what is ready, and what becomes ready within so many seconds of the first; None comes last."""
        gathered = [await series.ready.get()]
        until = asyncio.get_running_loop().time() + patience
        while gathered[-1] is not None:
            try:
                async with asyncio.timeout_at(until):
                    gathered.append(await series.ready.get())
            except TimeoutError:
                break
        return gathered

    async def _write(self, series: Series, call: Call) -> None:
        """Write what is ready, as much as there is at a time: the first part at once, later ones as they gather."""
        over, patience = False, 0.0
        while not over:
            gathered = await self._gathered(series, patience)
            over, patience = gathered[-1] is None, GATHER_S
            ready = [one for one in gathered if one is not None]
            if not ready:
                continue
            delivered = tuple(one for one in ready if isinstance(one, Delivery))
            failed = dict(one for one in ready if not isinstance(one, Delivery))
            left = series.left - {one.ordinal for one in delivered} - failed.keys()
            batch = Batch(deliveries=delivered, failed=failed, choice=call.choice, finished=None if left else call.id)
            with step("record", "record", {"studio.parts": len(ready)}):
                await self._state.deliver_all(series.job, batch)
            series.left = left
