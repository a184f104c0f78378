"""People get in by a link, a password or a key, and by nothing else."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from backend.db.migrate import upgrade
from backend.db.session import Database
from backend.errors import Conflict, InvalidRequest, NotAllowed, NotFound, SignInRequired, TooManyAttempts
from backend.schemas.account import KeyForm, LoginForm, PasswordForm, UserChange, UserForm
from backend.schemas.base import KeyId, UserId
from backend.services.access_service import AccessService

PASSWORD = SecretStr("a long enough password")


class Clock:
    """A clock that goes forward when told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def db(ground, tmp_path):
    url = ground.database(tmp_path)
    await asyncio.to_thread(upgrade, url)
    made = Database(url)
    yield made
    await made.aclose()


@pytest.fixture
def access(db, clock):
    return AccessService(db, clock=clock, tier="self_hosted", session_days=30, link_minutes=60)


@pytest.fixture
async def owner(access):
    """Return the first owner, signed in by the first link."""
    link = await access.first_start()
    signed_in = await access.redeem(link.token)
    return await access.authenticate(signed_in.token)


async def added(access, owner, name="Ada", **fields):
    return await access.people.add(owner, UserForm(name=name, **fields))


async def key_of(access, caller, **fields):
    return await access.create_key(caller, KeyForm(name="press", **fields))


# --- the first start ----------------------------------------------------------------------------------------


async def test_the_first_start_makes_one_owner_however_many_servers_start(access, db, clock):
    other = AccessService(db, clock=clock, tier="self_hosted", session_days=30, link_minutes=60)
    links = await asyncio.gather(*(service.first_start() for service in (access, other, access, other)))
    assert len([link for link in links if link]) == 1
    assert (await access.people.listed(await access.owner())).users[0].role == "owner"


async def test_before_the_first_start_there_is_no_owner(access):
    with pytest.raises(NotFound):
        await access.owner()


async def test_the_account_names_person_workspace_role_and_tier(access, owner):
    account = await access.account(owner)
    assert (account.user.name, account.workspace.name, account.role, account.tier) == (
        "Owner",
        "Studio",
        "owner",
        "self_hosted",
    )


# --- links --------------------------------------------------------------------------------------------------


async def test_a_link_lets_in_once_even_when_used_twice_at_the_same_moment(access):
    link = await access.first_start()
    tries = await asyncio.gather(access.redeem(link.token), access.redeem(link.token), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in tries) == ["SignInRequired", "SignedIn"]


async def test_a_link_gets_too_old(access, clock):
    link = await access.first_start()
    clock.forward(minutes=60)
    with pytest.raises(SignInRequired):
        await access.redeem(link.token)


async def test_a_new_link_replaces_one_that_got_too_old(access, clock):
    await access.first_start()
    clock.forward(days=1)
    owner = await access.owner()
    link = await access.new_link(owner, owner.user_id)
    assert (await access.redeem(link.token)).user.id == owner.user_id


async def test_no_link_is_made_for_somebody_who_may_not_sign_in(access, owner):
    person = await added(access, owner)
    await access.people.change(owner, person.id, UserChange(disabled=True))
    with pytest.raises(Conflict):
        await access.new_link(owner, person.id)


async def test_nothing_that_lets_in_is_kept_in_the_clear(access, owner, tmp_path):
    key = await key_of(access, owner)
    link = await access.new_link(owner, owner.user_id)
    signed_in = await access.redeem(link.token)
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert not [secret for secret in (key.key, link.token, signed_in.token) if secret.encode() in kept]


# --- sessions -----------------------------------------------------------------------------------------------


async def test_a_session_ends_by_logout_and_by_age(access, owner, clock):
    link = await access.new_link(owner, owner.user_id)
    token = (await access.redeem(link.token)).token
    assert await access.authenticate(token) == owner
    await access.logout(token)
    with pytest.raises(SignInRequired):
        await access.authenticate(token)
    link = await access.new_link(owner, owner.user_id)
    token = (await access.redeem(link.token)).token
    clock.forward(days=30)
    with pytest.raises(SignInRequired):
        await access.authenticate(token)


@pytest.mark.parametrize("token", ["", "iss_", "isk_", "isk_nonsense", "iss_nonsense", "nonsense", "é\udc80"])
async def test_what_was_not_handed_out_lets_nobody_in(access, owner, token):
    with pytest.raises(SignInRequired):
        await access.authenticate(token)


async def test_the_hash_of_a_token_is_no_token(access, db, owner):
    import hashlib

    key = await key_of(access, owner)
    with pytest.raises(SignInRequired):
        await access.authenticate(hashlib.sha256(key.key.encode()).hexdigest())


async def test_whoever_is_disabled_is_out_at_once_and_old_sessions_stay_ended(access, owner):
    person = await added(access, owner, role="editor")
    token = (await access.redeem((await access.new_link(owner, person.id)).token)).token
    key = await key_of(access, await access.authenticate(token))
    await access.people.change(owner, person.id, UserChange(disabled=True))
    for secret in (token, key.key):
        with pytest.raises(SignInRequired):
            await access.authenticate(secret)
    await access.people.change(owner, person.id, UserChange(disabled=False))
    with pytest.raises(SignInRequired):
        await access.authenticate(token)


# --- passwords ----------------------------------------------------------------------------------------------


async def test_a_password_lets_in_whoever_it_belongs_to(access, owner):
    person = await added(access, owner, email="Ada@Example.org ", password=PASSWORD)
    signed_in = await access.login(LoginForm(email="ada@example.ORG", password=PASSWORD), address="1.2.3.4")
    assert (signed_in.user.id, signed_in.role) == (person.id, "editor")
    assert (await access.authenticate(signed_in.token)).user_id == person.id


async def test_a_wrong_password_and_an_unknown_address_are_refused_alike(access, owner):
    await added(access, owner, email="ada@example.org", password=PASSWORD)
    said = []
    for email in ("ada@example.org", "nobody@example.org"):
        with pytest.raises(SignInRequired) as refused:
            await access.login(LoginForm(email=email, password=SecretStr("wrong")), address="1.2.3.4")
        said.append(refused.value.fields())
    assert said[0] == said[1]


async def test_guessing_is_stopped_and_goes_on_after_a_while(access, owner, clock, monkeypatch):
    async def wrong(*_):
        return False

    monkeypatch.setattr(access._passwords, "fits", wrong)
    form = LoginForm(email="ada@example.org", password=SecretStr("guess"))
    for n in range(10):
        with pytest.raises(SignInRequired):
            await access.login(form, address=f"1.2.3.{n}")
    with pytest.raises(TooManyAttempts) as refused:
        await access.login(form, address="1.2.3.4")
    clock.forward(seconds=refused.value.retry_after)
    with pytest.raises(SignInRequired):
        await access.login(form, address="1.2.3.4")


async def test_a_new_password_needs_the_old_one_and_ends_the_other_sessions(access, owner):
    first = await access.change_password(owner, PasswordForm(password=PASSWORD))
    caller = await access.authenticate(first.token)
    with pytest.raises(InvalidRequest) as refused:
        await access.change_password(caller, PasswordForm(password=SecretStr("another long password")))
    assert refused.value.errors[0].pointer == "/current_password"
    again = PasswordForm(password=SecretStr("another long password"), current_password=PASSWORD)
    second = await access.change_password(caller, again)
    assert await access.authenticate(second.token) == owner
    with pytest.raises(SignInRequired):
        await access.authenticate(first.token)


async def test_a_key_can_not_change_a_password(access, owner):
    program = await access.authenticate((await key_of(access, owner)).key)
    with pytest.raises(NotAllowed):
        await access.change_password(program, PasswordForm(password=PASSWORD))


# --- people -------------------------------------------------------------------------------------------------


async def test_an_address_belongs_to_one_person(access, owner):
    await added(access, owner, email="ada@example.org")
    with pytest.raises(Conflict):
        await added(access, owner, name="Eve", email="ada@example.org")
    eve = await added(access, owner, name="Eve", email="eve@example.org")
    with pytest.raises(Conflict):
        await access.people.change(owner, eve.id, UserChange(email="ada@example.org"))


@pytest.mark.parametrize("change", [UserChange(role="editor"), UserChange(disabled=True)])
async def test_the_last_owner_stays(access, owner, change):
    with pytest.raises(Conflict):
        await access.people.change(owner, owner.user_id, change)
    second = await added(access, owner, role="owner")
    await access.people.change(owner, owner.user_id, change)
    with pytest.raises(Conflict):
        await access.people.change(owner, second.id, change)


async def test_a_lower_role_bounds_the_keys_that_were_made_before(access, owner):
    second = await added(access, owner, role="owner")
    caller = await access.authenticate((await access.redeem((await access.new_link(owner, second.id)).token)).token)
    key = await key_of(access, caller, scopes=frozenset({"read", "write", "admin"}))
    changed = await access.people.change(owner, second.id, UserChange(role="viewer", name="Second"))
    assert (changed.role, changed.name) == ("viewer", "Second")
    assert (await access.authenticate(key.key)).scopes == {"read"}


# --- keys ---------------------------------------------------------------------------------------------------


async def test_a_key_works_until_it_is_revoked(access, owner):
    key = await key_of(access, owner)
    caller = await access.authenticate(key.key)
    assert (caller.key_id, caller.user_id, caller.scopes) == (key.id, owner.user_id, {"read", "write"})
    await access.revoke_key(owner, key.id)
    with pytest.raises(SignInRequired):
        await access.authenticate(key.key)
    with pytest.raises(NotFound):
        await access.revoke_key(owner, key.id)
    assert (await access.keys(owner)).keys == ()


async def test_a_key_expires(access, owner, clock):
    key = await key_of(access, owner, expires_at=clock() + timedelta(hours=1))
    await access.authenticate(key.key)
    clock.forward(hours=1)
    with pytest.raises(SignInRequired):
        await access.authenticate(key.key)
    with pytest.raises(InvalidRequest):
        await key_of(access, owner, expires_at=clock())


async def test_a_key_is_listed_without_its_secret(access, owner):
    key = await key_of(access, owner)
    listed = (await access.keys(owner)).model_dump_json()
    assert key.id in listed
    assert key.prefix in listed
    assert key.key not in listed


async def test_a_key_can_not_be_allowed_more_than_its_maker(access, owner):
    program = await access.authenticate((await key_of(access, owner, scopes=frozenset({"read"}))).key)
    with pytest.raises(NotAllowed) as refused:
        await key_of(access, program, scopes=frozenset({"read", "write"}))
    assert refused.value.needs == "write"


async def test_the_use_of_a_key_is_noted_once_a_minute(access, owner, clock):
    key = await key_of(access, owner)

    async def used() -> datetime | None:
        return (await access.keys(owner)).keys[0].last_used_at

    assert await used() is None
    await access.authenticate(key.key)
    first = clock()
    assert await used() == first
    clock.forward(seconds=59)
    await access.authenticate(key.key)
    assert await used() == first
    clock.forward(seconds=1)
    await access.authenticate(key.key)
    assert await used() == clock()


# --- other workspaces ---------------------------------------------------------------------------------------


@pytest.fixture
async def stranger(db, access, owner):
    """Return the owner of another workspace."""
    from backend.db.people import Workspace
    from backend.db.repositories.people import People, blank
    from backend.schemas.base import SCOPES, Caller, WorkspaceId

    now = datetime(2026, 11, 22, 10, tzinfo=UTC)
    async with db.begin() as session:
        await People(session).add_workspace(Workspace(id="b" * 32, name="Other", tier="self_hosted", created_at=now))
        await People(session).add(WorkspaceId("b" * 32), blank("c" * 32, name="Stranger", now=now), "owner")
    return Caller(user_id=UserId("c" * 32), workspace_id=WorkspaceId("b" * 32), role="owner", scopes=SCOPES["owner"])


async def test_people_and_keys_of_another_workspace_are_not_there(access, owner, stranger):
    key = await key_of(access, owner)
    refused = (
        access.new_link(stranger, owner.user_id),
        access.people.change(stranger, owner.user_id, UserChange(name="Mine")),
        access.revoke_key(stranger, KeyId(key.id)),
    )
    for attempt in refused:
        with pytest.raises(NotFound):
            await attempt
    assert [user.name for user in (await access.people.listed(stranger)).users] == ["Stranger"]
    assert (await access.keys(stranger)).keys == ()
    assert (await access.authenticate(key.key)).workspace_id == owner.workspace_id
