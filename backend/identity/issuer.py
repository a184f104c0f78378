"""The issuer: where people sign in, and whose tokens are believed."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections import OrderedDict
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import structlog

from backend.errors import IdentityRefused, IdentityUnavailable, TokenInvalid
from backend.identity.claims import claim, person_of
from backend.identity.kept import Kept
from backend.identity.keys import Keys
from backend.identity.tokens import Claims, header_of, verified
from backend.identity.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    import httpx2

    from backend.identity.wire import JsonObject
    from backend.schemas.identity import ForeignPerson, IdentitySettings, Return

log = structlog.get_logger()

WELL_KNOWN = "/.well-known/openid-configuration"


class Issuer:
    """One issuer of OpenID Connect. Nothing is asked of it before the first sign-in or the first token."""

    def __init__(
        self,
        settings: IdentitySettings,
        *,
        clock: Callable[[], datetime],
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._wire = Wire(settings, transport=transport)
        self._about = Kept(self._discover, settings, clock=clock)
        self._keys = Kept(self._fetch_keys, settings, clock=clock)
        self._good: OrderedDict[bytes, tuple[ForeignPerson, float]] = OrderedDict()

    async def _discover(self) -> JsonObject:
        """Return the issuer's description of itself, which must name the issuer that it was asked of.

        Source: https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationValidation
        (read 2026-11-22)
        """
        issuer = self._settings.issuer or ""
        about = await self._wire.get(issuer.removesuffix("/") + WELL_KNOWN)
        if about.get("issuer") != issuer:
            log.warning("identity.other_issuer", expected=issuer, found=str(about.get("issuer"))[:200])
            raise IdentityUnavailable(detail="The issuer's own description names another issuer.")
        return about

    async def _fetch_keys(self) -> Keys:
        url = self._settings.keys_url or _address(await self._about.get(), "jwks_uri")
        return Keys(await self._wire.get(url))

    # --- signing in: the authorization code flow with PKCE ----------------------------------------------------

    async def door(self, to: Return) -> str:
        """Return the address at which somebody signs in.

        Source: https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest,
        https://www.rfc-editor.org/rfc/rfc7636#section-4.3 (read 2026-11-22)

        Raises:
            IdentityUnavailable: the issuer can't be asked where that is, or can't do PKCE.
        """
        about = await self._about.get()
        methods = about.get("code_challenge_methods_supported")
        if isinstance(methods, list) and "S256" not in methods:
            raise IdentityUnavailable(detail="The issuer does not know PKCE with S256.")
        digest = hashlib.sha256(to.verifier.encode()).digest()
        query = {
            "response_type": "code",
            "client_id": self._settings.client_id or "",
            "redirect_uri": to.redirect_uri,
            "scope": " ".join(self._settings.scopes),
            "state": to.state,
            "nonce": to.nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        return _with_query(_address(about, "authorization_endpoint"), query)

    async def check_sender(self, named: str | None) -> None:
        """Refuse an answer that another issuer sent: `named` is the `iss` that it came with.

        Source: https://www.rfc-editor.org/rfc/rfc9207#section-2.4 (read 2026-11-22)

        Raises:
            IdentityRefused: it names another issuer, or none although this one always does.
        """
        about = await self._about.get()
        always = about.get("authorization_response_iss_parameter_supported") is True
        if named != self._settings.issuer and (always or named is not None):
            raise IdentityRefused(detail="The answer comes from another issuer.", reason="attempt")

    async def redeem(self, code: str, back: Return) -> ForeignPerson:
        """Return who signed in, for the code that they came back with.

        Raises:
            IdentityRefused: the issuer does not take the code.
            IdentityUnavailable: the issuer can't be asked.
            TokenInvalid: what it answers can't be believed.
        """
        about = await self._about.get()
        granted = await self._exchange(about, code, back)
        token = granted.get("id_token")
        if not isinstance(token, str):
            raise IdentityUnavailable(detail="The issuer answered without a token of who it is.")
        client = self._settings.client_id or ""
        claims = await self._checked(token, audiences=(client,))
        _check_party(claims, client)
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), back.nonce.encode()):
            raise TokenInvalid(detail="The issuer's token belongs to another attempt.", reason="nonce")
        return person_of(await self._completed(claims, about, granted), self._settings)

    async def _exchange(self, about: JsonObject, code: str, back: Return) -> JsonObject:
        settings = self._settings
        client, secret = settings.client_id or "", settings.client_secret
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back.redirect_uri,
            "code_verifier": back.verifier,
        }
        methods = about.get("token_endpoint_auth_methods_supported")
        in_form = isinstance(methods, list) and "client_secret_basic" not in methods
        basic = (client, secret.get_secret_value()) if secret and not in_form else None
        if basic is None:
            form |= {"client_id": client} | ({"client_secret": secret.get_secret_value()} if secret else {})
        status, granted = await self._wire.post(_address(about, "token_endpoint"), form, basic=basic)
        if error := granted.get("error"):
            log.warning("identity.code_refused", status=status, error=str(error)[:100])
            if error == "invalid_grant":
                raise IdentityRefused(detail="The issuer does not take the code; begin again.", reason="attempt")
            raise IdentityUnavailable(detail="The issuer does not take the studio for its client.")
        return granted

    async def _completed(self, claims: Claims, about: JsonObject, granted: JsonObject) -> Claims:
        """Return the claims with those that the issuer tells only when asked; the signed ones come first."""
        wanted = [self._settings.email_claim]
        wanted += [self._settings.roles_claim] if self._settings.roles else []
        access = granted.get("access_token")
        missing = any(claim(claims, name) is None for name in wanted)
        if not missing or not isinstance(access, str) or not isinstance(about.get("userinfo_endpoint"), str):
            return claims
        told = await self._wire.get(_address(about, "userinfo_endpoint"), bearer=access)
        if told.get("sub") != claims["sub"]:
            raise TokenInvalid(detail="The issuer tells about somebody else.", reason="claims")
        return {**told, **claims}

    async def farewell(self, *, back_to: str) -> str | None:
        """Return where to sign out at the issuer too; None if it offers that nowhere.

        Source: https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout (read 2026-11-22)

        Raises:
            IdentityUnavailable: the issuer can't be asked.
        """
        about = await self._about.get()
        if not isinstance(about.get("end_session_endpoint"), str):
            return None
        query = {"client_id": self._settings.client_id or "", "post_logout_redirect_uri": back_to}
        return _with_query(_address(about, "end_session_endpoint"), query)

    # --- tokens that programs send ----------------------------------------------------------------------------

    async def believe(self, token: str) -> ForeignPerson:
        """Return whom a token is about.

        One that was found good is remembered until its time has passed, and no longer than the keys are kept: a key
        that the issuer takes back ends what was signed with it.

        Raises:
            TokenInvalid: it is not the issuer's, not for us, or not for now.
            IdentityUnavailable: the issuer's keys can't be had.
        """
        name = hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
        now = self._clock().timestamp()
        person, until = self._good.get(name, (None, 0.0))
        if person and now < until:
            self._good.move_to_end(name)
            return person
        claims = await self._checked(token, audiences=self._settings.audiences)
        parties = self._settings.authorized_parties
        if parties and claims.get("azp") not in parties:
            raise TokenInvalid(detail="The token was given to somebody else.", reason="party")
        person = person_of(claims, self._settings)
        until = min(person.expires_at + self._settings.leeway_s, now + self._settings.keys_s)
        self._good[name] = (person, until)
        while len(self._good) > self._settings.verified_tokens:
            self._good.popitem(last=False)
        return person

    async def _checked(self, token: str, *, audiences: tuple[str, ...]) -> Claims:
        header = header_of(token, self._settings.algorithms)
        keys = await self._keys.get()
        key = keys.find(header.kid, header.algorithm)
        if key is None:
            key = (await self._keys.renewed()).find(header.kid, header.algorithm)
        if key is None:
            raise TokenInvalid(detail="The issuer has no such key.", reason="key")
        return verified(token, key, header.algorithm, self._settings, audiences=audiences)

    async def aclose(self) -> None:
        """Hang up."""
        await self._wire.aclose()


def _check_party(claims: Claims, client: str) -> None:
    """Refuse a token that the issuer gave to another client.

    Source: https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation (read 2026-11-22)
    """
    party, audience = claims.get("azp"), claims.get("aud")
    several = isinstance(audience, list) and len(audience) > 1
    if (party is not None or several) and party != client:
        raise TokenInvalid(detail="The issuer's token was given to somebody else.", reason="party")


def _address(about: JsonObject, name: str) -> str:
    found = about.get(name)
    if not isinstance(found, str):
        raise IdentityUnavailable(detail=f"The issuer's description names no `{name}`.")
    return found


def _with_query(url: str, query: dict[str, str]) -> str:
    return f"{url}{'&' if '?' in url else '?'}{urlencode(query)}"
