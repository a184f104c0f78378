"""What every request meets before its route, and every answer after it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Annotated

import httpx2
import pytest
import structlog
from fastapi import APIRouter, FastAPI, Query, Request
from pydantic import BaseModel, Field

from backend.errors import (
    DatabaseBusy,
    JobFinished,
    NotFound,
    OutcomeUnknown,
    ProviderFailed,
    ProviderRateLimited,
    SignInRequired,
)
from backend.routers import edge, problems
from backend.routers.deps import COOKIE, OPEN, PUBLIC, Admin, CurrentUser, OptionalUser, Reader
from backend.schemas.base import SCOPES, Caller, UserId, WorkspaceId
from tests.fakes.asgi import Call, endless, sent

pytestmark = pytest.mark.only("embedded", reason="these routes use no database and no storage")

KB = 1000
ERRORS = {
    "missing": NotFound(detail="No such picture."),
    "busy": ProviderRateLimited(provider="acme", retry_after=7),
    "broken": ProviderFailed(provider="acme", request_id="theirs"),
    "finished": JobFinished(job_id="j"),
    "unknown-outcome": OutcomeUnknown(),
    "locked": DatabaseBusy(),
    "surprise": ZeroDivisionError("secret"),
}


class Access:
    """Knows a token for each role."""

    async def authenticate(self, token):
        if token not in SCOPES:
            raise SignInRequired(detail="Unknown.")
        return Caller(user_id=UserId(token), workspace_id=WorkspaceId("w"), role=token, scopes=SCOPES[token])


class NoLimits:
    """Lets everybody ask as often as they like."""

    async def count(self, caller, kind):
        return ()

    async def count_stranger(self, address, kind):
        return ()


class Form(BaseModel):
    """A form."""

    name: str
    size: Annotated[int, Field(ge=1)] = 1


def router() -> APIRouter:
    made = APIRouter(prefix="/api")

    @made.get("/me")
    async def me(caller: CurrentUser) -> str:
        return caller.user_id

    @made.post("/image-studio/form")
    async def form(caller: CurrentUser, form: Form) -> Form:
        return form

    @made.post("/form")
    async def small_form(caller: CurrentUser, form: Form, limit: Annotated[int, Query(le=5)] = 1) -> Form:
        return form

    @made.post("/ask")
    async def ask(caller: Reader) -> str:
        return caller.user_id

    @made.delete("/people")
    async def people(caller: Admin) -> str:
        return caller.user_id

    @made.post("/raw", openapi_extra=PUBLIC)
    async def raw(request: Request) -> int:
        return len(await request.body())

    @made.get("/picture", openapi_extra=OPEN)
    async def picture(caller: OptionalUser) -> str | None:
        return caller.user_id if caller else None

    @made.get("/fails/{how}", openapi_extra=PUBLIC)
    async def fails(how: str) -> None:
        raise ERRORS[how]

    @made.post("/forgotten")
    async def forgotten() -> str:
        """Return a secret, without having thought of who may read it."""
        return "secret"

    return made


@pytest.fixture
def app(tmp_path):
    made = FastAPI()
    made.include_router(router())
    problems.install(made)
    limits = edge.Limits(json=200 * KB, upload=50 * KB, other=10 * KB)
    edge.install(made, limits=limits, outside=edge.Outside(), frontend=tmp_path)

    async def with_state(scope, receive, send):
        scope["state"] = {"container": SimpleNamespace(access=Access(), rates=NoLimits())}
        await made(scope, receive, send)

    return with_state


@pytest.fixture
async def http(app):
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://studio.test") as client:
        yield client


def bearer(role: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {role}"}


def cookie(role: str) -> dict[str, str]:
    return {"Cookie": f"{COOKIE}={role}"}


# --- who ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/api/image-studio/form", "/api/form", "/api/forgotten", "/api/nowhere"])
async def test_without_credentials_nothing_of_the_body_is_read(app, path):
    headers = {"Content-Type": "application/json"}
    answer = await sent(app, Call(method="POST", path=path, headers=headers, pieces=endless()))
    assert (answer.status, answer.json()["code"], answer.pieces_read) == (401, "sign-in-required", 0)


async def test_the_refusal_names_the_scheme_and_comes_before_the_size(http):
    answer = await http.post("/api/form", content=b"x" * 50 * KB)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer nobody"},
        {"Authorization": "Bearer "},
        {"Authorization": "Basic b3duZXI6"},
        {"Authorization": "Basic b3duZXI6", **cookie("owner")},
        {"Authorization": "Bearer nobody", **cookie("owner")},
        cookie("nobody"),
        {"Cookie": "other=owner"},
    ],
)
async def test_credentials_that_are_not_valid_are_refused(http, headers):
    assert (await http.get("/api/me", headers=headers)).status_code == 401


async def test_header_and_cookie_let_in(http):
    for headers in (bearer("editor"), cookie("editor"), {"Authorization": "bearer  editor "}):
        assert (await http.get("/api/me", headers=headers)).json() == "editor"


async def test_an_open_route_takes_old_credentials_for_none(http):
    seen = [await http.get("/api/picture", headers=headers) for headers in ({}, bearer("viewer"), cookie("nobody"))]
    assert [(one.status_code, one.json()) for one in seen] == [(200, None), (200, "viewer"), (200, None)]


async def test_what_changes_something_needs_the_scope_unless_it_only_asks(http):
    form = {"name": "a"}
    assert (await http.post("/api/form", json=form, headers=bearer("viewer"))).status_code == 403
    assert (await http.post("/api/form", json=form, headers=bearer("editor"))).status_code == 200
    assert (await http.post("/api/ask", headers=bearer("viewer"))).status_code == 200
    refused = await http.delete("/api/people", headers=bearer("editor"))
    assert (refused.status_code, refused.json()["needs"]) == (403, "admin")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://studio.test"}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({}, 200),
    ],
)
async def test_a_page_of_another_site_can_not_use_the_cookie(http, headers, status):
    answer = await http.post("/api/form", json={"name": "a"}, headers={**cookie("editor"), **headers})
    assert answer.status_code == status
    with_key = await http.post("/api/form", json={"name": "a"}, headers={**bearer("editor"), **headers})
    assert with_key.status_code == 200
    assert (await http.get("/api/me", headers={**cookie("editor"), **headers})).status_code == 200


async def test_a_page_of_another_site_can_not_sign_anybody_in(http):
    answer = await http.post("/api/raw", content=b"x", headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403


async def test_a_websocket_is_closed(app):
    said = []

    async def send(message):
        said.append(message)

    await app({"type": "websocket", "path": "/api/me", "headers": []}, None, send)
    assert said == [{"type": "websocket.close", "code": 1008}]


# --- how much, how wild -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("path", "limit"), [("/api/form", 10), ("/api/image-studio/form", 200)])
@pytest.mark.parametrize("claim", [None, "5", "-5", "0x5", "many"])
async def test_a_body_is_counted_whatever_its_header_says(app, path, limit, claim):
    headers = {"Content-Type": "application/json", **bearer("editor")} | ({"Content-Length": claim} if claim else {})
    answer = await sent(app, Call(method="POST", path=path, headers=headers, pieces=endless()))
    problem = answer.json()
    assert (answer.status, problem["code"], problem["limit"]) == (413, "too-large", f"{limit / 1000:g} MB")
    assert answer.pieces_read == limit + 1


async def test_a_body_that_announces_too_much_is_not_read(app):
    headers = {"Content-Type": "application/json", "Content-Length": "999999999", **bearer("editor")}
    answer = await sent(app, Call(method="POST", path="/api/form", headers=headers, pieces=endless()))
    assert (answer.status, answer.json()["found"], answer.pieces_read) == (413, "1000 MB", 0)


async def test_public_routes_have_limits_too(app):
    assert (await sent(app, Call(method="POST", path="/api/raw", pieces=endless()))).status == 413


@pytest.mark.parametrize(
    "body",
    [
        b'{"name": NaN}',
        b'{"name": "a", "size": 1e999}',
        b'{"name": "\\ud800"}',
        b"[" * 100_000,
        b'{"name": "a"',
        b'{"name": "\xff"}',
        '{"name": "a"}'.encode("utf-16"),
        b"\x00",
    ],
)
async def test_what_is_no_json_is_malformed(http, body):
    headers = {"Content-Type": "application/json", **bearer("editor")}
    answer = await http.post("/api/image-studio/form", content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed-body")


async def test_a_body_of_another_kind_is_malformed(http):
    headers = {"Content-Type": "text/plain", **bearer("editor")}
    answer = await http.post("/api/form", content=b'{"name": "a"}', headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed-body")


async def test_of_two_members_with_one_name_the_last_counts(http):
    headers = {"Content-Type": "application/json", **bearer("editor")}
    answer = await http.post("/api/form", content=b'{"name": "a", "name": "b"}', headers=headers)
    assert answer.json()["name"] == "b"


# --- problems -----------------------------------------------------------------------------------------------


async def test_a_wrong_field_is_pointed_at_and_not_repeated(http):
    form = {"name": {"password": "hunter2"}, "size": 0}
    answer = await http.post("/api/form?limit=9", json=form, headers=bearer("editor"))
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, problem["code"], problem["type"]) == (
        422,
        "invalid-request",
        "/problems/invalid-request",
    )
    assert {error["pointer"] for error in problem["errors"]} == {"/limit", "/name", "/size"}
    assert isinstance(problem["detail"], str)
    assert "hunter2" not in answer.text


async def test_a_missing_body_is_a_missing_field(http):
    answer = await http.post("/api/form", headers=bearer("editor"))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")


async def test_problems_carry_their_facts_and_the_request_id(http):
    answer = await http.get("/api/fails/broken", headers={"X-Request-Id": "mine-1"})
    problem = answer.json()
    assert (problem["status"], problem["title"], problem["provider"]) == (502, "The engine failed", "acme")
    assert (problem["request_id"], problem["provider_request_id"]) == ("mine-1", "theirs")
    assert problem["detail"] == "The engine failed"


@pytest.mark.parametrize(
    ("how", "status", "retry_after", "should_retry"),
    [
        ("missing", 404, None, None),
        ("busy", 503, "7", None),
        ("locked", 503, None, None),
        ("broken", 502, None, "false"),
        ("finished", 409, None, "false"),
        ("unknown-outcome", 502, None, "false"),
        ("surprise", 500, None, "false"),
    ],
)
async def test_clients_are_told_whether_to_repeat(http, how, status, retry_after, should_retry):
    answer = await http.get(f"/api/fails/{how}")
    assert answer.status_code == status
    assert answer.headers.get("retry-after") == retry_after
    assert answer.headers.get("x-should-retry") == should_retry


async def test_what_nobody_foresaw_says_nothing_but_the_request_id(http):
    with structlog.testing.capture_logs() as lines:
        answer = await http.get("/api/fails/surprise", headers={"X-Request-Id": "mine-2"})
    problem = answer.json()
    assert (problem["type"], problem["request_id"], answer.headers["x-request-id"]) == (
        "about:blank",
        "mine-2",
        "mine-2",
    )
    assert "secret" not in answer.text
    assert "ZeroDivision" not in answer.text
    assert [(line["event"], line["request_id"]) for line in lines] == [("request.broke", "mine-2")]


async def test_unknown_addresses_and_methods_are_problems(http):
    nowhere = await http.get("/api/nowhere", headers=bearer("viewer"))
    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "not-found")
    method = await http.put("/api/me", headers=bearer("editor"))
    assert (method.status_code, method.json()["code"], method.headers["allow"]) == (405, "method-not-allowed", "GET")


async def test_what_speaks_openai_gets_its_error_member(http):
    answer = await http.post("/v1/images/generations", json={})
    assert answer.status_code == 401
    assert answer.json()["error"]["type"] == "authentication_error"
    assert answer.json()["error"]["code"] == "sign-in-required"


# --- ids and headers ----------------------------------------------------------------------------------------


async def test_every_answer_has_a_request_id(http):
    ids = {(await http.get(path)).headers["x-request-id"] for path in ("/api/picture", "/api/me", "/nowhere")}
    assert len(ids) == 3


@pytest.mark.parametrize("wild", ["", "a b", "a\tb", "x" * 65, "ä", "<script>"])
async def test_a_request_id_that_could_forge_a_line_is_replaced(http, wild):
    answer = await http.get("/api/picture", headers={"X-Request-Id": wild.encode("latin-1")})
    assert answer.headers["x-request-id"] not in {"", wild}


@pytest.mark.parametrize("path", ["/api/picture", "/api/me", "/nowhere", "/api/fails/surprise", "/docs"])
async def test_every_answer_is_guarded(http, path):
    answer = await http.get(path)
    assert answer.headers["x-content-type-options"] == "nosniff"
    if path != "/api/fails/surprise":
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers.get("cache-control", "no-store") == "no-store"
