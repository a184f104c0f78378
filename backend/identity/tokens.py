"""Checking a token: that the issuer signed it, for us, and that its time has come and not yet passed."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jwt

from backend.errors import TokenInvalid
from backend.identity.strict_json import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import JsonValue

    from backend.schemas.identity import IdentitySettings

LONGEST = 16_384
"""The longest token that is looked at, in characters."""
LONGEST_NAME = 255
"""The longest `sub` and `kid`.

Source: https://openid.net/specs/openid-connect-core-1_0.html#IDToken (read 2026-11-22)
"""
KINDS = {None, "jwt", "at+jwt", "application/at+jwt"}
"""What `typ` may say: other kinds of signed statements, such as logout tokens, let nobody in.

Source: https://www.rfc-editor.org/rfc/rfc9068#section-2.1 (read 2026-11-22)
"""
NEEDED = ["exp", "iat", "iss", "sub"]

Claims = dict[str, "JsonValue"]

_REASONS: tuple[tuple[type[jwt.PyJWTError], str], ...] = (
    (jwt.ExpiredSignatureError, "expired"),
    (jwt.ImmatureSignatureError, "not-yet"),
    (jwt.InvalidIssuerError, "issuer"),
    (jwt.InvalidAudienceError, "audience"),
    (jwt.InvalidSignatureError, "signature"),
    (jwt.InvalidAlgorithmError, "algorithm"),
    (jwt.InvalidKeyError, "key"),
    (jwt.MissingRequiredClaimError, "claims"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a token says about its own signature. Nobody vouches for it yet."""

    algorithm: str
    kid: str | None


class _Reader(jwt.PyJWT):
    """PyJWT, which takes the last of two claims of one name; here there must not be two."""

    def _decode_payload(self, decoded: dict[str, Any]) -> dict[str, Any]:  # Any: the library's own shape
        try:
            claims = parse(decoded["payload"])
        except ValueError as error:
            raise jwt.DecodeError(str(error)) from error
        if not isinstance(claims, dict):
            raise jwt.DecodeError("no JSON object")
        return claims


_reader = _Reader(options={"enforce_minimum_key_length": True})


def header_of(token: str, algorithms: Sequence[str]) -> Header:
    """Return what a token says about its signature.

    Raises:
        TokenInvalid: it is no token, or of an algorithm that is not believed.
    """
    if len(token) > LONGEST:
        raise TokenInvalid(detail=f"The token is longer than {LONGEST} characters.", reason="malformed")
    header = _decoded(token.partition(".")[0])
    if header.get("alg") not in algorithms:
        raise TokenInvalid(detail="The token's signature is of a kind that is not taken here.", reason="algorithm")
    kid, kind = header.get("kid"), header.get("typ")
    named = kid is None or (isinstance(kid, str) and len(kid) <= LONGEST_NAME)
    usual = (kind.lower() if isinstance(kind, str) else kind) in KINDS if isinstance(kind, str | None) else False
    if not named or not usual or "crit" in header or "b64" in header:
        raise TokenInvalid(detail="The token is of a kind that is not taken here.", reason="malformed")
    return Header(algorithm=str(header["alg"]), kid=kid if isinstance(kid, str) else None)


def _decoded(segment: str) -> Claims:
    try:
        text = base64.b64decode(segment + "=" * (-len(segment) % 4), altchars=b"-_", validate=True)
        found = parse(text)
    except (binascii.Error, ValueError) as error:
        raise TokenInvalid(detail="The token can't be read.", reason="malformed") from error
    if not isinstance(found, dict):
        raise TokenInvalid(detail="The token can't be read.", reason="malformed")
    return found


def verified(
    token: str, key: jwt.PyJWK, algorithm: str, settings: IdentitySettings, *, audiences: Sequence[str]
) -> Claims:
    """Return the claims of a token that the issuer signed and whose time is now.

    Raises:
        TokenInvalid: anything about it is wrong; `reason` says what.
    """
    try:
        claims = _reader.decode(
            token,
            key,
            algorithms=[algorithm],
            issuer=settings.issuer,
            audience=audiences or None,
            leeway=settings.leeway_s,
            options={"require": NEEDED, "verify_aud": bool(audiences)},
        )
    except jwt.PyJWTError as error:
        reason = next((word for kind, word in _REASONS if isinstance(error, kind)), "malformed")
        if isinstance(error, jwt.MissingRequiredClaimError) and error.claim == "aud":
            reason = "audience"
        raise TokenInvalid(detail=f"The token is not believed: {reason}.", reason=reason) from error
    _check_forms(claims)
    return claims


def _check_forms(claims: Claims) -> None:
    """Refuse claims of other types than the standard says, which others may read otherwise."""
    moments = [claims[name] for name in ("exp", "iat", "nbf") if name in claims]
    subject = claims["sub"]
    if (
        any(isinstance(moment, bool) or not isinstance(moment, int | float) for moment in moments)
        or not isinstance(subject, str)
        or not 0 < len(subject) <= LONGEST_NAME
        or not subject.isprintable()
    ):
        raise TokenInvalid(detail="The token's claims are not of the usual form.", reason="claims")
