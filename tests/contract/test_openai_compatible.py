"""A server of one's own gets what its settings say it knows, and nothing else."""

from __future__ import annotations

import json

import pytest

from backend.errors import ProviderMisbehaved, ProviderRefused, ProviderUnavailable
from backend.imaging.sniff import sniff
from backend.imaging.types import Size
from backend.providers.base import Finished, Pending
from backend.providers.compatible import OpenAICompatible
from backend.schemas.servers import ServerSettings
from backend.schemas.specs import CreateSpec, GeneralEditSpec, InpaintSpec
from tests.contract.sayable import encoded, mask_of
from tests.contract.test_openai import form_of
from tests.fakes.provider_server import faults, serving
from tests.fakes.provider_server.compatible import MODEL


def own(url, **fields):
    model = {"name": MODEL, "sizes": ["1024x1024", "1024x768"], "changes": ["general_edit", "inpaint"], **fields}
    return OpenAICompatible(
        "mine", ServerSettings.model_validate({"base_url": f"{url}/compatible/v1", "models": [model]})
    )


def spec(**fields):
    return CreateSpec(prompt="a fox", original_prompt="a fox", width=800, height=600, seeds=(7,), **fields)


@pytest.fixture
async def server():
    async with serving() as found:
        yield found


@pytest.fixture
async def built(server):
    """Builds engines, and hangs up for them."""
    made = []

    def build(url=server.url, **fields):
        made.append(own(url, **fields))
        return made[-1]

    yield build
    for one in made:
        await one.aclose()


@pytest.fixture
def engine(built):
    return built()


async def test_it_is_sent_a_model_a_prompt_and_a_size_without_a_key(engine, server):
    done = await engine.start(engine.offers[0], spec(negative_prompt="text"), {})
    assert isinstance(done, Finished)
    assert sniff(done.images[0].data).size == Size(1024, 768)
    (sent,) = server.record.begun()
    assert json.loads(sent.body) == {
        "model": MODEL,
        "prompt": "a fox",
        "size": "1024x768",
        "n": 1,
        "response_format": "b64_json",
    }
    assert "authorization" not in sent.headers


async def test_what_else_it_knows_is_sent_under_its_own_names(built, server):
    fields = {"seed": "seed", "num_inference_steps": "steps", "negative_prompt": "negative_prompt"}
    engine = built(send={**fields, "guidance_scale": "guidance"})
    (offer, *_) = engine.offers
    assert (offer.seed, offer.steps, offer.guidance, offer.negative_prompt) == (True, True, True, True)
    await engine.start(offer, spec(negative_prompt="text", steps=9), {})
    sent = json.loads(server.record.begun()[0].body)
    assert (sent["seed"], sent["num_inference_steps"], sent["negative_prompt"]) == (7, 9, "text")
    assert "guidance_scale" not in sent


async def test_a_picture_at_an_address_is_fetched_from_the_server_itself_and_from_nowhere_else(built, server):
    engine = built(always={"response_format": "url"})
    waiting = await engine.start(engine.offers[0], spec(), {})
    assert isinstance(waiting, Pending)
    done = await engine.resume(waiting.ticket)
    assert isinstance(done, Finished)
    server.record.play(faults.FAULTS["foreign_address"])
    foreign = await engine.start(engine.offers[0], spec(), {})
    with pytest.raises(ProviderMisbehaved, match="said that its picture lies"):
        await engine.resume(foreign.ticket)


async def test_changes_are_forms_at_a_size_of_the_pictures_shape(engine, server):
    offers = {offer.operation: offer for offer in engine.offers}
    images = {"image": encoded(800, 600), "mask": mask_of(800, 600)}
    await engine.start(offers["inpaint"], InpaintSpec(image="a", mask="m", prompt="a boat"), images)
    names = [name for name, *_ in form_of(server.record.begun()[0])]
    assert names == ["model", "prompt", "size", "n", "response_format", "image", "mask"]


async def test_a_shape_that_it_does_not_make_is_refused_before_it_is_asked(engine, server):
    offers = {offer.operation: offer for offer in engine.offers}
    with pytest.raises(ProviderRefused, match="shape"):
        await engine.start(offers["general_edit"], GeneralEditSpec(image="a", prompt="x"), {"image": encoded(900, 300)})
    assert server.record.begun() == []


async def test_a_field_that_it_does_not_know_is_told_in_its_own_words(built):
    engine = built(always={"watermark": True})
    with pytest.raises(ProviderRefused, match="extra fields not permitted: watermark"):
        await engine.start(engine.offers[0], spec(), {})


async def test_pictures_cost_what_the_settings_say_and_nobody_at_home_is_unavailable(built):
    engine = built("http://127.0.0.1:9", milli_credits=250)
    assert {offer.own_price for offer in engine.offers} == {250}
    assert engine.missing(engine.offers[0]) is None
    with pytest.raises(ProviderUnavailable):
        await engine.start(engine.offers[0], spec(), {})
