"""Whatever form is accepted, its plan is consistent, and its quote is its price."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from backend.errors import InvalidRequest
from backend.imaging.types import Size
from backend.schemas.create import CreateRequest
from backend.schemas.specs import CreateSpec
from backend.services.image_studio.plans import Made, Plan
from backend.services.image_studio.quotes import quote

if TYPE_CHECKING:
    from conftest import House

SIDES = st.none() | st.integers(64, 4096)
FORMS = st.fixed_dictionaries(
    {"prompt": st.text(min_size=1, max_size=40)},
    optional={
        "template_id": st.none() | st.sampled_from(["instagram_story", "linkedin_cover", "x_post", "email_banner"]),
        "provider": st.sampled_from(["auto", "local", "stability"]),
        "width": SIDES,
        "height": SIDES,
        "aspect_ratio": st.none() | st.builds("{}:{}".format, st.integers(1, 21), st.integers(1, 21)),
        "style_preset": st.none() | st.sampled_from(["photographic", "flat", "unheard-of"]),
        "quality": st.sampled_from(["draft", "standard", "premium"]),
        "negative_prompt": st.none() | st.just("rain"),
        "steps": st.none() | st.integers(1, 50),
        "seed": st.none() | st.integers(0, 4_294_967_294),
        "num_variations": st.integers(1, 10),
        "enhance_prompt": st.booleans(),
    },
)


def plan_of(house: House, form: dict[str, object]) -> tuple[CreateRequest, Plan]:
    """Return the plan of an accepted form; forms that the door or the market refuses are left out."""
    try:
        request = CreateRequest.model_validate(form)
        return request, house.creation.plan(request, house.market())
    except (ValidationError, InvalidRequest):
        assume(False)
        raise


@given(form=FORMS)
def test_an_accepted_form_has_a_consistent_plan(house: House, form: dict[str, object]) -> None:
    assume(form.get("provider") != "stability" or not {"width", "height", "aspect_ratio", "template_id"} & set(form))
    request, plan = plan_of(house, form)
    spec = plan.spec
    assert isinstance(spec, CreateSpec)
    assert 64 <= min(spec.width, spec.height) <= max(spec.width, spec.height) <= 4096
    if request.width and request.height:
        assert (spec.width, spec.height) == (request.width, request.height)
    assert len(spec.seeds) == plan.parts == request.num_variations
    assert len(set(spec.seeds)) == plan.parts
    assert request.seed is None or spec.seeds[0] == request.seed
    assert spec.original_prompt == request.prompt
    assert spec.prompt.startswith(request.prompt.rstrip())
    assert plan.first.generative or spec.prompt == request.prompt


@given(form=FORMS)
def test_the_quote_of_a_plan_is_its_price(house: House, form: dict[str, object]) -> None:
    assume(form.get("provider") != "stability" or not {"width", "height", "aspect_ratio", "template_id"} & set(form))
    request, plan = plan_of(house, form)
    answer = quote(plan)
    assert answer == quote(house.creation.plan(request, house.market()))
    assert round(answer.max * 1000) == plan.max_milli_credits == plan.first.milli_credits * plan.parts
    assert 0 <= answer.min <= answer.estimated_cost <= answer.max
    for choice in plan.choices:
        assert plan.min_milli_credits <= choice.milli_credits * plan.parts <= plan.max_milli_credits


@given(form=FORMS)
def test_a_plan_is_kept_whole_in_the_job_and_promises_its_size(house: House, form: dict[str, object]) -> None:
    assume(form.get("provider") != "stability" or not {"width", "height", "aspect_ratio", "template_id"} & set(form))
    _, plan = plan_of(house, form)
    assert Plan.model_validate_json(plan.model_dump_json()) == plan
    spec = plan.spec
    assert isinstance(spec, CreateSpec)
    made = Made(size=Size(spec.width, spec.height), format="png", alpha=False, seed=spec.seeds[-1])
    for choice in plan.choices:
        facts = house.creation.finish(plan, choice, made)
        assert set(facts["ignored"]) <= set(CreateRequest.model_fields)  # pyright: ignore[reportArgumentType] - the cases are words
