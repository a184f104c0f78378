"""Clients send whole forms: what counts as given, and what is refused at the door."""

import pytest
from pydantic import ValidationError

from backend.schemas.create import CreateRequest
from backend.schemas.edit import EditRequest
from backend.schemas.estimate import EstimateRequest
from backend.schemas.fields import Cost


def test_a_whole_form_of_nulls_and_blanks_is_a_prompt_alone() -> None:
    form = dict.fromkeys(CreateRequest.model_fields) | {"prompt": "a fox", "model": "", "negative_prompt": "  "}
    request = CreateRequest.model_validate(form)
    assert request == CreateRequest(prompt="a fox")
    assert not request.gives("quality")


def test_a_default_that_was_sent_counts_as_given() -> None:
    assert CreateRequest.model_validate({"prompt": "a", "quality": "standard"}).gives("quality")


def test_seed_zero_is_a_seed() -> None:
    assert CreateRequest.model_validate({"prompt": "a", "seed": 0}).seed == 0


def test_the_prompt_is_kept_exactly() -> None:
    assert CreateRequest(prompt='  two  spaces "A  B" ').prompt == '  two  spaces "A  B" '


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"prompt": None},
        {"prompt": "   "},
        {"prompt": "x" * 10_001},
        {"prompt": "a\x00b"},
        {"prompt": "a", "colour": "red"},
        {"prompt": "a", "colour": None},
        {"prompt": "a", "width": 63, "height": 64},
        {"prompt": "a", "width": 64, "height": 4097},
        {"prompt": "a", "width": 512},
        {"prompt": "a", "aspect_ratio": "16/9"},
        {"prompt": "a", "aspect_ratio": "11:1"},
        {"prompt": "a", "aspect_ratio": "1:0"},
        {"prompt": "a", "num_variations": 0},
        {"prompt": "a", "num_variations": 11},
        {"prompt": "a", "quality": "ultra"},
        {"prompt": "a", "seed": -1},
        {"prompt": "a", "guidance_scale": float("nan")},
        {"prompt": "a", "response_format": "bytes"},
    ],
)
def test_what_the_contract_does_not_allow_is_refused(body: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        CreateRequest.model_validate(body)


@pytest.mark.parametrize("ratio", ["1:1", "16:9", "1.91:1", "1:2.1", "10:1", "1:10", "9 : 16"])
def test_sane_ratios_are_taken(ratio: str) -> None:
    assert CreateRequest(prompt="a", aspect_ratio=ratio).aspect_ratio == ratio.replace(" ", "")


def test_one_side_is_enough_beside_a_ratio_or_a_template() -> None:
    assert CreateRequest(prompt="a", width=512, aspect_ratio="2:1").width == 512
    assert CreateRequest(prompt="a", height=512, template_id="instagram_story").height == 512


@pytest.mark.parametrize(
    "body",
    [
        {"operation": "remove_background"},
        {"operation": "remove_background", "image_base64": ""},
        {"operation": "remove_background", "image_base64": "aa", "image_asset_id": "b"},
        {"operation": "inpaint", "image_asset_id": "b", "mask_base64": "aa", "mask_asset_id": "c"},
        {"operation": "outpaint", "image_asset_id": "b", "expand_left": 2001},
        {"image_asset_id": "b"},
        {"operation": "remove_background", "image_asset_id": "b", "output_format": "gif"},
    ],
)
def test_an_edit_needs_its_picture_once(body: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        EditRequest.model_validate(body)


def test_jpeg_is_another_word_for_jpg() -> None:
    assert (
        EditRequest.model_validate({"operation": "x", "image_asset_id": "a", "output_format": "jpeg"}).output_format
        == "jpg"
    )


def test_pictures_are_never_printed() -> None:
    assert "SECRET" not in repr(EditRequest(operation="x", image_base64="SECRET", mask_base64="SECRET"))


def test_an_outline_needs_nothing_but_defaults() -> None:
    assert EstimateRequest.model_validate({"provider": None, "quality": None}).operation == "generate"


def test_costs_are_told_in_credits_and_dollars() -> None:
    assert Cost.of(6500).model_dump() == {"credits": 6.5, "currency": "credits", "usd": 0.065}
