"""Browsers sign in at another issuer, programs send its tokens, and nobody else gets in that way."""

from __future__ import annotations

import asyncio
import re
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from backend.identity import Issuer
from backend.schemas.account import KeyForm, UserChange, UserForm
from backend.schemas.identity import IdentitySettings
from backend.utils.origin import Origin, utc_now
from tests.fakes.issuer import FakeIssuer
from tests.fakes.stub_provider import StubProvider
from tests.fakes.studio import TestStudio, running, settings_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from backend.schemas.base import Caller

COOKIE = "image_studio_session"
START = "/api/account/oidc/start"
CALLBACK = "/api/account/oidc/callback"
ROLES = {"admins": "owner", "press": "editor", "guests": "viewer"}
ADA = {"email": "ada@example.org", "email_verified": True, "name": "Ada", "groups": ["press", "everybody"]}


@dataclass
class Door:
    """A studio, the issuer that it trusts, and whatever wire a browser needs between them."""

    studio: TestStudio
    issuer: FakeIssuer
    wire: httpx2.ASGITransport

    def browser(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(transport=self.wire, base_url="http://studio.test")

    async def at_issuer(self, url: str) -> str:
        """Return where the issuer sends a browser that asks for an address of its."""
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(self.issuer.app)) as client:
            return (await client.get(url)).headers["location"]

    async def come_back(self, browser: httpx2.AsyncClient, to: str = "/library?q=boat") -> httpx2.Response:
        """Go from the start to the answer of the callback."""
        gone = await browser.get(START, params={"to": to})
        assert gone.status_code == 303
        return await browser.get(await self.at_issuer(gone.headers["location"]))

    async def session(self, browser: httpx2.AsyncClient) -> Any:
        return (await browser.get("/api/auth/session")).json()

    async def bearer(self, token: str, path: str = "/api/auth/session", method: str = "GET") -> httpx2.Response:
        async with self.browser() as client:
            return await client.request(method, path, headers={"Authorization": f"Bearer {token}"})


@asynccontextmanager
async def door(folder: Path, fake: FakeIssuer | None = None, **rules: Any) -> AsyncIterator[Door]:
    fake = fake or FakeIssuer(people={"ada": dict(ADA)}, at_the_door="ada")
    given = {
        "issuer": fake.url,
        "client_id": fake.client_id,
        "client_secret": fake.client_secret,
        "bearer": True,
        "audiences": (fake.client_id,),
        "label": "Acme",
        "roles": ROLES,
    }
    terms = IdentitySettings.model_validate({**given, **rules})
    issuer = Issuer(terms, clock=utc_now, transport=httpx2.ASGITransport(fake.app))
    settings = settings_for(folder, identity=terms)
    async with running(settings, issuer=issuer, providers=[StubProvider()], origin=Origin()) as studio:
        wire = studio.client._transport
        assert isinstance(wire, httpx2.ASGITransport)
        yield Door(studio, fake, wire)


@pytest.fixture
async def open_door(tmp_path: Path) -> AsyncIterator[Door]:
    async with door(tmp_path) as made:
        yield made


def told(answer: httpx2.Response) -> dict[str, str]:
    """Return what the sign-in page is told."""
    assert answer.status_code == 303
    at = urlsplit(answer.headers["location"])
    assert (at.netloc, at.path) == ("", "/signin")
    assert COOKIE not in answer.headers.get("set-cookie", "")
    return {name: values[0] for name, values in parse_qs(at.query).items()}


# --- the way in -----------------------------------------------------------------------------------------------


async def test_a_person_signs_in_at_the_issuer_and_comes_back_to_where_they_were(open_door):
    async with open_door.browser() as browser:
        answer = await open_door.come_back(browser)
        assert (answer.status_code, answer.headers["location"]) == (303, "/library?q=boat")
        assert "no-store" in answer.headers["cache-control"]
        session = await open_door.session(browser)
    assert (session["user"]["name"], session["user"]["email"], session["role"]) == ("Ada", "ada@example.org", "editor")
    assert session["workspace"]["name"] == "Studio"


async def test_they_are_the_same_person_the_next_time(open_door):
    seen = set()
    for _ in range(2):
        async with open_door.browser() as browser:
            await open_door.come_back(browser)
            seen.add((await open_door.session(browser))["user"]["id"])
    assert len(seen) == 1


async def test_a_public_client_signs_in_by_pkce_alone(tmp_path):
    fake = FakeIssuer(people={"ada": dict(ADA)}, at_the_door="ada", client_secret=None)
    async with door(tmp_path, fake) as made, made.browser() as browser:
        assert (await made.come_back(browser)).headers["location"] == "/library?q=boat"


async def test_an_issuer_that_wants_the_secret_in_the_form_gets_it_there(tmp_path):
    fake = FakeIssuer(people={"ada": dict(ADA)}, at_the_door="ada", faults={"post only"})
    async with door(tmp_path, fake) as made, made.browser() as browser:
        assert (await made.come_back(browser)).headers["location"] == "/library?q=boat"


async def test_what_the_token_leaves_out_is_asked_for(tmp_path):
    fake = FakeIssuer(people={"ada": dict(ADA)}, at_the_door="ada", private={"email", "groups"})
    async with door(tmp_path, fake) as made, made.browser() as browser:
        await made.come_back(browser)
        session = await made.session(browser)
        assert (session["user"]["email"], session["role"]) == ("ada@example.org", "editor")
        fake.faults.add("other userinfo")
        assert told(await made.come_back(browser))["problem"] == "token-invalid"


async def test_the_sign_in_page_is_told_which_ways_there_are(open_door, tmp_path):
    async with open_door.browser() as browser:
        told = (await browser.get("/api/account/sign-in-options")).json()
    assert told == {"password": True, "issuer": {"label": "Acme", "start": START}}


async def test_without_an_issuer_there_is_none(tmp_path):
    async with running(settings_for(tmp_path), providers=[StubProvider()]) as studio:
        told = (await studio.client.get("/api/account/sign-in-options")).json()
        assert told == {"password": True, "issuer": None}
        assert (await studio.client.get(START)).status_code == 404
        assert (await studio.client.get(CALLBACK)).status_code == 404


# --- attacks on the way in ------------------------------------------------------------------------------------


async def test_nobody_is_signed_in_by_an_attempt_that_another_browser_began(open_door):
    async with open_door.browser() as attacker, open_door.browser() as victim:
        gone = await attacker.get(START)
        link = await open_door.at_issuer(gone.headers["location"])
        assert told(await victim.get(link)) == {"problem": "identity-refused", "reason": "attempt"}
        await victim.get(START)
        assert told(await victim.get(link)) == {"problem": "identity-refused", "reason": "attempt"}


async def test_an_attempt_serves_once(open_door):
    async with open_door.browser() as browser:
        gone = await browser.get(START)
        link = await open_door.at_issuer(gone.headers["location"])
        assert (await browser.get(link)).headers["location"] == "/"
        assert told(await browser.get(link))["reason"] == "attempt"


async def test_a_code_of_somebody_else_is_of_no_use_in_an_own_attempt(open_door):
    async with open_door.browser() as victim, open_door.browser() as attacker:
        stolen = await open_door.at_issuer((await victim.get(START)).headers["location"])
        code = parse_qs(urlsplit(stolen).query)["code"][0]
        own = await open_door.at_issuer((await attacker.get(START)).headers["location"])
        state = parse_qs(urlsplit(own).query)["state"][0]
        query = {"code": code, "state": state, "iss": open_door.issuer.url}
        assert told(await attacker.get(CALLBACK, params=query))["reason"] == "attempt"


async def test_two_tabs_of_one_browser_do_not_disturb_each_other(open_door):
    async with open_door.browser() as browser:
        first = await open_door.at_issuer((await browser.get(START, params={"to": "/one"})).headers["location"])
        second = await open_door.at_issuer((await browser.get(START, params={"to": "/two"})).headers["location"])
        assert (await browser.get(first)).headers["location"] == "/one"
        assert (await browser.get(second)).headers["location"] == "/two"


@pytest.mark.parametrize(
    "to", ["//evil.test", "/\\evil.test", "https://evil.test", "/\t/evil.test", "javascript:alert(1)", "", "/" * 3000]
)
async def test_the_way_back_never_leaves_the_studio(open_door, to):
    async with open_door.browser() as browser:
        assert (await open_door.come_back(browser, to)).headers["location"] == "/"


async def test_the_attempts_secret_is_kept_by_the_browser_alone(open_door):
    from backend.db.identities import SignInAttempt

    async with open_door.browser() as browser:
        gone = await browser.get(START)
        cookie = gone.headers["set-cookie"]
        assert re.search(r"httponly", cookie, re.IGNORECASE)
        assert re.search(r"samesite=lax", cookie, re.IGNORECASE)
        assert "Path=/api/account/oidc" in cookie
        query = parse_qs(urlsplit(gone.headers["location"]).query)
        async with open_door.studio.container.db.read() as session:
            import sqlalchemy as sa

            row = (await session.execute(sa.select(SignInAttempt))).scalar_one()
        kept = {str(value) for value in vars(row).values()}
        for secret in (query["state"][0], query["nonce"][0], browser.cookies["image_studio_attempt"]):
            assert secret not in kept
        assert query["code_challenge_method"] == ["S256"]


@pytest.mark.parametrize(
    ("fault", "problem", "reason"),
    [
        ("no nonce", "token-invalid", "nonce"),
        ("other nonce", "token-invalid", "nonce"),
        ("other client", "token-invalid", "audience"),
        ("other party", "token-invalid", "party"),
        ("mix-up", "identity-refused", "attempt"),
        ("declines", "identity-refused", "declined"),
        ("garbage token", "identity-unavailable", ""),
        ("huge token", "identity-unavailable", ""),
        ("garbage keys", "identity-unavailable", ""),
    ],
)
async def test_an_issuer_that_misbehaves_signs_nobody_in(open_door, fault, problem, reason):
    open_door.issuer.faults.add(fault)
    async with open_door.browser() as browser:
        said = told(await open_door.come_back(browser))
        assert (said["problem"], said.get("reason", "")) == (problem, reason)
        assert (await browser.get("/api/auth/session")).status_code == 401


@pytest.mark.parametrize("fault", ["down", "no S256", "other issuer"])
async def test_an_issuer_that_cant_be_asked_is_told_at_the_door(open_door, fault):
    open_door.issuer.faults.add(fault)
    async with open_door.browser() as browser:
        said = told(await browser.get(START, params={"to": "/library"}))
    assert said == {"problem": "identity-unavailable", "to": "/library"}


async def test_a_secret_that_the_issuer_does_not_know_is_the_operators_problem(tmp_path):
    async with door(tmp_path, client_secret="wrong") as made, made.browser() as browser:
        assert told(await made.come_back(browser))["problem"] == "identity-unavailable"


async def test_trying_without_end_is_stopped(open_door):
    async with open_door.browser() as browser:
        for _ in range(100):
            await browser.get(CALLBACK, params={"state": "x"})
        assert told(await browser.get(CALLBACK, params={"state": "x"}))["problem"] == "too-many-attempts"


# --- who is let in, and as what -------------------------------------------------------------------------------


async def test_roles_follow_the_issuer_at_each_sign_in(open_door):
    roles = []
    for groups in (["press"], ["press", "admins"], ["guests"]):
        open_door.issuer.people["ada"]["groups"] = groups
        async with open_door.browser() as browser:
            await open_door.come_back(browser)
            roles.append((await open_door.session(browser))["role"])
        await _second()
    assert roles == ["editor", "owner", "viewer"]


async def test_who_is_taken_out_of_the_groups_loses_sessions_keys_and_place(open_door):
    studio = open_door.studio
    open_door.issuer.people["ada"]["groups"] = ["admins"]
    async with open_door.browser() as browser, open_door.browser() as later:
        await open_door.come_back(browser)
        session = await open_door.session(browser)
        key = (await browser.post("/api/account/keys", json={"name": "press"})).json()["key"]
        assert (await open_door.bearer(key)).status_code == 200
        open_door.issuer.people["ada"]["groups"] = []
        await _second()
        assert told(await open_door.come_back(later)) == {"problem": "identity-refused", "reason": "no-role"}
        assert (await browser.get("/api/auth/session")).status_code == 401
        assert (await open_door.bearer(key)).status_code == 401
        users = await studio.container.access.people.listed(studio.owner)
        assert session["user"]["id"] not in {user.id for user in users.users}
        open_door.issuer.people["ada"]["groups"] = ["guests"]
        await _second()
        await open_door.come_back(later)
        again = await open_door.session(later)
        assert (again["user"]["id"], again["role"]) == (session["user"]["id"], "viewer")


async def test_strangers_without_a_group_are_not_let_in(tmp_path):
    async with door(tmp_path, default_role="viewer") as made, made.browser() as browser:
        made.issuer.people["ada"]["groups"] = []
        assert told(await made.come_back(browser))["reason"] == "no-role"


async def test_everybody_is_let_in_where_the_operator_says_so(tmp_path):
    async with door(tmp_path, admit="everyone", roles={}, default_role="viewer") as made, made.browser() as browser:
        await made.come_back(browser)
        assert (await made.session(browser))["role"] == "viewer"
        people = made.studio.container.access.people
        ada = (await made.session(browser))["user"]["id"]
        await people.change(made.studio.owner, ada, UserChange(role="editor"))
        await made.come_back(browser)
        assert (await made.session(browser))["role"] == "editor", "the owners decide where the issuer does not"


async def test_nobody_new_is_let_in_where_the_operator_says_so(tmp_path):
    async with door(tmp_path, admit="nobody") as made, made.browser() as browser:
        assert told(await made.come_back(browser))["reason"] == "unknown"


async def test_only_verified_addresses_of_the_domain_are_let_in(tmp_path):
    async with door(tmp_path, email_domains="example.org, example.com") as made, made.browser() as browser:
        assert (await made.come_back(browser)).headers["location"] == "/library?q=boat"
        for email, verified in (("ada@example.org", False), ("ada@evil.example.org", True), ("ada@evil.test", True)):
            made.issuer.people["ada"] |= {"email": email, "email_verified": verified}
            await _second()
            assert told(await made.come_back(browser))["reason"] == "email"


async def test_a_local_person_is_recognised_by_a_verified_address_alone(open_door):
    studio = open_door.studio
    people = studio.container.access.people
    local = await people.add(studio.owner, UserForm(name="Ada L.", email="ada@example.org", role="viewer"))
    open_door.issuer.people["ada"]["email_verified"] = False
    open_door.issuer.people["bob"] = dict(ADA)
    async with open_door.browser() as stranger, open_door.browser() as herself:
        await open_door.come_back(stranger)
        session = await open_door.session(stranger)
        assert session["user"]["id"] != local.id
        assert session["user"]["email"] is None, "the address belongs to somebody else"
        open_door.issuer.at_the_door = "bob"
        await open_door.come_back(herself)
        assert (await open_door.session(herself))["user"]["id"] == local.id
        assert (await open_door.session(herself))["role"] == "editor"


async def test_an_address_that_was_given_to_somebody_else_does_not_give_the_account_away(open_door):
    studio = open_door.studio
    await studio.container.access.people.add(studio.owner, UserForm(name="Ada L.", email="ada@example.org"))
    open_door.issuer.people["newcomer"] = dict(ADA)
    ids = []
    for subject in ("ada", "newcomer"):
        open_door.issuer.at_the_door = subject
        async with open_door.browser() as browser:
            await open_door.come_back(browser)
            ids.append((await open_door.session(browser))["user"]["id"])
    assert ids[0] != ids[1]


async def test_who_was_shut_out_here_stays_out(open_door):
    studio = open_door.studio
    people = studio.container.access.people
    token = open_door.issuer.token("ada")
    async with open_door.browser() as browser:
        await open_door.come_back(browser)
        ada = (await open_door.session(browser))["user"]["id"]
        assert (await open_door.bearer(token)).status_code == 200
        await people.change(studio.owner, ada, UserChange(disabled=True))
        assert told(await open_door.come_back(browser))["reason"] == "disabled"
        answer = await open_door.bearer(token)
        assert (answer.status_code, answer.json()["reason"]) == (403, "disabled")


async def test_a_local_person_who_was_shut_out_does_not_come_in_by_the_issuer(open_door):
    studio = open_door.studio
    people = studio.container.access.people
    local = await people.add(studio.owner, UserForm(name="Ada L.", email="ada@example.org"))
    await people.change(studio.owner, local.id, UserChange(disabled=True))
    async with open_door.browser() as browser:
        assert told(await open_door.come_back(browser))["reason"] == "disabled"


async def test_the_issuer_does_not_leave_the_studio_without_an_owner(open_door):
    studio = open_door.studio
    people = studio.container.access.people
    await people.change(studio.owner, studio.owner.user_id, UserChange(email="ada@example.org"))
    async with open_door.browser() as browser:
        assert told(await open_door.come_back(browser))["reason"] == "last-owner"
    assert (await studio.container.access.owner()).user_id == studio.owner.user_id
    open_door.issuer.people["ada"]["groups"] = ["admins"]
    async with open_door.browser() as browser:
        await open_door.come_back(browser)
        assert (await open_door.session(browser))["user"]["id"] == studio.owner.user_id


async def test_each_newcomer_may_have_a_workspace_of_their_own(tmp_path):
    async with door(tmp_path, joins="own") as made:
        made.issuer.people["bob"] = ADA | {"name": "Bob", "email": "bob@example.org"}
        seen = []
        for subject in ("ada", "bob"):
            made.issuer.at_the_door = subject
            async with made.browser() as browser:
                await made.come_back(browser)
                session = await made.session(browser)
                seen.append((session["workspace"]["name"], session["role"]))
        assert seen == [("Ada", "owner"), ("Bob", "owner")]


async def test_newcomers_join_the_workspace_of_their_organisation(tmp_path):
    async with door(tmp_path, joins="organisation") as made:
        by_org = {}
        for subject, organisation in (("ada", "org_1"), ("bob", "org_1"), ("eve", "org_2"), ("ada", "org_2")):
            token = made.issuer.token(subject, groups=["press"], org_id=organisation, org_name="Acme")
            session = (await made.bearer(token)).json()
            by_org.setdefault(organisation, []).append((session["workspace"]["id"], session["user"]["id"]))
        first, second = by_org["org_1"], by_org["org_2"]
        assert len({workspace for workspace, _ in first}) == len({workspace for workspace, _ in second}) == 1
        assert first[0][0] != second[0][0]
        assert first[0][1] != second[1][1], "in another organisation she is another person of the studio"
        answer = await made.bearer(made.issuer.token("ada", groups=["press"]))
        assert (answer.status_code, answer.json()["reason"]) == (403, "organisation")


# --- programs -------------------------------------------------------------------------------------------------


async def test_a_token_of_the_issuer_is_a_person_at_once(open_door):
    token = open_door.issuer.token("ada")
    answer = await open_door.bearer(token)
    assert (answer.status_code, answer.json()["role"]) == (200, "editor")
    assert (await open_door.bearer(token, "/api/account/users")).status_code == 403, "an editor manages nobody"
    assert (await open_door.bearer(open_door.issuer.token("ada", groups=["guests"], iat=_now() + 5))).json()[
        "role"
    ] == "viewer"


async def test_many_first_requests_at_once_make_one_person(open_door):
    token = open_door.issuer.token("ada")
    answers = await asyncio.gather(*(open_door.bearer(token) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["user"]["id"] for answer in answers}) == 1


async def test_an_older_token_gives_nothing_back(open_door):
    old = open_door.issuer.token("ada", groups=["admins"], iat=_now() - 60)
    new = open_door.issuer.token("ada", groups=["guests"])
    assert (await open_door.bearer(old)).json()["role"] == "owner"
    assert (await open_door.bearer(new)).json()["role"] == "viewer"
    assert (await open_door.bearer(old)).json()["role"] == "viewer"
    gone = open_door.issuer.token("ada", groups=[], iat=_now() + 5)
    assert (await open_door.bearer(gone)).status_code == 403
    assert (await open_door.bearer(old)).status_code == 403


async def test_tokens_are_refused_with_a_problem_that_says_why(open_door):
    answer = await open_door.bearer(open_door.issuer.token("ada", exp=1))
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]
    assert (answer.json()["code"], answer.json()["reason"]) == ("token-invalid", "expired")


async def test_an_issuer_that_is_down_is_no_fault_of_the_token(open_door):
    open_door.issuer.faults.add("down")
    answer = await open_door.bearer(open_door.issuer.token("ada"))
    assert (answer.status_code, answer.json()["code"]) == (503, "identity-unavailable")
    assert int(answer.headers["retry-after"]) > 0


async def test_where_bearer_is_off_no_token_of_the_issuer_is_taken(tmp_path):
    async with door(tmp_path, bearer=False) as made:
        answer = await made.bearer(made.issuer.token("ada"))
        assert (answer.status_code, answer.json()["code"]) == (401, "sign-in-required")
        assert made.issuer.asked == {}


async def test_keys_and_sessions_go_on_as_before(open_door):
    studio = open_door.studio
    key = await studio.container.access.create_key(studio.owner, KeyForm(name="press"))
    assert (await open_door.bearer(key.key)).status_code == 200
    assert open_door.issuer.asked == {}


# --- out again, and no other way in ---------------------------------------------------------------------------


async def test_signing_out_goes_on_at_the_issuer(open_door):
    async with open_door.browser() as browser:
        await open_door.come_back(browser)
        answer = await browser.post("/api/auth/logout")
        onward = urlsplit(answer.json()["continue_at"])
        assert (answer.status_code, onward.netloc) == (200, "issuer.test")
        assert parse_qs(onward.query)["post_logout_redirect_uri"] == ["http://studio.test/signin"]
        assert (await browser.get("/api/auth/session")).status_code == 401


async def test_a_local_session_ends_here_alone(open_door):
    studio = open_door.studio
    link = await studio.container.access.new_link(studio.owner, studio.owner.user_id)
    async with open_door.browser() as browser:
        await browser.post("/api/auth/link", json={"token": link.token})
        answer = await browser.post("/api/auth/logout")
        assert (answer.status_code, answer.content) == (204, b"")


async def test_passwords_can_be_switched_off_and_the_machines_links_remain(tmp_path):
    async with door(tmp_path, required=True) as made:
        studio = made.studio
        async with made.browser() as browser:
            form = {"email": "ada@example.org", "password": "a long enough password"}
            assert (await browser.post("/api/auth/login", json=form)).status_code == 403
            assert (await browser.get("/api/account/sign-in-options")).json()["password"] is False
            assert (await _as(studio, studio.owner, f"/api/account/users/{studio.owner.user_id}/link")) == 403
            change = {"password": "a long enough password"}
            assert (await studio.client.put("/api/account/password", json=change)).status_code == 403
            link = await studio.container.access.new_link(studio.owner, studio.owner.user_id)
            assert (await browser.post("/api/auth/link", json={"token": link.token})).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"issuer": "http://issuer.test"},
        {"client_id": None},
        {"audiences": ()},
        {"roles": {}},
        {"admit": "everyone"},
        {"required": True, "login": False},
        {"algorithms": "HS256"},
        {"algorithms": "none"},
    ],
)
def test_settings_that_would_let_the_wrong_people_in_are_refused_at_the_start(wrong):
    good = {"issuer": "https://issuer.test", "client_id": "x", "bearer": True, "audiences": "x", "roles": ROLES}
    assert IdentitySettings.model_validate(good)
    with pytest.raises(ValueError, match=r"Settings"):
        IdentitySettings.model_validate(good | wrong)


async def _as(studio: TestStudio, caller: Caller, path: str) -> int:
    return (await studio.client.post(path)).status_code


async def _second() -> None:
    """Let the next token be issued in another second than the last: they carry whole seconds."""
    await asyncio.sleep(1 - time.time() % 1)


def _now() -> int:
    return int(time.time())
