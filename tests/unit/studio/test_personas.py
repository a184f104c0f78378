"""What a persona changes about a plan: only what the request leaves open, and all of it told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.schemas.create import CreateRequest
from backend.schemas.personas import PersonaForm, PersonaId, PersonaView
from backend.services.image_studio.market import is_engine
from backend.services.image_studio.plans import Plan

if TYPE_CHECKING:
    from conftest import House

    from backend.providers.base import Offer

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ANNA = PersonaView(
    id=PersonaId("a" * 32),
    name="Anna",
    voice="warm, plain-spoken",
    style_words=("film grain", "soft window light"),
    palette=("#ff5a1f", "#1d1d2b"),
    negative_words=("text", "logos"),
    engines=("wavespeed",),
    style_preset="photographic",
    created_at=NOW,
    updated_at=NOW,
)
PLAIN = PersonaView(id=PersonaId("b" * 32), name="Plain", created_at=NOW, updated_at=NOW)


def planned(house: House, *offers: Offer, persona: PersonaView | None = ANNA, **body: object) -> Plan:
    request = CreateRequest.model_validate({"prompt": "a fox in snow", "seed": 1} | body)
    return house.creation.plan(request, house.market(*offers), persona)


def spec(plan: Plan) -> dict[str, object]:
    return plan.spec.model_dump()


def changed(plan: Plan) -> dict[str, str]:
    """Return what the first choice is told to have been changed, by field."""
    applied = plan.persona_for(plan.first)
    assert applied is not None
    return {change.field: change.text for change in applied.changes}


def test_without_a_persona_nothing_is_told_of_one(house: House) -> None:
    assert planned(house, persona=None).persona is None


def test_a_persona_that_says_nothing_changes_nothing(house: House) -> None:
    plan = planned(house, persona=PLAIN)
    assert plan.spec == planned(house, persona=None).spec
    assert changed(plan) == {}


def test_its_engines_come_first_and_the_reason_says_so(house: House) -> None:
    plan = planned(house)
    assert plan.first.provider == "wavespeed"
    assert plan.reason.startswith("Preferred by Anna; ")
    assert changed(plan)["engine"] == "wavespeed"
    assert planned(house, persona=None).first.provider == "stability"


def test_the_first_of_its_engines_that_is_ready_comes_first(house: House) -> None:
    keen = ANNA.model_copy(update={"engines": ("stability/ultra", "wavespeed/qwen-image", "stability")})
    models = [choice.model for plan in [planned(house, persona=keen)] for choice in plan.choices + plan.dearer]
    assert models[0] == "ultra"
    market = house.market(missing={"ultra": "no key"})
    plan = house.creation.plan(CreateRequest(prompt="a fox"), market, keen)
    assert plan.first.model == "wavespeed-ai/qwen-image"


def test_an_engine_asked_for_by_name_wins_over_the_personas(house: House) -> None:
    plan = planned(house, provider="stability")
    assert plan.reason.startswith("Asked for by name")
    assert "engine" not in changed(plan)


def test_where_one_engine_is_ready_the_persona_chose_nothing(house: House, offers: dict[str, Offer]) -> None:
    plan = planned(house, offers["qwen"])
    assert plan.reason.startswith("Only engine that is ready")
    assert "engine" not in changed(plan)


def test_its_words_are_added_to_the_prompt_first_each_with_its_reason(house: House) -> None:
    plan = planned(house)
    words = str(spec(plan)["prompt"])
    assert words.startswith("a fox in snow, film grain, soft window light, in a tone that is warm, plain-spoken, ")
    assert [addition.text for addition in plan.additions[:2]] == ["film grain", "soft window light"]
    assert all("Anna" in addition.reason for addition in plan.additions[:3])
    assert spec(plan)["original_prompt"] == "a fox in snow"


def test_what_the_prompt_says_already_is_not_said_again(house: House) -> None:
    plan = planned(house, prompt="a fox in snow, Film grain")
    assert "soft window light" in str(spec(plan)["prompt"])
    assert str(spec(plan)["prompt"]).lower().count("film grain") == 1


def test_words_that_are_not_to_be_touched_are_not(house: House) -> None:
    plan = planned(house, enhance_prompt=False)
    assert spec(plan)["prompt"] == "a fox in snow"
    assert "prompt" not in changed(plan)
    assert plan.notes == ("Anna added no words: enhance_prompt is off.",)


def test_negative_words_go_where_an_engine_takes_them(house: House, offers: dict[str, Offer]) -> None:
    plan = planned(house, offers["core"])
    assert (spec(plan)["negative_prompt"], changed(plan)["negative_prompt"]) == ("text, logos", "text, logos")
    assert "negative_prompt" not in changed(planned(house, offers["qwen"]))
    assert planned(house, offers["qwen"]).first.ignored == ()


def test_designed_graphics_get_its_colours_and_are_chosen_by_its_words(house: House, offers: dict[str, Offer]) -> None:
    plan = planned(house, offers["design"])
    assert spec(plan)["palette"] == ("#ff5a1f", "#1d1d2b")
    assert spec(plan)["style_words"] == ("film grain", "soft window light", "warm, plain-spoken")
    assert changed(plan) == {
        "style_preset": "photographic",
        "palette": "#ff5a1f #1d1d2b",
        "style_words": "film grain, soft window light, warm, plain-spoken",
    }


def test_whoever_serves_in_the_end_is_told_of_what_meant_something_to_it(house: House) -> None:
    plan = planned(house, quality="draft")
    told = {choice.model: plan.persona_for(choice) for choice in plan.choices}
    fields = {model: {c.field for c in applied.changes} for model, applied in told.items() if applied}
    assert fields["compose"] == {"style_preset", "palette", "style_words"}
    assert fields["wavespeed-ai/qwen-image"] == {"prompt", "style_preset", "engine"}


@pytest.mark.parametrize(
    ("body", "field", "kept"),
    [
        ({"palette": ["#00FF00"]}, "palette", ("#00ff00",)),
        ({"negative_prompt": "rain"}, "negative_prompt", "rain"),
        ({"style_preset": "anime"}, "style_preset", "anime"),
    ],
)
def test_what_the_request_says_wins(house: House, body: dict[str, object], field: str, kept: object) -> None:
    for provider in ("local", "stability"):
        plan = planned(house, provider=provider, **body)
        assert spec(plan)[field] == kept
        assert field not in changed(plan)


def test_its_style_yields_to_one_that_the_prompt_names_and_wins_over_the_templates(house: House) -> None:
    plan = planned(house, prompt="a watercolour of a harbour")
    assert spec(plan)["style_preset"] is None
    assert "style_preset" not in changed(plan)
    drawn = ANNA.model_copy(update={"style_preset": "anime"})
    assert spec(planned(house, persona=drawn, template_id="instagram_story"))["style_preset"] == "anime"


def test_colours_that_an_engine_cannot_use_are_named(house: House) -> None:
    assert "palette" in planned(house, provider="stability", palette=["#00ff00"]).first.ignored
    assert "palette" not in planned(house, provider="local", palette=["#00ff00"]).first.ignored
    assert "palette" not in planned(house, provider="stability").first.ignored


def test_a_plan_with_a_persona_survives_being_stored(house: House) -> None:
    plan = planned(house)
    assert Plan.model_validate_json(plan.model_dump_json()) == plan


@pytest.mark.parametrize(
    ("engine", "model", "meant"),
    [
        ("wavespeed", "qwen", True),
        ("wavespeed/qwen-image", "qwen", True),
        ("wavespeed/wavespeed-ai/qwen-image", "qwen", True),
        ("wavespeed/image", "qwen", False),
        ("stability", "qwen", False),
        ("stability/core", "ultra", False),
    ],
)
def test_an_engine_is_named_with_or_without_its_model(
    offers: dict[str, Offer], engine: str, model: str, *, meant: bool
) -> None:
    assert is_engine(engine, offers[model]) is meant


WORDS = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), min_size=1, max_size=30)


@settings(deadline=None)
@given(name=WORDS, words=st.lists(WORDS, max_size=6), voice=WORDS)
def test_any_words_make_a_persona_that_reads_the_same_again_or_are_refused(
    name: str, words: list[str], voice: str
) -> None:
    try:
        form = PersonaForm.model_validate({"name": name, "style_words": words, "voice": voice})
    except ValueError:
        return
    assert PersonaForm.model_validate_json(form.model_dump_json()) == form
    assert len({word.casefold() for word in form.style_words}) == len(form.style_words)
