"""Upscales as clients send them, done by the local engine."""

from __future__ import annotations

import base64
import io
import json
import shutil

import numpy as np
import pytest
from PIL import Image

from tests.fakes.studio import running, settings_for
from tests.unit.local import weights

UPSCALE = "/api/image-studio/upscale"


@pytest.fixture
async def studio(tmp_path):
    models = tmp_path / "models"
    models.mkdir()
    shutil.copy(weights.real("span-x4"), models)  # and nothing that is optional
    settings = settings_for(tmp_path / "data", models_dir=models)
    async with running(settings) as found:
        yield found


def file_of(width: int = 48, height: int = 32, mode: str = "RGB") -> bytes:
    across = np.linspace(0, 255, width)[None, :, None]
    down = np.linspace(0, 255, height)[:, None, None]
    pixels = np.concatenate(
        [across + 0 * down, 0 * across + down, (across + down) / 2, 255 - across + 0 * down], axis=2
    )
    file = io.BytesIO()
    Image.fromarray(pixels[..., : len(mode)].astype(np.uint8), mode).save(file, "PNG")
    return file.getvalue()


def sent(data: bytes) -> str:
    return base64.b64encode(data).decode()


def opened(answer: dict) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(answer["image_base64"].split(",")[1])))


async def test_sides_grow_fourfold_and_the_answer_says_all_the_contract_names(studio):
    answer = (await studio.client.post(UPSCALE, json={"image_base64": sent(file_of())})).json()

    assert opened(answer).size == (192, 128)
    assert (answer["success"], answer["mode"], answer["width"], answer["height"]) == (True, "fast", 192, 128)
    assert (answer["provider"], answer["model"], answer["cost"]["credits"]) == ("local", "span-x4", 0)
    facts = answer["metadata"]
    assert (facts["preset"], facts["original_width"], facts["original_height"]) == (None, 48, 32)
    assert facts["upscale_factor"] == 4
    assert any("fast was chosen" in note for note in facts["notes"])
    assert {"asset_id", "url", "job_id"} <= answer.keys()


async def test_a_picture_with_transparency_keeps_it(studio):
    answer = (await studio.client.post(UPSCALE, json={"image_base64": sent(file_of(mode="RGBA"))})).json()
    assert opened(answer).mode == "RGBA"


async def test_a_file_beside_the_request_and_a_preset(studio):
    request = {"preset": "social", "mode": "conservative", "response_format": "url"}
    files = {"image": ("small.png", file_of(270, 180))}
    answer = (await studio.client.post(UPSCALE, data={"request": json.dumps(request)}, files=files)).json()

    assert (answer["width"], answer["height"], answer["image_base64"]) == (1620, 1080, None)
    assert (answer["mode"], answer["metadata"]["preset"]) == ("conservative", "social")


async def test_what_would_not_enlarge_is_refused_before_any_work_and_names_the_field(studio):
    body = {"image_base64": sent(file_of()), "target_width": 40}
    answer = await studio.client.post(UPSCALE, json=body)

    assert answer.status_code == 422
    problem = answer.json()
    assert problem["errors"][0]["pointer"] == "/target_width"
    assert "48x32 already" in problem["detail"]


async def test_creative_without_its_weights_says_what_installs_them(studio):
    answer = await studio.client.post(UPSCALE, json={"image_base64": sent(file_of()), "mode": "creative"})
    assert "models pull real-esrgan-x4plus" in answer.json()["detail"]


async def test_who_does_not_wait_gets_the_job_and_its_progress(studio):
    headers = {"Prefer": "respond-async"}
    body = {"image_base64": sent(file_of(640, 400)), "response_format": "url"}
    accepted = await studio.client.post(UPSCALE, json=body, headers=headers)
    assert accepted.status_code == 202

    view = await studio.ended(accepted.json()["id"])
    assert view.status == "done"
    text = (await studio.client.get(f"/api/jobs/{view.id}/events")).text
    assert text.count("job.progress") >= 2


async def test_a_quote_is_for_the_very_plan(studio):
    body = {"image_base64": sent(file_of()), "target_height": 64}
    quote = (await studio.client.post("/api/image-studio/estimate-cost", json={"request": body})).json()
    assert (quote["operation"], quote["model"], quote["resolution"]) == ("upscale", "span-x4", "96x64")

    refused = await studio.client.post(
        "/api/image-studio/estimate-cost", json={"request": {**body, "target_height": 10}}
    )
    assert refused.status_code == 422
