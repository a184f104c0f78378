"""Quotes: the very plan that would be carried out, and outlines of one; and the list of engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from backend.errors import InvalidRequest, NoProvider, UnsupportedOperation
from backend.schemas.create import CreateRequest
from backend.schemas.estimate import EstimateAnswer, EstimateRequest
from backend.services.image_studio.catalogue import providers_of
from backend.services.image_studio.estimates import estimate_of
from backend.services.image_studio.market import Market

if TYPE_CHECKING:
    from conftest import House

    from backend.providers.base import Offer

EVERYTHING = {"core": "No key.", "ultra": "No key.", "wavespeed-ai/qwen-image": "No key.", "compose": "Broken."}


def estimated(house: House, market: Market | None = None, **body: object) -> EstimateAnswer:
    return estimate_of(EstimateRequest.model_validate(body), house.studios, market or house.market())


def test_an_outline_is_priced_in_credits_and_dollars(house: House) -> None:
    answer = estimated(house, provider="stability", model="ultra", num_images=4, width=1024, height=1024)
    assert (answer.cost_per_image, answer.total_cost, answer.currency) == (0.08, 0.32, "USD")
    assert (answer.estimated_cost, answer.min, answer.max) == (32, 32, 32)
    assert (answer.operation, answer.resolution, answer.num_images) == ("generate", "1024x1024", 4)
    assert answer.estimated


def test_local_work_is_free(house: House) -> None:
    assert estimated(house, provider="local").total_cost == 0


def test_auto_names_the_alternatives(house: House) -> None:
    answer = estimated(house, num_images=2)
    assert answer.provider == "stability"
    assert {a.model: a.credits for a in answer.alternatives} == {
        "wavespeed-ai/qwen-image": 4,
        "compose": 0,
        "ultra": 16,
    }
    assert (answer.min, answer.max) == (0, 6)


def test_an_engine_without_a_key_is_priced_all_the_same_and_the_lack_is_told(house: House) -> None:
    answer = estimated(house, house.market(missing=EVERYTHING), provider="stability", model="core")
    assert answer.estimated_cost == 3
    assert not answer.available
    assert "No key" in answer.reason


def test_auto_has_no_price_when_nobody_is_ready(house: House) -> None:
    with pytest.raises(NoProvider):
        estimated(house, house.market(missing=EVERYTHING))


def test_an_operation_that_does_not_exist_has_no_price(house: House) -> None:
    with pytest.raises(UnsupportedOperation) as refusal:
        estimated(house, operation="relight")
    assert refusal.value.known == ("create", "remove_background")


def test_a_full_body_is_answered_for_exactly_that_plan(house: House) -> None:
    body = {"prompt": "a fox", "template_id": "instagram_story", "num_variations": 3, "quality": "premium"}
    plan = house.creation.plan(CreateRequest.model_validate(body), house.market())
    answer = estimated(house, request=body)
    assert answer.max * 1000 == plan.max_milli_credits
    assert answer.min * 1000 == plan.min_milli_credits
    assert answer.resolution == "1080x1920"
    assert [(line.model, line.count, line.credits) for line in answer.lines] == [("ultra", 3, 24)]
    assert answer.price_book_version == house.prices.version


def test_a_full_body_of_an_edit_is_priced_without_storing_its_picture(house: House) -> None:
    answer = estimated(house, request={"operation": "remove_background", "image_base64": "aGk="})
    assert (answer.operation, answer.max, answer.resolution) == ("remove_background", 0, "")


def test_wrong_fields_of_a_body_are_pointed_at(house: House) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        estimated(house, request={"prompt": "a", "width": 1, "height": 64})
    assert [error.pointer for error in refusal.value.errors] == ["/request/width"]


def test_the_list_of_engines_says_what_each_does_and_costs(house: House) -> None:
    engines = providers_of(house.market(missing={"core": "No key.", "ultra": "No key."})).providers
    assert list(engines) == ["local", "stability", "wavespeed"]
    local, stability = engines["local"], engines["stability"]
    assert (local.name, local.models) == ("Local engine", ("compose", "u2netp"))
    assert (local.capabilities, local.max_resolution) == (("create", "remove_background"), "4096x4096")
    assert (local.cost_range, local.available, local.reason) == ("free", True, None)
    assert (stability.cost_range, stability.available, stability.reason) == ("3-8 credits", False, "No key.")
    assert [offer.available for offer in stability.offers] == [False, False]


def test_an_engine_whose_price_is_not_known_says_so(house: House, offers: dict[str, Offer]) -> None:
    unpriced = Market(
        offers=(offers["core"],), prices=house.prices.on(house.prices.rows[0].valid_from.replace(year=2000))
    )
    assert providers_of(unpriced).providers["stability"].cost_range == "unknown"
