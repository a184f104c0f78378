"""What an engine would refuse by its words is refused before there is a job, or goes to an engine that takes it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from backend.errors import InvalidRequest, RequestRefused
from backend.imaging.types import Size
from backend.providers.local import LocalProvider
from backend.schemas.base import AssetId
from backend.schemas.control import ControlRequest
from backend.schemas.edit import EditRequest
from backend.schemas.estimate import EstimateRequest
from backend.services.image_studio.estimates import estimate_of
from backend.services.image_studio.inputs import Input

if TYPE_CHECKING:
    from conftest import House

    from backend.services.image_studio.market import Market
    from backend.services.image_studio.plans import Plan

PICTURE = Input(id=AssetId("a1"), size=Size(640, 480), mime="image/png")
REFUSED = [
    ({"operation": "general_edit", "prompt": "a unicorn in watercolour"}, "/prompt"),
    ({"operation": "general_edit", "prompt": "straighten", "mask_base64": "aGk="}, "/prompt"),
    ({"operation": "relight", "prompt": "a dragon's cave"}, "/prompt"),
    ({"operation": "search_recolor", "prompt": "make it nicer"}, "/prompt"),
    ({"operation": "search_recolor", "prompt": "teal", "select_prompt": "the vase"}, "/select_prompt"),
    ({"operation": "style", "prompt": "a dragon in oil"}, "/prompt"),
]
TAKEN = [
    {"operation": "general_edit", "prompt": "a bit warmer"},
    {"operation": "relight", "prompt": "studio"},
    {"operation": "relight", "background_image_base64": "aGk="},
    {"operation": "search_recolor", "prompt": "teal", "mask_base64": "aGk="},
    {"operation": "style", "prompt": "mosaic"},
]


def market(house: House, *more: str) -> Market:
    """Return the local engine's offers, and for these operations an engine that follows free words."""
    painters = (
        replace(
            next(offer for offer in LocalProvider.offers if offer.operation == operation),
            provider="stability",
            model="core",
            price_key="stability.core",
            local=False,
            words="free",
            check=lambda _: None,
        )
        for operation in more
    )
    return house.market(*LocalProvider.offers, *painters)


def planned(house: House, body: dict[str, str], *more: str) -> Plan:
    if body["operation"] == "style":
        form = ControlRequest.model_validate({"control_image_base64": "aGk=", **body})
        return house.studios.controls.plan(form, {"control_image": PICTURE}, market(house, *more))
    form = EditRequest.model_validate({"image_base64": "aGk=", **body})
    sent = {name: PICTURE for name in house.edits.inputs(form) if form.gives(f"{name}_base64")}
    return house.edits.plan(form, sent, market(house, *more))


@pytest.mark.parametrize(("body", "pointer"), REFUSED)
def test_words_that_are_not_understood_are_refused_before_there_is_a_job(
    house: House, body: dict[str, str], pointer: str
) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        planned(house, body)
    assert [error.pointer for error in refusal.value.errors] == [pointer]
    assert len(refusal.value.detail) > 40


@pytest.mark.parametrize("body", TAKEN)
def test_words_that_are_understood_are_planned(house: House, body: dict[str, str]) -> None:
    assert planned(house, body).first.provider == "local"


def test_an_engine_that_follows_any_words_gets_what_ours_refuses(house: House) -> None:
    plan = planned(house, REFUSED[0][0], "general_edit")
    assert [choice.provider for choice in plan.choices] == ["stability"]
    assert "unicorn" in plan.passed[0].why


def test_whom_somebody_names_refuses_in_its_own_words(house: House) -> None:
    with pytest.raises(InvalidRequest, match="unicorn"):
        planned(house, {**REFUSED[0][0], "provider": "local"}, "general_edit")


@pytest.mark.parametrize(("body", "pointer"), REFUSED)
def test_a_quote_refuses_the_same_and_points_into_the_request(house: House, body: dict[str, str], pointer: str) -> None:
    picture = "control_image_base64" if body["operation"] == "style" else "image_base64"
    asked = EstimateRequest.model_validate({"request": {picture: "aGk=", **body}})
    with pytest.raises(InvalidRequest) as refusal:
        estimate_of(asked, house.studios, market(house))
    assert [error.pointer for error in refusal.value.errors] == [f"/request{pointer}"]


def test_what_is_missing_in_a_quote_is_pointed_at_in_the_request(house: House) -> None:
    asked = EstimateRequest.model_validate({"request": {"image_base64": "aGk=", "operation": "erase"}})
    with pytest.raises(RequestRefused) as refusal:
        estimate_of(asked, house.studios, market(house))
    assert [error.pointer for error in refusal.value.errors] == ["/request/mask_base64"]
