"""Files for networks as clients ask for them, made by the local engine."""

from __future__ import annotations

import base64
import io
import json

import numpy as np
import pytest
from PIL import Image

from tests.fakes.studio import running, settings_for

pytestmark = pytest.mark.only("embedded", reason="what is judged is what the room makes; series stand on both grounds")
OPTIMIZE = "/api/image-studio/social/optimize"


@pytest.fixture
async def studio(tmp_path):
    models = tmp_path / "models"
    models.mkdir()
    async with running(settings_for(tmp_path / "data", models_dir=models)) as found:
        yield found


def photo(width: int = 640, height: int = 480, kind: str = "JPEG") -> bytes:
    """Return a bright ball on soft noise, to the right of the middle."""
    down, across = np.mgrid[:height, :width]
    ground = np.random.default_rng(7).normal(90, 12, (height, width, 3))
    ball = (across - 0.75 * width) ** 2 + (down - 0.5 * height) ** 2 < (0.16 * height) ** 2
    ground[ball] = (250, 120, 20)
    file = io.BytesIO()
    Image.fromarray(np.clip(ground, 0, 255).astype(np.uint8)).save(file, kind)
    return file.getvalue()


async def stored(studio, data: bytes, name: str = "Beach day.jpg") -> str:
    answer = await studio.client.post("/api/content-assets/upload", files={"file": (name, data)})
    return answer.json()["assets"][0]["id"]


def sent(data: bytes) -> str:
    return base64.b64encode(data).decode()


def opened(url: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(url.split(",")[1])))


async def test_a_picture_comes_back_in_each_format_with_all_the_contract_names(studio):
    body = {
        "image_base64": sent(photo()),
        "platforms": ["instagram", "x", "linkedin"],
        "format_names": {"instagram": ["Story", "Feed Post (Square)"], "x": "Header"},
        "alt_text": "An orange ball",
    }
    reply = await studio.client.post(OPTIMIZE, json=body)
    answer = reply.json()

    assert (reply.status_code, answer["success"], answer["total_optimized"], answer["errors"]) == (200, True, 4, [])
    assert answer["cost"]["credits"] == 0
    wanted = [("Story", (1080, 1920)), ("Feed Post (Square)", (1080, 1080)), ("Header", (1500, 500))]
    for (name, size), result in zip(wanted, answer["results"], strict=False):
        picture = opened(result["image_base64"])
        assert (result["format"], picture.size, (result["width"], result["height"])) == (name, size, size)
        assert result["mime"] == picture.get_format_mimetype()
        assert result["bytes"] == len(base64.b64decode(result["image_base64"].split(",")[1]))
        assert set(result["safe_zone"]) == {"top", "bottom", "left", "right"}
        assert set(result["crop"]) == {"left", "top", "width", "height"}
        assert all({"rule", "ok", "value", "limit", "source", "grade", "fix"} <= set(c) for c in result["checks"])
        assert not [c["rule"] for c in result["checks"] if c["ok"] is False and c["level"] == "must"]
        assert (result["alt_text"], result["preview_base64"]) == ("An orange ball", None)
        assert any("Faces were not looked for" in note for note in result["notes"])
    assert answer["results"][0]["upscaled"] > 1


async def test_files_lie_in_the_library_with_what_they_were_made_from_and_how(studio):
    source = await stored(studio, photo())
    body = {"image_asset_id": source, "platforms": ["instagram"], "response_format": "url"}
    (result,) = (await studio.client.post(OPTIMIZE, json=body)).json()["results"]

    assert result["image_base64"] is None
    assert result["filename"] == "beach-day-instagram-feed-post-square-1080x1080.jpg"
    asset = (await studio.client.get(f"/api/content-assets/{result['asset_id']}")).json()
    assert (asset["title"], asset["tags"]) == ("Instagram Feed Post (Square)", ["export", "Instagram"])
    assert (asset["parent_ids"], asset["source_module"], asset["thumbhash"] is None) == (
        [source],
        "image_studio",
        False,
    )
    assert {"platform", "format", "crop", "checks", "alt_text"} <= set(asset["asset_metadata"])
    content = await studio.client.get(result["url"])
    assert (content.headers["content-type"], len(content.content)) == ("image/jpeg", result["bytes"])


async def test_a_point_a_window_and_the_search_place_the_crop(studio):
    source = await stored(studio, photo())
    body = {
        "image_asset_id": source,
        "platforms": ["pinterest"],
        "format_names": {"pinterest": ["Pin", "Pin (Square)", "Pin (Long)"]},
        "focal_points": {"pinterest.Pin": {"x": 0, "y": 0.5}},
        "crops": {"pinterest.Pin (Square)": {"left": 20, "top": 30, "width": 200, "height": 200}},
        "response_format": "url",
    }
    pin, square, long = (await studio.client.post(OPTIMIZE, json=body)).json()["results"]

    assert pin["crop"] == {"left": 0, "top": 0, "width": 320, "height": 480}
    assert square["crop"] == {"left": 20, "top": 30, "width": 200, "height": 200}
    assert long["crop"]["left"] <= 480 - 77 <= 480 + 77 <= long["crop"]["left"] + long["crop"]["width"]
    assert 0 < long["score"] <= 1
    assert pin["reasons"][0]["kind"] == "focal-point"


async def test_the_whole_picture_is_kept_by_fit(studio):
    body = {
        "image_base64": sent(photo(160, 120)),
        "platforms": ["display"],
        "format_names": {"display": "300 x 250"},
        "crop_mode": "fit",
        "output_format": "png",
    }
    (result,) = (await studio.client.post(OPTIMIZE, json=body)).json()["results"]
    assert result["crop"] == {"left": 0, "top": 0, "width": 160, "height": 120}
    assert opened(result["image_base64"]).size == (300, 250)


async def test_a_png_that_is_too_large_becomes_a_type_that_fits_and_says_so(studio):
    noise = np.random.default_rng(3).integers(0, 255, (250, 300, 3), np.uint8)
    file = io.BytesIO()
    Image.fromarray(noise).save(file, "PNG")
    body = {"image_base64": sent(file.getvalue()), "platforms": ["display"], "response_format": "url"}
    (result,) = (await studio.client.post(OPTIMIZE, json=body)).json()["results"]

    assert (result["mime"], result["bytes"] <= 150_000) == ("image/jpeg", True)
    assert any("As PNG it would take more than" in note for note in result["notes"])


async def test_what_cannot_be_made_is_told_beside_what_can(studio):
    body = {
        "image_base64": sent(photo()),
        "platforms": ["x", "instagram"],
        "crop_mode": "fit",
        "background": {"kind": "transparent"},
        "response_format": "url",
    }
    answer = (await studio.client.post(OPTIMIZE, json=body)).json()

    assert [result["platform"] for result in answer["results"]] == ["twitter"]
    (error,) = answer["errors"]
    assert (error["platform"], error["format"]) == ("instagram", "Feed Post (Square)")
    assert error["problem"]["detail"]


async def test_previews_show_safe_zones_and_files_do_not(studio):
    source = await stored(studio, photo())
    body = {"image_asset_id": source, "platforms": ["instagram"], "format_names": {"instagram": "Story"}}
    plain = (await studio.client.post(OPTIMIZE, json=body)).json()["results"][0]
    shown = (await studio.client.post(OPTIMIZE, json=body | {"show_safe_zones": True})).json()["results"][0]

    wide, high = opened(shown["preview_base64"]).size
    assert (round(wide / high, 2), high <= 512) == (0.56, True)
    assert opened(shown["image_base64"]).tobytes() == opened(plain["image_base64"]).tobytes()


async def test_sending_it_again_with_the_same_key_makes_one_job_and_not_waiting_gives_it(studio):
    source = await stored(studio, photo(160, 120))
    body = {"image_asset_id": source, "platforms": ["instagram", "facebook"], "response_format": "url"}
    headers = {"Idempotency-Key": "launch", "Prefer": "respond-async"}
    first = await studio.client.post(OPTIMIZE, json=body, headers=headers)
    again = await studio.client.post(OPTIMIZE, json=body, headers=headers)

    assert (first.status_code, first.json()["id"], first.json()["operation"]) == (202, again.json()["id"], "social")
    view = await studio.ended(first.json()["id"])
    assert view.result is not None
    assert (view.status, view.result["total_optimized"]) == ("done", 2)
    events = [one async for one in studio.container.jobs.events(studio.owner, view.id, after=0)]
    assert sum(one.type == "job.result" for one in events if one) == 2


async def test_it_costs_nothing_and_says_so_beforehand(studio):
    request = {"image_base64": sent(photo(64, 64)), "platforms": ["instagram"], "format_names": {"instagram": "all"}}
    answer = (await studio.client.post("/api/image-studio/estimate-cost", json={"request": request})).json()
    assert (answer["operation"], answer["num_images"], answer["total_cost"]) == ("social", 8, 0)


async def test_wrong_requests_are_refused_before_anything_is_kept(studio):
    for change, pointer in (
        ({"platforms": ["myspace"]}, "/platforms"),
        ({"format_names": {"x": "Billboard"}}, "/format_names/twitter"),
        ({"crops": {"tiktok.Photo": {"left": 0, "top": 0, "width": 5, "height": 5}}}, "/crops/tiktok.Photo"),
        ({"min_ssim": 2}, "/min_ssim"),
    ):
        body = {"image_base64": sent(photo(64, 64)), "platforms": ["x"], **change}
        reply = await studio.client.post(OPTIMIZE, json=body)
        assert (reply.status_code, reply.json()["errors"][0]["pointer"]) == (422, pointer), reply.text
    assert (await studio.client.get("/api/content-assets/")).json()["total"] == 0


async def test_the_picture_may_come_as_a_file_beside_the_request(studio):
    files = {"image": ("ball.png", photo(64, 64, "PNG"), "image/png")}
    form = {"request": json.dumps({"platforms": ["x"], "name_pattern": "{name}-{n}"})}
    reply = await studio.client.post(OPTIMIZE, data=form, files=files)
    assert reply.json()["results"][0]["filename"] == "ball-1.png"


async def test_a_design_is_laid_out_again_and_its_words_survive(studio):
    words = {"prompt": 'Sea "Take the slow boat"', "width": 320, "height": 320, "provider": "local"}
    made = (await studio.client.post("/api/image-studio/create", json=words)).json()["results"][0]
    body = {
        "image_asset_id": made["asset_id"],
        "platforms": ["display"],
        "format_names": {"display": ["300 x 250", "728 x 90"]},
        "output_format": "png",
    }
    answer = (await studio.client.post(OPTIMIZE, json=body)).json()

    assert [opened(one["image_base64"]).size for one in answer["results"]] == [(300, 250), (728, 90)]
    assert all(one["laid_out"] and "laid out again" in one["reasons"][0]["says"] for one in answer["results"])
