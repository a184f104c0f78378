"""The library as a whole over HTTP: many assets at once, collections, figures, archives."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest

from tests.fakes.library import picture
from tests.fakes.studio import running, settings_for

ASSETS = "/api/content-assets"


@pytest.fixture
async def studio(tmp_path):
    async with running(settings_for(tmp_path / "data")) as found:
        yield found


async def uploaded(studio, *colours: str, purpose: str = "") -> list[str]:
    files = [("file", (f"{colour}.png", picture(colour), "image/png")) for colour in colours]
    query = {"purpose": purpose} if purpose else {}
    answer = await studio.client.post(f"{ASSETS}/upload", files=files, params=query)
    assert answer.status_code == 201, answer.text
    return [asset["id"] for asset in answer.json()["assets"]]


async def got(studio, path: str, **query: object) -> dict:
    answer = await studio.client.get(f"{ASSETS}{path}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_pictures_are_collected_tagged_taken_along_and_thrown_away(studio):
    client = studio.client
    red, blue = await uploaded(studio, "red", "blue")
    mask = (await uploaded(studio, "black", purpose="mask"))[0]
    assert (await got(studio, "/"))["total"] == 2
    made = await client.post(f"{ASSETS}/collections", json={"name": "Launch"})
    assert made.status_code == 201
    launch = f"{ASSETS}/collections/{made.json()['id']}"
    put = await client.post(f"{launch}/assets", json={"asset_ids": [red, blue, "0" * 32]})
    assert [item["ok"] for item in put.json()["results"]] == [True, True, False]
    assert (await client.delete(f"{launch}/assets/{blue}")).status_code == 204
    assert [one["id"] for one in (await client.get(f"{launch}/assets")).json()["assets"]] == [red]
    assert len((await client.get(launch)).json()["covers"]) == 1
    tagged = await client.post(f"{ASSETS}/bulk", json={"asset_ids": [red], "action": "tag", "tags": ["=sum"]})
    assert tagged.json()["done"] == 1
    assert (await got(studio, "/tags"))["tags"] == [{"tag": "=sum", "count": 1}]
    assert (await got(studio, "/months"))["total"] == 2
    assert [one["id"] for one in (await got(studio, "/", colour="#ff0000"))["assets"]] == [red]

    sent = await client.post(f"{ASSETS}/export", json={"collection_id": made.json()["id"]})
    assert sent.headers["content-type"] == "application/zip"
    assert "library-" in sent.headers["content-disposition"]
    archive = zipfile.ZipFile(io.BytesIO(sent.content))
    assert archive.namelist() == ["pictures/red.png", "contact-sheet.jpg", "manifest.csv", "manifest.json"]
    (entry,) = json.loads(archive.read("manifest.json"))["files"]
    assert (entry["asset_id"], entry["tags"]) == (red, ["=sum"])
    (line,) = csv.DictReader(io.StringIO(archive.read("manifest.csv").decode("utf-8-sig")))
    assert line["tags"] == "'=sum"

    gone = await client.post(f"{ASSETS}/bulk", json={"asset_ids": [red, mask], "action": "delete"})
    assert gone.json()["failed"] == 0
    assert (await client.post(f"{ASSETS}/export", json={"asset_ids": [red]})).status_code == 404
    assert (await client.post(f"{ASSETS}/export", json={"collection_id": made.json()["id"]})).status_code == 404
    assert {one["id"] for one in (await got(studio, "/", trashed=True))["assets"]} == {red, mask}
    assert (await client.delete(launch)).status_code == 204
    assert (await got(studio, "/collections")) == {"collections": [], "total": 0}
    verbs = [line["verb"] for line in (await client.get("/api/account/audit")).json()["entries"]]
    assert verbs.count("asset.deleted") == 2
    assert {"collection.added", "collection.deleted"} < set(verbs)


async def test_figures_are_kept_by_whoever_has_them_and_forms_say_what_is_wrong(studio):
    client = studio.client
    (one,) = await uploaded(studio, "red")
    first = await client.get(f"{ASSETS}/statistics")
    assert first.json()["storage"]["used"] > 0
    again = await client.get(f"{ASSETS}/statistics", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    alone = {"asset_id": one, "truncated": False, "edges": []}
    told = await got(studio, f"/{one}/lineage")
    assert {name: told[name] for name in alone} == alone
    wrong = [
        ("/bulk", {"asset_ids": [], "action": "favorite"}, "/asset_ids"),
        ("/bulk", {"asset_ids": [one], "action": "burn"}, "/action"),
        ("/bulk", {"asset_ids": [one] * 501, "action": "favorite"}, "/asset_ids"),
        ("/bulk", {"asset_ids": [one], "action": "tag"}, ""),
        ("/bulk", {"asset_ids": [one], "action": "favorite", "collection_id": "c"}, ""),
        ("/export", {}, ""),
        ("/collections", {"name": " "}, "/name"),
    ]
    for path, body, pointer in wrong:
        answer = await client.post(f"{ASSETS}{path}", json=body)
        assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json"), path
        assert answer.json()["errors"][0]["pointer"] == pointer, answer.text
    answer = await client.get(f"{ASSETS}/", params={"colour": "red"})
    assert answer.status_code == 422
