"""The engines as clients see them: what each can do, what that costs, and what it still lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from backend.imaging.types import Size
from backend.providers.sizes import largest_size
from backend.schemas.providers_view import OfferView, ProvidersAnswer, ProviderView
from backend.schemas.specs import Quality
from backend.services.image_studio.pricing import in_words

if TYPE_CHECKING:
    from backend.providers.base import Offer
    from backend.services.image_studio.market import Market

QUALITIES: tuple[Quality, ...] = get_args(Quality)


def providers_of(market: Market) -> ProvidersAnswer:
    """Return every engine of a market, ready or not, in the market's order."""
    names = dict.fromkeys([*market.labels, *(offer.provider for offer in market.offers)])
    return ProvidersAnswer(providers={name: _provider(name, market) for name in names})


def _provider(name: str, market: Market) -> ProviderView:
    offers = [offer for offer in market.offers if offer.provider == name]
    ready = [offer for offer in offers if market.lack(offer) is None]
    lacks = dict.fromkeys(lack for offer in offers if (lack := market.lack(offer)))
    ailment = market.ailing.get(name)
    return ProviderView(
        name=market.labels.get(name, name),
        models=tuple(dict.fromkeys(offer.model for offer in offers)),
        capabilities=tuple(dict.fromkeys(offer.operation for offer in offers)),
        max_resolution=_largest(offers),
        cost_range=_range([amount for offer in offers for amount in _prices(offer, market)]),
        available=bool(ready),
        reason=None if ready else " ".join(lacks) or "It offers nothing.",
        health=ailment.health if ailment else "well",
        health_detail=ailment.detail if ailment else None,
        offers=tuple(_offer(offer, market) for offer in offers),
    )


def _offer(offer: Offer, market: Market) -> OfferView:
    lack = market.lack(offer)
    return OfferView(
        model=offer.model,
        operation=offer.operation,
        label=offer.label,
        cost_range=_range(_prices(offer, market)),
        seconds=offer.seconds,
        local=offer.local,
        generative=offer.generative,
        available=lack is None,
        reason=lack,
    )


def _largest(offers: list[Offer]) -> str:
    sizes = [largest_size(offer) for offer in offers if offer.operation == "create"]
    return str(max(sizes, key=lambda size: size.pixels)) if sizes else ""


def _prices(offer: Offer, market: Market) -> list[int]:
    """Return the prices of the smallest and the largest picture in each quality, as far as they are known."""
    sizes = (Size(offer.min_side, offer.min_side), None)
    prices = [market.prices.price(offer, size=size, quality=quality) for size in sizes for quality in QUALITIES]
    return [price for price in prices if price is not None]


def _range(prices: list[int]) -> str:
    if not prices:
        return "unknown"
    low, high = min(prices), max(prices)
    if low == high:
        return in_words(low)
    return f"{'0' if low == 0 else in_words(low).split(' ')[0]}-{in_words(high)}"
