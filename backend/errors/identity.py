"""What can go wrong between the studio and an issuer of identities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from backend.errors.access import AccessRefused, SignInRequired


@dataclass(eq=False, kw_only=True)
class TokenInvalid(SignInRequired):
    """The token of another issuer was not believed.

    `reason` says what is wrong with it: `malformed`, `algorithm`, `key`, `signature`, `expired`, `not-yet`, `issuer`,
    `audience`, `party`, `nonce` or `claims`. Get a new token from the issuer. If all tokens are refused, compare the
    settings `IMAGE_STUDIO_IDENTITY__…` with what is in the token.
    """

    slug = "token-invalid"
    title = "This token is not believed"

    reason: str = ""


@dataclass(eq=False, kw_only=True)
class IdentityRefused(AccessRefused):
    """The issuer vouches for this person, and the studio does not let them in.

    `reason` says why: `no-role` (none of their groups has a role here), `unknown` (newcomers are not let in),
    `disabled` (an owner shut them out), `email` (no verified address in an allowed domain), `organisation` (the token
    names none), `last-owner` (the issuer takes the role of the last owner; make somebody else an owner first),
    `declined` (the issuer did not let them in) or `attempt` (the attempt was begun in another browser, was used before,
    or is too old; begin again). Ask an owner of the workspace, or whoever manages the issuer.
    """

    slug = "identity-refused"
    status = 403
    title = "Not let in"

    reason: str = ""


@dataclass(eq=False, kw_only=True)
class IdentityUnavailable(AccessRefused):
    """The issuer could not be asked, or did not answer as one does.

    Try again in a moment. Links and API keys work meanwhile. If it stays so, the server's log names the address that
    was asked.
    """

    slug = "identity-unavailable"
    status = 503
    title = "The issuer can't be asked"
    retryable: ClassVar[bool] = True

    retry_after: int = 10
