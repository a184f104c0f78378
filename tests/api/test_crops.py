"""Windows before exports, over HTTP: the same that the export cuts, faces told, nothing kept."""

from __future__ import annotations

import pytest

from tests.api.test_social_exports import opened, photo, sent, stored
from tests.fakes.studio import running, settings_for

pytestmark = pytest.mark.only("embedded", reason="what is judged is what the room finds")
CROPS, OPTIMIZE, SAMPLES = (f"/api/image-studio/social/{each}" for each in ("crops", "optimize", "samples"))
ASKED = {"platforms": ["instagram", "x"], "format_names": {"instagram": ["Story", "Feed Post (Square)"], "x": "Header"}}


@pytest.fixture
async def studio(tmp_path):
    models = tmp_path / "models"
    models.mkdir()
    async with running(settings_for(tmp_path / "data", models_dir=models)) as found:
        yield found


async def test_an_export_cuts_what_was_told_before_to_the_pixel(studio):
    asset = await stored(studio, photo())
    for aim in ({}, {"crop_mode": "center"}, {"focal_point": {"x": 0.2, "y": 0.4}}, {"crop_mode": "fit"}):
        body = {"image_asset_id": asset, **ASKED, **aim}
        told = (await studio.client.post(CROPS, json=body)).json()
        made = (await studio.client.post(OPTIMIZE, json=body)).json()
        assert [one["crop"] for one in told["crops"]] == [one["crop"] for one in made["results"]], aim
        assert [one["score"] for one in told["crops"]] == [one["score"] for one in made["results"]], aim
        assert [one["format_id"] for one in told["crops"]] == [one["format_id"] for one in made["results"]]


async def test_what_stands_out_is_told_and_nothing_is_kept(studio):
    answer = await studio.client.post(CROPS, json={"image_base64": sent(photo()), **ASKED})
    told = answer.json()
    assert (told["width"], told["height"], told["laid_out"]) == (640, 480, False)
    assert told["faces"] is None  # nobody looked: the weights are not there
    story = told["crops"][0]
    assert story["crop"]["left"] + story["crop"]["width"] / 2 > 0.65 * 640  # the ball is on the right
    assert story["name"] == "picture-instagram-story-1080x1920"
    assert (story["crop"]["height"], story["reasons"][0]["kind"]) == (480, "subject")
    assert (await studio.client.get("/api/content-assets/")).json()["total"] == 0


async def test_a_file_is_seen_with_its_words_before_it_is_made(studio):
    asset = await stored(studio, photo())
    body = {"image_asset_id": asset, **ASKED}
    plain = (await studio.client.post(SAMPLES, json=body)).json()["samples"]
    worded = (await studio.client.post(SAMPLES, json={**body, "text": {"words": "Autumn"}})).json()["samples"]
    assert [one["format_id"] for one in plain] == [one["format_id"] for one in worded]
    for without, one in zip(plain, worded, strict=True):
        assert opened(one["image_base64"]).size == opened(without["image_base64"]).size
        assert max(opened(one["image_base64"]).size) <= 320
        assert one["image_base64"] != without["image_base64"]
    refused = await studio.client.post(SAMPLES, json={**body, "crop_mode": "extend"})
    assert refused.status_code == 422
    assert (await studio.client.get("/api/content-assets/")).json()["total"] == 1


async def test_what_is_not_known_is_refused_before_anything_is_opened(studio):
    asset = await stored(studio, photo())
    for body, pointer in (
        ({"image_asset_id": asset, "platforms": ["myspace"]}, "/platforms"),
        ({"image_asset_id": asset, "platforms": ["instagram"], "crops": {"x.header": {}}}, "/crops/x.header/left"),
    ):
        answer = await studio.client.post(CROPS, json=body)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
    assert (await studio.client.post(CROPS, json={**ASKED, "image_asset_id": "a" * 26})).status_code == 404
