"""WaveSpeed's engine speaks as the vendor's documents say, and every way a task can end has one meaning here."""

from __future__ import annotations

import base64
import io
import json

import pytest
from PIL import Image
from pydantic import SecretStr

from backend.errors import (
    ContentRefused,
    InvalidRequest,
    KeyRefused,
    OutcomeUnknown,
    ProviderFailed,
    ProviderMisbehaved,
    ProviderRateLimited,
    ProviderRefused,
)
from backend.imaging.sniff import sniff
from backend.imaging.types import Size
from backend.providers.base import Finished, Pending, TakesKey
from backend.providers.wavespeed import WaveSpeed
from backend.schemas.specs import (
    CreateSpec,
    EraseSpec,
    GeneralEditSpec,
    InpaintSpec,
    RelightSpec,
    SearchRecolorSpec,
    SearchReplaceSpec,
    SketchSpec,
    StructureSpec,
    StyleSpec,
    StyleTransferSpec,
    UpscaleSpec,
)
from tests.fakes.provider_server import faults, serving
from tests.fakes.provider_server.pictures import picture
from tests.fakes.provider_server.wavespeed import FORBIDDEN, INDECENT, KEY

OFFERS = {(offer.operation, offer.model.partition("/")[2]): offer for offer in WaveSpeed().offers}
QWEN = OFFERS["create", "qwen-image/text-to-image"]


@pytest.fixture
async def vendor():
    async with serving() as found:
        yield found


@pytest.fixture
async def engine(vendor):
    made = WaveSpeed(key=SecretStr(KEY), base_url=f"{vendor.url}/wavespeed")
    yield made
    await made.aclose()


def mask(width, height):
    file = io.BytesIO()
    levels = Image.new("L", (width, height))
    levels.paste(255, (0, 0, width // 2, height))
    levels.save(file, "PNG")
    return file.getvalue()


PHOTO, HOLE = picture(640, 480, "photo"), mask(640, 480)
NEW = CreateSpec(prompt="A fox", original_prompt="A fox", width=1080, height=1350, seeds=(7,))
SPECS = {
    "create": NEW,
    "inpaint": InpaintSpec(image="a", mask="m", prompt="a hat"),
    "erase": EraseSpec(image="a", mask="m"),
    "general_edit": GeneralEditSpec(image="a", prompt="make it dusk"),
    "search_replace": SearchReplaceSpec(image="a", search_prompt="the cup", prompt="a vase"),
    "search_recolor": SearchRecolorSpec(image="a", select_prompt="the cup", prompt="teal"),
    "relight": RelightSpec(image="a", background_image="b", light_direction="left"),
    "sketch": SketchSpec(control_image="a", prompt="a house", width=1080, height=1350),
    "structure": StructureSpec(control_image="a", prompt="a boat"),
    "style": StyleSpec(control_image="a", prompt="a lamp"),
    "style_transfer": StyleTransferSpec(control_image="a", style_image="b"),
    "upscale": UpscaleSpec(image="a", mode="fast", width=1920, height=1440),
}


def create(prompt="A fox", **fields):
    return NEW.model_copy(update={"prompt": prompt, **fields})


def images(spec):
    return {name: HOLE if name == "mask" else PHOTO for name in spec.inputs()}


async def done(engine, offer, spec):
    """Follow a part to its end, as the runner does."""
    outcome = await engine.start(offer, spec, images(spec))
    while isinstance(outcome, Pending):
        outcome = await engine.resume(outcome.ticket)
    return outcome


def sent(vendor):
    (one,) = vendor.record.begun()
    return json.loads(one.body)


async def test_a_picture_is_asked_for_as_documented_and_comes_within_the_answer(engine, vendor):
    begun = await engine.start(QWEN, create(), {})
    assert isinstance(begun, Pending)
    assert begun.after_s == 1.0
    assert isinstance(await engine.resume(begun.ticket), Pending)
    finished = await engine.resume(begun.ticket)
    assert isinstance(finished, Finished)
    assert sniff(finished.images[0].data).size == Size(1080, 1352)
    assert (finished.images[0].seed, finished.images[0].facts) == (7, {"inference_ms": 1234})
    first, *looks = vendor.record.requests
    assert first.path == "/wavespeed/api/v3/wavespeed-ai/qwen-image/text-to-image"
    assert first.headers["authorization"] == f"Bearer {KEY}"
    assert sent(vendor) == {
        "prompt": "A fox",
        "size": "1080*1352",
        "seed": 7,
        "output_format": "png",
        "enable_base64_output": True,
    }
    assert {one.path for one in looks} == {f"/wavespeed/api/v3/predictions/{begun.request_id}/result"}


@pytest.mark.parametrize("offer", WaveSpeed().offers, ids=lambda one: f"{one.operation}-{one.model}")
async def test_every_offer_is_served_as_its_page_says(engine, vendor, offer):
    spec = SPECS[offer.operation]
    finished = await done(engine, offer, spec)
    made = sniff(finished.images[0].data).size
    if offer.operation in {"create", "sketch"}:
        assert made == Size(*((864, 1152) if offer.sizes else (1080, 1352)))
    elif offer.operation == "upscale":
        assert made == Size(2048, 1536)
    elif offer.operation in {"inpaint", "erase"}:
        assert made == Size(640, 480)
    else:
        assert made == Size(888, 664)
    assert len(vendor.record.begun()) == 1


async def test_ideogram_is_sent_a_shape_and_never_a_size_or_a_seed(engine, vendor):
    await engine.start(OFFERS["create", "ideogram-v3-turbo"], create(width=1584, height=396), {})
    assert sent(vendor) == {"prompt": "A fox", "aspect_ratio": "16:9", "enable_base64_output": True}


async def test_pictures_travel_within_the_request_and_the_mask_is_white_where_it_changes(engine, vendor):
    await engine.start(OFFERS["erase", "image-eraser"], SPECS["erase"], images(SPECS["erase"]))
    body = sent(vendor)
    assert body["image"] == f"data:image/png;base64,{base64.b64encode(PHOTO).decode()}"
    assert body["mask_image"] == f"data:image/png;base64,{base64.b64encode(HOLE).decode()}"
    assert set(body) == {"image", "mask_image", "output_format", "enable_base64_output"}


async def test_a_replacement_is_said_in_words_and_seeds_are_folded_into_what_the_vendor_takes(engine, vendor):
    spec = SPECS["search_replace"].model_copy(update={"seed": 3_000_000_000})
    await engine.start(OFFERS["search_replace", "qwen-image/edit"], spec, images(spec))
    body = sent(vendor)
    assert body["prompt"] == "Replace the cup with this: a vase. Keep everything else exactly as it is."
    assert body["seed"] == 3_000_000_000 - 2**31


async def test_what_words_cannot_say_is_refused_at_the_door():
    offer = OFFERS["search_replace", "qwen-image/edit"]
    with pytest.raises(InvalidRequest, match="told in words"):
        offer.check(SearchReplaceSpec(image="a", mask="m", prompt="a vase"))
    with pytest.raises(InvalidRequest, match="told in words"):
        OFFERS["search_recolor", "qwen-image/edit"].check(SearchRecolorSpec(image="a", mask="m", prompt="teal"))


async def test_several_pictures_go_in_the_order_in_which_the_words_speak_of_them(engine, vendor):
    spec, other = SPECS["style_transfer"], picture(64, 64, "style")
    given = {"control_image": PHOTO, "style_image": other}
    await engine.start(OFFERS["style_transfer", "qwen-image/edit-plus"], spec, given)
    body = sent(vendor)
    assert [base64.b64decode(one.partition(",")[2]) for one in body["images"]] == [PHOTO, other]
    assert "the first picture in the style of the second" in body["prompt"]


async def test_an_enlargement_is_fetched_from_where_it_lies_without_the_key(engine, vendor):
    await done(engine, OFFERS["upscale", "image-upscaler"], SPECS["upscale"])
    fetched = vendor.record.requests[-1]
    assert fetched.path.startswith("/pictures/")
    assert "authorization" not in fetched.headers
    assert sent(vendor)["target_resolution"] == "2k"


@pytest.mark.parametrize(
    ("words", "error", "says"),
    [
        (FORBIDDEN, ContentRefused, "sensitive information"),
        (INDECENT, ContentRefused, "indecent"),
        ("[fails:1400]", ProviderFailed, "misses a parameter"),
        ("[fails:1401]", ProviderFailed, "refused a parameter"),
        ("[fails:1402]", ProviderFailed, "could not read the picture"),
        ("[fails:1403]", ProviderFailed, "could not do the work"),
        ("[fails:1405]", ProviderFailed, "failed at the work"),
        ("[fails:5000]", ProviderFailed, "in trouble"),
        ("[fails:5003]", ProviderFailed, "out of service"),
        ("[fails:5004]", ProviderFailed, "took too long"),
        ("[ends:cancelled]", ProviderFailed, "as cancelled"),
        ("[ends:timeout]", ProviderFailed, "as timeout"),
        ("[ends:deleted]", ProviderFailed, "as deleted"),
    ],
)
async def test_a_task_that_fails_within_a_success_is_told_as_what_it_is(engine, vendor, words, error, says):
    with pytest.raises(error, match=says) as failed:
        await done(engine, QWEN, create(f"a thing {words}"))
    assert type(failed.value) is error
    assert len(vendor.record.begun()) == 1


async def test_a_wrong_key_is_told_without_any_part_of_it(vendor):
    engine = WaveSpeed(key=SecretStr("ws-wrong-secret-key-zzzz"), base_url=f"{vendor.url}/wavespeed")
    with pytest.raises(KeyRefused, match="does not accept the key") as refused:
        await engine.start(QWEN, create(), {})
    await engine.aclose()
    assert "zzzz" not in refused.value.detail


async def test_a_ticket_that_the_vendor_has_forgotten_is_no_reason_to_ask_again(engine):
    with pytest.raises(ProviderRefused, match="prediction not found"):
        await engine.resume(f'["task","{"f" * 32}",null]')


@pytest.mark.parametrize("ticket", ["f" * 32, '["task","../../balance",null]', '["url","http://10.0.0.1/",null]', "[]"])
async def test_a_ticket_of_somebody_elses_is_asked_of_nobody(engine, vendor, ticket):
    with pytest.raises(ProviderRefused, match="This ticket"):
        await engine.resume(ticket)
    assert vendor.record.requests == []


async def test_words_that_are_too_long_are_not_sent(engine, vendor):
    with pytest.raises(ProviderRefused, match="at most 800 characters"):
        await engine.start(next(o for o in engine.offers if "2.0" in o.model), create("a" * 801), {})
    assert vendor.record.begun() == []


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
    vendor.record.faults.append(fault)
    with pytest.raises(error):
        await engine.start(QWEN, create(), {})
    assert len(vendor.record.begun()) == 1


async def test_without_a_key_it_says_how_one_is_given():
    assert "IMAGE_STUDIO_PROVIDERS__WAVESPEED__API_KEY" in (WaveSpeed().missing(QWEN) or "")
    assert WaveSpeed(key=SecretStr(KEY)).missing(QWEN) is None


async def test_another_key_shares_the_connections_and_the_account_tells_of_it(vendor):
    engine = WaveSpeed(key=SecretStr("wrong-key-of-nobody"), base_url=f"{vendor.url}/wavespeed")
    with pytest.raises(KeyRefused):
        await engine.account()
    own = engine.keyed(SecretStr(KEY))
    assert isinstance(own, TakesKey)
    assert "12.50 USD left" in (await own.account()).detail
    assert own.offers is engine.offers
    await engine.aclose()
    assert vendor.record.begun() == []
