"""What will be done, by whom, at what price and why: one value, stored with the job and shown before the click."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import Field

from backend.schemas.base import Frozen
from backend.schemas.create import Addition
from backend.schemas.personas import AppliedPersona
from backend.schemas.specs import Spec
from backend.services.image_studio.routing import above_cap

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.imaging.types import Size
    from backend.providers.base import Offer
    from backend.schemas.base import Facts
    from backend.services.image_studio.market import Market
    from backend.services.image_studio.routing import Ranked, Ranking


class Choice(Frozen):
    """An engine that may serve, with the price of one part."""

    provider: str
    model: str
    operation: str
    label: str
    milli_credits: int = Field(ge=0)
    reason: str
    seconds: float
    """Typical time for one part."""
    generative: bool
    local: bool
    ignored: tuple[str, ...] = ()
    """Fields of the request that this engine can't use."""
    heeds: tuple[str, ...] = ()
    """What of a persona's changes means something to this engine, by field."""


class PassedOver(Frozen):
    """An engine that was considered and will not serve."""

    provider: str
    model: str
    why: str


class Plan(Frozen):
    """The decision about one request. A quote and a charge are both read from it, so they can't differ."""

    spec: Spec
    choices: tuple[Choice, ...] = Field(min_length=1)
    """Who may serve, in this order; unless parts are spread none costs more than the first, whose price is seen."""
    spread: tuple[int, ...] = ()
    """Who makes each part, by place among the choices, where they are spread over engines: nobody dearer may serve in
    another's stead. Empty where the first choice makes them all."""
    dearer: tuple[Choice, ...] = ()
    """Who could serve at a higher price. They are offered to the caller, never used in another's stead."""
    passed: tuple[PassedOver, ...] = ()
    ignored: tuple[str, ...] = ()
    """Fields that the operation can't use at all, by name."""
    additions: tuple[Addition, ...] = ()
    """What was added to the prompt, and why."""
    notes: tuple[str, ...] = ()
    """What else the caller should know."""
    template_id: str | None = None
    template_name: str | None = None
    persona: AppliedPersona | None = None
    """The persona that it is made as, with all that it changed for one engine or another."""
    price_book_version: str

    @property
    def first(self) -> Choice:
        """Return the engine that will be asked first."""
        return self.choices[self.spread[0] if self.spread else 0]

    @property
    def parts(self) -> int:
        """Return how many pictures are asked for."""
        return self.spec.parts

    def meant_for(self, ordinal: int) -> Choice:
        """Return the engine that is to make a part."""
        return self.choices[self.spread[ordinal]] if self.spread else self.first

    @property
    def meant(self) -> tuple[Choice, ...]:
        """Return the engine that is to make each part."""
        return tuple(self.meant_for(ordinal) for ordinal in range(self.parts))

    @property
    def min_milli_credits(self) -> int:
        """Return the price of everything if the cheapest choice serves."""
        return self.parts * min(choice.milli_credits for choice in self.choices)

    @property
    def max_milli_credits(self) -> int:
        """Return the price of everything if those serve who are meant: the most it can cost, and what is reserved."""
        return sum(choice.milli_credits for choice in self.meant)

    @property
    def seconds(self) -> float:
        """Return how long it will take, roughly."""
        return sum(choice.seconds for choice in self.meant)

    @property
    def reason(self) -> str:
        """Return why the first choice is first, in words."""
        return self.first.reason

    def ignored_by(self, choice: Choice) -> tuple[str, ...]:
        """Return every field of the request that had no effect when this choice served."""
        return tuple(dict.fromkeys(self.ignored + choice.ignored))

    def persona_for(self, choice: Choice) -> AppliedPersona | None:
        """Return the persona with what it changed when this choice served."""
        if self.persona is None:
            return None
        heeded = tuple(change for change in self.persona.changes if change.field in choice.heeds)
        return self.persona.model_copy(update={"changes": heeded})


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a finished picture turned out to be, as it was read from its bytes."""

    size: Size
    format: str
    """`png`, `jpg` or `webp`."""
    alpha: bool
    """True if it has an alpha channel."""
    length: int = 0
    """In bytes, as it is kept."""
    seed: int | None = None
    facts: Facts = field(default_factory=dict)
    """What its engine says about it."""


def _none(_: Offer) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a plan tells besides its spec and its engines."""

    ignored: tuple[str, ...] = ()
    additions: tuple[Addition, ...] = ()
    notes: tuple[str, ...] = ()
    template: tuple[str, str] | None = None
    """Id and name."""
    unusable: Callable[[Offer], tuple[str, ...]] = _none
    """Names the fields of the request that an offer can't use."""
    persona: AppliedPersona | None = None
    heeds: Callable[[Offer], tuple[str, ...]] = _none
    """Names what of the persona's changes means something to an offer."""


def plan_of(spec: Spec, ranking: Ranking, market: Market, told: Told) -> Plan:
    """Return the plan for a spec: who serves, whoever is no dearer in its stead, and the rest as alternatives."""
    choices, dearer = choices_of(ranking, told)
    template_id, template_name = told.template or (None, None)
    return Plan(
        spec=spec,
        choices=choices,
        dearer=dearer,
        passed=tuple(PassedOver(provider=p.offer.provider, model=p.offer.model, why=p.why) for p in ranking.passed),
        ignored=told.ignored,
        additions=told.additions,
        notes=told.notes + ((ranking.note,) if ranking.note else ()),
        template_id=template_id,
        template_name=template_name,
        persona=told.persona,
        price_book_version=market.prices.version,
    )


def spread_of(spec: Spec, ranking: Ranking, market: Market, told: Told, *, most: int | None) -> Plan:
    """Return the plan for parts that are made by different engines, one from each in turn, for at most `most`.

    Each engine takes part with the best of its models; engines that only design do not mix with those that invent. The
    dearest stay away where not all can be paid.

    Raises:
        AbovePriceCap: not even the cheapest could make all of them for that.
    """
    plan = plan_of(spec, ranking, market, told)
    everybody = tuple(_choice(entry, told) for entry in ranking.ranked)
    taking = _one_of_each(everybody)
    while most is not None and _sum_in_turn(taking, plan.parts) > most:
        if len(taking) == 1:
            raise above_cap(_sum_in_turn(taking, plan.parts), most)
        dearest = max(choice.milli_credits for choice in taking)
        last = max(place for place, choice in enumerate(taking) if choice.milli_credits == dearest)
        taking = taking[:last] + taking[last + 1 :]
    in_turn = tuple(everybody.index(taking[n % len(taking)]) for n in range(plan.parts))
    return plan.model_copy(update={"choices": everybody, "dearer": (), "spread": in_turn})


def _one_of_each(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Return the best choice of each engine, of those that are like the first one."""
    best: dict[str, Choice] = {}
    for choice in choices:
        if choice.generative == choices[0].generative:
            best.setdefault(choice.provider, choice)
    return tuple(best.values())


def _sum_in_turn(choices: tuple[Choice, ...], parts: int) -> int:
    return sum(choices[n % len(choices)].milli_credits for n in range(parts))


def choices_of(ranking: Ranking, told: Told) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """Return who may serve, the first with whoever is no dearer, and those who are dearer."""
    choices = tuple(_choice(entry, told) for entry in ranking.ranked)
    ceiling = choices[0].milli_credits
    return (
        tuple(choice for choice in choices if choice.milli_credits <= ceiling),
        tuple(choice for choice in choices if choice.milli_credits > ceiling),
    )


def _choice(entry: Ranked, told: Told) -> Choice:
    offer = entry.offer
    return Choice(
        provider=offer.provider,
        model=offer.model,
        operation=offer.operation,
        label=offer.label,
        milli_credits=entry.milli_credits,
        reason=entry.reason,
        seconds=offer.seconds,
        generative=offer.generative,
        local=offer.local,
        ignored=told.unusable(offer),
        heeds=told.heeds(offer),
    )
