"""The issuer's public keys, and which of them a signature may be checked with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import jwt

from backend.errors import IdentityUnavailable, TokenInvalid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import JsonValue

FITTING = {
    **dict.fromkeys(("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"), ("RSA", None)),
    "ES256": ("EC", "P-256"),
    "ES384": ("EC", "P-384"),
    "ES512": ("EC", "P-521"),
    "EdDSA": ("OKP", "Ed25519"),
}
"""Which type of key and which curve belong to an algorithm.

Source: https://www.rfc-editor.org/rfc/rfc7518#section-3.1, https://www.rfc-editor.org/rfc/rfc8037#section-3.1
(read 2026-11-22)
"""
MOST = 100
"""How many keys of an issuer are looked at."""


class Keys:
    """The keys of one answer of the issuer's."""

    def __init__(self, document: Mapping[str, JsonValue]) -> None:
        listed = document.get("keys")
        if not isinstance(listed, list):
            raise IdentityUnavailable(detail="The issuer's keys can't be read.")
        self._known = [key for key in listed[:MOST] if isinstance(key, dict) and _is_for_signatures(key)]
        self._made: dict[tuple[str | None, str], jwt.PyJWK] = {}

    def find(self, kid: str | None, algorithm: str) -> jwt.PyJWK | None:
        """Return the key that a token names; None if there is none, or several that fit.

        A token that names no key is taken where only one can be meant.

        Raises:
            TokenInvalid: the key that it names is of another kind than its algorithm wants.
        """
        if (kid, algorithm) in self._made:
            return self._made[kid, algorithm]
        named = [key for key in self._known if kid is None or key.get("kid") == kid]
        fitting = [key for key in named if _fits(key, algorithm)]
        if named and not fitting and kid is not None:
            raise TokenInvalid(detail="The token's key is of another kind than its algorithm.", reason="key")
        if len(fitting) != 1:
            return None
        try:
            made = jwt.PyJWK(cast("dict[str, Any]", fitting[0]), algorithm)  # Any: a JWK has members of each kind's own
        except jwt.PyJWTError as error:
            raise TokenInvalid(detail="The issuer's key for this token can't be read.", reason="key") from error
        self._made[kid, algorithm] = made
        return made


def _is_for_signatures(key: Mapping[str, JsonValue]) -> bool:
    operations = key.get("key_ops")
    checks = not isinstance(operations, list) or "verify" in operations
    return key.get("use", "sig") == "sig" and checks


def _fits(key: Mapping[str, JsonValue], algorithm: str) -> bool:
    kind, curve = FITTING[algorithm]
    on_curve = curve is None or key.get("crv") == curve
    return key.get("kty") == kind and on_curve and key.get("alg", algorithm) == algorithm
