"""Variations from one engine each: who makes what, what all of it costs, and caps that nothing exceeds."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from backend.errors import AbovePriceCap
from backend.jobs.work import WorkPlan
from backend.schemas.create import CreateRequest
from backend.services.image_studio.quotes import quote

if TYPE_CHECKING:
    from conftest import House

    from backend.services.image_studio.plans import Plan

PLANS = int(os.environ.get("PLANS", "200"))


def planned(house: House, **fields: object) -> Plan:
    form = {"prompt": "A red fox", "width": 1024, "height": 1024, "spread": True, **fields}
    return house.creation.plan(CreateRequest.model_validate(form), house.market())


def makers(plan: Plan) -> list[str]:
    return [choice.provider for choice in plan.meant]


def test_each_engine_makes_one_in_turn_by_its_best_model(house: House) -> None:
    plan = planned(house, num_variations=4)
    assert makers(plan) == ["stability", "wavespeed", "stability", "wavespeed"]
    assert [choice.model for choice in plan.meant[:2]] == ["core", "wavespeed-ai/qwen-image"]
    assert plan.max_milli_credits == 2 * 3000 + 2 * 2000


def test_the_quote_has_a_line_for_each_engine_and_sums_them(house: House) -> None:
    answer = quote(planned(house, num_variations=3))
    assert [(line.provider, line.count, line.credits) for line in answer.lines] == [
        ("stability", 2, 6.0),
        ("wavespeed", 1, 2.0),
    ]
    assert answer.estimated_cost == answer.max == sum(line.credits for line in answer.lines) == 8.0
    assert answer.reason == "One from each: Stable Image Core, Qwen Image"


def test_nobody_dearer_serves_in_anothers_stead(house: House) -> None:
    plan = planned(house, num_variations=2)
    work = WorkPlan.model_validate(plan.model_dump(mode="json"))
    for ordinal, meant in enumerate(plan.meant):
        tried = work.choices_for(ordinal)
        assert (tried[0].provider, tried[0].model) == (meant.provider, meant.model)
        assert max(choice.milli_credits for choice in tried) == meant.milli_credits
        assert tried[-1].provider == "local"


def test_where_not_all_can_be_paid_the_dearest_stays_away(house: House) -> None:
    assert makers(planned(house, num_variations=2, max_credits=4.5)) == ["wavespeed", "wavespeed"]
    with pytest.raises(AbovePriceCap):
        planned(house, num_variations=2, max_credits=3.5, quality="draft", provider="wavespeed")


def test_a_single_picture_is_not_spread(house: House) -> None:
    assert planned(house).spread == ()


FORMS = st.fixed_dictionaries(
    {"max_credits": st.floats(0, 90, allow_nan=False), "num_variations": st.integers(1, 10), "spread": st.booleans()},
    optional={
        "provider": st.sampled_from(["auto", "local", "stability", "wavespeed"]),
        "quality": st.sampled_from(["draft", "standard", "premium"]),
    },
)


@settings(max_examples=PLANS, deadline=None)
@given(form=FORMS)
def test_no_plan_can_cost_more_than_its_cap_whoever_serves(house: House, form: dict[str, object]) -> None:
    cap = form["max_credits"]
    assert isinstance(cap, float)
    try:
        plan = planned(house, **form)
    except AbovePriceCap:
        assume(False)
        raise
    work = WorkPlan.model_validate(plan.model_dump(mode="json"))
    worst = sum(max(one.milli_credits for one in work.choices_for(n)) for n in range(plan.parts))
    assert worst == plan.max_milli_credits == round(quote(plan).max * 1000) <= cap * 1000 + 1e-3
