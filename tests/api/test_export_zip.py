"""Archives of exports: what lies in them where, and that what they say of the files is true."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import zipfile

import pytest
from PIL import Image

from tests.fakes.studio import running, settings_for

ZIP = "/api/image-studio/social/zip"
OPTIMIZE = "/api/image-studio/social/optimize"


@pytest.fixture
async def studio(tmp_path):
    async with running(settings_for(tmp_path / "data")) as found:
        yield found


def picture(colour: tuple[int, int, int] = (40, 90, 160)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (120, 80), colour).save(file, "PNG")
    return file.getvalue()


async def exported(studio, **more) -> dict:
    body = {
        "image_base64": base64.b64encode(picture()).decode(),
        "platforms": ["display", "google_ads"],
        "format_names": {"display": ["300 x 250", "728 x 90"], "google_ads": "Logo (Wide)"},
        "output_format": "jpg",
        "response_format": "url",
        "alt_text": "=A blue field",
        "name_pattern": "kit",
    }
    answer = await studio.client.post(OPTIMIZE, json=body | more)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def taken(studio, **wanted) -> zipfile.ZipFile:
    answer = await studio.client.post(ZIP, json=wanted)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(answer.content))


async def test_a_jobs_files_come_in_a_folder_for_each_platform_and_are_all_accounted_for(studio):
    answer = await exported(studio)
    archive = await taken(studio, job_id=answer["job_id"])
    assert archive.testzip() is None
    assert archive.namelist() == [
        "display/kit.jpg",
        "display/kit-2.jpg",
        "google_ads/kit-3.jpg",
        "alt-texts.txt",
        "contact-sheet.jpg",
        "manifest.csv",
        "manifest.json",
    ]
    manifest = json.loads(archive.read("manifest.json"))
    for entry, result in zip(manifest["files"], answer["results"], strict=True):
        data = archive.read(entry["name"])
        assert (len(data), hashlib.sha256(data).hexdigest()) == (entry["bytes"], entry["sha256"])
        assert Image.open(io.BytesIO(data)).size == (entry["width"], entry["height"])
        assert (entry["asset_id"], entry["platform"], entry["format"], entry["crop"]) == (
            result["asset_id"],
            result["platform"],
            result["format"],
            result["crop"],
        )
        assert [check["rule"] for check in entry["checks"]] == [check["rule"] for check in result["checks"]]
        assert entry["alt_text"] == "=A blue field"
    assert manifest["unread"] == []


async def test_tables_get_the_same_and_nothing_they_could_take_for_a_formula(studio):
    answer = await exported(studio)
    archive = await taken(studio, job_id=answer["job_id"])
    rows = list(csv.DictReader(io.StringIO(archive.read("manifest.csv").decode("utf-8-sig"))))
    assert [row["name"] for row in rows] == ["display/kit.jpg", "display/kit-2.jpg", "google_ads/kit-3.jpg"]
    assert {row["alt_text"] for row in rows} == {"'=A blue field"}
    assert "display/kit.jpg\n=A blue field" in archive.read("alt-texts.txt").decode()


async def test_the_contact_sheet_is_a_picture_of_them(studio):
    answer = await exported(studio)
    sheet = Image.open(io.BytesIO((await taken(studio, job_id=answer["job_id"])).read("contact-sheet.jpg")))
    blue = sum(count for count, colour in sheet.getcolors(1 << 24) if abs(colour[2] - 160) < 12 and colour[0] < 70)
    assert sheet.width == 1600
    assert blue > 300 * 100


async def test_any_assets_can_be_taken_along_in_the_order_they_are_named(studio):
    files = [("file", (f"{name}.png", picture(colour))) for name, colour in (("b", (9, 9, 9)), ("a", (200, 9, 9)))]
    uploaded = (await studio.client.post("/api/content-assets/upload", files=files)).json()["assets"]
    archive = await taken(studio, asset_ids=[one["id"] for one in uploaded])
    assert archive.namelist()[:2] == ["pictures/b.png", "pictures/a.png"]
    assert "alt-texts.txt" not in archive.namelist()


async def test_what_lies_in_the_trash_is_left_out_and_an_empty_job_has_no_archive(studio):
    answer = await exported(studio)
    first, *others = [result["asset_id"] for result in answer["results"]]
    await studio.client.delete(f"/api/content-assets/{first}")
    assert "display/kit-2.jpg" in (await taken(studio, job_id=answer["job_id"])).namelist()
    for asset in others:
        await studio.client.delete(f"/api/content-assets/{asset}")
    assert (await studio.client.post(ZIP, json={"job_id": answer["job_id"]})).status_code == 404
    assert (await studio.client.post(ZIP, json={"asset_ids": [first]})).status_code == 404


@pytest.mark.only("embedded", reason="nothing in it depends on the ground")
async def test_of_a_run_comes_what_its_items_ended_as(studio):
    files = [("file", (f"{shade}.png", picture((shade, 90, 90)))) for shade in (20, 200)]
    uploaded = (await studio.client.post("/api/content-assets/upload", files=files)).json()["assets"]
    social = {"platforms": ["display"], "format_names": {"display": ["300 x 250", "728 x 90"]}, "output_format": "jpg"}
    step = {"verb": "social", "request": social}
    recipe = (await studio.client.post("/api/image-studio/recipes", json={"name": "Banners", "steps": [step]})).json()
    over = {"asset_ids": [one["id"] for one in uploaded]}
    run = (await studio.client.post(f"/api/image-studio/recipes/{recipe['id']}/runs", json=over)).json()
    await studio.ended(run["id"])
    archive = await taken(studio, job_id=run["id"])
    assert len([name for name in archive.namelist() if name.startswith("display/")]) == 4


@pytest.mark.parametrize(
    "wrong", [{}, {"asset_ids": []}, {"job_id": "a", "asset_ids": ["b"]}, {"asset_ids": ["a"] * 501}]
)
async def test_a_request_names_a_job_or_assets(studio, wrong):
    assert (await studio.client.post(ZIP, json=wrong)).status_code == 422


@pytest.mark.only("embedded", reason="a lost file is the same on both: the store has no bytes")
async def test_a_file_whose_bytes_are_lost_is_told_of_and_the_rest_is_sent(studio, tmp_path):
    answer = await exported(studio)
    lost = answer["results"][1]
    digest = json.loads((await taken(studio, job_id=answer["job_id"])).read("manifest.json"))["files"][1]["sha256"]
    found = [path for path in (tmp_path / "data").rglob("*") if path.is_file() and digest in path.name]
    assert found
    for path in found:
        path.unlink()
    archive = await taken(studio, job_id=answer["job_id"])
    manifest = json.loads(archive.read("manifest.json"))
    assert manifest["unread"] == [lost["asset_id"]]
    assert len(manifest["files"]) == 2
