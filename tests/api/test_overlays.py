"""Overlays on exports as clients ask for them: laid on each file, told of, and refused where they can't be read."""

from __future__ import annotations

import base64
import io

import numpy as np
import pytest
from PIL import Image

from tests.fakes.studio import running, settings_for

pytestmark = pytest.mark.only("embedded", reason="what is judged is what the room makes; series stand on both grounds")
OPTIMIZE = "/api/image-studio/social/optimize"
FORMATS = {"platforms": ["display"], "format_names": {"display": ["300 x 250", "728 x 90"]}, "output_format": "png"}


@pytest.fixture
async def studio(tmp_path):
    async with running(settings_for(tmp_path / "data")) as found:
        yield found


def png(pixels: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def logo() -> bytes:
    pixels = np.zeros((60, 60, 4), np.uint8)
    pixels[10:50, 10:50] = (255, 255, 255, 255)
    return png(pixels)


async def uploaded(studio, data: bytes) -> str:
    answer = await studio.client.post("/api/content-assets/upload", files={"file": ("logo.png", data)})
    return answer.json()["assets"][0]["id"]


async def exported(studio, **more) -> dict:
    ground = png(np.full((400, 600, 3), (30, 60, 120), np.uint8))
    body = {"image_base64": base64.b64encode(ground).decode(), **FORMATS, **more}
    answer = await studio.client.post(OPTIMIZE, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def pixels_of(result: dict) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(result["image_base64"].split(",")[1]))).convert("RGB"))


async def test_words_and_logo_are_on_every_file_and_nowhere_else(studio):
    sign = await uploaded(studio, logo())
    plain = await exported(studio)
    dressed = await exported(studio, text={"words": "Out now"}, logo={"image_asset_id": sign, "corner": "bottom-left"})
    for before, after in zip(plain["results"], dressed["results"], strict=True):
        assert (pixels_of(before) == (30, 60, 120)).all()
        changed = (pixels_of(after) != pixels_of(before)).any(axis=2)
        assert changed.any()
        high = changed.shape[0]
        assert changed[high // 2 :, : high // 2].any(), "the logo stands at the bottom left"
        assert (pixels_of(after)[changed].max(axis=0) > 250).all(), "both are white on the dark ground"


async def test_a_logo_is_among_what_a_file_was_made_from(studio):
    sign = await uploaded(studio, logo())
    answer = await exported(studio, logo={"image_asset_id": sign}, response_format="url")
    asset = (await studio.client.get(f"/api/content-assets/{answer['results'][0]['asset_id']}")).json()
    assert sign in asset["parent_ids"]


async def test_a_format_that_can_not_hold_the_words_is_refused_alone(studio):
    words = "Every pair of boots that we have ever made is on sale in all of our shops, every day until the end of June"
    answer = await exported(
        studio, format_names={"display": ["300 x 250", "320 x 50"]}, text={"words": words, "voice": "unbounded"}
    )
    assert [result["format"] for result in answer["results"]] == ["300 x 250"]
    (error,) = answer["errors"]
    assert error["format"] == "320 x 50"
    assert "Shorten them" in error["problem"]["detail"]


async def test_a_logo_that_is_not_there_is_refused_before_anything_is_made(studio):
    body = {"image_base64": base64.b64encode(logo()).decode(), **FORMATS, "logo": {"image_asset_id": "f" * 32}}
    assert (await studio.client.post(OPTIMIZE, json=body)).status_code in {404, 422}
