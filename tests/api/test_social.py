"""Platforms and formats over HTTP, as clients ask for them."""

import pytest

from tests.fakes.studio import running, settings_for

BASE = "/api/image-studio"


@pytest.fixture
async def studio(tmp_path):
    async with running(settings_for(tmp_path / "data")) as found:
        yield found


async def test_platforms_and_formats_have_what_clients_read(studio):
    listed = (await studio.client.get(f"{BASE}/social/platforms")).json()
    assert listed["total"] == len(listed["platforms"]) == 19
    answer = (await studio.client.get(f"{BASE}/social/platforms/x/formats")).json()
    header = next(one for one in answer["formats"] if one["name"] == "Header")
    assert (header["width"], header["height"], header["ratio"]) == (1500, 500, "3:1")
    assert header["safe_zone"] == {"top": 0.12, "bottom": 0.12, "left": 0.0, "right": 0.0}
    assert (header["file_type"], header["max_size_mb"]) == ("jpeg", 5.0)
    assert (header["grade"], header["grades"]) == ("C", {"safe": "E", "keepout": "E"})
    assert answer["sources"][header["sources"][0]]["read"] == "2026-11-22"


async def test_specs_are_short(studio):
    specs = (await studio.client.get(f"{BASE}/platform-specs/instagram")).json()
    assert (specs["name"], specs["file_types"], specs["max_file_size"]) == ("Instagram", ["JPEG"], "8 MB")
    assert specs["formats"][0] | {"grade": "D"} == specs["formats"][0]
    assert specs["formats"][0]["size"] == "1080x1080"


@pytest.mark.parametrize("path", ["social/platforms/myspace/formats", "platform-specs/myspace"])
async def test_an_unknown_platform_is_not_found_and_the_known_are_named(studio, path):
    answer = await studio.client.get(f"{BASE}/{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert "instagram" in answer.json()["detail"]


async def test_clients_may_keep_them(studio):
    first = await studio.client.get(f"{BASE}/social/platforms")
    again = await studio.client.get(f"{BASE}/social/platforms", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
