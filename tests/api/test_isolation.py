"""Nobody gets at what is not theirs: every route is tried with no, with too small, and with other people's credentials.

The routes, their parameters and their bodies are read off the app, so that one added later is tried too. A parameter
that nobody here has heard of fails the test until it is said below what it names.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa

from backend.app import create_app
from backend.db.people import Workspace
from backend.db.repositories.people import People, blank
from backend.schemas.account import KeyForm, UserForm
from backend.schemas.base import SCOPES, Caller, JobId, UserId, WorkspaceId
from backend.settings import JobsSettings, Settings
from tests.fakes.asgi import Answer, Call, endless, sent
from tests.fakes.library import picture
from tests.fakes.openapi import NAMES_A_THING, Route, routes
from tests.fakes.stub_provider import StubProvider, prices

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from backend.container import Container
    from tests.ground.grounds import Ground

SAFE = {"GET", "HEAD"}
PUBLIC = {
    "GET /api/docs",
    "HEAD /api/docs",
    "GET /docs/oauth2-redirect",
    "HEAD /docs/oauth2-redirect",
    "GET /api/openapi.json",
    "HEAD /api/openapi.json",
    "GET /api/image-studio/health",
    "GET /api/health/live",
    "GET /api/health/ready",
    "POST /api/auth/link",
    "POST /api/auth/login",
    "GET /api/account/sign-in-options",
    "GET /api/account/oidc/start",
    "GET /api/account/oidc/callback",
    "GET /problems/{slug}",
}
"""What anybody may call. A route that is added here is added on purpose."""
AT_AN_ISSUER = {"GET /api/account/oidc/start", "GET /api/account/oidc/callback"}
"""What is not there, for nobody, where no other issuer is set."""
FOR_OWNERS = {"GET /api/account/users", "GET /api/account/keys", "GET /api/account/audit"}
"""What is looked at with the scope `admin`."""
FOR_THE_MACHINE = {"GET /metrics"}
"""What no credentials of the studio open: figures of all workspaces together."""
FOR_EVERYBODY = {
    "POST /api/image-studio/estimate-cost",
    "POST /api/image-studio/control/guide",
    "POST /api/image-studio/prompts/improve",
    "POST /api/image-studio/recipes/{recipe_id}/quote",
    "POST /api/image-studio/social/crops",
    "POST /api/image-studio/social/preflight",
    "POST /api/image-studio/social/samples",
    "POST /api/image-studio/social/zip",
    "POST /api/content-assets/export",
    "POST /api/image-studio/upscale/preview",
    "POST /api/image-studio/verify",
    "POST /api/auth/logout",
    "PUT /api/account/password",
}
"""What changes nothing of the workspace, though its method is no safe one."""
WORDS = {"name": "layers.svg", "slug": "not-found", "platform": "instagram"}
"""Path parameters that name nothing of a workspace."""
WORD_FIELDS = {"template_id"}
"""Members of bodies that look like ids of a workspace's things and are none."""
OPERATIONS = tuple({"operation": name} for name in ("remove_background", "erase", "relight", "general_edit"))
"""Edits that between them use every picture an edit can take."""
UNCOMPARED = {"request_counts"}
"""Tables that every request writes to, a refused one too."""
SECRET = "lighthouse-7f3a"
FORM = {"Content-Type": "multipart/form-data; boundary=edge"}


class IdleEngine:
    """Takes jobs and never runs any."""

    version = "1"

    async def open(self): ...
    async def launch(self, work, worker): ...
    async def enqueue(self, session, workspace, job, run="0"): ...
    async def unfinished(self):
        return frozenset()

    async def workers(self):
        return frozenset()

    async def take_over(self, worker):
        return 0

    async def prune(self, before):
        return 0

    def stir(self): ...
    async def alive(self):
        return True

    def stop_taking(self): ...
    async def halt(self): ...
    async def aclose(self): ...


@dataclass(frozen=True)
class Side:
    """Somebody's credentials, and the things of their workspace by parameter name."""

    token: str
    workspace: str
    things: dict[str, str]

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Prefer": "respond-async"}


@dataclass(frozen=True)
class World:
    """A running studio with two workspaces."""

    app: Any
    state: dict[str, Any]
    home: Side
    viewer: Side
    stranger: Side

    async def call(self, call: Call) -> Answer:
        return await sent(self.app, call, state=self.state)

    async def rows(self, workspace: str) -> dict[str, list[str]]:
        """Return what the database holds of a workspace, by table, in the words of its rows."""
        found: dict[str, list[str]] = {}
        async with self.state["container"].db.read() as session:
            connection = await session.connection()
            names = await connection.run_sync(lambda sync: sa.inspect(sync).get_table_names())
            for name in set(names) - UNCOMPARED:
                rows = (str(tuple(row)) for row in await session.execute(sa.text(f'SELECT * FROM "{name}"')))
                found[name] = sorted(row for row in rows if workspace in row)
        return found


@pytest.fixture
async def world(ground: Ground, tmp_path: Path) -> AsyncIterator[World]:
    settings = Settings(data_dir=tmp_path, jobs=JobsSettings(wait_s=0), **ground.settings(tmp_path))
    app = create_app(settings, providers=(StubProvider(),), prices=prices(1.0), engine=IdleEngine())
    async with app.router.lifespan_context(app) as state:
        container = state["container"]
        owner = await container.access.owner()
        home = await side(app, state, owner)
        added = await container.access.people.add(owner, UserForm(name="Vera", role="viewer"))
        vera = replace(owner, user_id=added.id, role="viewer", scopes=SCOPES["viewer"])
        viewer = replace(home, token=await token_of(container, vera))
        yield World(app, state, home, viewer, await side(app, state, await newcomer(container)))


async def newcomer(container: Container) -> Caller:
    """Return the owner of a second workspace."""
    workspace, user, now = WorkspaceId("b" * 32), UserId("c" * 32), container.origin.clock()
    async with container.db.begin() as session:
        await People(session).add_workspace(Workspace(id=workspace, name="Other", tier="self_hosted", created_at=now))
        await People(session).add(workspace, blank(user, name="Stranger", now=now), "owner")
    return Caller(user_id=user, workspace_id=workspace, role="owner", scopes=SCOPES["owner"])


async def token_of(container: Container, caller: Caller) -> str:
    link = await container.access.new_link(caller, caller.user_id)
    return (await container.access.redeem(link.token)).token


async def side(app: Any, state: dict[str, Any], owner: Caller) -> Side:
    """Give an owner one of everything, and return what it is called by."""
    container: Container = state["container"]
    token = await token_of(container, owner)
    made = Side(token=token, workspace=owner.workspace_id, things={})

    async def put(path: str, body: object, headers: dict[str, str] | None = None) -> Any:
        piece = body if isinstance(body, bytes) else json.dumps(body).encode()
        given = {"Content-Type": "application/json", **made.headers, **(headers or {})}
        answer = await sent(app, Call(method="POST", path=path, headers=given, pieces=[piece]), state=state)
        assert answer.status < 300, answer.text
        return answer.json()

    mark = f"{SECRET}-{owner.workspace_id[:4]}"
    asset = (await put("/api/content-assets/upload", upload(f"{mark}.png"), FORM))["assets"][0]
    job = await put("/api/image-studio/create", {"prompt": f"a {mark}", "enhance_prompt": False})
    persona = await put("/api/image-studio/personas", {"name": f"persona {mark}"})
    kit = await put("/api/image-studio/social/export-sets", {"name": f"kit {mark}", "platforms": ["x"]})
    step = {"verb": "edit", "request": {"operation": "remove_background"}}
    collection = await put("/api/content-assets/collections", {"name": f"collection {mark}"})
    recipe = await put("/api/image-studio/recipes", {"name": f"recipe {mark}", "steps": [step]})
    run = await put(f"/api/image-studio/recipes/{recipe['id']}/runs", {"asset_ids": [asset["id"]]})
    await over(container, owner, run["id"])
    person = await container.access.people.add(owner, UserForm(name=f"Ada {mark}", email=f"ada@{mark}.example"))
    key = await container.access.create_key(owner, KeyForm(name=f"key {mark}"))
    things = {
        "asset_id": asset["id"],
        "job_id": job["id"],
        "user_id": person.id,
        "key_id": key.id,
        "persona_id": persona["id"],
        "export_set_id": kit["id"],
        "collection_id": collection["id"],
        "recipe_id": recipe["id"],
        "run_id": run["id"],
    }
    return replace(made, things=things)


async def over(container: Container, owner: Caller, run: JobId) -> None:
    """Call a run off, and wait until it writes nothing any more."""
    await container.jobs.cancel(owner, run)
    while not (await container.recipes.run(owner, run)).cancelled:
        await asyncio.sleep(0.01)


def upload(filename: str) -> bytes:
    head = f'--edge\r\nContent-Disposition: form-data; name="file"; filename="{filename}"\r\n'
    return head.encode() + b"Content-Type: image/png\r\n\r\n" + picture("teal") + b"\r\n--edge--\r\n"


def thing(side: Side, name: str) -> str:
    """Return what a parameter of this name is called in a workspace."""
    named = name.removesuffix("s")
    kind = next((known for known in side.things if named == known or named.endswith(f"_{known}")), None)
    if name == "cursor":
        return side.things["job_id"]
    if kind is None:
        pytest.fail(f"{name} is new: say in this file what it names")
    return side.things[kind]


def address(route: Route, side: Side) -> str:
    """Return the route's path with the things of a workspace."""
    words = {name: WORDS[name] if name in WORDS else thing(side, name) for name in route.path_names}
    return route.path.format(**words)


def request(route: Route, caller: Side, *, things: Side, fields: dict[str, Any] | None = None) -> Call:
    """Return a call of a route that is well-formed in all but whose things it names."""
    headers, pieces = dict(caller.headers), []
    if route.takes_files:
        headers, pieces = headers | FORM, [upload("x.png")]
    elif route.body:
        headers["Content-Type"] = "application/json"
        pieces = [json.dumps({**example(route, caller), **(fields or {})}).encode()]
    query = urlencode(route.required_query)
    return Call(method=route.method, path=address(route, things), query=query, headers=headers, pieces=pieces)


def example(route: Route, side: Side) -> dict[str, Any]:
    """Return a body that fits, and names things of one's own where it names things."""
    fields = {name: named(name, side) for name in route.naming_fields() if name not in WORD_FIELDS}
    return {**route.example(route.body or {}), **fields}


def named(field: str, side: Side) -> Any:
    found = thing(side, field)
    return [found] if field.endswith("ids") else found


def leaks(answer: Answer, world: World, *, sent: str = "") -> bool:
    """Return whether an answer holds anything of the first workspace that was not sent."""
    secrets = {f"{SECRET}-{world.home.workspace[:4]}", world.home.workspace, *world.home.things.values()}
    return any(secret in answer.text for secret in secrets if secret not in sent)


def did_nothing(answer: Answer) -> bool:
    """Return whether an answer about many things says that nothing was done to any of them."""
    told = answer.json()
    return told.get("done") == 0 and all(item["problem"]["status"] == 404 for item in told["results"])


def changing(world: World) -> Iterator[Route]:
    return (route for route in routes(world.app) if route.method not in SAFE and str(route) not in PUBLIC)


def looked_at(route: Route) -> set[int]:
    """Return what a viewer may be answered who looks."""
    if str(route) in FOR_THE_MACHINE:
        return {401}
    if str(route) in FOR_OWNERS:
        return {403}
    return {200, 404} if "name" in route.path_names else {200}


# --- nobody -------------------------------------------------------------------------------------------------


async def test_without_credentials_no_route_answers_or_reads_a_body(world):
    wrong = []
    for route in routes(world.app):
        path = address(route, world.home)
        answer = await world.call(Call(method=route.method, path=path, pieces=endless()))
        shut = (answer.status, answer.pieces_read) == (401, 0)
        if not shut and str(route) not in PUBLIC:
            wrong.append((str(route), answer.status, answer.pieces_read))
    assert wrong == []


async def test_what_is_said_to_be_public_is(world):
    ways_in = {"POST /api/auth/link", "POST /api/auth/login"}
    for route in routes(world.app):
        if str(route) in PUBLIC - ways_in:
            answer = await world.call(Call(method=route.method, path=address(route, world.home)))
            fine = 404 if str(route) in AT_AN_ISSUER else 200
            assert (answer.status, leaks(answer, world)) == (fine, False), str(route)


# --- a viewer -----------------------------------------------------------------------------------------------


async def test_a_viewer_looks_at_everything_but_people_and_keys(world):
    wrong = []
    for route in routes(world.app):
        if route.method not in SAFE or str(route) in PUBLIC:
            continue
        answer = await world.call(request(route, world.viewer, things=world.home))
        fine = looked_at(route)
        if answer.status not in fine:
            wrong.append((str(route), answer.status, answer.text[:200]))
    assert wrong == []


async def test_a_viewer_changes_nothing(world):
    before = await world.rows(world.home.workspace)
    wrong = []
    for route in changing(world):
        if str(route) in FOR_EVERYBODY:
            continue
        answer = await world.call(request(route, world.viewer, things=world.home))
        if answer.status != 403:
            wrong.append((str(route), answer.status, answer.text[:200]))
    assert wrong == []
    assert await world.rows(world.home.workspace) == before


async def test_what_everybody_may_do_a_viewer_may(world):
    found = {str(route): route for route in routes(world.app)}
    asked = found["POST /api/image-studio/estimate-cost"]
    assert (await world.call(request(asked, world.viewer, things=world.home))).status == 200
    left = found["POST /api/auth/logout"]
    assert (await world.call(request(left, world.viewer, things=world.home))).status == 204
    assert (await world.call(request(asked, world.viewer, things=world.home))).status == 401


# --- a stranger ---------------------------------------------------------------------------------------------


async def test_things_of_another_workspace_are_not_there(world):
    before = await world.rows(world.home.workspace)
    wrong, tried = [], 0
    for route in routes(world.app):
        if not set(route.path_names) - set(WORDS):
            continue
        tried += 1
        answer = await world.call(request(route, world.stranger, things=world.home))
        if answer.status != 404 or leaks(answer, world, sent=address(route, world.home)):
            wrong.append((str(route), answer.status, answer.text[:200]))
    assert wrong == []
    assert tried >= 15
    assert await world.rows(world.home.workspace) == before


async def test_things_of_another_workspace_are_not_listed(world):
    wrong = []
    for route in routes(world.app):
        if route.method not in SAFE or route.path_names:
            continue
        call = request(route, world.stranger, things=world.home)
        answer = await world.call(replace(call, headers={**call.headers, "Last-Event-ID": "0"}))
        fine = 401 if str(route) in FOR_THE_MACHINE else 404 if str(route) in AT_AN_ISSUER else 200
        if answer.status != fine or leaks(answer, world):
            wrong.append((str(route), answer.status, answer.text[:200]))
    assert wrong == []


async def test_no_query_reaches_into_another_workspace(world):
    wrong = []
    for route in routes(world.app):
        for name, parameter in route.query.items():
            foreign = thing(world.home, name) if NAMES_A_THING.search(name) else world.home.things["asset_id"]
            if name == "workspace":
                foreign = world.home.workspace
            elif "enum" in json.dumps(parameter["schema"]):
                continue
            query = urlencode({**route.required_query, name: foreign})
            call = request(route, world.stranger, things=world.stranger)
            if route.method not in SAFE:
                continue
            answer = await world.call(replace(call, query=query))
            if leaks(answer, world, sent=foreign):
                wrong.append((str(route), name, answer.status, answer.text[:200]))
    assert wrong == []


async def test_no_body_reaches_into_another_workspace(world):
    before = await world.rows(world.home.workspace)
    wrong, tried = [], 0
    for route in changing(world):
        for field in route.naming_fields():
            if field in WORD_FIELDS:
                continue
            for fixed in OPERATIONS if "operation" in route.body["properties"] else ({},):
                tried += 1
                foreign = {**fixed, field: named(field, world.home)}
                answer = await world.call(request(route, world.stranger, things=world.stranger, fields=foreign))
                refused = answer.status in {202, 404, 422, 503} or (answer.status == 200 and did_nothing(answer))
                if not refused or leaks(answer, world, sent=str(foreign)):
                    wrong.append((str(route), foreign, answer.status, answer.text[:200]))
    assert wrong == []
    assert tried >= 5
    assert await world.rows(world.home.workspace) == before
    kept = json.dumps(await world.rows(world.stranger.workspace))
    assert not [one for one in world.home.things.values() if one in kept]


# --- nothing ------------------------------------------------------------------------------------------------


async def test_an_address_with_a_nul_in_it_is_refused_everywhere(world):
    wrong = []
    for route in routes(world.app):
        nothing = dict.fromkeys(route.path_names, "a\x00b")
        query = urlencode({**route.required_query, **dict.fromkeys(route.query, "a\x00b")})
        for path, asked in ((route.path.format(**nothing), ""), (address(route, world.home), query)):
            call = request(route, world.home, things=world.home)
            if "\x00" in path or "%00" in asked:
                answer = await world.call(replace(call, path=path, query=asked))
                if answer.status != 422:
                    wrong.append((str(route), path, asked, answer.status))
    assert wrong == []
