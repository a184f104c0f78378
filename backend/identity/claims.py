"""What a token's claims say about a person, in the studio's own words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from backend.schemas.identity import ForeignPerson

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import JsonValue

    from backend.schemas.identity import IdentitySettings

EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
LONGEST_EMAIL = 254
LONGEST_NAME = 100
LONGEST_ID = 255


def person_of(claims: Mapping[str, JsonValue], settings: IdentitySettings) -> ForeignPerson:
    """Return the person whom verified claims are about."""
    joins = settings.joins == "organisation"
    return ForeignPerson(
        issuer=str(claims["iss"]),
        subject=str(claims["sub"]),
        issued_at=_moment(claims["iat"]),
        expires_at=_moment(claims["exp"]),
        email=_email(claim(claims, settings.email_claim)),
        email_verified=claim(claims, settings.email_verified_claim) in (True, "true"),
        name=_line(claim(claims, settings.name_claim)),
        groups=_groups(claim(claims, settings.roles_claim)),
        organisation=_id(claim(claims, settings.workspace_claim)) if joins else "",
        organisation_name=_line(claim(claims, settings.workspace_name_claim)) if joins else None,
    )


def claim(claims: Mapping[str, JsonValue], name: str) -> JsonValue:
    """Return a claim, by its name or by the names on the way to it with dots between; None if there is none."""
    if name in claims:
        return claims[name]
    found: JsonValue = dict(claims)
    for step in name.split("."):
        if not isinstance(found, dict):
            return None
        found = found.get(step)
    return found


def _moment(value: JsonValue) -> int:
    assert isinstance(value, int | float)  # checked with the signature
    return int(value)


def _email(value: JsonValue) -> str | None:
    address = value.strip().lower() if isinstance(value, str) else ""
    fits = len(address) <= LONGEST_EMAIL and address.isprintable() and EMAIL.fullmatch(address)
    return address if fits else None


def _line(value: JsonValue) -> str | None:
    text = "".join(sign for sign in value if sign.isprintable()).strip() if isinstance(value, str) else ""
    return text[:LONGEST_NAME].strip() or None


def _groups(value: JsonValue) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value, *value.split())
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _id(value: JsonValue) -> str:
    return value if isinstance(value, str) and len(value) <= LONGEST_ID and value.isprintable() else ""
