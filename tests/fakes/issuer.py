"""An issuer of OpenID Connect that speaks the real wire, and misbehaves when told to.

It signs with joserfc, so that what the studio checks with PyJWT was not made by it.
`tests/contract/test_fake_issuer.py` holds it to what other people's clients expect.
"""

from __future__ import annotations

import base64
import hashlib
import html
import secrets
import time
import warnings
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote_plus, urlencode

from joserfc import jwt
from joserfc.errors import SecurityWarning
from joserfc.jwk import ECKey, OKPKey, RSAKey
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

if TYPE_CHECKING:
    from starlette.requests import Request

KINDS = {"RS256": (RSAKey, 2048), "PS256": (RSAKey, 2048), "ES256": (ECKey, "P-256"), "EdDSA": (OKPKey, "Ed25519")}
HUGE = 2_000_000

Claims = dict[str, Any]


def new_key(algorithm: str = "RS256") -> Any:
    """Return a private key, of whichever kind, with an id of its own."""
    kind, size = KINDS[algorithm]
    return kind.generate_key(size, parameters={"kid": secrets.token_hex(4), "alg": algorithm, "use": "sig"})


_FIRST = {algorithm: new_key(algorithm) for algorithm in ("RS256", "ES256")}
"""Keys take long to make; every issuer of the tests begins with these."""


@dataclass
class FakeIssuer:
    """One issuer with one client. `faults` are what it does wrong; `asked` is what it was asked for, how often."""

    url: str = "https://issuer.test/realm"
    client_id: str = "studio"
    client_secret: str | None = "quite + secret: 100%"
    redirect_uris: set[str] = field(default_factory=lambda: {"http://studio.test/api/account/oidc/callback"})
    people: dict[str, Claims] = field(default_factory=dict)
    """By subject: their claims."""
    at_the_door: str | None = None
    """Who signs in without being asked; otherwise a page asks."""
    faults: set[str] = field(default_factory=set)
    private: set[str] = field(default_factory=set)
    """Claims that are told at the userinfo endpoint alone."""
    asked: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.key = _FIRST["RS256"]
        self.published = [self.key]
        self._codes: dict[str, Claims] = {}
        self._access: dict[str, str] = {}
        prefix = "/" + self.url.split("/", 3)[3] if self.url.count("/") > 2 else ""
        self.app = Starlette(
            routes=[
                Route(f"{prefix}/.well-known/openid-configuration", self._discovery),
                Route(f"{prefix}/keys", self._keys),
                Route(f"{prefix}/authorize", self._authorize, methods=["GET", "POST"]),
                Route(f"{prefix}/token", self._token, methods=["POST"]),
                Route(f"{prefix}/userinfo", self._userinfo),
                Route(f"{prefix}/end", self._end),
            ]
        )

    # --- what it signs ----------------------------------------------------------------------------------------

    def token(self, subject: str, *, header: Claims | None = None, without: tuple[str, ...] = (), **claims: Any) -> str:
        """Return a signed token about somebody."""
        now = int(time.time())
        said = {"iss": self.url, "sub": subject, "aud": self.client_id, "iat": now, "exp": now + 300}
        said |= {name: value for name, value in self.people.get(subject, {}).items() if name not in self.private}
        said |= claims
        return self.signed({name: value for name, value in said.items() if name not in without}, header)

    def signed(self, claims: Claims, header: Claims | None = None, key: Any = None) -> str:
        """Return claims, signed."""
        key = key or self.key
        head = {"alg": key.alg, "kid": key.kid, "typ": "JWT"} | (header or {})
        said = {name: value for name, value in head.items() if value is not None}
        with warnings.catch_warnings():  # joserfc says that RFC 9864 has a newer name for EdDSA
            warnings.simplefilter("ignore", SecurityWarning)
            return jwt.encode(said, claims, key, algorithms=[head["alg"]])

    def rotate(self, algorithm: str = "RS256", *, keep: bool = True) -> None:
        """Sign with a new key from now on; the old one stays published for a while."""
        self.key = new_key(algorithm)
        self.published = [*(self.published if keep else []), self.key]

    # --- what it answers --------------------------------------------------------------------------------------

    def _fault(self, path: str) -> Response | None:
        self.asked[path] += 1
        if "down" in self.faults:
            return JSONResponse({"error": "server_error"}, status_code=503)
        if f"huge {path}" in self.faults:
            return JSONResponse({"padding": "x" * HUGE})
        if f"redirect {path}" in self.faults:
            return RedirectResponse("https://elsewhere.test/keys")
        if f"garbage {path}" in self.faults:
            return HTMLResponse("<p>Please log in to the hotel's network.</p>")
        return None

    async def _discovery(self, _: Request) -> Response:
        if wrong := self._fault("discovery"):
            return wrong
        about = {
            "issuer": "https://evil.test" if "other issuer" in self.faults else self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": "http://issuer.test/keys" if "plain http" in self.faults else f"{self.url}/keys",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "end_session_endpoint": f"{self.url}/end",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["plain"] if "no S256" in self.faults else ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"]
            if "post only" in self.faults
            else ["client_secret_basic", "client_secret_post"],
            "authorization_response_iss_parameter_supported": True,
        }
        return JSONResponse(about)

    async def _keys(self, _: Request) -> Response:
        if wrong := self._fault("keys"):
            return wrong
        return JSONResponse({"keys": [key.as_dict(private=False) for key in self.published]})

    async def _authorize(self, request: Request) -> Response:
        if wrong := self._fault("authorize"):
            return wrong
        asked = dict(request.query_params)
        if asked.get("client_id") != self.client_id or asked.get("redirect_uri") not in self.redirect_uris:
            return HTMLResponse("<h1>Unknown client or address</h1>", status_code=400)  # never sent back there
        is_code = asked.get("response_type") == "code" and "openid" in asked.get("scope", "").split()
        if not is_code or asked.get("code_challenge_method") != "S256" or len(asked.get("code_challenge", "")) != 43:
            return self._back(asked, error="invalid_request")
        if "declines" in self.faults:
            return self._back(asked, error="access_denied")
        who = self.at_the_door
        if request.method == "POST":
            who = parse_qs((await request.body()).decode())["who"][0]
        if who is None:
            return self._page()
        code = secrets.token_urlsafe(24)
        self._codes[code] = asked | {"sub": who, "until": time.time() + 60}
        return self._back(asked, code=code)

    def _page(self) -> Response:
        buttons = "".join(
            f'<button name="who" value="{html.escape(who)}">{html.escape(about.get("name", who))}</button>'
            for who, about in self.people.items()
        )
        return HTMLResponse(f'<title>Issuer</title><h1>Who is it?</h1><form method="post">{buttons}</form>')

    def _back(self, asked: Claims, **said: str) -> Response:
        sender = "https://evil.test" if "mix-up" in self.faults else self.url
        query = said | {"state": asked.get("state", ""), "iss": sender}
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(query)}", status_code=303)

    async def _token(self, request: Request) -> Response:
        if wrong := self._fault("token"):
            return wrong
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        if not self._knows_client(request, form):
            return JSONResponse({"error": "invalid_client"}, status_code=401)
        code = self._codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            code is None
            or code["until"] < time.time()
            or code["redirect_uri"] != form.get("redirect_uri")
            or code["code_challenge"] != challenge
        ):
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
        access = secrets.token_urlsafe(24)
        self._access[access] = code["sub"]
        nonce = "another" if "other nonce" in self.faults else code.get("nonce")
        claims: Claims = {"nonce": nonce, "at_hash": _half(access)}
        if "other client" in self.faults:
            claims["aud"] = "another"
        if "other party" in self.faults:
            claims["azp"] = "another"
        token = self.token(code["sub"], without=("nonce",) if "no nonce" in self.faults else (), **claims)
        granted = {"access_token": access, "token_type": "Bearer", "expires_in": 300, "id_token": token}
        return JSONResponse(granted, headers={"Cache-Control": "no-store"})

    def _knows_client(self, request: Request, form: Claims) -> bool:
        scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "basic":
            if "post only" in self.faults:
                return False
            name, _, secret = base64.b64decode(encoded).decode().partition(":")
            return (unquote_plus(name), unquote_plus(secret)) == (self.client_id, self.client_secret)
        return (form.get("client_id"), form.get("client_secret")) == (self.client_id, self.client_secret)

    async def _userinfo(self, request: Request) -> Response:
        if wrong := self._fault("userinfo"):
            return wrong
        subject = self._access.get(request.headers.get("authorization", "").removeprefix("Bearer "))
        if subject is None:
            return JSONResponse({"error": "invalid_token"}, status_code=401)
        told = "somebody else" if "other userinfo" in self.faults else subject
        return JSONResponse({**self.people.get(subject, {}), "sub": told})

    async def _end(self, request: Request) -> Response:
        self.asked["end"] += 1
        return RedirectResponse(request.query_params["post_logout_redirect_uri"], status_code=303)


def _half(token: str) -> str:
    digest = hashlib.sha256(token.encode()).digest()
    return base64.urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=").decode()
