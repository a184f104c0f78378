"""How what each engine makes is called: honestly, for every offer there is, and handed down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.imaging.provenance.types import Ingredient
from backend.jobs.work import Making
from backend.providers.base import Offer, Produced
from backend.providers.local.engine import ROOMS
from backend.schemas.specs import (
    CreateSpec,
    EraseSpec,
    InpaintSpec,
    RelightSpec,
    SelectSpec,
    SketchSpec,
    StyleTransferSpec,
    UpscaleSpec,
)
from backend.services.image_studio.marking import TRAINED, Marking, combined, load_origins

ORIGINS = load_origins()
SAYS = Marking(origins=ORIGINS, version="1.0")
FALLBACKS = [row for row in ORIGINS.rows if row.match == "*"]
OFFERS = [offer for room in ROOMS for offer in room.offers]
ASSET = "a" * 32
CREATE = CreateSpec(prompt="better: a fox", original_prompt="a fox", width=64, height=64, seeds=(1,))


def offer(name="local/compose", operation="create", *, generative=False):
    provider, _, model = name.partition("/")
    return Offer(
        provider=provider,
        model=model,
        operation=operation,
        label="An engine",
        price_key="free",
        source="",
        generative=generative,
    )


def said(engine, spec, says=SAYS, **origins):
    known = {
        role: Ingredient(title=role, mime="image/png", digest="d", source_type=kind) for role, kind in origins.items()
    }
    produced = Produced(data=b"", seed=5)
    return says(Making(offer=engine, spec=spec, origins=known, produced=produced))


@pytest.mark.parametrize("one", OFFERS, ids=lambda one: f"{one.model} {one.operation}")
def test_every_offer_of_this_machine_has_a_row_of_its_own(one):
    rows = [row for row in ORIGINS.rows if row not in FALLBACKS and row.operation == one.operation]
    named = f"{one.provider}/{one.model}"
    assert any(row.match == named or (row.match.endswith("/*") and named.startswith(row.match[:-1])) for row in rows), (
        f"say in backend/data/provenance.yaml how what {named} makes by {one.operation} came to be"
    )


def test_no_row_is_about_an_engine_that_is_gone():
    for row in ORIGINS.rows:
        if row not in FALLBACKS and "*" not in row.match:
            assert any(f"{one.provider}/{one.model}" == row.match and one.operation == row.operation for one in OFFERS)


def test_composed_graphics_are_no_generative_ai():
    assert said(offer(), CREATE).source_type == "algorithmicMedia"


def test_what_a_generative_engine_makes_of_words_is():
    found = said(offer("stability/ultra", generative=True), CREATE)
    assert (found.source_type, found.actions, found.prompt, found.seed) == (
        "trainedAlgorithmicMedia",
        ("c2pa.created",),
        "a fox",
        5,
    )


def test_what_it_fills_into_a_photograph_is_in_part():
    spec = InpaintSpec(image=ASSET, mask=ASSET, prompt="a boat")
    found = said(offer("stability/inpaint", "inpaint", generative=True), spec, image=None, mask=None)
    assert found.source_type == "compositeWithTrainedAlgorithmicMedia"
    assert [one.relation for one in found.ingredients] == ["parentOf", "inputTo"]


def test_filling_by_copying_is_an_edit_and_ai_stays_known_through_it():
    engine, spec = offer("local/patchmatch", "erase"), EraseSpec(image=ASSET, mask=ASSET)
    assert said(engine, spec, image=None).source_type == "humanEdits"
    assert said(engine, spec, image="trainedAlgorithmicMedia").source_type == "trainedAlgorithmicMedia"


def test_a_faithful_enlargement_is_an_enhancement_and_an_inventive_one_is_not():
    spec = UpscaleSpec(image=ASSET, mode="fast", width=200, height=200)
    assert said(offer("local/span-x4", "upscale"), spec, image=None).source_type == "algorithmicallyEnhanced"
    found = said(offer("local/real-esrgan-x4plus", "upscale", generative=True), spec, image=None)
    assert found.source_type == "compositeWithTrainedAlgorithmicMedia"


@pytest.mark.parametrize(
    ("spec", "kind"),
    [
        (RelightSpec(image=ASSET, keep_background=True), "algorithmicallyEnhanced"),
        (RelightSpec(image=ASSET, background_image=ASSET), "composite"),
        (RelightSpec(image=ASSET, prompt="a beach"), "compositeSynthetic"),
    ],
)
def test_another_background_is_a_composite(spec, kind):
    assert said(offer("local/u2netp", "relight"), spec, image=None).source_type == kind


def test_a_background_stands_in_the_picture_and_a_light_does_not():
    spec = RelightSpec(image=ASSET, background_image=ASSET, lighting_image=ASSET)
    kinds = {"image": None, "background_image": "trainedAlgorithmicMedia", "lighting_image": None}
    found = said(offer("local/u2netp", "relight"), spec, **kinds)
    assert [one.relation for one in found.ingredients] == ["parentOf", "componentOf", "inputTo"]
    assert found.source_type == "compositeWithTrainedAlgorithmicMedia"
    kinds = {"image": None, "background_image": None, "lighting_image": "trainedAlgorithmicMedia"}
    assert said(offer("local/u2netp", "relight"), spec, **kinds).source_type == "composite"


def test_a_mask_is_data_whatever_it_is_the_mask_of():
    found = said(offer("local/u2netp", "select"), SelectSpec(image=ASSET), image="trainedAlgorithmicMedia")
    assert (found.source_type, found.ingredients[0].relation) == ("dataDrivenMedia", "inputTo")


def test_a_style_of_another_picture_is_no_part_of_this_one():
    spec = StyleTransferSpec(control_image=ASSET, style_image=ASSET)
    found = said(offer("local/style-of-picture", "style_transfer"), spec, control_image=None, style_image=None)
    assert [one.relation for one in found.ingredients] == ["parentOf", "inputTo"]


def test_an_engine_nothing_is_known_of_says_nothing_and_still_names_what_it_read():
    found = said(offer("somebody/x", "sketch"), SketchSpec(control_image=ASSET, prompt="a house"), control_image=None)
    assert (found.source_type, len(found.ingredients)) == (None, 1)


def test_prompts_are_left_out_where_the_operator_wants_that():
    quiet = Marking(origins=ORIGINS, version="1.0", prompts=False)
    found = said(offer(), CREATE, quiet)
    assert (found.prompt, "fox" in str(found)) == (None, False)


KINDS = st.sampled_from(
    [None, "trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia", "algorithmicMedia", "humanEdits",
     "composite", "compositeSynthetic", "digitalCapture", "algorithmicallyEnhanced"]
)  # fmt: skip


@given(own=KINDS.filter(lambda kind: kind != "algorithmicMedia"), shown=st.lists(KINDS, min_size=1, max_size=3))
def test_what_a_trained_model_made_is_never_hidden_by_a_later_step(own, shown):
    if TRAINED & set(shown):
        assert combined(own, shown) in TRAINED


@given(kind=KINDS)
def test_a_crop_is_what_its_picture_is(kind):
    assert combined(None, [kind]) == kind
