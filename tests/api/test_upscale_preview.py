"""A detail enlarged before the whole, over HTTP: what will be seen there, and nothing kept."""

from __future__ import annotations

import numpy as np
import pytest

from tests.api.test_social_exports import opened, photo, stored
from tests.fakes.studio import running, settings_for

pytestmark = pytest.mark.only("embedded", reason="what is judged is what the room makes")
PREVIEW, UPSCALE = "/api/image-studio/upscale/preview", "/api/image-studio/upscale"


@pytest.fixture
async def studio(tmp_path):
    models = tmp_path / "models"
    models.mkdir()
    async with running(settings_for(tmp_path / "data", models_dir=models)) as found:
        yield found


async def test_a_detail_looks_as_it_does_when_the_whole_picture_grew(studio):
    asset = await stored(studio, photo(200, 160))
    body = {"image_asset_id": asset, "left": 90, "top": 40, "width": 64, "height": 48, "factor": 2}
    told = (await studio.client.post(PREVIEW, json=body)).json()
    assert (told["width"], told["height"], told["model"]) == (128, 96, "lanczos")
    detail = np.asarray(opened(told["image_base64"]).convert("RGB"), float)
    grown = await studio.client.post(UPSCALE, json={"image_asset_id": asset, "mode": "fast", "target_width": 400})
    whole = np.asarray(opened(grown.json()["image_base64"]).convert("RGB"), float)
    assert np.abs(detail - whole[80:176, 180:308]).max() <= 2
    assert (await studio.client.get("/api/content-assets/")).json()["total"] == 2


async def test_what_lies_beyond_the_picture_is_refused_and_a_rim_is_shown_as_far_as_it_goes(studio):
    asset = await stored(studio, photo(80, 60))
    beyond = await studio.client.post(PREVIEW, json={"image_asset_id": asset, "left": 80})
    assert (beyond.status_code, beyond.json()["errors"][0]["pointer"]) == (422, "/left")
    rim = (await studio.client.post(PREVIEW, json={"image_asset_id": asset, "left": 40, "top": 20})).json()
    assert (rim["width"], rim["height"]) == (80, 80)
