"""Who can be called, and when: the engines by their offers, with a place for each call."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from backend.errors import ProviderUnavailable

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping

    from backend.jobs.slots import Slots
    from backend.jobs.work import Choice, JobAtWork, OfferTable, Permit
    from backend.providers.base import Offer, Provider


class Engines:
    """The engines that jobs call, and the places at each."""

    def __init__(self, providers: Mapping[str, Provider], slots: Slots, permit: Permit) -> None:
        self._providers = providers
        self._slots = slots
        self._permit = permit
        self._offers: OfferTable = {
            (offer.provider, offer.model, offer.operation): offer
            for provider in providers.values()
            for offer in provider.offers
        }

    def __getitem__(self, name: str) -> Provider:
        """Return the engine of a name."""
        return self._providers[name]

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
        async with self._slots.at(offer.provider, local=offer.local):
            await self._permit()
            yield

    def makes_series(self, job: JobAtWork) -> bool:
        """Say whether all parts of a job are made in one call."""
        offers = (self._offers.get((one.provider, one.model, job.spec.operation)) for one in job.choices)
        return any(offer is not None and offer.series for offer in offers)
