"""Making one part of a job: engine after engine, each call written down before it is made."""

from __future__ import annotations

import itertools
import time
from typing import TYPE_CHECKING, Final, TypeVar

import structlog

from backend.errors import (
    InvalidImage,
    OutcomeUnknown,
    ProviderFailed,
    ProviderMisbehaved,
    ProviderUnavailable,
    StudioError,
    TooLarge,
    UnsupportedFormat,
)
from backend.imaging.progress import untold
from backend.jobs.outcomes import Delivery
from backend.jobs.part import Brought, Part
from backend.jobs.patience import whole
from backend.jobs.persistence import Following
from backend.jobs.telling import Telling
from backend.jobs.work import Finish, Making
from backend.providers.base import Pending
from backend.tracing import step

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from backend.db.models import ProviderCall
    from backend.jobs.calling import Engines
    from backend.jobs.persistence import Persistence
    from backend.jobs.state import JobState
    from backend.jobs.work import Choice, Inputs, JobAtWork, Keeper, Task
    from backend.providers.base import Finished, Offer, Produced, Provider
    from backend.tracing import Fact

log = structlog.get_logger()

T = TypeVar("T")

LAST_CHANCE_S: Final = 30.0
"""A ticket whose time went by while the studio was down is followed for so long."""


class PartMaker:
    """Makes parts; holds what that takes and nothing of any job."""

    def __init__(
        self,
        state: JobState,
        engines: Engines,
        *,
        persistence: Persistence,
        keeper: Keeper,
    ) -> None:
        self._state = state
        self._engines = engines
        self._persistence = persistence
        self._keeper = keeper

    async def make(self, job: JobAtWork, ordinal: int, inputs: Inputs, task: Task) -> None:
        """Make one part and record it, or record why not: by the first engine that can, in the plan's order."""
        part = Part(job, ordinal, inputs, task)
        if verdict := part.verdict():
            await self._state.give_up(job, ordinal, verdict, None)
            return
        try:
            part.ready = await self._keeper.ready(part.spec, inputs)
        except StudioError as error:
            await self._state.give_up(job, ordinal, error, None)
            return
        failure: StudioError = ProviderUnavailable(detail="No engine was left to try.")
        choice = None
        for choice in part.choices:
            try:
                await self._by(part, choice)
            except StudioError as error:
                failure = error
                log.warning("part.failed", ordinal=ordinal, provider=choice.provider, problem=error.slug)
                if not error.retryable or _was_paid(error, choice):
                    break
            else:
                return
        await self._state.give_up(job, ordinal, failure, choice)

    async def _by(self, part: Part, choice: Choice) -> None:
        """Make the part with one engine, again where the reason was passing and nothing was taken in."""
        for turn in itertools.count(1):
            try:
                await self._once(part, choice)
            except ProviderFailed as error:
                wait_s = self._persistence.pause_before_again(error, turn, paid=choice.milli_credits > 0)
                if wait_s is None:
                    raise
            else:
                return
            await self._persistence.rest(wait_s)

    async def _once(self, part: Part, choice: Choice) -> None:
        provider, offer = self._engines.find(choice, part.job.spec.operation)
        async with self._engines.at(offer):
            begun = time.monotonic()
            facts = call_facts(offer, part.job.spec.operation)
            with step("call", f"{facts['gen_ai.operation.name']} {offer.model}", facts):
                call, produced = await self._made(part, choice, provider, offer)
        with step("record", "record", {"studio.ordinal": part.ordinal}):
            made = Brought(call=call, produced=produced, seconds=time.monotonic() - begun)
            await self._deliver(part, choice, offer, made)

    async def _made(self, part: Part, choice: Choice, provider: Provider, offer: Offer) -> tuple[str, Produced]:
        """Make a new call, or follow the one that an earlier run of the job was cut off from."""
        earlier = part.take_up(choice)
        if earlier and earlier.state == "pending":
            return earlier.id, await self._brought(part, earlier, provider, part.pending(earlier))
        if earlier:
            await self._cut_off(part, earlier, offer)
        async with self._engines.beginning(offer):
            call = await self._state.intend(part.job, part.ordinal, part.next_attempt(), choice)
            outcome = await self._noted(part, call.id, self._started(part, provider, offer))
            if isinstance(outcome, Pending):
                # Whoever calls the job off must find the ticket, to tell the engine.
                await whole(self._state.keep_ticket(part.job, call.id, outcome))
        try:
            return call.id, await self._brought(part, call, provider, outcome)
        except ProviderFailed as error:
            self._engines.saw(offer, error)
            raise

    async def _noted(self, part: Part, call: str, work: Awaitable[T]) -> T:
        """Return what the work returns; where it fails, that is written of the call."""
        try:
            return await work
        except StudioError as error:
            await self._state.fail_call(part.job, call, error)
            raise

    async def _started(self, part: Part, provider: Provider, offer: Offer) -> Finished | Pending:
        """Start the call; of a job's only part it is written how far it is, of several how many are ready."""

        async def write(fraction: float) -> None:
            await self._state.progress(part.job, fraction, "The engine is at work")

        async with Telling(write) as telling:
            tell = telling.tell if part.job.spec.parts == 1 else untold
            images = await self._keeper.fitted(offer, part.ready.images)
            return await provider.start(offer, part.ready.spec, images, tell)

    async def _cut_off(self, part: Part, earlier: ProviderCall, offer: Offer) -> None:
        """Decide about a call that a crash interrupted: free work is made again, paid work never by itself."""
        if offer.local or earlier.price_milli == 0:
            await self._state.fail_call(part.job, earlier.id, None)
            return
        error = OutcomeUnknown(
            detail=f"The studio was stopped while {offer.label} was working; whether it finished is not known.",
            provider=offer.provider,
            model=offer.model,
        )
        await self._state.fail_call(part.job, earlier.id, error)
        raise error

    async def _brought(
        self, part: Part, call: ProviderCall, provider: Provider, outcome: Finished | Pending
    ) -> Produced:
        """Return the picture of a call, followed to its end where there is a ticket."""
        return await self._noted(part, call.id, self._picture(part, call, provider, outcome))

    async def _picture(
        self, part: Part, call: ProviderCall, provider: Provider, outcome: Finished | Pending
    ) -> Produced:
        if isinstance(outcome, Pending):
            outcome = await self._following(part, call, provider).to_the_end(outcome)
        if not outcome.images:
            raise ProviderMisbehaved(
                detail=f"{provider.label} said it was done and sent no picture.", provider=provider.name
            )
        return outcome.images[0]

    def _following(self, part: Part, call: ProviderCall, provider: Provider) -> Following:
        async def tell(fraction: float) -> None:
            await self._state.progress(part.job, fraction / part.job.spec.parts, "The engine is at work")

        gone_s = (self._state.clock() - call.started_at).total_seconds()
        left_s = max(self._persistence.ticket_s - gone_s, LAST_CHANCE_S)
        return Following(
            provider=provider,
            persistence=self._persistence,
            until=self._persistence.clock() + left_s,
            tell=tell,
            paid=call.price_milli > 0,
        )

    async def _deliver(self, part: Part, choice: Choice, offer: Offer, brought: Brought) -> None:
        call = brought.call
        try:
            produced = await self._keeper.settled(part.spec, part.ready, brought.produced, local=offer.local)
            making = Making(offer=offer, spec=part.spec, origins=part.inputs.origins, produced=produced)
            stored = await self._state.keep(making)
            finish = Finish(
                plan=part.job.plan,
                choice=choice,
                ordinal=part.ordinal,
                spec=part.spec,
                produced=produced,
                stored=stored,
                before=part.inputs.sizes,
            )
            delivery = Delivery(
                ordinal=part.ordinal,
                call=call,
                choice=choice,
                produced=produced,
                stored=stored,
                label=part.task(finish),
                seconds=round(brought.seconds, 3),
            )
            await self._state.deliver(part.job, delivery)
        except (InvalidImage, UnsupportedFormat, TooLarge) as error:
            misbehaved = ProviderMisbehaved(
                detail=f"The engine's picture can't be used: {error}", provider=choice.provider, model=choice.model
            )
            self._engines.saw(offer, misbehaved)
            await self._state.fail_call(part.job, call, misbehaved)
            raise misbehaved from error
        except StudioError as error:
            await self._state.fail_call(part.job, call, error)
            raise

    async def call_off(self, job: JobAtWork) -> None:
        """Tell the engines that what they still work on is no longer wanted, and close those calls."""
        for call in await self._state.open_calls(job):
            if call.ticket:
                await self._engines.call_off(call.provider, call.ticket)
            await self._state.fail_call(job, call.id, None)


def call_facts(offer: Offer, operation: str) -> dict[str, Fact]:
    """Return what is told of a call, in the words of the conventions for generative engines; never what was asked for.

    Source: https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/ (read 2026-11-22)
    """
    return {
        "gen_ai.operation.name": "generate_content" if offer.generative else operation,
        "gen_ai.provider.name": offer.provider,
        "gen_ai.request.model": offer.model,
        "studio.operation": operation,
    }


def _was_paid(error: StudioError, choice: Choice) -> bool:
    """Say whether the engine may bill for this failure: then no other one is tried by itself."""
    return isinstance(error, ProviderMisbehaved) and choice.milli_credits > 0
