"""What the operations of the edit studio need, what they understand, and how their pictures are checked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from backend.errors import InvalidRequest, NoProvider, ProviderMisbehaved
from backend.imaging.types import Size
from backend.providers.base import Offer
from backend.schemas.base import AssetId
from backend.schemas.edit import EditRequest
from backend.services.image_studio.edit_table import OPERATIONS
from backend.services.image_studio.inputs import Input, ids
from backend.services.image_studio.plans import Made, Plan

if TYPE_CHECKING:
    from conftest import House

PHOTO = Size(640, 480)
IMAGE = Input(id=AssetId("a1"), size=PHOTO, mime="image/png")
MASK = Input(id=AssetId("m1"), size=PHOTO, mime="image/png")

FIRST_SEED = 4_294_967_290
"""What the house draws where the request names none."""
CUT_OUT = Offer(
    provider="local",
    model="u2netp",
    operation="remove_background",
    label="Ours",
    price_key="local.any",
    source="docs",
    local=True,
    formats=("png", "webp"),
)


def local(operation: str, **columns: object) -> Offer:
    return replace(CUT_OUT, model=f"our-{operation}", operation=operation, **columns)


FILLING = replace(CUT_OUT, model="patchmatch", formats=("png",), seed=True)
OURS = (
    *(replace(FILLING, operation=name) for name in ("erase", "inpaint", "outpaint")),
    *(local(name, words="vocabulary") for name in ("search_recolor", "relight", "general_edit")),
    local("select", variants=("subject", "background")),
    replace(local("select", variants=("points", "box")), model="grabcut"),
)
PAINTER = replace(
    FILLING, provider="stability", model="core", price_key="stability.core", operation="inpaint", words="free"
)


def planned(house: House, operation: str, *offers: Offer, mask: Input | None = None, **body: object) -> Plan:
    form = EditRequest.model_validate({"operation": operation, "image_base64": "aGk="} | body)
    inputs = {"image": IMAGE} | ({"mask": mask} if mask else {})
    read = {field: one for field, one in inputs.items() if field in house.edits.inputs(form)}
    return house.edits.plan(form, read, house.market(*(offers or OURS)))


@pytest.mark.parametrize(
    ("operation", "body", "pointer"),
    [
        ("erase", {}, "/mask_base64"),
        ("inpaint", {"prompt": "a cat"}, "/mask_base64"),
        ("outpaint", {}, "/expand_left"),
        ("outpaint", {"expand_left": 0}, "/expand_left"),
        ("search_replace", {"search_prompt": "dog"}, "/prompt"),
        ("search_replace", {"prompt": "a cat"}, "/search_prompt"),
        ("search_recolor", {}, "/prompt"),
        ("general_edit", {"prompt": "  "}, "/prompt"),
        ("relight", {}, "/background_image_base64"),
        ("select", {"options": {"what": "points"}}, "/options/points"),
        ("select", {"options": {"what": "box", "box": [0.5, 0, 0.5, 1]}}, "/options/box"),
    ],
)
def test_what_is_missing_is_named(house: House, operation: str, body: dict[str, object], pointer: str) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        planned(house, operation, **body)
    assert [error.pointer for error in refusal.value.errors] == [pointer]


@pytest.mark.parametrize(
    ("operation", "options", "pointer"),
    [
        ("erase", {"grow_mask": 65}, "/options/grow_mask"),
        ("erase", {"feather": 17}, "/options/feather"),
        ("erase", {"feather": "wide"}, "/options/feather"),
        ("relight", {"light_direction": "inside"}, "/options/light_direction"),
        ("relight", {"light_direction": "left", "light_strength": 2}, "/options/light_strength"),
        ("select", {"what": "cat"}, "/options/what"),
        ("select", {"what": "points", "points": [{"x": 2, "y": 0}]}, "/options/points/0/x"),
    ],
)
def test_a_wrong_option_is_named(house: House, operation: str, options: dict[str, object], pointer: str) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        planned(house, operation, mask=MASK, options=options)
    assert [error.pointer for error in refusal.value.errors] == [pointer]


def test_options_reach_the_spec_and_unknown_ones_are_told(house: House) -> None:
    plan = planned(house, "erase", mask=MASK, options={"grow_mask": -4, "feather": 16, "light_strength": 1})
    told = plan.spec.model_dump()
    assert (told["grow"], told["feather"], told["mask"]) == (-4, 16, "m1")
    assert plan.ignored == ("options.light_strength",)


def test_a_mask_of_another_size_is_refused_with_both_sizes(house: House) -> None:
    with pytest.raises(InvalidRequest, match="480x640 and the picture 640x480") as refusal:
        planned(house, "erase", mask=replace(MASK, size=Size(480, 640)))
    assert refusal.value.errors[0].pointer == "/mask_base64"


def test_in_a_quote_a_picture_that_is_not_stored_yet_has_no_size_to_check(house: House) -> None:
    form = EditRequest.model_validate({"operation": "erase", "image_base64": "aGk=", "mask_base64": "aGk="})
    plan = house.edits.plan(form, {"image": Input(), "mask": Input()}, house.market(*OURS))
    assert plan.max_milli_credits == 0
    assert ids({"image": Input()}) == {"image": ""}


def test_without_a_seed_one_is_drawn_and_kept(house: House) -> None:
    assert planned(house, "erase", mask=MASK).spec.model_dump()["seed"] == FIRST_SEED
    assert planned(house, "erase", mask=MASK, seed=0).spec.model_dump()["seed"] == 0


def test_an_extended_picture_must_not_be_larger_than_the_studio_takes(house: House) -> None:
    wide = Input(id=AssetId("a1"), size=Size(15_000, 100), mime="image/png")
    form = EditRequest.model_validate(
        {"operation": "outpaint", "image_base64": "aGk=", "expand_up": 9, "expand_right": 2000}
    )
    with pytest.raises(InvalidRequest, match="17000x109") as refusal:
        house.edits.plan(form, {"image": wide}, house.market(*OURS))
    assert refusal.value.errors[0].pointer == "/expand_right"


def test_free_words_go_only_to_an_engine_that_follows_them(house: House) -> None:
    free = planned(house, "inpaint", *OURS, PAINTER, mask=MASK, prompt="a tabby cat on the sill")
    assert [choice.provider for choice in free.choices] == ["stability"]
    plain = planned(house, "inpaint", *OURS, PAINTER, mask=MASK, provider="local")
    assert plain.first.provider == "local"


@pytest.mark.parametrize("operation", ["inpaint", "search_replace"])
def test_where_nobody_follows_free_words_it_is_said_what_can_be_done_and_who_could(
    house: House, operation: str
) -> None:
    with pytest.raises(NoProvider, match=r"(?s)Stability AI.*(surroundings|erase)"):
        planned(house, operation, mask=MASK, prompt="a cat", search_prompt="dog")


def test_words_that_an_engine_does_not_follow_are_told(house: House) -> None:
    plan = planned(house, "outpaint", expand_left=10, prompt="a beach", guidance_scale=3)
    assert plan.ignored_by(plan.first) == ("guidance_scale", "prompt")


@pytest.mark.parametrize(("what", "model"), [("subject", "our-select"), ("box", "grabcut")])
def test_an_engine_that_does_not_know_the_way_is_passed_over(house: House, what: str, model: str) -> None:
    plan = planned(house, "select", options={"what": what, "box": [0, 0, 1, 1]}, output_format="jpg")
    assert [choice.model for choice in plan.choices] == [model]
    assert "output_format" in plan.ignored


def test_a_picture_too_large_for_an_engine_is_refused_with_its_limit(house: House) -> None:
    small = replace(FILLING, operation="erase", max_input_pixels=100_000)
    with pytest.raises(NoProvider, match=r"at most 0\.1 megapixels, not 640x480"):
        planned(house, "erase", small, mask=MASK)


def test_what_jpeg_cannot_promise_is_said(house: House) -> None:
    assert planned(house, "erase", mask=MASK).notes == ()
    notes = " ".join(planned(house, "erase", mask=MASK, output_format="jpg").notes)
    assert "every pixel" in notes
    assert "laid on white" in notes


def made(size: Size, **columns: object) -> Made:
    return Made(size=size, format="png", alpha=False, **columns)


def test_an_edit_keeps_the_size_and_tells_how_much_was_masked(house: House) -> None:
    plan = planned(house, "erase", mask=MASK, seed=3)
    facts = house.edits.finish(plan, plan.first, {"image": PHOTO}, made(PHOTO, facts={"mask_fraction": 0.2, "a": 1}))
    assert (facts["mask_fraction"], facts["seed"], facts["engine"]) == (0.2, 3, {"a": 1})
    with pytest.raises(ProviderMisbehaved, match="640x480 and came back as 64x48"):
        house.edits.finish(plan, plan.first, {"image": PHOTO}, made(Size(64, 48)))


def test_an_extended_picture_has_exactly_the_size_that_was_asked_for(house: House) -> None:
    plan = planned(house, "outpaint", expand_left=10, expand_down=5)
    house.edits.finish(plan, plan.first, {"image": PHOTO}, made(Size(650, 485)))
    with pytest.raises(ProviderMisbehaved, match="650x485"):
        house.edits.finish(plan, plan.first, {"image": PHOTO}, made(PHOTO))


def test_forms_can_be_built_from_the_table(house: House) -> None:
    told = house.edits.operations(house.market(*OURS)).model_dump(mode="json")["operations"]
    assert list(told) == list(OPERATIONS)
    assert told["erase"]["required"] == [["mask"]]
    assert told["erase"]["options"]["grow_mask"]["maximum"] == 64
    assert told["select"]["options"]["points"]["items"]["properties"]["x"]["maximum"] == 1
    assert told["relight"]["fields"]["lighting"]
    assert not told["search_replace"]["available"]
    assert "Stability AI" in told["search_replace"]["reason"]
    assert told["inpaint"]["available"]
