"""How often callers may ask, as they see it: refusals, headers, and who is not held up by whom."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from fastapi import APIRouter, FastAPI

from backend.app import create_app
from backend.errors import DatabaseBusy, SignInRequired
from backend.routers import edge, problems
from backend.routers.deps import OPEN, PICTURES, PUBLIC, WATCHING, WORK, CurrentUser, OptionalUser
from backend.schemas.base import SCOPES, Caller, UserId, WorkspaceId
from backend.schemas.limits import PerMinute
from backend.services.rate_service import RateService, Strangers
from backend.services.rates import Buckets
from backend.settings import Settings
from tests.fakes.asgi import Call, endless, sent

LIMITS = {"reads": PerMinute(caller=3, workspace=4), "work": PerMinute(caller=1, workspace=None)}
ITEM = re.compile(r'"([a-z-]+)";(\w)=(\d+);(\w)=(\d+)')


class Access:
    """Takes every token for the name of a person."""

    async def authenticate(self, token):
        if token == "nobody":
            raise SignInRequired(detail="Unknown.")
        return Caller(user_id=UserId(token), workspace_id=WorkspaceId(token[0]), role="owner", scopes=SCOPES["owner"])


class Tiers:
    """Has one tier for everybody, unless it is out of order."""

    trouble = None

    async def of(self, workspace):
        if self.trouble:
            raise self.trouble
        return SimpleNamespace(requests=LIMITS)


def router() -> APIRouter:
    made = APIRouter(prefix="/api")

    @made.get("/me")
    async def me(caller: CurrentUser) -> str:
        return caller.user_id

    @made.post("/image-studio/make", openapi_extra=WORK)
    async def make(caller: CurrentUser, form: dict[str, str]) -> str:
        return caller.user_id

    @made.put("/me")
    async def change(caller: CurrentUser) -> str:
        return caller.user_id

    @made.get("/picture", openapi_extra=PICTURES)
    async def picture(caller: OptionalUser) -> str | None:
        return caller.user_id if caller else None

    @made.get("/health/live", openapi_extra=WATCHING)
    async def live() -> str:
        return "alive"

    @made.post("/auth/login", openapi_extra=PUBLIC)
    async def login() -> str:
        return "in"

    return made


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def tiers():
    return Tiers()


@pytest.fixture
def app(tmp_path, clock, tiers):
    made = FastAPI()
    made.include_router(router())
    problems.install(made)
    limits = edge.Limits(json=200_000, upload=50_000, other=10_000)
    edge.install(made, limits=limits, outside=edge.Outside(), frontend=tmp_path)
    buckets = Buckets(most=1000, clock=clock)
    rates = RateService(tiers, buckets, buckets, strangers=Strangers(open=5, sign_in=2))

    async def with_state(scope, receive, send):
        scope["state"] = {"container": SimpleNamespace(access=Access(), rates=rates)}
        await made(scope, receive, send)

    return with_state


def call(path="/api/me", who="anna", method="GET", **more):
    headers = {"Authorization": f"Bearer {who}"} if who else {}
    return Call(method=method, path=path, headers=headers | more.pop("headers", {}), **more)


def items(value):
    return {name: (int(first), int(second)) for name, _, first, _, second in ITEM.findall(value)}


async def test_every_answer_tells_the_limits_and_what_is_left(app):
    answer = await sent(app, call())
    assert answer.headers["ratelimit-policy"] == '"reads";q=3;w=60, "reads-workspace";q=4;w=60'
    assert answer.headers["ratelimit"] == '"reads";r=2;t=20, "reads-workspace";r=3;t=15'
    missing = await sent(app, call("/api/nowhere"))
    assert (missing.status, items(missing.headers["ratelimit"])["reads"][0]) == (404, 1)


async def test_one_too_many_is_refused_as_a_problem_that_says_when_to_come_back(app, clock):
    for _ in range(3):
        assert (await sent(app, call())).status == 200
    refused = await sent(app, call())
    assert refused.status == 429
    assert (refused.json()["code"], refused.json()["limit"]) == ("too-many-requests", "reads")
    assert refused.json()["retry_after"] == int(refused.headers["retry-after"]) == 20
    assert items(refused.headers["ratelimit"]) == {"reads": (0, 20)}
    assert "x-should-retry" not in refused.headers
    clock.now += 20
    assert (await sent(app, call())).status == 200


async def test_a_refusal_comes_before_anything_of_the_body_is_read(app):
    make = {"path": "/api/image-studio/make", "method": "POST", "headers": {"Content-Type": "application/json"}}
    assert (await sent(app, call(**make, pieces=[b"{}"]))).status == 200
    refused = await sent(app, call(**make, pieces=endless()))
    assert (refused.status, refused.json()["limit"], refused.pieces_read) == (429, "work", 0)


async def test_kinds_do_not_hold_each_other_up_and_one_without_a_limit_is_silent(app):
    for _ in range(4):
        await sent(app, call())
    free = await sent(app, call(method="PUT"))
    assert (free.status, "ratelimit" in free.headers) == (200, False)


async def test_one_caller_does_not_use_up_what_the_others_of_the_workspace_have(app):
    for _ in range(10):
        await sent(app, call())
    assert (await sent(app, call(who="aron"))).status == 200
    full = await sent(app, call(who="abel"))
    assert (full.status, full.json()["limit"]) == (429, "reads-workspace")
    assert (await sent(app, call(who="bert"))).status == 200


async def test_strangers_are_counted_by_address_and_attempts_to_sign_in_apart(app):
    login = call("/api/auth/login", who=None, method="POST")
    assert [(await sent(app, login)).status for _ in range(3)] == [200, 200, 429]
    picture = call("/api/picture", who=None)
    assert [(await sent(app, picture)).status for _ in range(6)] == [200] * 5 + [429]
    assert (await sent(app, call("/api/picture"))).status == 200


async def test_no_limit_keeps_anybody_from_asking_whether_the_server_lives(app):
    assert {(await sent(app, call("/api/health/live", who=None))).status for _ in range(20)} == {200}


async def test_who_has_no_valid_credentials_is_refused_without_being_counted(app):
    answer = await sent(app, call(who="nobody"))
    assert (answer.status, "ratelimit" in answer.headers) == (401, False)


async def test_trouble_of_the_machine_is_told_as_such(app, tiers):
    tiers.trouble = DatabaseBusy()
    assert (await sent(app, call())).json()["code"] == "database-busy"


def test_what_admits_jobs_is_counted_as_work_and_what_shows_pictures_as_pictures(tmp_path):
    app = create_app(Settings(data_dir=tmp_path))
    for path, methods in app.openapi()["paths"].items():
        for method, operation in methods.items():
            if "202" in operation["responses"] and method == "post":
                assert operation.get("x-rates") == "work", path
            if operation.get("security") == OPEN["security"]:
                assert operation.get("x-rates") == "pictures", path
