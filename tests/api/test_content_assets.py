"""The library over HTTP: what clients send, what browsers load, what strangers don't get."""

from __future__ import annotations

import base64
import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from fastapi import FastAPI

from backend.routers.content_assets import router, saving
from backend.routers.problems import install
from backend.schemas.base import Caller
from tests.fakes.library import ANNA, HOME, STRANGER, World, caller, picture, world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from starlette.types import ASGIApp, Receive, Scope, Send

ASSETS = "/api/content-assets"
VIEWER = Caller(user_id=ANNA, workspace_id=HOME, role="viewer", scopes=frozenset({"read"}))
PEOPLE = {"anna": caller(), "stranger": STRANGER, "viewer": VIEWER}
HEADER = re.compile(r"inline; filename=\"[^\"\\\\;]*\"; filename\*=UTF-8''[A-Za-z0-9%._~-]+")
FIELDS = {
    "id", "asset_type", "source_module", "filename", "file_url", "thumbnail_url", "file_size", "mime_type", "width",
    "height", "title", "description", "prompt", "tags", "asset_metadata", "provider", "model", "cost",
    "generation_time", "status", "is_favorite", "download_count", "share_count", "parent_ids", "created_at",
    "updated_at",
}  # fmt: skip


class Doorkeeper:
    """Stands in for the edge: says who calls, by a header, and where the rooms are."""

    def __init__(self, app: ASGIApp, library: World) -> None:
        self._app = app
        self._container = SimpleNamespace(library=library.service)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = dict(scope["headers"]).get(b"x-as", b"").decode()
        scope["state"] = {"container": self._container, "request_id": "r", "caller": PEOPLE.get(name)}
        await self._app(scope, receive, send)


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made:
        yield made


@pytest.fixture
async def anna(library: World) -> AsyncIterator[httpx2.AsyncClient]:
    async with client(library, "anna") as made:
        yield made


@pytest.fixture
async def nobody(library: World) -> AsyncIterator[httpx2.AsyncClient]:
    async with client(library, "") as made:
        yield made


def client(library: World, name: str) -> httpx2.AsyncClient:
    app = FastAPI()
    app.include_router(router)
    app.include_router(saving)
    install(app)
    transport = httpx2.ASGITransport(app=Doorkeeper(app, library))
    return httpx2.AsyncClient(transport=transport, base_url="http://studio", headers={"X-As": name})


async def uploaded(anna: httpx2.AsyncClient, name: str = "beach.png", data: bytes | None = None) -> dict[str, Any]:
    answer = await anna.post(f"{ASSETS}/upload", files={"file": (name, data or picture(), "image/png")})
    assert answer.status_code == 201
    return answer.json()["assets"][0]


async def test_an_upload_is_listed_with_the_fields_that_clients_know(anna: httpx2.AsyncClient) -> None:
    asset = await uploaded(anna)
    assert asset.keys() >= FIELDS
    page = (await anna.get(f"{ASSETS}/")).json()
    assert page == {"assets": [asset], "total": 1, "limit": 100, "offset": 0, "next_cursor": None}
    assert (await anna.get(ASSETS)).json() == page
    assert (await anna.get(f"{ASSETS}/{asset['id']}")).json() == asset


async def test_several_files_are_taken_in_one_upload_and_the_bad_one_is_named(anna: httpx2.AsyncClient) -> None:
    files = [("file", ("a.png", picture())), ("file", ("b.svg", b"<svg/>")), ("file", ("c.png", picture("red")))]
    answer = await anna.post(f"{ASSETS}/upload", files=files)
    assert answer.status_code == 201
    assert [asset["filename"] for asset in answer.json()["assets"]] == ["a.png", "c.png"]
    problem = answer.json()["errors"][0]
    assert (problem["filename"], problem["index"], problem["code"]) == ("b.svg", 1, "invalid-image")
    assert problem["type"] == "/problems/invalid-image"


async def test_an_upload_of_nothing_usable_is_a_problem(anna: httpx2.AsyncClient) -> None:
    answer = await anna.post(f"{ASSETS}/upload", files={"file": ("a.png", b"text")})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert (await anna.post(f"{ASSETS}/upload", files={"other": ("a.png", picture())})).status_code == 422


async def test_the_picture_loads_without_credentials_by_its_address(
    anna: httpx2.AsyncClient, nobody: httpx2.AsyncClient
) -> None:
    asset = await uploaded(anna)
    answer = await nobody.get(asset["file_url"])
    assert answer.status_code == 200
    assert answer.content == picture()
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-length"] == str(len(picture()))
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert answer.headers["content-disposition"] == "inline; filename=\"beach.png\"; filename*=UTF-8''beach.png"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert (await nobody.get(asset["thumbnail_url"])).headers["content-type"] == "image/webp"


async def test_without_address_or_credentials_nothing_loads(
    anna: httpx2.AsyncClient, nobody: httpx2.AsyncClient
) -> None:
    asset = await uploaded(anna)
    plain = f"{ASSETS}/{asset['id']}/content"
    assert (await nobody.get(plain)).status_code == 401
    assert (await nobody.get(asset["file_url"].replace("signature=", "signature=0"))).status_code == 403
    assert (await nobody.get(f"{ASSETS}/{'f' * 32}/content?{asset['file_url'].partition('?')[2]}")).status_code == 403
    assert (await anna.get(plain)).content == picture()
    saved = await anna.get(plain, params={"disposition": "attachment"})
    assert saved.headers["content-disposition"].startswith("attachment;")


async def test_what_a_browser_has_is_not_sent_again(anna: httpx2.AsyncClient) -> None:
    url = (await uploaded(anna))["file_url"]
    etag = (await anna.get(url)).headers["etag"]
    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        answer = await anna.get(url, headers={"If-None-Match": known})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", etag)
        assert "immutable" in answer.headers["cache-control"]
    assert (await anna.get(url, headers={"If-None-Match": '"other"'})).status_code == 200


@pytest.mark.parametrize(
    ("wanted", "part"),
    [
        ("bytes=0-0", slice(0, 1)),
        ("bytes=2-5", slice(2, 6)),
        ("Bytes = 2-5", slice(2, 6)),
        ("bytes=5-", slice(5, None)),
        ("bytes=-7", slice(-7, None)),
        ("bytes=3-999999999999999999999", slice(3, None)),
        ("bytes=-999999", slice(0, None)),
    ],
)
async def test_a_range_is_a_part(anna: httpx2.AsyncClient, wanted: str, part: slice) -> None:
    answer = await anna.get((await uploaded(anna))["file_url"], headers={"Range": wanted})
    expected = picture()[part]
    start = picture().index(expected) if part.start != 0 else 0
    assert (answer.status_code, answer.content) == (206, expected)
    assert answer.headers["content-length"] == str(len(expected))
    assert answer.headers["content-range"].endswith(f"-{start + len(expected) - 1}/{len(picture())}")


@pytest.mark.parametrize("wanted", ["bytes=99999-", "bytes=-0", "bytes=99999-100000"])
async def test_a_range_outside_is_refused_with_the_size(anna: httpx2.AsyncClient, wanted: str) -> None:
    answer = await anna.get((await uploaded(anna))["file_url"], headers={"Range": wanted})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(picture())}"


async def test_a_range_of_something_that_changed_means_the_whole(anna: httpx2.AsyncClient) -> None:
    url = (await uploaded(anna))["file_url"]
    etag = (await anna.get(url)).headers["etag"]
    assert (await anna.get(url, headers={"Range": "bytes=0-1", "If-Range": etag})).status_code == 206
    assert (await anna.get(url, headers={"Range": "bytes=0-1", "If-Range": '"old"'})).status_code == 200


async def test_head_tells_what_get_would(anna: httpx2.AsyncClient) -> None:
    for url in ((asset := await uploaded(anna))["file_url"], asset["thumbnail_url"]):
        told, sent = await anna.head(url), await anna.get(url)
        assert (told.status_code, told.content) == (200, b"")
        for name in ("content-length", "content-type", "etag", "content-disposition", "cache-control"):
            assert told.headers[name] == sent.headers[name]


@pytest.mark.parametrize(
    "name",
    ["a\r\nSet-Cookie: x=1.png", '"; evil=".png', "../../x.png", "夏の海.png", "a\\b.png", "a%22.png", "x" * 500],
)
async def test_no_file_name_gets_out_of_its_header(anna: httpx2.AsyncClient, name: str) -> None:
    asset = await uploaded(anna, name)
    answer = await anna.get(asset["file_url"])
    assert "set-cookie" not in answer.headers
    assert HEADER.fullmatch(answer.headers["content-disposition"])


async def test_an_asset_is_changed_but_never_its_file(anna: httpx2.AsyncClient) -> None:
    asset = await uploaded(anna)
    url = f"{ASSETS}/{asset['id']}"
    changed = (await anna.put(url, json={"title": "Beach", "tags": ["sea", "sea", " blue  sky "]})).json()
    assert (changed["title"], changed["tags"]) == ("Beach", ["sea", "blue sky"])
    for forbidden in ({"filename": "x"}, {"file_path": "/etc/passwd"}, {"content_key": "x"}, {"tags": ["a,b"]}):
        assert (await anna.put(url, json=forbidden)).status_code == 422


async def test_the_trash_takes_and_gives_back(anna: httpx2.AsyncClient, nobody: httpx2.AsyncClient) -> None:
    asset = await uploaded(anna)
    url = f"{ASSETS}/{asset['id']}"
    assert (await anna.delete(url)).json() == {"asset_id": asset["id"], "deleted": True}
    for gone in (url, asset["file_url"]):
        assert (await anna.get(gone)).status_code == 404
    assert (await anna.get(asset["thumbnail_url"])).status_code == 200
    assert (await nobody.get(asset["thumbnail_url"])).status_code == 404
    assert (await anna.get(f"{ASSETS}/")).json()["total"] == 0
    assert (await anna.post(f"{url}/restore")).json()["status"] == "completed"
    assert (await anna.get(asset["file_url"])).status_code == 200


async def test_favourites_and_uses_are_kept(anna: httpx2.AsyncClient) -> None:
    asset = await uploaded(anna)
    url = f"{ASSETS}/{asset['id']}"
    assert (await anna.post(f"{url}/favorite")).json() == {"asset_id": asset["id"], "is_favorite": True}
    assert (await anna.get(f"{ASSETS}/", params={"favorites_only": "true"})).json()["total"] == 1
    assert (await anna.post(f"{url}/favorite")).json()["is_favorite"] is False
    told = await anna.post(f"{url}/usage", params={"action": "download"})
    assert told.json() == {"asset_id": asset["id"], "action": "download", "tracked": True}
    assert (await anna.get(url)).json()["download_count"] == 1
    assert (await anna.post(f"{url}/usage", params={"action": "steal"})).status_code == 422


async def test_other_modules_record_texts_and_pictures(anna: httpx2.AsyncClient) -> None:
    text = {"asset_type": "text", "source_module": "blog_writer", "content": "Sea.", "title": "Post"}
    answer = await anna.post(f"{ASSETS}/", json=text)
    assert answer.status_code == 201
    read = await anna.get(answer.json()["file_url"])
    assert (read.text, read.headers["content-type"]) == ("Sea.", "text/plain; charset=utf-8")
    assert read.headers["content-disposition"].startswith('attachment; filename="Post.txt"')
    image = {"asset_type": "image", "source_module": "main_image_generation"}
    data = "data:image/png;base64," + base64.b64encode(picture()).decode()
    answer = await anna.post(f"{ASSETS}/", json={**image, "image_base64": data})
    assert (answer.status_code, answer.json()["width"]) == (201, 48)
    for wrong in ({"image_base64": "not base64!"}, {"file_path": "/etc/passwd"}, {"content": "x"}, {}):
        assert (await anna.post(f"{ASSETS}/", json={**image, **wrong})).status_code == 422


async def test_saving_after_a_create_answers_the_asset_that_is_there(anna: httpx2.AsyncClient) -> None:
    asset = await uploaded(anna)
    path = "/api/image-studio/save-to-library"
    data = base64.b64encode(picture()).decode()
    for form in ({"asset_id": asset["id"]}, {"image_base64": data, "title": "x"}, {"file_url": asset["file_url"]}):
        assert (await anna.post(path, json=form)).json() == asset
    assert (await anna.post(path, json={"asset_id": "f" * 32})).status_code == 404
    assert (await anna.post(path, json={})).status_code == 422


@pytest.mark.parametrize(
    "asked",
    [
        {"limit": "0"}, {"limit": "501"}, {"offset": "-1"}, {"sort_by": "id"}, {"asset_type": "song"},
        {"cursor": "nonsense"}, {"date_from": "yesterday"}, {"unknown": "1"}, {"source_module": "x"},
    ],
)  # fmt: skip
async def test_a_wrong_question_is_told_what_is_wrong(anna: httpx2.AsyncClient, asked: dict[str, str]) -> None:
    answer = await anna.get(f"{ASSETS}/", params=asked)
    assert answer.status_code == 422
    assert next(iter(asked)) in answer.json()["detail"] or "cursor" in answer.json()["detail"]


async def test_blank_questions_do_not_narrow(anna: httpx2.AsyncClient) -> None:
    await uploaded(anna)
    asked = dict.fromkeys(("search", "tags", "asset_type", "provider", "cursor", "date_from"), "")
    assert (await anna.get(f"{ASSETS}/", params=asked)).json()["total"] == 1


async def test_a_stranger_meets_404_everywhere_and_a_viewer_can_only_look(library: World, anna: Any) -> None:
    asset = await uploaded(anna)
    url = f"{ASSETS}/{asset['id']}"
    calls = [
        ("GET", url), ("GET", f"{url}/content"), ("GET", f"{url}/thumbnail"), ("GET", f"{url}/files/layers.svg"),
        ("HEAD", f"{url}/content"), ("PUT", url), ("DELETE", url), ("POST", f"{url}/restore"),
        ("POST", f"{url}/favorite"), ("POST", f"{url}/usage?action=share"),
    ]  # fmt: skip
    async with client(library, "stranger") as stranger, client(library, "viewer") as viewer:
        for method, path in calls:
            body = {"json": {"title": "mine"}} if method == "PUT" else {}
            assert (await stranger.request(method, path, **body)).status_code == 404
            looks = method in {"GET", "HEAD"} and "files" not in path
            status = (await viewer.request(method, path, **body)).status_code
            assert status == (200 if looks else 404 if "files" in path else 403)
    assert (await anna.get(url)).json() == asset


@pytest.mark.parametrize("odd", ["..%2f..%2fetc", "%00", "' OR 1=1 --", "x" * 3000, "é"])
async def test_odd_ids_are_not_found(anna: httpx2.AsyncClient, odd: str) -> None:
    for path in (f"{ASSETS}/{odd}", f"{ASSETS}/{odd}/content", f"{ASSETS}/{odd}/files/{odd}"):
        assert (await anna.get(path)).status_code == 404
