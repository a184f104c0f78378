"""The issuer of the tests is one that other people's clients get on with, and the studio asks it as they do."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import httpx2
import jwt
import pytest
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwk
from joserfc import jwt as other_jwt

from backend.identity import Issuer
from backend.schemas.identity import IdentitySettings, Return
from tests.fakes.issuer import FakeIssuer

BACK = "http://studio.test/api/account/oidc/callback"
VERIFIER = "v" * 64


@pytest.fixture
def fake():
    return FakeIssuer(client_secret="secret", people={"ada": {"name": "Ada"}}, at_the_door="ada")


@pytest.fixture
async def browser(fake):
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(fake.app)) as client:
        yield client


@pytest.fixture
async def authlib(fake):
    """Return somebody else's client, which knows nothing of ours."""
    async with AsyncOAuth2Client(
        client_id="studio",
        client_secret="secret",
        scope="openid profile email",
        redirect_uri=BACK,
        code_challenge_method="S256",
        transport=httpx2.ASGITransport(fake.app),
    ) as client:
        yield client


async def described(fake, browser):
    return (await browser.get(f"{fake.url}/.well-known/openid-configuration")).json()


async def test_another_client_signs_somebody_in_and_believes_the_token(fake, browser, authlib):
    about = await described(fake, browser)
    url, state = authlib.create_authorization_url(about["authorization_endpoint"], code_verifier=VERIFIER, nonce="n")
    back = (await browser.get(url)).headers["location"]
    granted = await authlib.fetch_token(
        about["token_endpoint"], authorization_response=back, state=state, code_verifier=VERIFIER
    )
    keys = jwk.KeySet.import_key_set((await browser.get(about["jwks_uri"])).json())
    read = other_jwt.decode(granted["id_token"], keys, algorithms=["RS256"])
    claims = CodeIDToken(
        read.claims,
        read.header,
        options={"iss": {"value": about["issuer"]}, "aud": {"value": "studio"}},
        params={"nonce": "n", "client_id": "studio", "access_token": granted["access_token"]},
    )
    claims.validate(leeway=5)
    assert claims["sub"] == "ada"
    assert (await authlib.get(about["userinfo_endpoint"])).json()["sub"] == "ada"


async def test_another_library_finds_the_key_by_its_id(fake, browser):
    fake.rotate("ES256")
    keys = jwt.PyJWKSet.from_dict((await browser.get(f"{fake.url}/keys")).json())
    token = fake.token("ada")
    kid = jwt.get_unverified_header(token)["kid"]
    assert jwt.decode(token, keys[kid], audience="studio", issuer=fake.url)["sub"] == "ada"


async def test_a_code_is_of_no_use_without_the_secret_of_its_attempt(fake, browser, authlib):
    from authlib.integrations.base_client import OAuthError

    about = await described(fake, browser)
    url, state = authlib.create_authorization_url(about["authorization_endpoint"], code_verifier=VERIFIER)
    back = (await browser.get(url)).headers["location"]
    with pytest.raises(OAuthError, match="invalid_grant"):
        await authlib.fetch_token(about["token_endpoint"], authorization_response=back, state=state, code_verifier="w")


async def test_the_studio_asks_for_the_same_as_another_client(fake, browser, authlib):
    about = await described(fake, browser)
    theirs, _ = authlib.create_authorization_url(
        about["authorization_endpoint"], state="s", code_verifier=VERIFIER, nonce="n"
    )
    settings = IdentitySettings(issuer=fake.url, client_id="studio", admit="nobody")
    issuer = Issuer(settings, clock=lambda: datetime.now(UTC), transport=httpx2.ASGITransport(fake.app))
    ours = await issuer.door(Return(redirect_uri=BACK, state="s", nonce="n", verifier=VERIFIER))
    assert urlsplit(ours)[:3] == urlsplit(theirs)[:3]
    assert parse_qs(urlsplit(ours).query) == parse_qs(urlsplit(theirs).query)
    await issuer.aclose()
