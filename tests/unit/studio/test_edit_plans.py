"""Edit: the table of operations, what is dropped and named, and the promise of a cut-out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from backend.errors import InvalidRequest, NoProvider, ProviderMisbehaved, UnsupportedOperation
from backend.imaging.types import Size
from backend.schemas.base import AssetId
from backend.schemas.edit import EditRequest
from backend.services.image_studio.edit_table import OPERATIONS
from backend.services.image_studio.inputs import Input
from backend.services.image_studio.plans import Made, Plan

if TYPE_CHECKING:
    from conftest import House

PHOTO = Size(640, 480)
IMAGES = {"image": Input(id=AssetId("a1"), size=PHOTO, mime="image/png")}


def planned(house: House, **body: object) -> Plan:
    form = {"operation": "remove_background", "image_base64": "aGk="} | body
    return house.edits.plan(EditRequest.model_validate(form), IMAGES, house.market())


def test_a_cut_out_is_one_free_part_on_the_stored_picture(house: House) -> None:
    plan = planned(house)
    assert plan.spec.model_dump() == {"operation": "remove_background", "image": "a1", "output_format": "png"}
    assert (plan.parts, plan.max_milli_credits, plan.first.provider) == (1, 0, "local")
    assert plan.ignored == ()


def test_a_whole_form_of_defaults_is_not_called_ignored(house: House) -> None:
    defaults = {n: f.get_default(call_default_factory=True) for n, f in EditRequest.model_fields.items()}
    assert planned(house, **(defaults | {"operation": "remove_background", "image_base64": "aGk="})).ignored == ()


def test_what_a_cut_out_cannot_use_is_dropped_and_named(house: House) -> None:
    plan = planned(
        house,
        prompt="hi",
        mask_base64="aGk=",
        background_image_asset_id="b",
        expand_left=4,
        seed=0,
        output_format="jpg",
        options={"grow_mask": 3, "feather": 1},
    )
    assert plan.spec.model_dump()["output_format"] == "png"
    assert set(plan.ignored) == {
        "output_format",
        "prompt",
        "mask_base64",
        "background_image_asset_id",
        "expand_left",
        "seed",
        "options.grow_mask",
        "options.feather",
    }


def test_webp_is_kept(house: House) -> None:
    assert planned(house, output_format="webp").spec.model_dump()["output_format"] == "webp"


def test_what_is_not_in_the_table_is_refused_naming_what_is(house: House) -> None:
    with pytest.raises(UnsupportedOperation, match="remove_background") as refusal:
        planned(house, operation="nonsense")
    assert refusal.value.known == tuple(OPERATIONS)


def test_only_the_picture_it_reads_needs_to_be_stored(house: House) -> None:
    request = EditRequest(operation="remove_background", image_base64="aGk=", mask_base64="aGk=")
    assert house.edits.inputs(request) == ("image",)


def test_an_engine_that_does_not_cut_out_is_refused_naming_who_does(house: House) -> None:
    with pytest.raises(InvalidRequest, match="known: local"):
        planned(house, provider="stability")


def test_without_weights_nobody_can(house: House) -> None:
    market = house.market(missing={"u2netp": "Run `image-studio models pull`."})
    with pytest.raises(NoProvider, match="models pull"):
        house.edits.plan(EditRequest(operation="remove_background", image_base64="aGk="), IMAGES, market)
    view = house.edits.operations(market).operations["remove_background"]
    assert not view.available
    assert "models pull" in (view.reason or "")


def test_the_table_is_what_clients_read(house: House) -> None:
    answer = house.edits.operations(house.market()).model_dump(mode="json")
    row = answer["operations"]["remove_background"]
    assert row["provider"] == "local"
    assert row["async"] is False
    assert not any(row["fields"].values())


def test_a_cut_out_keeps_the_size_and_has_transparency(house: House) -> None:
    plan = planned(house, prompt="x")
    facts = house.edits.finish(plan, plan.first, {"image": PHOTO}, Made(size=PHOTO, format="png", alpha=True))
    assert facts["ignored"] == ["prompt"]


@pytest.mark.parametrize(
    "after",
    [Made(size=Size(640, 481), format="png", alpha=True), Made(size=Size(640, 480), format="png", alpha=False)],
)
def test_a_broken_promise_is_refused(house: House, after: Made) -> None:
    plan = planned(house)
    with pytest.raises(ProviderMisbehaved):
        house.edits.finish(plan, plan.first, {"image": PHOTO}, after)
