"""Coming in by another issuer: browsers by signing in there, programs by the tokens that it gave them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from backend.db.identities import SignInAttempt
from backend.db.repositories.identities import Identities
from backend.db.repositories.keys import caller
from backend.db.repositories.people import role_of
from backend.errors import IdentityRefused, IdentityUnavailable
from backend.schemas.identity import IssuerOption, Return
from backend.services.foreign_people import ForeignPeople
from backend.services.identity_rules import REASONS, is_old_news, judge, role_to_have
from backend.services.passwords import Throttle
from backend.services.tokens import hashed
from backend.utils.audit import Act, note

if TYPE_CHECKING:
    from backend.db.repositories.identities import Standing
    from backend.db.repositories.people import Member
    from backend.db.session import Database
    from backend.identity import Issuer
    from backend.schemas.account import SignedIn
    from backend.schemas.base import Caller, Facts
    from backend.schemas.identity import ForeignPerson
    from backend.services.access_service import AccessService
    from backend.services.foreign_people import Terms

log = structlog.get_logger()

START = "/api/account/oidc/start"
NOTED_EVERY = timedelta(minutes=1)
SECRET = re.compile(r"[\w-]{43}", re.ASCII)
"""How 32 random bytes look."""
INSIDE = re.compile(r"/(?![/\\])[^\x00-\x20\\\x7f]*", re.ASCII)
"""A path of the studio itself; `//host` and what browsers take for it would lead away."""
LONGEST_PATH = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """Where a browser goes to sign in, and the secret that it keeps until it comes back."""

    url: str
    browser: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the issuer sent a browser back with, and the secret that this browser keeps."""

    state: str
    browser: str
    code: str = ""
    error: str = ""
    sender: str | None = None
    """The `iss` that came with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Somebody who is signed in now, and where they wanted to go."""

    signed_in: SignedIn
    to: str


class IdentityService:
    """One issuer's people: on their way in, and at every request."""

    def __init__(self, issuer: Issuer, access: AccessService, db: Database, terms: Terms) -> None:
        self._issuer = issuer
        self._access = access
        self._db = db
        self._terms = terms
        self._settings = terms.settings
        self._clock = access.clock
        self._per_address = Throttle(100, timedelta(minutes=15), clock=access.clock)

    @property
    def option(self) -> IssuerOption | None:
        """Return what the sign-in page offers."""
        return IssuerOption(label=self._settings.button, start=START) if self._settings.login else None

    # --- browsers ---------------------------------------------------------------------------------------------

    async def depart(self, *, to: str, browser: str, home: str, address: str) -> Departure:
        """Return where a browser goes to sign in. `browser` is the secret that it kept from an earlier attempt.

        PKCE's secret and the nonce are derived from that secret and the state, so that neither is written down here.

        Raises:
            TooManyAttempts: this was tried too often from the network address.
            IdentityUnavailable: the issuer can't be asked.
        """
        self._per_address.count(address)
        kept = browser if SECRET.fullmatch(browser) else secrets.token_urlsafe(32)
        state = secrets.token_urlsafe(32)
        url = await self._issuer.door(_return(kept, state, home))
        now = self._clock()
        attempt = SignInAttempt(
            state_hash=hashed(state),
            browser_hash=hashed(kept),
            return_to=inside(to),
            created_at=now,
            expires_at=now + timedelta(minutes=self._settings.attempt_minutes),
        )
        async with self._db.begin() as session:
            identities = Identities(session)
            await identities.forget_attempts(now)
            await identities.add(attempt)
        return Departure(url=url, browser=kept)

    async def arrive(self, answer: Answer, *, home: str, address: str) -> Arrival:
        """Open a session for somebody who comes back from the issuer.

        Raises:
            IdentityRefused: the attempt is not this browser's or too old, or the person is not let in.
            IdentityUnavailable: the issuer can't be asked.
            TokenInvalid: what the issuer says can't be believed.
            TooManyAttempts: this failed too often from the network address.
        """
        self._per_address.count(address)
        async with self._db.begin() as session:
            attempt = await Identities(session).take_attempt(
                hashed(answer.state), hashed(answer.browser), self._clock()
            )
        if attempt is None:
            said = "This attempt to sign in was begun in another browser, was used before, or is too old; begin again."
            raise IdentityRefused(detail=said, reason="attempt")
        await self._issuer.check_sender(answer.sender)
        if answer.error or not answer.code:
            log.info("identity.declined", error=answer.error[:100])
            raise IdentityRefused(detail="The issuer did not sign this person in.", reason="declined")
        person = await self._issuer.redeem(answer.code, _return(answer.browser, answer.state, home))
        signed_in = await self._enter(person)
        self._per_address.forget(address)  # a whole office may come from one address
        return Arrival(signed_in=signed_in, to=attempt.return_to)

    async def _enter(self, person: ForeignPerson) -> SignedIn:
        stay = timedelta(hours=self._settings.session_hours)
        async with self._db.begin() as session:
            settled = await ForeignPeople(session, self._terms, self._clock()).settle(person)
            if not isinstance(settled, str):
                return await self._access.let_in(session, settled, stay=stay, issuer=person.issuer)
            facts: Facts = {"by": person.issuer, "subject": person.subject, "reason": settled}
            await note(session, None, Act(verb="session.refused", outcome="refused", facts=facts))
        raise IdentityRefused(detail=REASONS[settled], reason=settled)

    async def farewell(self, issuer: str | None, *, home: str) -> str | None:
        """Return where a browser signs out at the issuer too, if a session of it ended here; None for nowhere."""
        if issuer != self._settings.issuer or not self._settings.login:
            return None
        try:
            return await self._issuer.farewell(back_to=f"{home}/signin")
        except IdentityUnavailable as error:
            log.warning("identity.no_farewell", why=str(error))  # signed out here is what was asked for
            return None

    # --- programs ---------------------------------------------------------------------------------------------

    async def authenticate(self, token: str) -> Caller:
        """Return whom a token of the issuer's speaks for; a stranger is made a person here, if strangers are let in.

        Raises:
            TokenInvalid: it is not believed.
            IdentityRefused: the person is not let in.
            IdentityUnavailable: the issuer's keys can't be had.
        """
        person = await self._issuer.believe(token)
        async with self._db.read() as session:
            standing = await Identities(session).standing(person)
        if standing and (member := self._unchanged(standing, person)):
            return _caller(member)
        async with self._db.begin() as session:
            settled = await ForeignPeople(session, self._terms, self._clock()).settle(person)
        if isinstance(settled, str):
            raise IdentityRefused(detail=REASONS[settled], reason=settled)
        return _caller(settled)

    def _unchanged(self, standing: Standing, person: ForeignPerson) -> Member | None:
        """Return the person if nothing about them has to be written."""
        membership = standing.membership
        if membership is None or standing.user.disabled_at:
            return None
        member = (standing.user, membership)
        if is_old_news(standing, person):
            return member
        role = role_to_have(judge(person, self._settings), self._settings, role_of(membership))
        noted = self._clock() - standing.identity.seen_at < NOTED_EVERY
        return member if noted and role == membership.role else None

    async def aclose(self) -> None:
        """Hang up."""
        await self._issuer.aclose()


def inside(path: str) -> str:
    """Return a path of the studio itself; the start where it leads elsewhere."""
    return path if len(path) <= LONGEST_PATH and INSIDE.fullmatch(path) else "/"


def _return(browser: str, state: str, home: str) -> Return:
    def derived(purpose: str) -> str:
        digest = hmac.digest(browser.encode(), f"{purpose}:{state}".encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    return Return(
        redirect_uri=f"{home}/api/account/oidc/callback",
        state=state,
        nonce=derived("nonce"),
        verifier=derived("verifier"),
    )


def _caller(member: Member) -> Caller:
    user, membership = member
    return caller(membership.workspace_id, user.id, role_of(membership))
