"""What the studio is told about an issuer of identities, and what such an issuer tells about a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, model_validator
from pydantic_settings import NoDecode

from backend.schemas.base import Frozen, Role

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

Algorithm = Literal["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Signatures that are made with a private key and checked with a public one; there are no others here on purpose."""


def is_safe(url: str) -> bool:
    """Return whether what is fetched from a URL can't be changed on its way: https, or this machine itself."""
    parts = urlsplit(url)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))


def _safe(url: str) -> str:
    if not is_safe(url) or urlsplit(url).fragment:
        raise ValueError("use an https address")
    return url


def _words(value: object) -> object:
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


Url = Annotated[str, AfterValidator(_safe)]
"""An https address; http is taken for this machine alone."""
Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)]
"""Words with spaces or commas between them."""
Seconds = Annotated[float, Field(gt=0, le=86_400)]


class IdentitySettings(BaseModel):
    """People and programs that another issuer vouches for, by OpenID Connect."""

    model_config = ConfigDict(frozen=True)

    issuer: Url | None = None
    """The issuer, exactly as it writes itself into the `iss` of its tokens. Nothing below matters without it."""
    login: bool = True
    """Offer to sign in there. Needs the client's id."""
    bearer: bool = False
    """Take the issuer's own tokens as `Authorization: Bearer`. Needs audiences or authorized parties."""
    required: bool = False
    """Take no passwords of the studio's own. The links that `image-studio link` prints still let people in."""
    label: str | None = None
    """What the button says after "Sign in with"; the issuer's host by default."""
    client_id: str | None = None
    """What the issuer knows the studio as."""
    client_secret: SecretStr | None = None
    """The client's secret; a public client has none and is protected by PKCE alone."""
    scopes: Words = ("openid", "profile", "email")
    """What is asked of the issuer, with spaces between."""
    algorithms: Annotated[tuple[Algorithm, ...], NoDecode, BeforeValidator(_words), Field(min_length=1)] = (
        "RS256",
        "ES256",
        "EdDSA",
    )
    """Signatures that are believed, with spaces between."""
    audiences: Words = ()
    """The `aud` that a token sent as Bearer must be for: one of these."""
    authorized_parties: Words = ()
    """The `azp` that a token sent as Bearer must have been given to: one of these."""
    keys_url: Url | None = None
    """Where the issuer's public keys are, if not where its discovery document says."""
    leeway_s: Annotated[float, Field(ge=0, le=300)] = 30
    """How far the issuer's clock may be off."""
    keys_s: Seconds = 3600
    """How long the issuer's keys and addresses are kept before they are asked for again."""
    keys_pause_s: Seconds = 30
    """How long to wait at least between two questions for the issuer's keys, whoever sends unknown ones."""
    keys_stale_s: Annotated[float, Field(ge=0, le=2_592_000)] = 86_400
    """How much longer the keys are believed while the issuer can't be reached."""
    connect_s: Seconds = 5
    """How long to try to reach the issuer."""
    answer_s: Seconds = 10
    """How long to wait for its answer."""
    attempt_minutes: Annotated[int, Field(ge=1, le=60)] = 10
    """How long somebody may take to sign in at the issuer."""
    session_hours: Annotated[int, Field(ge=1, le=8760)] = 24
    """How long a browser stays signed in that came in by the issuer, until it is asked again."""
    verified_tokens: Annotated[int, Field(ge=0, le=1_000_000)] = 4096
    """How many tokens that were found good are remembered, so that they are not checked at each request."""
    email_claim: str = "email"
    """The claim with the e-mail address. Claims inside claims are named with a dot: `realm_access.roles`."""
    email_verified_claim: str = "email_verified"
    """The claim that says whether the issuer knows the address to be the person's."""
    name_claim: str = "name"
    """The claim with the person's name."""
    roles_claim: str = "groups"
    """The claim with the person's groups or roles: a list, or words with spaces between."""
    workspace_claim: str = "org_id"
    """The claim with the organisation's id, where newcomers join by organisation."""
    workspace_name_claim: str = "org_name"
    """The claim with the organisation's name."""
    roles: dict[str, Role] = Field(default_factory=dict[str, Role])
    """Which group gives which role, as JSON: `{"studio-admins": "owner", "press": "editor"}`. The highest counts."""
    default_role: Role | None = None
    """The role of those in none of these groups; they are refused by default."""
    admit: Literal["nobody", "mapped", "everyone"] = "mapped"
    """Which people unknown so far are let in: none, those in one of the groups, or all."""
    joins: Literal["first", "own", "organisation"] = "first"
    """Which workspace they join: the studio's first, one of their own, or their organisation's."""
    email_domains: Words = ()
    """Let in only who has a verified e-mail address in one of these domains."""
    link_by_email: bool = True
    """Take a person with a verified e-mail address for the one of the workspace who has it already."""

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.issuer is None:
            if self.required:
                raise ValueError("`required` needs an issuer")
            return self
        if self.login and not self.client_id:
            raise ValueError("signing in at the issuer needs `client_id`; set `login` to false to do without")
        if self.required and not self.login:
            raise ValueError("`required` needs `login`: nobody could sign in")
        if self.bearer and not (self.audiences or self.authorized_parties):
            raise ValueError("`bearer` needs `audiences` or `authorized_parties`: tokens for others would be taken too")
        if self.admit == "mapped" and not self.roles:
            raise ValueError("`admit` needs `roles`; or set it to nobody, or to everyone")
        if self.admit == "everyone" and not self.default_role:
            raise ValueError("`admit` everyone needs `default_role`")
        return self

    @property
    def button(self) -> str:
        """Return the name that people know the issuer by."""
        return self.label or urlsplit(self.issuer or "").hostname or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignPerson:
    """A person as their issuer vouches for them in one token."""

    issuer: str
    subject: str
    """Who it is at the issuer: never given to anybody else."""
    issued_at: int
    expires_at: int
    email: str | None = None
    email_verified: bool = False
    name: str | None = None
    groups: tuple[str, ...] = ()
    organisation: str = ""
    """The organisation's id; empty where newcomers don't join by it."""
    organisation_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """Somebody who went to the issuer: where they come back to, and what proves that it is they."""

    redirect_uri: str
    state: str
    nonce: str
    verifier: str
    """The secret of PKCE."""


class IssuerOption(Frozen):
    """Signing in at the issuer."""

    label: str
    """What people know it by: "Sign in with …"."""
    start: str
    """Where the browser goes; `?to=` is the path of the studio to come back to."""


class SignInOptions(Frozen):
    """The ways to sign in that this studio offers."""

    password: bool
    issuer: IssuerOption | None


class SignedOut(Frozen):
    """Signed out here, and where to go to sign out at the issuer too."""

    continue_at: str
