"""What can be had at the moment: the engines' offers, what each still lacks, and the prices in force."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from backend.jobs.breakers import Ailment
    from backend.providers.base import Offer, Provider
    from backend.services.image_studio.pricing import PriceBook

OfferKey = tuple[str, str, str]


def key_of(offer: Offer) -> OfferKey:
    """Return provider, model and operation, which name an offer."""
    return offer.provider, offer.model, offer.operation


def is_engine(engine: str, offer: Offer) -> bool:
    """Return whether `provider` or `provider/model`, in small letters, means an offer; models may lack their owner."""
    provider, _, model = engine.partition("/")
    own = offer.model.casefold()
    return provider == offer.provider.casefold() and (not model or own == model or own.endswith(f"/{model}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """A snapshot that plans are made from; what is not in `missing` is ready."""

    offers: tuple[Offer, ...]
    prices: PriceBook
    missing: Mapping[OfferKey, str] = field(default_factory=dict[OfferKey, str])
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    """The engines' names for people, by key."""
    ailing: Mapping[str, Ailment] = field(default_factory=dict[str, "Ailment"])
    """The engines that are left alone at the moment, by key."""

    def lack(self, offer: Offer) -> str | None:
        """Return why an offer can't be used now, None if it can."""
        return self.missing.get(key_of(offer))


def survey(providers: Iterable[Provider], prices: PriceBook, ailing: Mapping[str, Ailment] | None = None) -> Market:
    """Return the market as the providers describe it now, and as their health allows."""
    known = tuple(providers)
    lacks = {key_of(offer): provider.missing(offer) for provider in known for offer in provider.offers}
    return Market(
        offers=tuple(offer for provider in known for offer in provider.offers),
        prices=prices,
        missing={key: why for key, why in lacks.items() if why is not None},
        labels={provider.name: provider.label for provider in known},
        ailing=ailing or {},
    )
