"""Export sets: choices that a workspace keeps under a name, and what a request takes from them."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image

from tests.fakes.studio import running, settings_for

SETS = "/api/image-studio/social/export-sets"
OPTIMIZE = "/api/image-studio/social/optimize"
KIT = {
    "name": "Launch kit",
    "platforms": ["instagram", "x"],
    "format_names": {"instagram": ["Story", "Feed Post (Square)"]},
    "output_format": "jpg",
    "quality": 80,
    "name_pattern": "launch-{platform}-{n}",
    "text": {"words": "Out now", "voice": "serif"},
}


@pytest.fixture
async def studio(tmp_path):
    async with running(settings_for(tmp_path / "data")) as found:
        yield found


def picture() -> str:
    file = io.BytesIO()
    Image.new("RGB", (90, 60), (40, 90, 160)).save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


async def made(studio, **more) -> dict:
    answer = await studio.client.post(SETS, json=KIT | more)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_set_is_kept_and_says_how_many_files_it_makes(studio):
    kit = await made(studio)
    assert (kit["name"], kit["files"], kit["quality"], kit["crop_mode"]) == ("Launch kit", 3, 80, "smart")
    assert (await studio.client.get(f"{SETS}/{kit['id']}")).json() == kit
    assert (await studio.client.get(SETS)).json() == {"export_sets": [kit], "total": 1}


async def test_a_set_is_replaced_as_a_whole_and_deleted(studio):
    kit = await made(studio)
    changed = await studio.client.put(f"{SETS}/{kit['id']}", json={"name": "Kit", "platforms": ["linkedin"]})
    assert (changed.json()["name"], changed.json()["files"], changed.json()["text"]) == ("Kit", 1, None)
    assert (await studio.client.delete(f"{SETS}/{kit['id']}")).status_code == 204
    assert (await studio.client.get(f"{SETS}/{kit['id']}")).status_code == 404


async def test_names_are_each_of_their_own_within_a_workspace(studio):
    await made(studio)
    again = await studio.client.post(SETS, json=KIT)
    assert (again.status_code, again.json()["type"].rpartition("/")[2]) == (409, "conflict")


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"platforms": ["myspace"]}, "/platforms"),
        ({"platforms": []}, "/platforms"),
        ({"format_names": {"instagram": "Poster"}}, "/format_names/instagram"),
        ({"name_pattern": "{nmae}"}, "/name_pattern"),
        ({"name": " "}, "/name"),
        ({"min_ssim": 0.95}, ""),
        ({"logo": {"image_asset_id": "f" * 32}}, "/logo/image_asset_id"),
        ({"image_asset_id": "f" * 32}, "/image_asset_id"),
    ],
)
async def test_what_could_not_be_made_is_refused_when_it_is_saved(studio, wrong, pointer):
    answer = await studio.client.post(SETS, json=KIT | wrong)
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]


async def test_a_request_takes_from_a_set_what_it_does_not_say_itself(studio):
    kit = await made(studio)
    body = {"image_base64": picture(), "export_set_id": kit["id"], "quality": 60, "response_format": "url"}
    answer = (await studio.client.post(OPTIMIZE, json=body)).json()
    job = (await studio.client.get(f"/api/jobs/{answer['job_id']}")).json()
    request = job["request"]
    assert [export["format"] for export in request["exports"]] == ["Story", "Feed Post (Square)", "Post"]
    assert [export["name"] for export in request["exports"]] == [
        "launch-instagram-1",
        "launch-instagram-2",
        "launch-twitter-3",
    ]
    assert (request["quality"], request["overlay"]["text"]["words"]) == (60, "Out now")


async def test_saying_how_like_a_file_has_to_be_stands_in_for_the_quality_of_a_set(studio):
    kit = await made(studio)
    body = {"image_base64": picture(), "export_set_id": kit["id"], "min_ssim": 0.9, "response_format": "url"}
    answer = (await studio.client.post(OPTIMIZE, json=body)).json()
    request = (await studio.client.get(f"/api/jobs/{answer['job_id']}")).json()["request"]
    assert (request["quality"], request["min_ssim"]) == (None, 0.9)


async def test_a_set_that_is_not_there_is_refused_with_where_to_look(studio):
    body = {"image_base64": picture(), "export_set_id": "f" * 32}
    answer = await studio.client.post(OPTIMIZE, json=body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/export_set_id")


async def test_without_platforms_and_without_a_set_nothing_is_wanted(studio):
    answer = await studio.client.post(OPTIMIZE, json={"image_base64": picture()})
    assert answer.status_code == 422
