"""A vendor's edits, enlargements and guided pictures, through the studio: their sizes, and their prices."""

from __future__ import annotations

import base64

import pytest
from pydantic import SecretStr

from backend.imaging import codec
from backend.settings import ProviderSettings
from tests.contract.stability_requests import mask, scene
from tests.fakes.provider_server import faults, serving
from tests.fakes.provider_server import stability as fake
from tests.fakes.studio import running, settings_for

ROOT = "/api/image-studio"
BY = {"provider": "stability", "response_format": "base64"}


def text_of(data: bytes) -> str:
    return base64.b64encode(data).decode()


def pixels_of(answer):
    return codec.decode(base64.b64decode(answer["image_base64"].partition(",")[2])).pixels


@pytest.fixture
async def vendor():
    async with serving() as found:
        yield found


@pytest.fixture
async def studio(tmp_path, vendor):
    own = ProviderSettings(api_key=SecretStr(fake.KEY), base_url=f"{vendor.url}/stability")
    async with running(settings_for(tmp_path / "data", providers={"stability": own}, jobs={"retries": 0})) as found:
        yield found


async def told_and_made(studio, path, body):
    """Return what it was said to cost, and the answer."""
    asked = {**BY, **body}
    told = (await studio.client.post(f"{ROOT}/estimate-cost", json={"request": asked})).json()
    made = await studio.client.post(f"{ROOT}/{path}", json=asked)
    assert made.status_code == 200, made.text
    return told["estimated_cost"], made.json()


async def test_an_edit_an_enlargement_and_a_guided_picture_are_as_large_and_cost_as_much_as_told(studio, vendor):
    picture, spot = text_of(scene(331, 247)), text_of(mask(331, 247))
    edit = {"operation": "inpaint", "prompt": "a red fox", "image_base64": picture, "mask_base64": spot}
    told, made = await told_and_made(studio, "edit/process", edit)
    before, after = codec.decode(scene(331, 247)).pixels, pixels_of(made)
    changed = codec.decode(mask(331, 247)).pixels[..., 0] > 0
    assert (after[~changed] == before[~changed]).all()
    assert (after[changed] != before[changed]).any()
    assert made["cost"]["credits"] == told == 5.0

    larger = {"image_base64": picture, "mode": "fast", "target_width": 1000}
    told, made = await told_and_made(studio, "upscale", larger)
    assert pixels_of(made).shape == (746, 1000, 3)
    assert made["cost"]["credits"] == told == 2.0

    guided = {"operation": "style", "prompt": "a red fox", "control_image_base64": picture, "output_format": "webp"}
    told, made = await told_and_made(studio, "control/process", {**guided, "aspect_ratio": "1.91:1"})
    assert pixels_of(made).shape[1] / pixels_of(made).shape[0] == pytest.approx(1.91, abs=0.01)
    assert made["cost"]["credits"] == told == 5.0
    assert vendor.world.of(fake.Account).charged == [5, 2, 5]


async def test_what_a_vendor_refuses_or_blurs_costs_nothing_and_is_told_with_its_reason(studio, vendor):
    asked = {**BY, "operation": "sketch", "control_image_base64": text_of(scene())}
    for word, says in ((fake.SHOWN, "blurred"), (fake.FORBIDDEN, "content moderation")):
        refused = await studio.client.post(f"{ROOT}/control/process", json={**asked, "prompt": f"a {word} beach"})
        assert refused.status_code == 422
        assert refused.json()["code"] == "content-refused"
        assert says in refused.json()["detail"]
    balances = await studio.balances()
    assert balances.get("spent", 0) == 0 == balances.get("held", 0)


async def test_a_picture_that_is_too_large_or_too_long_is_passed_over_with_the_reason(studio, vendor):
    for size, says in (((1200, 1000), "at most 1.0 megapixels"), ((31, 62), "at least 32 pixels a side")):
        asked = {**BY, "mode": "fast", "target_width": size[0] + 64, "image_base64": text_of(scene(*size))}
        refused = (await studio.client.post(f"{ROOT}/upscale", json=asked)).json()
        assert refused["code"] == "no-provider"
        assert says in refused["detail"]
    assert vendor.record.begun() == []


async def test_where_its_account_is_empty_this_machine_takes_over_and_nothing_is_charged(studio, vendor):
    vendor.record.faults.append(faults.broke)
    asked = {"prompt": "A fox in the snow", "width": 512, "height": 512, "enhance_prompt": False}
    made = (await studio.client.post(f"{ROOT}/create", json={**asked, "response_format": "url"})).json()
    assert [one["provider"] for one in made["results"]] == ["local"]
    assert made["cost"]["credits"] == 0
    assert len(vendor.record.begun()) == 1


async def test_what_this_machine_can_do_to_a_picture_is_not_bought_unasked(studio, vendor):
    asked = {"operation": "erase", "image_base64": text_of(scene()), "mask_base64": text_of(mask())}
    made = (await studio.client.post(f"{ROOT}/edit/process", json={**asked, "response_format": "url"})).json()
    assert (made.get("provider"), made.get("cost", {}).get("credits")) == ("local", 0)
    assert vendor.record.begun() == []
