"""Create: what a request turns into, who serves, and what the caller is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from backend.errors import InvalidRequest, NoProvider, ProviderMisbehaved
from backend.imaging.types import Size
from backend.schemas.create import CreateRequest
from backend.schemas.specs import CreateSpec
from backend.services.image_studio.plans import Made, Plan

if TYPE_CHECKING:
    from conftest import House

    from backend.providers.base import Offer


def planned(house: House, *offers: Offer, **body: object) -> Plan:
    return house.creation.plan(CreateRequest.model_validate({"prompt": "a fox in snow"} | body), house.market(*offers))


def size(plan: Plan) -> tuple[int, int]:
    assert isinstance(plan.spec, CreateSpec)
    return plan.spec.width, plan.spec.height


def test_a_bare_prompt_makes_one_square_picture(house: House) -> None:
    plan = planned(house)
    assert size(plan) == (1024, 1024)
    assert plan.parts == 1


def test_with_nothing_but_the_local_engine_it_is_free_exact_and_says_so(house: House, offers: dict[str, Offer]) -> None:
    plan = planned(house, offers["design"], template_id="linkedin_company_cover", num_variations=4)
    assert size(plan) == (1128, 191)
    assert (plan.min_milli_credits, plan.max_milli_credits) == (0, 0)
    assert plan.reason == "Only engine that is ready; free; exact size; designed from your words, not generated"
    assert plan.seconds == 6


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"width": 300, "height": 1000}, (300, 1000)),
        ({"width": 300, "height": 1000, "template_id": "instagram_story"}, (300, 1000)),
        ({"template_id": "instagram_story"}, (1080, 1920)),
        ({"template_id": "linkedin_post", "aspect_ratio": "1.91:1"}, (1200, 628)),
        ({"template_id": "instagram_feed_square", "aspect_ratio": "16:9"}, (1376, 774)),
        ({"width": 1080, "aspect_ratio": "4:5"}, (1080, 1350)),
        ({"height": 900, "template_id": "youtube_thumbnail"}, (1600, 900)),
        ({"aspect_ratio": "4:5"}, (912, 1140)),
        ({"aspect_ratio": "1:1"}, (1024, 1024)),
    ],
)
def test_sides_win_over_shapes_and_shapes_over_templates(
    house: House, offers: dict[str, Offer], body: dict[str, object], expected: tuple[int, int]
) -> None:
    assert size(planned(house, offers["design"], **body)) == expected


def test_a_trained_model_gets_whole_blocks_where_only_the_shape_was_asked_for(
    house: House, offers: dict[str, Offer]
) -> None:
    assert size(planned(house, offers["qwen"], aspect_ratio="16:9")) == (1376, 776)
    assert size(planned(house, offers["qwen"], width=1001, height=777)) == (1001, 777)


def test_a_ratio_that_contradicts_both_sides_is_named(house: House) -> None:
    assert planned(house, width=1000, height=500, aspect_ratio="1:1").ignored == ("aspect_ratio",)
    assert planned(house, width=1000, height=500, aspect_ratio="2:1").ignored == ()


def test_a_side_that_would_leave_the_limits_is_refused(house: House) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        planned(house, width=128, aspect_ratio="10:1")
    assert refusal.value.errors[0].pointer == "/width"
    assert "128x13" in refusal.value.detail


def test_variations_count_their_seeds_up_and_start_again(house: House) -> None:
    assert planned(house, seed=0, num_variations=3).spec.model_dump()["seeds"] == (0, 1, 2)
    assert planned(house, seed=4_294_967_294, num_variations=2).spec.model_dump()["seeds"] == (4_294_967_294, 0)


def test_without_a_seed_the_house_gives_one(house: House) -> None:
    assert planned(house, num_variations=2).spec.model_dump()["seeds"] == (4_294_967_290, 4_294_967_291)


def test_an_unknown_template_names_the_nearest(house: House) -> None:
    with pytest.raises(InvalidRequest, match="instagram_story") as refusal:
        planned(house, template_id="instagram_storry")
    assert refusal.value.errors[0].pointer == "/template_id"


def test_what_the_engine_cannot_use_is_named(house: House, offers: dict[str, Offer]) -> None:
    body = {"negative_prompt": "rain", "steps": 20, "guidance_scale": 3.5, "seed": 0}
    assert planned(house, offers["design"], **body).first.ignored == ("negative_prompt", "guidance_scale", "steps")
    plan = planned(house, offers["core"], offers["design"], **body)
    assert plan.first.ignored == ()
    assert plan.ignored_by(plan.choices[1]) == ("negative_prompt", "guidance_scale", "steps")


def test_nobody_dearer_than_the_first_serves_in_its_stead(house: House) -> None:
    plan = planned(house, quality="draft")
    assert [choice.model for choice in plan.choices] == ["wavespeed-ai/qwen-image", "compose"]
    assert {choice.model for choice in plan.dearer} == {"core", "ultra"}
    assert (plan.min_milli_credits, plan.max_milli_credits) == (0, 2000)


def test_an_engine_asked_for_by_name_has_one_price(house: House) -> None:
    plan = planned(house, provider="Stability", model="ULTRA", num_variations=3)
    assert plan.min_milli_credits == plan.max_milli_credits == 24_000
    assert plan.reason.startswith("Asked for by name; 8 credits")


def test_the_local_engine_gets_the_very_words(house: House) -> None:
    plan = planned(house, provider="local")
    assert plan.spec.model_dump()["prompt"] == "a fox in snow"
    assert plan.additions == ()
    assert "your own words" in plan.notes[0]


def test_a_trained_model_gets_more_words_and_the_caller_reads_which(house: House) -> None:
    plan = planned(house, provider="stability", template_id="instagram_story")
    spec = plan.spec
    assert isinstance(spec, CreateSpec)
    assert spec.original_prompt == "a fox in snow"
    assert spec.prompt.startswith("a fox in snow, photograph")
    assert all(addition.text in spec.prompt and addition.reason for addition in plan.additions)


def test_enhancement_can_be_switched_off(house: House) -> None:
    plan = planned(house, provider="stability", enhance_prompt=False)
    assert plan.spec.model_dump()["prompt"] == "a fox in snow"
    assert plan.notes == ()


def test_a_style_in_the_prompt_wins_over_the_templates(house: House) -> None:
    plan = planned(house, prompt="a watercolour of a harbour", template_id="instagram_story", provider="stability")
    assert plan.spec.model_dump()["style_preset"] is None
    assert "photograph" not in plan.spec.model_dump()["prompt"]
    assert planned(house, template_id="instagram_story").spec.model_dump()["style_preset"] == "photographic"


def test_a_plan_survives_being_stored(house: House) -> None:
    plan = planned(house, template_id="youtube_thumbnail", num_variations=3, seed=5)
    assert Plan.model_validate_json(plan.model_dump_json()) == plan


def test_when_nothing_is_ready_each_engine_says_why(house: House) -> None:
    market = house.market(
        missing={m: f"No key for {m}." for m in ("core", "ultra", "compose", "wavespeed-ai/qwen-image")}
    )
    with pytest.raises(NoProvider) as refusal:
        house.creation.plan(CreateRequest(prompt="a"), market)
    assert refusal.value.tried["stability/core"] == "No key for core."
    assert "local/compose: No key for compose" in refusal.value.detail


def test_a_picture_of_the_promised_size_is_accepted_and_described(house: House) -> None:
    plan = planned(house, provider="local", template_id="instagram_story", negative_prompt="rain")
    made = Made(size=Size(1080, 1920), format="png", alpha=False, seed=7, facts={"family": "mesh"})
    facts = house.creation.finish(plan, plan.first, made)
    assert facts["seed"] == 7
    assert facts["template_name"] == "Instagram story"
    assert facts["ignored"] == ["negative_prompt"]
    assert facts["engine"] == {"family": "mesh"}


def test_a_picture_of_another_size_is_refused(house: House) -> None:
    plan = planned(house, provider="local")
    with pytest.raises(ProviderMisbehaved, match="1024x1024 and measures 1024x1023"):
        house.creation.finish(plan, plan.first, Made(size=Size(1024, 1023), format="png", alpha=False))


def test_what_is_suggested_for_a_trained_engine_is_what_would_have_been_added(house: House) -> None:
    request = CreateRequest.model_validate({"prompt": "a fox in snow", "template_id": "instagram_story"})
    plan, told = house.creation.plan(request, house.market()), house.creation.improve(request, house.market())
    assert isinstance(plan.spec, CreateSpec)
    assert told.prompt == plan.spec.prompt
    assert told.additions == plan.additions
    taken = request.model_copy(update={"prompt": told.prompt})
    assert house.creation.improve(taken, house.market()).additions == ()


def test_an_engine_that_designs_is_suggested_words_that_it_hears(house: House, offers: dict[str, Offer]) -> None:
    request = CreateRequest(prompt="harbour at dusk")
    told = house.creation.improve(request, house.market(offers["design"]))
    assert told.provider == "local"
    assert [addition.text for addition in told.additions] == ["layered waves", "low warm sun"]
