"""What a run costs before it starts: every step of every item is planned, on pictures that are not there yet."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from backend.errors import StudioError
from backend.schemas.create import CreateRequest
from backend.schemas.estimate import EstimateRequest
from backend.schemas.recipes import QuotedStep, RunQuote
from backend.services.image_studio.estimates import outline
from backend.services.recipes.steps import SOME, ask_of
from backend.services.recipes.verbs import after, planned
from backend.utils.purse import MILLI

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic import JsonValue

    from backend.schemas.base import Caller
    from backend.schemas.fields import FlatForm
    from backend.schemas.personas import PersonaView
    from backend.schemas.recipes import RecipeStep
    from backend.services.image_studio.inputs import Input
    from backend.services.image_studio.plans import Plan
    from backend.services.persona_service import PersonaService
    from backend.services.recipes.verbs import Terms

BREATH = 16
"""After so many items the others get their turn: a plan takes a millisecond, and a run has hundreds of items."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What an item begins with: its picture, if it has one, and what its row says."""

    picture: Input
    row: Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one step of one item costs."""

    operation: str
    engine: str
    milli_credits: int
    seconds: float
    plan: Plan | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What every step of every item costs; `refusals` holds for each item why a step would be refused, if one would."""

    steps: tuple[tuple[Step, ...], ...]
    """By item: the steps that can be planned."""
    refusals: tuple[StudioError | None, ...]

    @property
    def milli_credits(self) -> int:
        """Return the sum."""
        return sum(step.milli_credits for item in self.steps for step in item)

    @property
    def plans(self) -> tuple[Plan, ...]:
        """Return each plan once."""
        found = {id(step.plan): step.plan for item in self.steps for step in item if step.plan}
        return tuple(found.values())

    def quote(self, steps: Sequence[RecipeStep]) -> RunQuote:
        """Return the sum as callers see it."""
        return RunQuote(
            items=len(self.steps),
            steps=tuple(self._step(place, step) for place, step in enumerate(steps)),
            credits=self.milli_credits / MILLI,
            seconds=round(sum(step.seconds for item in self.steps for step in item), 1),
            unfit=sum(refusal is not None for refusal in self.refusals),
        )

    def _step(self, place: int, step: RecipeStep) -> QuotedStep:
        found = [item[place] for item in self.steps if len(item) > place]
        return QuotedStep(
            verb=step.verb,
            operation=next((one.operation for one in found), step.verb),
            engine=", ".join(dict.fromkeys(one.engine for one in found)),
            credits=sum(one.milli_credits for one in found) / MILLI,
        )


class Costing:
    """Plans the steps of a run's items; what is asked for again is planned once."""

    def __init__(self, steps: Sequence[RecipeStep], terms: Terms, personas: PersonaService, caller: Caller) -> None:
        self._steps = steps
        self._terms = terms
        self._personas = personas
        self._caller = caller
        self._known: dict[tuple[str, Input], tuple[Step, Input]] = {}
        self._spoken: dict[tuple[bool, str | None], PersonaView | None] = {}

    async def costs(self, items: Sequence[Begun]) -> Costs:
        """Return what the steps of all items cost."""
        steps: list[tuple[Step, ...]] = []
        refusals: list[StudioError | None] = []
        for number, item in enumerate(items):
            if number % BREATH == 0:
                await asyncio.sleep(0)
            found, refusal = await self._item(item)
            steps.append(found)
            refusals.append(refusal)
        return Costs(steps=tuple(steps), refusals=tuple(refusals))

    async def _item(self, item: Begun) -> tuple[tuple[Step, ...], StudioError | None]:
        found: list[Step] = []
        picture = item.picture
        for step in self._steps:
            try:
                form = ask_of(step, item.row, picture.id or SOME).form
                made, picture = await self._step(form, picture)
            except StudioError as refusal:
                return tuple(found), refusal
            found.append(made)
        return tuple(found), None

    async def _step(self, form: FlatForm, picture: Input) -> tuple[Step, Input]:
        alike = replace(picture, id=type(picture)().id)
        pictures = {name for name in type(form).model_fields if name.endswith("image_asset_id")}
        key = (f"{type(form).__name__}{form.model_dump_json(exclude=pictures)}", alike)
        if key not in self._known:
            persona = await self._persona(form) if isinstance(form, CreateRequest) else None
            plan = planned(form, picture, replace(self._terms, persona=persona))
            step = _planned(plan) if plan else self._outlined()
            self._known[key] = (step, after(plan, picture))
        return self._known[key]

    async def _persona(self, form: CreateRequest) -> PersonaView | None:
        key = (form.use_persona, form.persona_id)
        if key not in self._spoken:
            self._spoken[key] = await self._personas.asked_for(self._caller, form)
        return self._spoken[key]

    def _outlined(self) -> Step:
        """Return what a relayout costs: its plan needs the design, its price does not."""
        asked = EstimateRequest(operation="relayout")
        found = outline(asked, self._terms.market, self._terms.studios.creation.preferences)
        return Step(
            operation="relayout",
            engine=f"{found.provider}/{found.model}",
            milli_credits=round(found.max * MILLI),
            seconds=found.seconds,
            plan=None,
        )


def _planned(plan: Plan) -> Step:
    return Step(
        operation=plan.spec.operation,
        engine=f"{plan.first.provider}/{plan.first.model}",
        milli_credits=plan.max_milli_credits,
        seconds=plan.seconds,
        plan=plan,
    )
