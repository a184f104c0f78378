"""Hugging Face's engine asks whoever runs a model as that vendor's documents say, and every answer has one meaning."""

from __future__ import annotations

import base64
import json

import pytest
from pydantic import SecretStr

from backend.errors import (
    ContentRefused,
    KeyRefused,
    Misconfigured,
    OutcomeUnknown,
    ProviderFailed,
    ProviderMisbehaved,
    ProviderRateLimited,
    ProviderRefused,
)
from backend.imaging.sniff import sniff
from backend.imaging.types import Size
from backend.providers.base import Finished, Pending, TakesKey
from backend.providers.http import Line, Reach
from backend.providers.huggingface import HuggingFace
from backend.providers.huggingface.mapping import FRESH_S, Names
from backend.providers.registry import models_of
from backend.schemas.specs import (
    CreateSpec,
    GeneralEditSpec,
    SearchRecolorSpec,
    SearchReplaceSpec,
    StructureSpec,
    StyleSpec,
)
from tests.fakes.provider_server import faults, serving
from tests.fakes.provider_server.huggingface import FORBIDDEN, INDECENT, KEY, LOADING, UNPAID
from tests.fakes.provider_server.huggingface_runners import BREAKS, SLOW
from tests.fakes.provider_server.pictures import picture

PHOTO = picture(640, 480, "photo")
NEW = CreateSpec(prompt="A fox", original_prompt="A fox", width=1080, height=1350, seeds=(7,))
SPECS = {
    "create": NEW,
    "general_edit": GeneralEditSpec(image="a", prompt="make it dusk", seed=7),
    "search_replace": SearchReplaceSpec(image="a", search_prompt="the cup", prompt="a vase"),
    "search_recolor": SearchRecolorSpec(image="a", select_prompt="the cup", prompt="teal"),
    "structure": StructureSpec(control_image="a", prompt="a boat"),
    "style": StyleSpec(control_image="a", prompt="a lamp"),
}
OFFERS = {(offer.operation, offer.model.partition("/")[2]): offer for offer in HuggingFace().offers}
FLUX = OFFERS["create", "FLUX.1-dev"]
HUB = "/huggingface/api/models/"


@pytest.fixture
async def vendor():
    async with serving() as found:
        yield found


@pytest.fixture
async def engine(vendor):
    made = HuggingFace(key=SecretStr(KEY), base_url=f"{vendor.url}/huggingface")
    yield made
    await made.aclose()


def create(prompt):
    return NEW.model_copy(update={"prompt": prompt})


def changed(prompt):
    return SPECS["general_edit"].model_copy(update={"prompt": prompt})


async def done(engine, offer, spec):
    """Follow a part to its end, as the runner does."""
    outcome = await engine.start(offer, spec, dict.fromkeys(spec.inputs(), PHOTO))
    while isinstance(outcome, Pending):
        outcome = await engine.resume(outcome.ticket)
    return outcome


def sent(vendor):
    (one,) = vendor.record.begun()
    return one.path + (f"?{one.query}" if one.query else ""), json.loads(one.body)


@pytest.mark.parametrize("offer", OFFERS.values(), ids=["-".join(key) for key in OFFERS])
async def test_every_offer_is_served_by_whoever_runs_it(engine, vendor, offer):
    finished = await done(engine, offer, SPECS[offer.operation])
    made = sniff(finished.images[0].data).size
    if offer.sizes:
        assert made == Size(912, 1152) or made == Size(896, 1152)
    elif offer.operation == "create":
        assert abs(made.ratio / 0.8 - 1) < 0.02
    else:
        assert abs(made.ratio / (640 / 480) - 1) < 0.02
    assert len(vendor.record.begun()) == 1


async def test_fal_is_asked_for_the_very_size_and_its_picture_is_fetched_without_the_key(engine, vendor):
    begun = await engine.start(FLUX, NEW.model_copy(update={"steps": 90, "guidance_scale": 3.5}), {})
    assert isinstance(begun, Pending)
    assert begun.after_s == 0
    assert sent(vendor) == (
        "/huggingface/fal-ai/fal-ai/flux/dev",
        {
            "prompt": "A fox",
            "image_size": {"width": 1080, "height": 1352},
            "seed": 7,
            "num_inference_steps": 50,
            "guidance_scale": 3.5,
            "num_images": 1,
            "output_format": "png",
            "enable_safety_checker": True,
        },
    )
    finished = await engine.resume(begun.ticket)
    assert isinstance(finished, Finished)
    assert finished.images[0].seed == 7
    fetched = vendor.record.requests[-1]
    assert fetched.path.startswith("/pictures/")
    assert "authorization" not in fetched.headers


async def test_changes_wait_in_fals_queue_and_are_looked_for_at_the_router(engine, vendor):
    offer = OFFERS["general_edit", "FLUX.1-Kontext-dev"]
    begun = await engine.start(offer, SPECS["general_edit"], {"image": PHOTO})
    path, body = sent(vendor)
    assert path == "/huggingface/fal-ai/fal-ai/flux-kontext/dev?_subdomain=queue"
    assert body["image_url"] == f"data:image/png;base64,{base64.b64encode(PHOTO).decode()}"
    states = [await engine.resume(begun.ticket) for _ in range(3)]
    assert [one.progress for one in states[:2]] == [None, 0.5]
    assert isinstance(await engine.resume(states[2].ticket), Finished)
    looked = [one for one in vendor.record.requests if one.stage == "poll"]
    assert all(one.path.startswith("/huggingface/fal-ai/fal-ai/flux-kontext/requests/") for one in looked)
    assert {one.query for one in looked} == {"_subdomain=queue"}


async def test_replicate_is_asked_to_wait_and_asked_again_where_it_did_not(engine, vendor):
    offer = OFFERS["create", "FLUX.1-schnell:replicate"]
    begun = await engine.start(offer, create(f"a fox {SLOW}"), {})
    (request,) = vendor.record.begun()
    assert request.headers["prefer"] == "wait"
    assert request.path == "/huggingface/replicate/v1/models/black-forest-labs/flux-schnell/predictions"
    assert json.loads(request.body)["input"]["aspect_ratio"] == "4:5"
    while isinstance(begun, Pending):
        begun = await engine.resume(begun.ticket)
    assert len(vendor.record.begun()) == 1


async def test_together_and_hugging_faces_own_servers_answer_with_the_picture(engine, vendor):
    for model in ("FLUX.1-dev:together", "FLUX.1-dev:hf-inference"):
        assert isinstance(await engine.start(OFFERS["create", model], NEW, {}), Finished)
    first, second = (json.loads(one.body) for one in vendor.record.begun())
    assert (first["model"], first["response_format"]) == ("black-forest-labs/FLUX.1-dev", "base64")
    assert second["inputs"] == "A fox"
    assert set(second["parameters"]) == {"width", "height", "seed"}


@pytest.mark.parametrize(
    ("asked", "error", "says"),
    [
        (("FLUX.1-dev", FORBIDDEN), ContentRefused, "content checker"),
        (("FLUX.1-dev", INDECENT), ContentRefused, "indecent"),
        (("FLUX.1-dev", UNPAID), KeyRefused, "monthly included credits"),
        (("FLUX.1-dev:replicate", FORBIDDEN), ContentRefused, "NSFW"),
        (("FLUX.1-dev:replicate", BREAKS), ProviderFailed, "out of memory"),
        (("FLUX.1-dev:together", FORBIDDEN), ContentRefused, "NSFW"),
        (("FLUX.1-dev:hf-inference", LOADING), ProviderRateLimited, "loading"),
        (("Qwen-Image:wavespeed", FORBIDDEN), ContentRefused, "sensitive"),
        (("Qwen-Image:wavespeed", INDECENT), ContentRefused, "indecent"),
        (("Qwen-Image:wavespeed", "[fails:5000]"), ProviderFailed, "in trouble"),
    ],
    ids=lambda one: "-".join(one) if isinstance(one, tuple) else None,
)
async def test_a_refusal_means_the_same_whoever_says_it(engine, vendor, asked, error, says):
    model, words = asked
    with pytest.raises(error, match=says) as failed:
        await done(engine, OFFERS["create", model], create(f"a thing {words}"))
    assert type(failed.value) is error
    assert len(vendor.record.begun()) == 1
    if error is ProviderRateLimited:
        assert failed.value.retry_after == 21


async def test_a_change_that_breaks_in_the_queue_is_told(engine):
    with pytest.raises(ProviderFailed, match="trouble"):
        await done(engine, OFFERS["general_edit", "FLUX.1-Kontext-dev"], changed(f"dusk {BREAKS}"))


async def test_a_refused_field_is_told_in_the_vendors_words(vendor, tmp_path):
    file = tmp_path / "mine.yaml"
    row = {
        "model": "black-forest-labs/FLUX.1-dev",
        "operation": "create",
        "label": "Mine",
        "source": "https://example.org",
        "route": "fal-ai",
        "send": {"prompt": "prompt", "imagesize": "box"},
    }
    file.write_text(json.dumps({"models": [row]}))
    engine = HuggingFace(key=SecretStr(KEY), base_url=f"{vendor.url}/huggingface", models=file)
    offer = next(one for one in engine.offers if one.label == "Mine")
    with pytest.raises(ProviderRefused, match=r"Extra inputs are not permitted \(extra_forbidden\)") as refused:
        await engine.start(offer, NEW, {})
    assert refused.value.model == "black-forest-labs/FLUX.1-dev"
    await engine.aclose()
    file.write_text(json.dumps({"models": [{**row, "route": "nobody"}]}))
    with pytest.raises(Misconfigured, match="its route is nobody, and has to be one of fal-ai, "):
        HuggingFace(models=file)


async def test_a_wrong_key_is_told_without_any_part_of_it(vendor):
    engine = HuggingFace(key=SecretStr("hf_wrongSecretKeyzzzz"), base_url=f"{vendor.url}/huggingface")
    with pytest.raises(KeyRefused, match="does not accept the key") as refused:
        await engine.start(FLUX, NEW, {})
    await engine.aclose()
    assert "zzzz" not in refused.value.detail


@pytest.mark.parametrize(
    "ticket",
    [
        "x",
        "[]",
        '["elsewhere","a",null]',
        '["fal-queue","../../secret",null]',
        '["replicate","../x",null]',
        '["task","a/b",null]',
    ],
)
async def test_a_ticket_of_somebody_elses_is_asked_of_nobody(engine, vendor, ticket):
    with pytest.raises(ProviderRefused, match="This ticket"):
        await engine.resume(ticket)
    assert vendor.record.requests == []


async def test_a_picture_at_a_strangers_address_is_not_fetched(vendor):
    engine = HuggingFace(key=SecretStr(KEY))
    for url in ("https://example.org/a.png", "http://fal.media/a.png", "https://fal.media.example.org/a.png"):
        with pytest.raises(ProviderMisbehaved, match="broke its word"):
            await engine.resume(json.dumps(["url", url, None]))
    await engine.aclose()


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (faults.FAULTS["html"], ProviderMisbehaved),
        (faults.FAULTS["busy"], ProviderRateLimited),
        (faults.FAULTS["half"], OutcomeUnknown),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
async def test_a_fault_has_one_meaning_and_the_request_is_sent_once(engine, vendor, fault, error):
    vendor.record.play(fault)
    with pytest.raises(error):
        await engine.start(FLUX, NEW, {})
    assert len(vendor.record.begun()) == 1


async def test_names_are_looked_up_once_an_hour_and_our_table_helps_out(vendor):
    row = next(one for one in models_of("huggingface", None, HuggingFace.ROUTES) if one.model.endswith("FLUX.1-dev"))
    now = 0.0
    hub = Line(Reach(provider="huggingface", label="Hugging Face", base_url=f"{vendor.url}/huggingface"))
    names = Names(hub, clock=lambda: now)
    assert [await names.of(row) for _ in range(3)] == ["fal-ai/flux/dev"] * 3
    assert len(vendor.record.requests) == 1
    now = FRESH_S + 1
    vendor.record.faults.append(faults.FAULTS["down"])
    assert await names.of(row) == "fal-ai/flux/dev"
    assert [one.path for one in vendor.record.requests] == [f"{HUB}black-forest-labs/FLUX.1-dev"] * 2
    assert await names.of(row.model_copy(update={"model": "nobody/nothing"})) == "fal-ai/flux/dev"
    with pytest.raises(ProviderRefused, match=r"no longer has black-forest-labs/FLUX\.1-dev run by nscale"):
        await names.of(row.model_copy(update={"route": "nscale"}))
    await hub.aclose()


async def test_without_a_key_it_says_how_one_is_given():
    assert "IMAGE_STUDIO_PROVIDERS__HUGGINGFACE__API_KEY" in (HuggingFace().missing(FLUX) or "")
    assert HuggingFace(key=SecretStr(KEY)).missing(FLUX) is None


async def test_another_key_shares_the_connections_and_the_account_tells_of_it(vendor):
    engine = HuggingFace(key=SecretStr("wrong-key-of-nobody"), base_url=f"{vendor.url}/huggingface")
    with pytest.raises(KeyRefused):
        await engine.account()
    own = engine.keyed(SecretStr(KEY))
    assert isinstance(own, TakesKey)
    assert "fox's" in (await own.account()).detail
    assert own.offers is engine.offers
    await engine.aclose()
    assert vendor.record.begun() == []
