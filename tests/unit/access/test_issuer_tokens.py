"""A token of another issuer is believed only if that issuer signed it, for us, for now; and checking it is cheap."""

from __future__ import annotations

import asyncio
import base64
import hmac
import json
import time
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joserfc import jwk, jws

from backend.errors import IdentityUnavailable, TokenInvalid
from backend.identity import Issuer
from backend.identity.strict_json import parse
from backend.identity.tokens import LONGEST
from backend.schemas.identity import IdentitySettings
from tests.fakes.issuer import KINDS, FakeIssuer, new_key


class Clock:
    """The present, put forward when told to."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def forward(self, **span: float) -> None:
        self.ahead += timedelta(**span)


@pytest.fixture
def fake():
    return FakeIssuer(people={"ada": {"email": "ada@example.org", "name": "Ada"}})


@pytest.fixture
def clock():
    return Clock()


def issuer_of(fake, clock, **changes):
    rules = {"audiences": ("studio",), "bearer": True, "login": False, "admit": "everyone", "default_role": "viewer"}
    terms = IdentitySettings.model_validate({"issuer": fake.url, **rules, **changes})
    return Issuer(terms, clock=clock, transport=httpx2.ASGITransport(fake.app))


@pytest.fixture
async def issuer(fake, clock):
    made = issuer_of(fake, clock)
    yield made
    await made.aclose()


async def refused(issuer, token):
    with pytest.raises(TokenInvalid) as caught:
        await issuer.believe(token)
    assert caught.value.status == 401
    return caught.value.reason


def b64(data):
    text = data if isinstance(data, bytes) else json.dumps(data).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def resigned(fake, payload, header=None):
    """Return a payload, given as text, signed with the issuer's own key: for what no honest library writes."""
    head = header or {"alg": "RS256", "kid": fake.key.kid}
    return jws.serialize_compact(head, payload, fake.key, algorithms=["RS256"])


# --- what is believed -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("algorithm", ["RS256", "ES256", "EdDSA"])
async def test_a_token_says_who_it_is_about(fake, issuer, algorithm):
    fake.rotate(algorithm)
    person = await issuer.believe(fake.token("ada"))
    assert (person.subject, person.email, person.name, person.email_verified) == (
        "ada",
        "ada@example.org",
        "Ada",
        False,
    )


async def test_claims_are_found_by_name_and_by_path(fake, clock):
    nested = issuer_of(fake, clock, roles_claim="realm_access.roles")
    assert (await nested.believe(fake.token("ada", realm_access={"roles": ["press", 7]}))).groups == ("press",)
    dotted = issuer_of(fake, clock, roles_claim="https://example.org/roles")
    assert "press" in (await dotted.believe(fake.token("ada", **{"https://example.org/roles": "press desk"}))).groups


async def test_a_token_without_a_key_id_is_taken_where_one_key_alone_can_be_meant(fake, issuer):
    assert (await issuer.believe(fake.token("ada", header={"kid": None}))).subject == "ada"
    fake.rotate()
    other = issuer_of(fake, lambda: datetime.now(UTC))
    assert await refused(other, fake.token("ada", header={"kid": None})) == "key"


async def test_the_issuers_clock_may_be_off_a_little(fake, clock):
    now = int(time.time())
    late = issuer_of(fake, clock, leeway_s=60)
    assert await late.believe(fake.token("ada", iat=now + 30, nbf=now + 30, exp=now + 300))
    assert await late.believe(fake.token("ada", iat=now - 300, exp=now - 30))


# --- attacks --------------------------------------------------------------------------------------------------


async def test_a_token_that_is_signed_by_nobody_is_refused(fake, issuer):
    claims = fake.token("ada").split(".")[1]
    for alg in ("none", "None", "NONE", ""):
        assert await refused(issuer, f"{b64({'alg': alg, 'kid': fake.key.kid})}.{claims}.") == "algorithm"


async def test_a_token_signed_with_the_public_key_as_a_password_is_refused(fake, issuer):
    await issuer.believe(fake.token("ada"))
    head, claims = b64({"alg": "HS256", "kid": fake.key.kid}), fake.token("ada").split(".")[1]
    signature = hmac.digest(fake.key.as_pem(private=False), f"{head}.{claims}".encode(), "sha256")
    forged = f"{head}.{claims}.{b64(signature)}"
    assert await refused(issuer, forged) == "algorithm"


async def test_no_setting_lets_shared_secrets_or_unsigned_tokens_in():
    for algorithm in ("HS256", "none"):
        with pytest.raises(ValueError, match="algorithms"):
            IdentitySettings(issuer="https://issuer.test", client_id="studio", algorithms=(algorithm,))


async def test_a_key_is_used_for_its_own_algorithm_alone(fake, clock):
    lenient = issuer_of(fake, clock, algorithms="RS256 PS256 ES256")
    header = {"alg": "PS256", "kid": fake.key.kid}
    key = jwk.RSAKey.import_key({**fake.key.as_dict(private=True), "alg": "PS256"})
    forged = jws.serialize_compact(header, b"{}", key, algorithms=["PS256"])
    assert await refused(lenient, forged) == "key"


async def test_a_key_id_of_another_kind_of_key_is_refused(fake, issuer):
    rsa = fake.key
    fake.rotate("ES256")
    elliptic = fake.key
    await issuer.believe(fake.token("ada"))
    assert await refused(issuer, fake.signed({"sub": "ada"}, {"kid": rsa.kid}, elliptic)) == "key"


async def test_two_keys_of_one_id_are_no_key_at_all(fake, issuer):
    other = new_key()
    twin = jwk.RSAKey.import_key({**other.as_dict(private=True), "kid": fake.key.kid})
    fake.published = [fake.key, twin]
    assert await refused(issuer, fake.token("ada")) == "key"


async def test_keys_for_something_else_check_no_signature(fake, issuer):
    for change in ({"use": "enc"}, {"key_ops": ["encrypt"]}):
        about = {name: value for name, value in fake.key.as_dict(private=False).items() if name != "use"}
        fake.published = [jwk.RSAKey.import_key(about | change)]
        assert await refused(issuer_of(fake, lambda: datetime.now(UTC)), fake.token("ada")) == "key"


async def test_a_key_that_the_token_brings_along_is_not_used(fake, issuer):
    own = new_key()
    for kid in (own.kid, fake.key.kid):
        header = {"alg": "RS256", "kid": kid, "jwk": own.as_dict(private=False), "jku": "https://evil.test/keys"}
        forged = jws.serialize_compact(
            {**header}, json.dumps({"iss": fake.url, "sub": "ada"}), own, algorithms=["RS256"]
        )
        assert await refused(issuer, forged) in {"key", "signature"}


async def test_a_key_that_is_too_short_is_refused(fake, issuer):
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        weak = jwk.RSAKey.generate_key(1024, parameters={"kid": "weak", "alg": "RS256"})
        fake.key, fake.published = weak, [weak]
        token = fake.token("ada")
    assert await refused(issuer, token) == "key"


async def test_a_token_that_was_changed_is_refused(fake, issuer):
    head, body, signature = fake.token("ada").split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    assert await refused(issuer, f"{head}.{b64(claims | {'sub': 'eve'})}.{signature}") == "signature"


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"iss": "https://evil.test"}, "issuer"),
        ({"iss": "https://issuer.test/realm/"}, "issuer"),
        ({"iss": ["https://issuer.test/realm"]}, "issuer"),
        ({"aud": "another"}, "audience"),
        ({"aud": []}, "audience"),
        ({"aud": {"studio": 1}}, "audience"),
        ({"exp": 1}, "expired"),
        ({"nbf": 4_000_000_000}, "not-yet"),
        ({"iat": 4_000_000_000}, "not-yet"),
        ({"exp": "4000000000"}, "claims"),
        ({"exp": True}, "expired"),
        ({"iat": "1"}, "claims"),
        ({"sub": ""}, "claims"),
        ({"sub": "x" * 256}, "claims"),
        ({"sub": "a\x00b"}, "claims"),
    ],
)
async def test_each_claim_has_to_be_right(fake, issuer, claims, reason):
    assert await refused(issuer, fake.token("ada", **claims)) == reason


@pytest.mark.parametrize("name", ["iss", "sub", "exp", "iat", "aud"])
async def test_each_claim_that_is_needed_is_missed(fake, issuer, name):
    reason = {"aud": "audience"}.get(name, "claims")
    assert await refused(issuer, fake.token("ada", without=(name,))) == reason


async def test_a_token_given_to_another_party_is_refused(fake, clock):
    issuer = issuer_of(fake, clock, audiences=(), authorized_parties=("https://studio.test",))
    assert await refused(issuer, fake.token("ada", azp="https://evil.test")) == "party"
    assert await refused(issuer, fake.token("ada")) == "party"
    assert await issuer.believe(fake.token("ada", azp="https://studio.test"))


async def test_claims_that_stand_twice_are_refused(fake, issuer):
    now = int(time.time())
    body = json.dumps({"iss": fake.url, "sub": "ada", "aud": "studio", "iat": now, "exp": now + 60})
    assert await issuer.believe(resigned(fake, body))
    twice = body.replace('"sub": "ada"', '"sub": "eve", "sub": "ada"')
    assert await refused(issuer, resigned(fake, twice)) == "malformed"
    head = '{"alg":"none","alg":"RS256","kid":"' + fake.key.kid + '"}'
    _, claims, signature = fake.token("ada").split(".")
    assert await refused(issuer, f"{b64(head.encode())}.{claims}.{signature}") == "malformed"


async def test_numbers_that_are_none_are_refused(fake, issuer):
    body = '{"iss":"%s","sub":"ada","aud":"studio","iat":1,"exp":%s}'
    for number in ("NaN", "Infinity", "1e999"):
        assert await refused(issuer, resigned(fake, body % (fake.url, number))) == "malformed"


async def test_tokens_of_other_purposes_are_refused(fake, issuer):
    for kind in ("logout+jwt", "dpop+jwt", ["JWT"], 1):
        assert await refused(
            issuer, fake.token("ada", header={"typ": kind}) if isinstance(kind, str) else _typed(fake, kind)
        )
    assert await issuer.believe(fake.token("ada", header={"typ": "at+jwt"}))


def _typed(fake, kind):
    _, claims, signature = fake.token("ada").split(".")
    return f"{b64({'alg': 'RS256', 'kid': fake.key.kid, 'typ': kind})}.{claims}.{signature}"


async def test_headers_that_must_be_understood_are_not(fake, issuer):
    for more in ({"crit": ["exp"], "exp": 1}, {"b64": False}):
        _, claims, signature = fake.token("ada").split(".")
        forged = f"{b64({'alg': 'RS256', 'kid': fake.key.kid} | more)}.{claims}.{signature}"
        assert await refused(issuer, forged) == "malformed"


async def test_a_token_that_is_too_long_is_not_looked_at(fake, issuer):
    assert await refused(issuer, fake.token("ada", padding="x" * LONGEST)) == "malformed"
    assert fake.asked == {}


async def test_a_header_nested_without_end_is_refused(fake, issuer):
    assert await refused(issuer, f"{b64(b'[' * 9000)}.e30.e30") == "malformed"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=200), st.from_regex(r"[\w=+/-]{0,40}\.[\w-]{0,40}\.[\w-]{0,40}", fullmatch=True)))
def test_whatever_is_sent_is_refused_and_nothing_breaks(fake, text):
    async def tried():
        issuer = issuer_of(fake, lambda: datetime.now(UTC))
        await refused(issuer, text)

    asyncio.run(tried())


@given(st.text(max_size=60))
def test_json_is_read_in_one_way_or_not_at_all(text):
    try:
        found = parse(text)
    except ValueError:
        return
    assert found == json.loads(text)


# --- the issuer's keys ----------------------------------------------------------------------------------------


async def test_a_new_key_is_asked_for_when_a_token_names_it(fake, issuer, clock):
    await issuer.believe(fake.token("ada"))
    clock.forward(seconds=31)
    fake.rotate()
    assert (await issuer.believe(fake.token("ada"))).subject == "ada"
    assert fake.asked["keys"] == 2


async def test_unknown_keys_make_nobody_ask_more_than_now_and_then(fake, issuer, clock):
    strange = [fake.signed({"sub": "ada"}, {"kid": f"k{n}"}, new) for n, new in enumerate([new_key()] * 20)]
    assert {await refused(issuer, token) for token in strange} == {"key"}
    assert fake.asked["keys"] == 1
    clock.forward(seconds=31)
    assert await refused(issuer, strange[0]) == "key"
    assert fake.asked["keys"] == 2


async def test_many_at_once_ask_once(fake, issuer):
    tokens = [fake.token("ada", number=number) for number in range(20)]
    await asyncio.gather(*(issuer.believe(token) for token in tokens))
    assert (fake.asked["discovery"], fake.asked["keys"]) == (1, 1)


async def test_old_keys_serve_on_while_the_issuer_is_down_and_not_for_ever(fake, issuer, clock):
    await issuer.believe(fake.token("ada"))
    fake.faults.add("down")
    clock.forward(hours=2)
    assert await issuer.believe(fake.token("ada", number=1))
    clock.forward(hours=24)
    with pytest.raises(IdentityUnavailable):
        await issuer.believe(fake.token("ada", number=2))
    fake.faults.clear()
    clock.forward(seconds=31)
    assert await issuer.believe(fake.token("ada", number=3))


async def test_a_key_that_was_taken_back_ends_what_it_signed(fake, issuer, clock):
    old = fake.token("ada", exp=int(time.time()) + 90_000)
    await issuer.believe(old)
    fake.rotate(keep=False)
    clock.forward(hours=2)
    assert await refused(issuer, old) == "key"


@pytest.mark.parametrize(
    "fault",
    [
        "down",
        "other issuer",
        "plain http",
        "huge keys",
        "huge discovery",
        "redirect keys",
        "garbage keys",
        "garbage discovery",
    ],
)
async def test_an_issuer_that_answers_wrongly_lets_nobody_in(fake, issuer, fault):
    fake.faults.add(fault)
    with pytest.raises(IdentityUnavailable) as caught:
        await issuer.believe(fake.token("ada"))
    assert caught.value.status == 503


async def test_a_redirect_is_not_followed(fake, issuer):
    fake.faults.add("redirect keys")
    with pytest.raises(IdentityUnavailable):
        await issuer.believe(fake.token("ada"))
    assert fake.asked["keys"] == 1


async def test_an_issuer_that_hangs_is_left(fake, clock):
    class Hanging(httpx2.AsyncBaseTransport):
        async def handle_async_request(self, request):
            await asyncio.Event().wait()

    terms = IdentitySettings(issuer=fake.url, client_id="studio", answer_s=0.05, connect_s=0.05, admit="nobody")
    with pytest.raises(IdentityUnavailable):
        await Issuer(terms, clock=clock, transport=Hanging()).believe(fake.token("ada"))


# --- what it costs --------------------------------------------------------------------------------------------


async def test_a_token_that_was_found_good_is_not_checked_again_until_it_expires(fake, issuer, clock, monkeypatch):
    token = fake.token("ada")
    checked = []
    whole = issuer._checked

    async def counted(*args, **named):
        checked.append(args)
        return await whole(*args, **named)

    monkeypatch.setattr(issuer, "_checked", counted)
    assert {(await issuer.believe(token)).subject for _ in range(50)} == {"ada"}
    assert len(checked) == 1
    clock.forward(seconds=331)
    await issuer.believe(token)
    assert len(checked) == 2


async def test_so_many_tokens_are_remembered_and_no_more(fake, clock):
    issuer = issuer_of(fake, clock, verified_tokens=2)
    for number in range(5):
        await issuer.believe(fake.token("ada", number=number))
    assert len(issuer._good) == 2


def test_every_kind_of_key_of_the_fake_is_one_that_can_be_believed():
    assert set(KINDS) <= set(IdentitySettings.model_fields["algorithms"].default) | {"PS256"}
