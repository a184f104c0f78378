"""Who should do it: ranks the offers for a need, and says why, or why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.errors import AbovePriceCap, FieldError, InvalidRequest, NoProvider, RequestRefused
from backend.services.image_studio.market import is_engine, key_of
from backend.services.image_studio.pricing import in_words
from backend.services.image_studio.shapes import MOST_CUT, fit_words, misfit, unfit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from backend.imaging.types import Size
    from backend.providers.base import Offer
    from backend.schemas.specs import Quality, Spec
    from backend.services.image_studio.market import Market
    from backend.services.image_studio.preferences import QualityTable
    from backend.services.image_studio.pricing import MilliCredits

AUTO = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What is to be done, and what the caller insists on."""

    operation: str
    quality: Quality = "standard"
    size: Size | None = None
    """Of the picture to make; None where the input decides."""
    input_size: Size | None = None
    """Of the picture to work on, where there is one and its size is known."""
    variant: str | None = None
    """The way of the operation, where there are several: see `Offer.variants`."""
    free_words: bool = False
    """True if only an engine will do that follows any words."""
    spec: Spec | None = None
    """All that is asked for, where it is known: an engine may refuse it by its words."""
    provider: str = AUTO
    model: str | None = None
    output_format: str = "png"
    prefer: str = AUTO
    """The engine that a template recommends: a wish, not a condition."""
    engines: tuple[str, ...] = ()
    """The engines that a persona prefers, `provider` or `provider/model`, the first one most: the first of wishes."""
    engines_of: str = ""
    """The persona's name."""
    parts: int = 1
    """How many pictures."""
    most: MilliCredits | None = None
    """What all of them may cost together; None for no limit."""
    spread: bool = False
    """True if they are made by different engines: then one of them may cost as much as is allowed for all."""

    @property
    def insists(self) -> bool:
        """Return whether the engine or the model was asked for by name."""
        return self.provider != AUTO or self.model is not None

    def wish(self, offer: Offer) -> int:
        """Return an offer's place among the persona's engines; the place after the last if it has none."""
        places = (place for place, engine in enumerate(self.engines) if is_engine(engine, offer))
        return next(places, len(self.engines))

    def allows(self, price: MilliCredits) -> bool:
        """Return whether a price of one picture is within what may be spent."""
        return self.most is None or price * (1 if self.spread else self.parts) <= self.most


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """An offer that will do, with the price of one picture and the reason for its place."""

    offer: Offer
    milli_credits: MilliCredits
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """An offer that won't do, and why."""

    offer: Offer
    why: str
    refusal: RequestRefused | None = None
    """What it says to the request, where nothing else is in the way."""
    price: MilliCredits | None = None
    """What one picture costs there, where that alone is too much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The offers that will do, best first and never empty, and those that won't."""

    ranked: tuple[Ranked, ...]
    passed: tuple[Passed, ...]
    note: str = ""
    """What became of the model that was asked for, where it goes by another name now."""


def rank(need: Need, market: Market, table: QualityTable) -> Ranking:
    """Return the offers for a need, best first.

    Raises:
        InvalidRequest: there is no such engine or model, or it does not do this.
        RequestRefused: who could do it now refuses it as it stands.
        AbovePriceCap: who could do it costs more than is allowed.
        NoProvider: none of them can do it now; `tried` says why for each.
    """
    rename = table.rename(need.model) if need.model else None
    asked = _asked_for(need, rename.model if rename else need.model, market.offers)
    passed = tuple(found for offer in asked if (found := _passed(offer, need, market)))
    barred = {key_of(p.offer) for p in passed}
    ready = [offer for offer in asked if key_of(offer) not in barred]
    if not ready:
        raise next((p.refusal for p in passed if p.refusal), None) or _too_dear(need, passed) or _nobody(need, passed)
    ready.sort(key=lambda offer: _order(offer, need, market, table))
    alone = _alone(ready, passed, market)
    ranked = tuple(
        _ranked(
            offer, need, market, [_claim(offer, need, table, alone=alone), *_beside(ready[n : n + 2], need, market)]
        )
        for n, offer in enumerate(ready)
    )
    return Ranking(ranked=ranked, passed=passed, note=rename.note if rename else "")


def _passed(offer: Offer, need: Need, market: Market) -> Passed | None:
    """Return why an offer won't do; None if it will."""
    if why := _obstacle(offer, need, market):
        return Passed(offer=offer, why=why)
    try:
        if need.spec is not None:
            offer.check(need.spec)
    except RequestRefused as refusal:
        return Passed(offer=offer, why=refusal.detail, refusal=refusal)
    price = _price(offer, need, market)
    if need.allows(price):
        return None
    return Passed(offer=offer, why=f"costs {in_words(price)} a picture, more than the request allows", price=price)


def _asked_for(need: Need, model: str | None, offers: Iterable[Offer]) -> list[Offer]:
    """Narrow to the operation, then to the engine and the model that the caller insists on."""
    doing = [offer for offer in offers if offer.operation == need.operation]
    if need.provider != AUTO:
        doing = _narrowed(doing, "provider", need.provider, lambda offer: offer.provider)
    if model is not None:
        doing = _narrowed(doing, "model", model, lambda offer: offer.model)
    return doing


def _narrowed(offers: list[Offer], field: str, wanted: str, name: Callable[[Offer], str]) -> list[Offer]:
    found = [offer for offer in offers if _same(name(offer), wanted)]
    if found:
        return found
    known = ", ".join(sorted({name(offer) for offer in offers})) or "none"
    detail = f'there is no {field} "{wanted}" for this; known: {known}'
    raise InvalidRequest(detail=f"{field}: {detail}", errors=(FieldError(pointer=f"/{field}", detail=detail),))


def _same(name: str, wanted: str) -> bool:
    """Clients may leave out a model's owner and don't care for case."""
    own, asked = name.casefold(), wanted.casefold()
    return own == asked or own.endswith(f"/{asked}")


def _obstacle(offer: Offer, need: Need, market: Market) -> str | None:
    if lack := market.lack(offer) or _ailment(offer, need, market):
        return lack
    if need.size and (why := misfit(offer, need.size, 1.0 if need.insists else MOST_CUT)):
        return why
    if why := _mismatch(offer, need):
        return why
    if need.output_format not in offer.formats:
        return f"does not write {need.output_format}"
    if market.prices.price(offer, size=need.size, quality=need.quality) is None:
        return "has no price in the price book, so nobody can agree to one"
    return None


def _ailment(offer: Offer, need: Need, market: Market) -> str | None:
    """Return why an engine is left alone; None also of one that only asked for a pause and is asked for by name."""
    ailment = market.ailing.get(offer.provider)
    if ailment is None or (ailment.health == "paused" and need.provider != AUTO):
        return None
    return ailment.detail


def _mismatch(offer: Offer, need: Need) -> str | None:
    """Return why an offer can't work on this picture, or not in this way; None if it can."""
    if need.input_size and (why := unfit(offer, need.input_size, need.size)):
        return why
    if need.variant and offer.variants and need.variant not in offer.variants:
        return f"does not do {need.variant}"
    if need.free_words and offer.words != "free":
        return "does not follow free words"
    return None


def _price(offer: Offer, need: Need, market: Market) -> MilliCredits:
    price = market.prices.price(offer, size=need.size, quality=need.quality)
    assert price is not None, "offers without a price were passed over"
    return price


def _too_dear(need: Need, passed: tuple[Passed, ...]) -> AbovePriceCap | None:
    """Return the refusal of a request that only its own cap stands in the way of; None of any other."""
    prices = [p.price for p in passed if p.price is not None]
    return above_cap(min(prices) * need.parts, need.most) if prices else None


def above_cap(needed: MilliCredits, allowed: MilliCredits | None) -> AbovePriceCap:
    """Return the refusal of what costs more than is allowed."""
    cap = allowed or 0
    detail = f"This costs {in_words(needed)} at least, and the request allows {in_words(cap) if cap else 'none'}."
    return AbovePriceCap(detail=f"{detail} Nothing was charged.", needed=needed / 1000, allowed=cap / 1000)


def _nobody(need: Need, passed: tuple[Passed, ...]) -> NoProvider:
    tried = {f"{p.offer.provider}/{p.offer.model}": p.why for p in passed}
    reasons = "; ".join(f"{name}: {why.rstrip('.')}" for name, why in tried.items()) or "no engine offers it"
    return NoProvider(detail=f"No engine can do {need.operation} now: {reasons}.", tried=tried)


def _order(offer: Offer, need: Need, market: Market, table: QualityTable) -> tuple[object, ...]:
    """The persona's wish, the template's, the quality's preference, then where it is done.

    Pictures from words are drawn elsewhere before they are designed here; what is done to a picture stays here, where
    it is free, unless it is beyond this machine.
    """
    place, _ = table.place(offer, need.quality)
    suited = offer.qualities.index(need.quality) if need.quality in offer.qualities else len(offer.qualities) + 3
    price = _price(offer, need, market)
    wishes = need.wish(offer), offer.provider != need.prefer, place
    comes_second = offer.local is (need.input_size is None)
    return *wishes, comes_second, suited, price, offer.seconds, offer.provider, offer.model


def _alone(ready: list[Offer], passed: tuple[Passed, ...], market: Market) -> str:
    """Return what sets the only offer left apart from the others; empty if there is more than one."""
    if len(ready) > 1:
        return ""
    return "Only engine that fits" if any(market.lack(p.offer) is None for p in passed) else "Only engine that is ready"


def _claim(offer: Offer, need: Need, table: QualityTable, *, alone: str) -> str:
    _, why = table.place(offer, need.quality)
    if need.insists:
        return "Asked for by name"
    if alone:
        return alone
    if need.wish(offer) < len(need.engines):
        return f"Preferred by {need.engines_of}"
    if offer.provider == need.prefer:
        return "Recommended by the template"
    if why:
        return f"Preferred for {need.quality} quality: {why}"
    return "Works on this machine" if offer.local else "Ready to use"


def _beside(two: list[Offer], need: Need, market: Market) -> list[str]:
    """Return the words for an offer's price beside that of the next best one."""
    prices = [_price(offer, need, market) for offer in two]
    if len(two) == 1 or prices[0] == prices[1]:
        return [in_words(prices[0])]
    change = f"{in_words(abs(prices[1] - prices[0]))} {'less' if prices[1] < prices[0] else 'more'}"
    return [in_words(prices[0]), f"{two[1].label} costs {change}" if prices[1] else f"{two[1].label} is free"]


def _ranked(offer: Offer, need: Need, market: Market, words: list[str]) -> Ranked:
    price = _price(offer, need, market)
    if need.size:
        words.append(fit_words(offer, need.size))
        if not offer.generative and need.input_size is None:
            words.append("designed from your words, not generated")
    return Ranked(offer=offer, milli_credits=price, reason="; ".join(words))
