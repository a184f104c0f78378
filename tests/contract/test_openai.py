"""OpenAI's engine speaks as the vendor's documents say, and every way it can go wrong has one meaning here."""

from __future__ import annotations

import json
import socket

import pytest
from pydantic import SecretStr

from backend.errors import (
    ContentRefused,
    OutcomeUnknown,
    ProviderMisbehaved,
    ProviderRateLimited,
    ProviderRefused,
    ProviderUnavailable,
)
from backend.imaging.sniff import sniff
from backend.imaging.types import Size
from backend.providers.base import Finished
from backend.providers.openai import OpenAI
from backend.schemas.specs import CreateSpec
from tests.fakes.provider_server import faults, serving, spoiling
from tests.fakes.provider_server.openai import FORBIDDEN, KEY

OFFER = OpenAI.offers[-1]


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


async def test_a_picture_is_asked_for_as_documented_and_comes_at_the_nearest_shape(engine, vendor):
    done = await engine.start(OFFER, spec(quality="draft"), {})
    assert isinstance(done, Finished)
    assert sniff(done.images[0].data).size == Size(896, 1152)
    assert done.images[0].facts["usage"]["output_tokens"] == 1056
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


@pytest.mark.parametrize("offer", OpenAI.offers, ids=lambda offer: offer.model)
@pytest.mark.parametrize("quality", ["draft", "standard", "premium"])
async def test_every_offer_makes_all_of_its_sizes(engine, offer, quality):
    for width, height in offer.sizes:
        done = await engine.start(offer, spec(width=width, height=height, quality=quality), {})
        assert sniff(done.images[0].data).size == Size(width, height)


async def test_what_its_policy_forbids_is_refused_and_nothing_else_is_tried(engine):
    with pytest.raises(ContentRefused, match="safety system") as refused:
        await engine.start(OFFER, spec(f"a {FORBIDDEN} thing"), {})
    assert not refused.value.retryable


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
        (faults.html, ProviderMisbehaved, "holds no picture"),
        (faults.empty, ProviderMisbehaved, "holds no picture"),
        (faults.hollow, ProviderMisbehaved, "holds no picture"),
        (spoiling.bad_base64, ProviderMisbehaved, "no base64"),
        (faults.busy, ProviderRateLimited, "asks for a pause"),
        (faults.down, ProviderUnavailable, "in trouble"),
        (faults.reset, OutcomeUnknown, "the line broke"),
        (faults.half, OutcomeUnknown, "the line broke"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
async def test_a_fault_has_one_meaning_and_the_request_is_sent_once(engine, vendor, fault, error, says):
    vendor.record.faults.append(fault)
    with pytest.raises(error, match=says) as failed:
        await engine.start(OFFER, spec(), {})
    assert len(vendor.record.begun()) == 1
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
