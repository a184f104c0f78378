"""Pictures by WaveSpeed and Hugging Face, from the door to the library: sizes, prices, refusals, own models."""

from __future__ import annotations

import base64
import json

import numpy as np
import pytest
from pydantic import SecretStr

from backend.imaging import codec
from backend.settings import ProviderSettings
from tests.fakes.provider_server import huggingface, serving, wavespeed
from tests.fakes.provider_server.pictures import picture
from tests.fakes.studio import running, settings_for

ROOT = "/api/image-studio"
SIZED = {"width": 1080, "height": 1350, "enhance_prompt": False, "response_format": "url"}
OWN = """
models:
- model: wavespeed-ai/qwen-image/text-to-image-2512
  operation: create
  label: Mine
  source: "https://example.org/mine (read 2026-11-23)"
  price: {milli_credits: 2500, read: 2026-11-23}
  min_side: 256
  max_side: 1536
  step: 8
  send: {prompt: prompt, size: size_starred}
"""


@pytest.fixture
async def vendor():
    async with serving() as found:
        yield found


@pytest.fixture
async def studio(tmp_path, vendor):
    file = tmp_path / "models.yaml"
    file.write_text(OWN)
    own = {
        "wavespeed": ProviderSettings(
            api_key=SecretStr(wavespeed.KEY), base_url=f"{vendor.url}/wavespeed", models=file, per_minute=600
        ),
        "huggingface": ProviderSettings(
            api_key=SecretStr(huggingface.KEY), base_url=f"{vendor.url}/huggingface", per_minute=600
        ),
    }
    async with running(settings_for(tmp_path / "data", providers=own, jobs={"retries": 0})) as found:
        yield found


async def told_and_made(studio, path, body):
    """Return what it was said to cost, and the answer."""
    told = (await studio.client.post(f"{ROOT}/estimate-cost", json={"request": body})).json()
    made = await studio.client.post(f"{ROOT}/{path}", json=body)
    assert made.status_code == 200, made.text
    return told["estimated_cost"], made.json()


@pytest.mark.parametrize(
    ("provider", "model", "made_at"),
    [
        ("wavespeed", "qwen-image-2.0/text-to-image", "1080x1352"),
        ("wavespeed", "ideogram-v3-turbo", "864x1152"),
        ("wavespeed", "text-to-image-2512", "1080x1352"),
        ("huggingface", "FLUX.1-dev", "1080x1352"),
        ("huggingface", "FLUX.1-schnell:replicate", "912x1152"),
        ("huggingface", "FLUX.1-dev:together", "912x1136"),
    ],
)
async def test_a_picture_has_exactly_the_size_and_the_price_that_were_told(studio, provider, model, made_at):
    body = {"prompt": "A red fox", **SIZED, "provider": provider, "model": model, "seed": 7}
    told, made = await told_and_made(studio, "create", body)
    (one,) = made["results"]
    assert (one["width"], one["height"], one["provider"]) == (1080, 1350, provider)
    assert made["cost"]["credits"] == told > 0
    assert one["metadata"]["engine"]["made_at"] == made_at


async def test_every_shape_is_made_where_the_engine_is_asked_for_by_name(studio):
    body = {"prompt": "A red fox", "template_id": "linkedin_company_cover", "provider": "wavespeed"}
    _, made = await told_and_made(studio, "create", {**body, "model": "ideogram-v3-turbo", "response_format": "url"})
    assert (made["results"][0]["width"], made["results"][0]["height"]) == (1128, 191)


async def test_a_model_without_a_price_is_passed_over_and_it_is_said_why(studio):
    body = {"prompt": "A red fox", **SIZED, "provider": "huggingface", "model": "FLUX.1-dev:hf-inference"}
    refused = await studio.client.post(f"{ROOT}/create", json=body)
    assert refused.status_code == 503
    assert "no price in the price book" in refused.json()["detail"]


async def test_what_a_vendor_refuses_costs_nothing_and_says_why(studio, vendor):
    body = {"prompt": f"a {wavespeed.FORBIDDEN} thing", **SIZED, "provider": "wavespeed"}
    refused = await studio.client.post(f"{ROOT}/create", json=body)
    assert refused.json()["code"] == "content-refused"
    assert "sensitive information" in refused.json()["detail"]
    assert len(vendor.record.begun()) == 1
    (job,) = (await studio.client.get("/api/jobs")).json()["jobs"]
    assert job["cost"]["captured"] == 0


async def test_changes_keep_to_the_mask_and_to_the_size(studio):
    before = picture(331, 247, "photo")
    levels = np.zeros((247, 331, 3), np.uint8)
    levels[60:180, 80:240] = 255
    mask = codec.encode(levels, "png", quality=90)
    asked = {
        "image_base64": base64.b64encode(before).decode(),
        "mask_base64": base64.b64encode(mask).decode(),
        "response_format": "base64",
    }
    changes = [
        {"operation": "erase", "provider": "wavespeed"},
        {"operation": "general_edit", "prompt": "make it dusk", "provider": "wavespeed", "model": "qwen-image/edit"},
        {"operation": "general_edit", "prompt": "make it dusk", "provider": "huggingface"},
    ]
    old, changed = codec.decode(before).pixels, levels[..., 0] > 0
    for change in changes:
        told, made = await told_and_made(studio, "edit/process", {**asked, **change})
        new = codec.decode(base64.b64decode(made["image_base64"].partition(",")[2])).pixels
        assert (new[~changed] == old[~changed]).all(), change
        assert (new[changed] != old[changed]).any(), change
        assert made["cost"]["credits"] == told > 0


async def test_an_enlargement_has_the_size_that_was_asked_for(studio, vendor):
    body = {
        "image_base64": base64.b64encode(picture(331, 247, "photo")).decode(),
        "mode": "fast",
        "target_width": 1000,
        "provider": "wavespeed",
        "response_format": "base64",
    }
    told, made = await told_and_made(studio, "upscale", body)
    assert codec.decode(base64.b64decode(made["image_base64"].partition(",")[2])).pixels.shape == (746, 1000, 3)
    assert made["cost"]["credits"] == told == 2
    assert json.loads(vendor.record.begun()[0].body)["target_resolution"] == "2k"


async def test_no_key_is_told_anywhere(studio, vendor, tmp_path):
    for name in ("wavespeed", "huggingface"):
        await studio.client.post(f"{ROOT}/create", json={"prompt": "A red fox", **SIZED, "provider": name})
    kept = [file.read_bytes() for file in (tmp_path / "data").rglob("*") if file.is_file()]
    assert len(vendor.record.begun()) == 2
    for key in (wavespeed.KEY, huggingface.KEY):
        assert [one for one in kept if key.encode() in one] == []
