"""Browsers may get pictures from the store itself: only after all checks, only pictures, only as what they are."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from pydantic import SecretStr

from backend.container.keeping import picture_origins
from backend.routers.edge.security_headers import read_policy
from backend.settings import StorageSettings
from tests.fakes.library import picture
from tests.fakes.studio import running, settings_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.fakes.studio import TestStudio
    from tests.ground.objects import ObjectServer

LIBRARY = "/api/content-assets"


@pytest.fixture
async def studio(tmp_path: Path, objects: ObjectServer) -> AsyncIterator[TestStudio]:
    storage = StorageSettings.model_validate({**objects.storage(), "redirect": True, "redirect_s": 600})
    async with running(settings_for(tmp_path, storage=storage)) as made:
        yield made


@pytest.fixture
async def asset(studio: TestStudio) -> dict[str, str]:
    sent = await studio.client.post(f"{LIBRARY}/upload", files={"file": ("Strand bei Ähn.png", picture(), "image/png")})
    return sent.json()["assets"][0]


async def asked(studio: TestStudio, url: str, method: str = "GET", **headers: str) -> httpx2.Response:
    """Ask as a browser does: without a key, and without going where it is sent."""
    request = studio.client.build_request(method, url, headers=headers)
    if "authorization" not in headers:
        del request.headers["authorization"]
    return await studio.client.send(request, follow_redirects=False)


async def test_a_browser_is_sent_to_the_picture(
    studio: TestStudio, asset: dict[str, str], objects: ObjectServer
) -> None:
    answer = await asked(studio, asset["file_url"])
    assert answer.status_code == 307
    assert answer.headers["cache-control"] == "private, max-age=300"
    assert answer.headers["location"].startswith(objects.endpoint + "/")
    async with httpx2.AsyncClient() as browser:
        there = await browser.get(answer.headers["location"])
    assert there.headers["content-type"] == "image/png"
    assert there.headers["content-disposition"].startswith("inline; filename=")
    assert there.headers["cache-control"] == "private, max-age=31536000, immutable"
    key = studio.client.headers["authorization"]
    assert there.content == (await asked(studio, asset["file_url"], authorization=key)).content


async def test_thumbnails_are_sent_on_as_what_they_are(studio: TestStudio, asset: dict[str, str]) -> None:
    answer = await asked(studio, asset["thumbnail_url"])
    assert parse_qs(urlsplit(answer.headers["location"]).query)["response-content-type"] == ["image/webp"]


async def test_the_address_in_the_store_opens_nothing_else_and_ends(studio: TestStudio, asset: dict[str, str]) -> None:
    answer = await asked(studio, asset["file_url"])
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    begins = datetime.strptime(query["X-Amz-Date"][0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    left_s = int(query["X-Amz-Expires"][0]) - (datetime.now(UTC) - begins).total_seconds()
    kept_s = int(re.findall(r"max-age=(\d+)", answer.headers["cache-control"])[0])
    assert kept_s < left_s <= 1200
    assert query["X-Amz-SignedHeaders"] == ["host"]


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("HEAD", {}, 200),
        ("GET", {"range": "bytes=0-9"}, 206),
        ("GET", {"range": "bytes=999999999-"}, 416),
        ("GET", {"if-none-match": "*"}, 304),
    ],
)
async def test_what_the_store_would_answer_otherwise_stays_here(
    studio: TestStudio, asset: dict[str, str], method: str, headers: dict[str, str], status: int
) -> None:
    answer = await asked(studio, asset["file_url"], method, **headers)
    assert (answer.status_code, "location" in answer.headers) == (status, False)
    if status in {200, 206}:
        assert answer.headers["etag"].startswith('"')
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert int(answer.headers["content-length"]) == (10 if status == 206 else asset["file_size"])


async def test_what_is_no_picture_never_leaves_by_another_origin(studio: TestStudio) -> None:
    text = {"asset_type": "text", "source_module": "blog_writer", "title": "A", "content": "<script>1</script>"}
    made = await studio.client.post(f"{LIBRARY}/", json=text)
    assert made.status_code == 201, made.text
    answer = await asked(studio, made.json()["file_url"])
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")


async def test_nobody_is_sent_on_before_all_checks(studio: TestStudio, asset: dict[str, str]) -> None:
    address = asset["file_url"]
    for wrong in (f"{LIBRARY}/{asset['id']}/content", address.replace("signature=", "signature=0"), address + "0"):
        answer = await asked(studio, wrong)
        assert answer.status_code in {401, 403}
        assert "location" not in answer.headers


def test_pages_may_show_pictures_of_the_store(tmp_path: Path) -> None:
    storage = StorageSettings(
        url="s3://bucket",
        access_key_id="a",
        secret_access_key=SecretStr("b"),
        redirect=True,
        endpoint="http://inside:9000",
        public_endpoint="https://files.example",
    )
    origins = picture_origins(settings_for(tmp_path, storage=storage))
    assert origins == ("https://files.example",)
    policy = dict(part.split(" ", 1) for part in read_policy(tmp_path, pictures=origins).split("; "))
    told = {name for name, sources in policy.items() if "https://files.example" in sources.split()}
    assert told == {"img-src", "connect-src"}
