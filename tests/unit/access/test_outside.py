"""The edge towards the world: base path, proxies, names, other sites; and the files it hands out."""

from __future__ import annotations

import gzip
from ipaddress import ip_network
from pathlib import Path
from types import SimpleNamespace

import pytest
from fastapi import FastAPI
from pydantic import ValidationError
from starlette.requests import Request  # noqa: TC002 - FastAPI reads annotations while the program runs
from starlette.responses import JSONResponse, RedirectResponse

from backend.routers import edge, frontend, problems
from backend.routers.deps import PUBLIC
from backend.routers.edge.security_headers import read_policy
from backend.settings import Settings
from tests.fakes.asgi import Answer, Call, sent

LIMITS = edge.Limits(json=1000, upload=1000, other=1000)
PROXY = (ip_network("127.0.0.1/32"), ip_network("10.0.0.0/8"))


class NoLimits:
    async def count_stranger(self, address: str, kind: str) -> list[object]:
        return []


def echo(outside: edge.Outside, folder: Path = Path("/nowhere")) -> FastAPI:
    """Return an app that tells what it sees of a request, with this outside."""
    app = FastAPI(openapi_url="/api/openapi.json")

    @app.get("/api/seen", openapi_extra=PUBLIC)
    async def seen(request: Request) -> JSONResponse:
        where = {"client": request.client.host if request.client else None, "scheme": request.url.scheme}
        answer = JSONResponse({**where, "host": request.headers["host"], "path": request.url.path})
        answer.set_cookie("kept", "1", path="/")
        answer.set_cookie("narrow", "2", path="/api")
        return answer

    @app.get("/api/moved", openapi_extra=PUBLIC)
    async def moved(to: str) -> RedirectResponse:
        return RedirectResponse(to)

    @app.get("/folder/", openapi_extra=PUBLIC)
    async def folder_() -> str:
        return "folder"

    problems.install(app)
    edge.install(app, limits=LIMITS, outside=outside, frontend=folder)
    return app


async def asked(app: FastAPI, path: str, *, query: str = "", method: str = "GET", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in {"host": "studio.test", **headers}.items()}
    call = Call(method=method, path=path, query=query, headers=named)
    return await sent(app, call, state={"container": SimpleNamespace(rates=NoLimits())})


# --- below a path -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/studio/api/seen", "/api/seen"])
async def test_a_proxy_may_leave_the_base_path_on_or_take_it_off(path):
    answer = await asked(echo(edge.Outside(base_path="/studio")), path)
    assert (answer.status, answer.json()["path"]) == (200, "/api/seen")


async def test_cookies_stay_below_the_base_path():
    app = FastAPI()

    @app.get("/one", openapi_extra=PUBLIC)
    async def one() -> JSONResponse:
        answer = JSONResponse({})
        answer.set_cookie("kept", "1", path="/")
        return answer

    edge.install(app, limits=LIMITS, outside=edge.Outside(base_path="/studio"), frontend=Path("/nowhere"))
    answer = await asked(app, "/studio/one")
    assert "; Path=/studio;" in answer.headers["set-cookie"] + ";"


@pytest.mark.parametrize(
    ("to", "location"),
    [
        ("/api/jobs/1", "/studio/api/jobs/1"),
        ("/studio/library", "/studio/library"),
        ("//elsewhere.example/", "//elsewhere.example/"),
        ("https://bucket.example/api/moved", "https://bucket.example/api/moved"),
        ("http://studio.test/other", "http://studio.test/other"),
    ],
)
async def test_redirects_within_the_studio_stay_below_the_base_path(to, location):
    answer = await asked(echo(edge.Outside(base_path="/studio")), "/studio/api/moved", query=f"to={to}")
    assert answer.headers["location"] == location


async def test_the_missing_slash_is_added_below_the_base_path():
    answer = await asked(echo(edge.Outside(base_path="/studio")), "/studio/folder")
    assert answer.headers["location"] == "http://studio.test/studio/folder/"


async def test_the_contract_and_problems_name_the_base_path():
    app = echo(edge.Outside(base_path="/studio"))
    assert (await asked(app, "/studio/api/openapi.json")).json()["servers"] == [{"url": "/studio"}]
    assert (await asked(app, "/studio/api/nowhere")).json()["type"] == "/studio/problems/sign-in-required"


async def test_a_name_that_only_begins_like_the_base_path_is_not_below_it():
    answer = await asked(echo(edge.Outside(base_path="/studio")), "/studio2/api/seen")
    assert answer.status == 404


# --- behind proxies -----------------------------------------------------------------------------------------

FORWARDED = {
    "x_forwarded_for": "203.0.113.7",
    "x_forwarded_proto": "https",
    "x_forwarded_host": "studio.example.org",
    "forwarded": "for=198.51.100.1;proto=https;host=forged.example",
}


async def test_nobody_is_believed_by_default():
    seen = (await asked(echo(edge.Outside()), "/api/seen", **FORWARDED)).json()
    assert (seen["client"], seen["scheme"], seen["host"]) == ("127.0.0.1", "http", "studio.test")


async def test_who_is_no_trusted_proxy_is_not_believed():
    app = echo(edge.Outside(trusted_proxies=(ip_network("10.0.0.0/8"),)))
    seen = (await asked(app, "/api/seen", **FORWARDED)).json()
    assert (seen["client"], seen["scheme"], seen["host"]) == ("127.0.0.1", "http", "studio.test")


async def test_a_trusted_proxy_says_who_calls_and_how():
    seen = (await asked(echo(edge.Outside(trusted_proxies=PROXY)), "/api/seen", **FORWARDED)).json()
    assert (seen["client"], seen["scheme"], seen["host"]) == ("203.0.113.7", "https", "studio.example.org")


async def test_of_a_chain_the_last_that_is_no_proxy_counts():
    chain = {"x_forwarded_for": "192.0.2.66, 203.0.113.7, 10.1.2.3"}
    assert (await asked(echo(edge.Outside(trusted_proxies=PROXY)), "/api/seen", **chain)).json()["client"] == (
        "203.0.113.7"
    )


async def test_a_host_in_front_of_the_proxys_own_is_the_callers_and_does_not_count():
    chain = {"x_forwarded_host": "forged.example, studio.example.org"}
    seen = (await asked(echo(edge.Outside(trusted_proxies=PROXY)), "/api/seen", **chain)).json()
    assert seen["host"] == "studio.example.org"


@pytest.mark.parametrize("nonsense", ["a b", "x/../y", 'a"b', ""])
async def test_a_host_that_is_none_is_left_out(nonsense):
    seen = (await asked(echo(edge.Outside(trusted_proxies=PROXY)), "/api/seen", x_forwarded_host=nonsense)).json()
    assert seen["host"] == "studio.test"


async def test_ipv4_within_ipv6_is_the_same_proxy():
    app = echo(edge.Outside(trusted_proxies=PROXY))

    async def mapped(scope, receive, send):
        await app({**scope, "client": ("::ffff:10.0.0.9", 1)}, receive, send)

    assert (await asked(mapped, "/api/seen", **FORWARDED)).json()["client"] == "203.0.113.7"


# --- by name ------------------------------------------------------------------------------------------------

NAMED = edge.Outside(hosts=("studio.example.org", "*.example.com"), home="https://public.example/studio")


@pytest.mark.parametrize(
    "host",
    [
        "studio.example.org",
        "STUDIO.example.org:8443",
        "a.example.com",
        "public.example",
        "localhost:8000",
        "[::1]:80",
        "10.0.0.7:8000",
    ],
)
async def test_the_studio_answers_to_its_names_and_to_addresses(host):
    assert (await asked(echo(NAMED), "/api/seen", host=host)).status == 200


@pytest.mark.parametrize("host", ["forged.example", "example.com", "studio.example.org.forged.example", "", "a b"])
async def test_other_names_are_refused_with_a_problem(host):
    answer = await asked(echo(NAMED), "/api/seen", host=host)
    assert (answer.status, answer.json()["code"]) == (421, "unknown-host")
    assert answer.headers["x-request-id"]


async def test_any_name_will_do_where_none_are_set():
    assert (await asked(echo(edge.Outside(home="https://public.example")), "/api/seen", host="x.test")).status == 200


# --- from other sites ---------------------------------------------------------------------------------------


async def test_pages_of_a_named_site_may_ask_first_and_read_the_answer():
    app = echo(edge.Outside(cors_origins=("https://site.example",)))
    asks = {"origin": "https://site.example", "access_control_request_method": "POST"}
    asks["access_control_request_headers"] = "authorization,idempotency-key"
    first = await asked(app, "/api/image-studio/create", method="OPTIONS", **asks)
    assert (first.status, first.headers["access-control-allow-origin"]) == (200, "https://site.example")
    assert "access-control-allow-credentials" not in first.headers
    then = await asked(app, "/api/seen", origin="https://site.example")
    assert "Location" in then.headers["access-control-expose-headers"]


async def test_pages_of_other_sites_read_nothing():
    app = echo(edge.Outside(cors_origins=("https://site.example",)))
    assert "access-control-allow-origin" not in (await asked(app, "/api/seen", origin="https://other.example")).headers
    assert "access-control-allow-origin" not in (await asked(echo(edge.Outside()), "/api/seen", origin="x")).headers


# --- the frontend's files -----------------------------------------------------------------------------------

INDEX = '<html data-base=""><link href="./favicon.svg"><script src="./assets/index-12345678.js"></script></html>'


@pytest.fixture
def dist(tmp_path, monkeypatch):
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text(INDEX)
    (tmp_path / "favicon.svg").write_text("<svg/>")
    script = tmp_path / "assets" / "index-12345678.js"
    script.write_text("export {};")
    Path(f"{script}.br").write_bytes(b"brotli")
    Path(f"{script}.gz").write_bytes(gzip.compress(b"export {};"))
    (tmp_path / "assets" / "font-12345678.woff2").write_bytes(b"font")
    monkeypatch.setattr(frontend, "FOLDER", tmp_path)
    return tmp_path


def site(dist: Path, outside: edge.Outside) -> FastAPI:
    app = FastAPI()
    app.mount("/", frontend.Frontend(outside))
    problems.install(app)
    edge.install(app, limits=LIMITS, outside=outside, frontend=dist)
    return app


@pytest.mark.parametrize("path", ["/", "/index.html", "/library", "/create/anything"])
async def test_every_page_is_the_same_and_asked_for_again(dist, path):
    answer = await asked(site(dist, edge.Outside()), path)
    assert answer.status == 200
    assert (answer.headers["cache-control"], answer.headers["content-type"]) == (
        "no-cache",
        "text/html; charset=utf-8",
    )
    assert 'src="/assets/index-12345678.js"' in answer.text
    assert 'data-base=""' in answer.text


async def test_the_page_is_told_its_base_path_and_where_its_files_are(dist):
    outside = edge.Outside(base_path="/studio", asset_base="https://cdn.example/files")
    for path in ("/studio", "/studio/", "/studio/library"):
        text = (await asked(site(dist, outside), path)).text
        assert 'data-base="/studio"' in text
        assert 'src="https://cdn.example/files/assets/index-12345678.js"' in text
        assert 'href="/studio/favicon.svg"' in text


async def test_a_page_that_is_known_is_not_sent_again_and_else_in_gzip(dist):
    app = site(dist, edge.Outside())
    first = await asked(app, "/", accept_encoding="gzip, br")
    assert gzip.decompress(first.body).decode().startswith("<html")
    assert (await asked(app, "/", if_none_match=first.headers["etag"])).status == 304


@pytest.mark.parametrize("path", ["/assets/gone-12345678.js", "/assets/gone", "/assets", "/gone.js", "/api/x", "/v1"])
async def test_what_there_is_not_is_never_a_page(dist, path):
    answer = await asked(site(dist, edge.Outside()), path)
    assert answer.status in {401, 404}
    assert "html" not in answer.headers["content-type"]
    assert "immutable" not in answer.headers["cache-control"]


async def test_pages_are_only_looked_at(dist):
    assert (await asked(site(dist, edge.Outside()), "/library", method="HEAD")).status == 200
    assert (await asked(site(dist, edge.Outside()), "/library", method="POST")).status == 401


@pytest.mark.parametrize(
    ("accepted", "encoding"), [("gzip, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("", None)]
)
async def test_files_with_a_hash_are_kept_for_ever_and_sent_small(dist, accepted, encoding):
    answer = await asked(site(dist, edge.Outside()), "/assets/index-12345678.js", accept_encoding=accepted)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert (answer.headers.get("content-encoding"), answer.headers["vary"]) == (encoding, "Accept-Encoding")


async def test_files_may_be_used_from_elsewhere_only_where_they_are_kept_elsewhere(dist):
    here, there = edge.Outside(), edge.Outside(asset_base="https://cdn.example")
    for path in ("/assets/font-12345678.woff2", "/assets/index-12345678.js"):
        assert "access-control-allow-origin" not in (await asked(site(dist, here), path)).headers
        assert (await asked(site(dist, there), path)).headers["access-control-allow-origin"] == "*"


async def test_the_policy_lets_the_files_in_and_nothing_else(dist):
    policy = read_policy(dist, asset_base="https://cdn.example/files")
    assert "script-src 'self' https://cdn.example;" in policy
    assert "font-src 'self' https://cdn.example;" in policy
    assert "connect-src 'self' data: blob:;" in policy


# --- what may be set ----------------------------------------------------------------------------------------


def test_lists_are_written_with_commas(monkeypatch):
    monkeypatch.setenv("IMAGE_STUDIO_WEB__TRUSTED_PROXIES", "10.0.0.0/8, 127.0.0.1")
    monkeypatch.setenv("IMAGE_STUDIO_WEB__HOSTS", "Studio.example.org,*.example.com")
    web = Settings().web
    assert [str(one) for one in web.trusted_proxies] == ["10.0.0.0/8", "127.0.0.1/32"]
    assert web.hosts == ("studio.example.org", "*.example.com")


@pytest.mark.parametrize(
    "web",
    [
        {"base_path": "/api"},
        {"base_path": "/a b"},
        {"base_path": "/.."},
        {"base_path": '/"x'},
        {"asset_base": "https://cdn.example; script-src *"},
        {"asset_base": "cdn.example"},
        {"trusted_proxies": "proxy"},
        {"hosts": "https://a.example"},
        {"cors_origins": "https://a.example/path"},
    ],
)
def test_what_could_not_work_is_refused(web):
    with pytest.raises(ValidationError):
        Settings(web=web)


def test_the_public_address_brings_its_base_path_along():
    assert Settings(public_url="https://x.example/studio/").base_path == "/studio"
    assert Settings(public_url="https://x.example/studio/").home("http://l") == "https://x.example/studio"
    assert Settings(public_url="https://x.example", web={"base_path": "studio/"}).home("") == "https://x.example/studio"
    assert Settings(web={"base_path": "/studio"}).home("http://127.0.0.1:8000") == "http://127.0.0.1:8000/studio"


def test_two_base_paths_that_differ_are_refused():
    with pytest.raises(ValidationError, match="must agree"):
        Settings(public_url="https://x.example/studio", web={"base_path": "/other"})
