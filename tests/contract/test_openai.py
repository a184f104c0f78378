"""OpenAI's engine speaks as the vendor's documents say, and every way it can go wrong has one meaning here."""

from __future__ import annotations

import io
import json
import socket
from email import message_from_bytes, policy

import numpy as np
import pytest
from PIL import Image
from pydantic import SecretStr

from backend.errors import (
    ContentRefused,
    KeyRefused,
    OutcomeUnknown,
    ProviderFaltered,
    ProviderMisbehaved,
    ProviderRateLimited,
    ProviderRefused,
    ProviderUnavailable,
)
from backend.imaging.sniff import sniff
from backend.imaging.types import Size
from backend.providers.base import Finished
from backend.providers.openai import OpenAI
from backend.schemas.specs import CreateSpec, EraseSpec, GeneralEditSpec, StyleTransferSpec
from tests.contract.sayable import SPECS, encoded, mask_of
from tests.fakes.provider_server import faults, serving
from tests.fakes.provider_server.openai import BROKE, FORBIDDEN, KEY

MAKING = {offer.model: offer for offer in OpenAI.offers if offer.operation == "create"}
CHANGING = {offer.operation: offer for offer in OpenAI.offers if offer.operation != "create"}
OFFER = MAKING["gpt-image-2.5-flare"]


@pytest.fixture
async def vendor():
    async with serving() as found:
        yield found


@pytest.fixture
async def engine(vendor):
    made = OpenAI(key=SecretStr(KEY), base_url=f"{vendor.url}/openai/v1")
    yield made
    await made.aclose()


def spec(prompt="A red fox in snow", width=1080, height=1350, **fields):
    return CreateSpec(prompt=prompt, original_prompt=prompt, width=width, height=height, seeds=(7,), **fields)


def form_of(sent):
    """The parts of a form as they came: name, type, content."""
    head = b"content-type: " + sent.headers["content-type"].encode() + b"\r\n\r\n"
    parts = message_from_bytes(head + sent.body, policy=policy.HTTP).iter_parts()
    return [
        (one.get_param("name", header="content-disposition"), one.get_content_type(), one.get_payload(decode=True))
        for one in parts
    ]


async def test_a_picture_is_asked_for_as_documented_and_comes_at_the_nearest_shape(engine, vendor):
    done = await engine.start(OFFER, spec(quality="draft"), {})
    assert isinstance(done, Finished)
    assert sniff(done.images[0].data).size == Size(896, 1152)
    assert done.images[0].facts["usage"] == {
        "input_tokens": 5,
        "output_tokens": 1056,
        "total_tokens": 1061,
        "input_text_tokens": 5,
        "input_image_tokens": 0,
    }
    assert done.request_id == "req_fake"
    (sent,) = vendor.record.begun()
    assert json.loads(sent.body) == {
        "model": OFFER.model,
        "prompt": "A red fox in snow",
        "n": 1,
        "size": "896x1152",
        "quality": "low",
        "output_format": "png",
    }
    assert sent.headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("offer", MAKING.values(), ids=MAKING)
@pytest.mark.parametrize("quality", ["draft", "standard", "premium"])
async def test_every_model_makes_all_of_its_shapes(engine, offer, quality):
    for width, height in ((1024, 1024), (1728, 576), (640, 1536)):
        done = await engine.start(offer, spec(width=width, height=height, quality=quality), {})
        assert sniff(done.images[0].data).size == Size(width, height)


async def test_a_change_is_a_form_with_a_mask_that_is_see_through_where_it_changes(engine, vendor):
    images = {"image": encoded(1000, 700), "mask": mask_of(1000, 700)}
    done = await engine.start(CHANGING["erase"], EraseSpec(image="a", mask="m"), images)
    own = sniff(done.images[0].data).size
    assert abs(own.ratio / (1000 / 700) - 1) < 0.01
    parts = form_of(vendor.record.begun("/openai/v1/images/edits")[0])
    fields = {name: data.decode() for name, kind, data in parts if kind == "text/plain"}
    assert fields["size"] == f"{own.width}x{own.height}"
    assert {**fields, "prompt": "", "size": ""} == {
        "model": "gpt-image-2",
        "prompt": "",
        "n": "1",
        "size": "",
        "quality": "medium",
        "output_format": "png",
    }
    files = {name: (kind, data) for name, kind, data in parts if kind != "text/plain"}
    assert files["image"] == ("image/png", images["image"])
    clear = np.asarray(Image.open(io.BytesIO(files["mask"][1])))[..., 3]
    white = np.asarray(Image.open(io.BytesIO(images["mask"])))
    assert (clear == 255 - white).all()


@pytest.mark.parametrize("operation", CHANGING)
async def test_every_change_is_said_in_words_and_keeps_the_shape(engine, vendor, operation):
    asked, images = SPECS[operation]
    done = await engine.start(CHANGING[operation], asked, images)
    first = sniff(images[asked.READS[0]]).size
    assert abs(sniff(done.images[0].data).size.ratio / first.ratio - 1) < 0.01
    parts = form_of(vendor.record.begun()[0])
    words = next(data.decode() for name, _, data in parts if name == "prompt")
    assert getattr(asked, "prompt", None) is None or asked.prompt.rstrip(".") in words
    assert [name for name, kind, _ in parts if kind.startswith("image/") and name != "mask"] == (
        ["image"] if len(images) - ("mask" in images) == 1 else ["image[]"] * (len(images) - ("mask" in images))
    )
    assert done.images[0].facts["usage"]["input_image_tokens"] > 0


async def test_the_style_comes_second_whatever_the_order_of_the_inputs(engine, vendor):
    first, second = encoded(640, 640, "a"), encoded(320, 320, "b")
    asked = StyleTransferSpec(control_image="a", style_image="b")
    await engine.start(CHANGING["style_transfer"], asked, {"style_image": second, "control_image": first})
    sent = [data for name, _, data in form_of(vendor.record.begun()[0]) if name == "image[]"]
    assert sent == [first, second]


@pytest.mark.parametrize("operation", ["create", "general_edit"])
async def test_what_its_policy_forbids_is_refused_and_nothing_else_is_tried(engine, operation):
    words = f"a {FORBIDDEN} thing"
    asked = spec(words) if operation == "create" else GeneralEditSpec(image="a", prompt=words)
    offer = {**CHANGING, "create": OFFER}[operation]
    with pytest.raises(ContentRefused, match="safety system") as refused:
        await engine.start(offer, asked, {} if operation == "create" else {"image": encoded(800, 800)})
    assert not refused.value.retryable


async def test_an_empty_account_is_no_pause(engine):
    with pytest.raises(KeyRefused, match="no credits left"):
        await engine.start(OFFER, spec(f"a {BROKE} thing"), {})


async def test_a_wrong_key_is_told_without_any_part_of_it(vendor):
    engine = OpenAI(key=SecretStr("sk-wrong-secret-key-zzzz"), base_url=f"{vendor.url}/openai/v1")
    with pytest.raises(ProviderRefused, match="does not accept the key") as refused:
        await engine.start(OFFER, spec(), {})
    await engine.aclose()
    assert "sk-wrong" not in refused.value.detail
    assert "zzzz" not in refused.value.detail


async def test_without_a_key_it_says_how_one_is_given():
    assert "IMAGE_STUDIO_PROVIDERS__OPENAI__API_KEY" in (OpenAI().missing(OFFER) or "")


@pytest.mark.parametrize(
    ("fault", "error", "says"),
    [
        ("html", ProviderMisbehaved, "holds no picture"),
        ("empty", ProviderMisbehaved, "holds no picture"),
        ("hollow", ProviderMisbehaved, "holds no picture"),
        ("bad_base64", ProviderMisbehaved, "no base64"),
        ("busy", ProviderRateLimited, "asks for a pause"),
        ("broke", KeyRefused, "no credits left"),
        ("revoked", KeyRefused, "does not accept the key"),
        ("forbidden", ProviderRefused, "refused the request"),
        ("down", ProviderUnavailable, "in trouble"),
        ("error_500", ProviderFaltered, "in trouble"),
        ("reset", OutcomeUnknown, "the line broke"),
        ("half", OutcomeUnknown, "the line broke"),
    ],
)
async def test_a_fault_has_one_meaning_and_the_request_is_sent_once(engine, vendor, fault, error, says):
    vendor.record.play(faults.FAULTS[fault])
    with pytest.raises(error, match=says) as failed:
        await engine.start(OFFER, spec(), {})
    assert len(vendor.record.begun()) == 1
    assert vendor.record.played == [fault]
    assert failed.value.provider == "openai"
    if error is ProviderRateLimited:
        assert failed.value.retry_after == 7


async def test_nobody_at_home_is_unavailable_and_another_engine_may_do_it():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    engine = OpenAI(key=SecretStr(KEY), base_url=f"http://127.0.0.1:{port}/v1")
    with pytest.raises(ProviderUnavailable) as failed:
        await engine.start(OFFER, spec(), {})
    await engine.aclose()
    assert failed.value.retryable
