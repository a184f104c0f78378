"""Who did what is written down with the act itself, told to the owners concerned, and forgotten in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from backend.db.audit import AuditEntry
from backend.db.models import IdempotencyKey, JobEvent
from backend.db.people import Session, SignInLink, Workspace
from backend.db.repositories.people import People, blank
from backend.errors import Conflict, SignInRequired
from backend.schemas.account import KeyForm, LoginForm, UserChange, UserForm
from backend.schemas.audit import AuditQuery
from backend.schemas.base import WorkspaceId
from backend.utils.retention import Kept, prune
from tests.fakes.library import picture
from tests.fakes.stub_provider import StubProvider, prices
from tests.fakes.studio import running, settings_for

PASSWORD = "correct horse battery"


@pytest.fixture
async def studio(tmp_path):
    async with running(settings_for(tmp_path), providers=(StubProvider(seconds=0.01),), prices=prices(1.0)) as made:
        yield made


async def entries(studio, **asked):
    found = await studio.client.get("/api/account/audit", params=asked)
    assert found.status_code == 200, found.text
    return found.json()["entries"]


async def test_every_act_is_there_with_who_did_it_from_where(studio):
    account, client = "/api/account", studio.client
    ada = (await client.post(f"{account}/users", json={"name": "Ada", "email": "ada@b.example"})).json()
    await client.patch(f"{account}/users/{ada['id']}", json={"role": "viewer"})
    link = (await client.post(f"{account}/users/{ada['id']}/link")).json()["token"]
    key = (await client.post(f"{account}/keys", json={"name": "press"})).json()
    await client.delete(f"{account}/keys/{key['id']}")
    asset = (
        await client.post("/api/content-assets/upload", files={"file": ("a.png", picture("teal"), "image/png")})
    ).json()["assets"][0]
    await client.delete(f"/api/content-assets/{asset['id']}")
    await client.delete("/api/content-assets/trash")
    await studio.container.credits.grant(studio.owner.workspace_id, 5, reason="a gift")
    await client.post("/api/auth/link", json={"token": link})
    found = await entries(studio)
    assert [one["verb"] for one in found if one["verb"] != "trash.emptied"] == [
        "session.opened",
        "credits.granted",
        "asset.deleted",
        "key.revoked",
        "key.made",
        "link.made",
        "person.changed",
        "person.added",
    ]
    changed = next(one for one in found if one["verb"] == "person.changed")
    assert (changed["user_id"], changed["target_id"], changed["via"]) == (studio.owner.user_id, ada["id"], "session")
    assert changed["facts"] == {"role": "viewer"}
    assert changed["address"] == "127.0.0.1"
    assert changed["request_id"]
    assert next(one for one in found if one["verb"] == "credits.granted")["via"] == "command"
    assert not [secret for secret in (link, key["key"]) if secret in str(found)]


async def test_what_becomes_of_personas_is_told_without_what_they_say(studio):
    personas, client = "/api/image-studio/personas", studio.client
    form = {"name": "Anna", "voice": "warm and secretive", "style_words": ["film grain"]}
    anna = (await client.post(personas, json=form)).json()["id"]
    await client.patch(f"{personas}/{anna}", json={"voice": "curt", "is_default": True})
    assert (await client.patch(f"{personas}/{anna}", json={})).status_code == 200
    await client.delete(f"{personas}/{anna}")
    assert (await client.post(personas, json=form | {"engines": ["nobody"]})).status_code == 422
    found = [one for one in await entries(studio) if one["verb"].startswith("persona.")]
    assert [(one["verb"], one["target_id"], one["facts"]) for one in found] == [
        ("persona.deleted", anna, {"name": "Anna"}),
        ("persona.changed", anna, {"name": "Anna", "fields": ["is_default", "voice"]}),
        ("persona.added", anna, {"name": "Anna"}),
    ]
    assert {(one["user_id"], one["target_kind"]) for one in found} == {(studio.owner.user_id, "persona")}


async def test_what_is_rolled_back_was_never_done(studio):
    with pytest.raises(Conflict):
        await studio.container.access.people.change(
            studio.owner, studio.owner.user_id, UserChange(role="viewer")
        )  # the last owner
    assert await entries(studio, verb="person.changed") == []


async def test_a_sign_in_that_fails_is_written_without_what_was_typed(studio):
    access = studio.container.access
    form = UserForm.model_validate({"name": "Ada", "email": "ada@b.example", "password": PASSWORD})
    ada = await access.people.add(studio.owner, form)
    for email, password in (("ada@b.example", "my other password"), ("nobody@b.example", PASSWORD)):
        with pytest.raises(SignInRequired):
            await access.login(LoginForm.model_validate({"email": email, "password": password}), address="10.0.0.1")
    with pytest.raises(SignInRequired):
        await access.redeem("no-such-link")
    mine = await entries(studio, outcome="refused")
    assert [(one["target_id"], one["facts"]) for one in mine] == [(ada.id, {"by": "password"})]
    whole = (await studio.container.audit.everything(AuditQuery(outcome="refused"))).entries
    assert [(one.target_id, one.facts["by"]) for one in whole] == [
        (None, "link"),
        (None, "password"),
        (ada.id, "password"),
    ]
    assert not [typed for typed in ("my other password", PASSWORD, "nobody@", "no-such") if typed in str(whole)]


async def test_owners_read_what_concerns_their_workspace_and_nothing_else(studio):
    container = studio.container
    other, now = WorkspaceId("b" * 32), container.origin.clock()
    async with container.db.begin() as session:
        await People(session).add_workspace(Workspace(id=other, name="Other", tier="self_hosted", created_at=now))
        await People(session).add(other, blank("c" * 32, name="Stranger", now=now), "owner")
    stranger = replace(studio.owner, workspace_id=other, user_id="c" * 32)
    key = await container.access.create_key(stranger, KeyForm(name="theirs"))
    assert await entries(studio, target=key.id) == []
    assert [one.target_id for one in (await container.audit.listed(stranger, AuditQuery())).entries] == [key.id]


async def test_pages_follow_one_another_without_gap_or_repetition(studio):
    made = [(await studio.container.access.create_key(studio.owner, KeyForm(name=f"k{n}"))).id for n in range(5)]
    found, cursor = [], None
    while True:
        asked = {"limit": 2, "verb": "key.made"} | ({"cursor": cursor} if cursor else {})
        page = (await studio.client.get("/api/account/audit", params=asked)).json()
        found += [one["target_id"] for one in page["entries"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert found == made[::-1]


# --- retention ----------------------------------------------------------------------------------------------


async def test_what_is_over_is_forgotten_in_time_and_what_is_not_stays(studio):
    container = studio.container
    await studio.ended(await studio.create(key="my-name-for-it"))
    for _ in range(2):
        link = await container.access.new_link(studio.owner, studio.owner.user_id)
        await container.access.redeem(link.token)
    kept = Kept(audit_days=365, job_events_days=7, sign_in_days=30, idempotency_days=2, batch=1)
    now = container.origin.clock()
    assert (await prune(container.db, kept, now)).job_events == 0

    gone = await prune(container.db, kept, now + timedelta(days=8))
    assert (gone.audit_entries, gone.sessions, gone.links, gone.idempotency_keys) == (0, 0, 0, 1)
    assert gone.job_events >= 3

    gone = await prune(container.db, kept, now + timedelta(days=400))
    assert (gone.audit_entries, gone.links) == (4, 3)
    assert await count(container, AuditEntry, JobEvent, SignInLink, IdempotencyKey) == [0, 0, 0, 0]
    assert await count(container, Session) == [1], "the newest tells that somebody has signed in"
    assert await container.access.welcome() is None


async def count(container, *tables):
    async with container.db.read() as session:
        return [(await session.execute(sa.select(sa.func.count()).select_from(table))).scalar() for table in tables]
