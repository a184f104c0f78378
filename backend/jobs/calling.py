"""Who can be called, and when: the engines by their offers, with a place and a turn for each call."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.errors import ProviderUnavailable
from backend.jobs.persistence import called_off

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping

    from backend.errors import StudioError
    from backend.jobs.breakers import Breakers
    from backend.jobs.pacing import Pacer
    from backend.jobs.slots import Slots
    from backend.jobs.work import Choice, JobAtWork, OfferTable, Permit
    from backend.providers.base import Offer, Provider


@dataclass(frozen=True, slots=True, kw_only=True)
class Courtesy:
    """What is due to engines: a place for each call, a turn for each new one, and rest for those that fail."""

    slots: Slots
    pacer: Pacer
    breakers: Breakers


class Engines:
    """The engines that jobs call, with the courtesy that is due to each."""

    def __init__(self, providers: Mapping[str, Provider], courtesy: Courtesy, permit: Permit) -> None:
        self._providers = providers
        self._courtesy = courtesy
        self._permit = permit
        self._offers: OfferTable = {
            (offer.provider, offer.model, offer.operation): offer
            for provider in providers.values()
            for offer in provider.offers
        }

    async def call_off(self, name: str, ticket: str) -> None:
        """Tell an engine that a ticket is no longer wanted; nothing happens if the engine is not here any more."""
        if provider := self._providers.get(name):
            await called_off(provider, ticket)

    def find(self, choice: Choice, operation: str) -> tuple[Provider, Offer]:
        """Return the engine that was chosen, and its offer.

        Raises:
            ProviderUnavailable: it is not here any more, or no longer offers that.
        """
        provider = self._providers.get(choice.provider)
        offer = self._offers.get((choice.provider, choice.model, operation))
        if provider is None or offer is None:
            detail = f"{choice.provider} no longer offers {choice.model}."
            raise ProviderUnavailable(detail=detail, provider=choice.provider, model=choice.model)
        return provider, offer

    @asynccontextmanager
    async def at(self, offer: Offer) -> AsyncGenerator[None]:
        """Wait for a place at the offer's engine, and for leave to begin something new; hold the place."""
        async with self._courtesy.slots.at(offer.provider, local=offer.local):
            await self._permit()
            yield

    @asynccontextmanager
    async def beginning(self, offer: Offer) -> AsyncGenerator[None]:
        """Wait for a turn to begin something new at the offer's engine, and learn from how that ends.

        Raises:
            ProviderRateLimited, ProviderUnavailable: the engine is left alone at the moment.
        """
        if offer.local:
            yield
            return
        breakers = self._courtesy.breakers
        breakers.check(offer.provider)
        await self._courtesy.pacer.turn(offer.provider)
        async with breakers.watching(offer.provider):
            yield

    def saw(self, offer: Offer, error: StudioError) -> None:
        """Learn that nothing good came of a call that began well."""
        if not offer.local:
            self._courtesy.breakers.saw(offer.provider, error)

    def makes_series(self, job: JobAtWork) -> bool:
        """Say whether all parts of a job are made in one call."""
        if job.work.spread:
            return False
        offers = (self._offers.get((one.provider, one.model, job.spec.operation)) for one in job.choices)
        return any(offer is not None and offer.series for offer in offers)
