"""Who is let in whom an issuer vouches for, and as what. All of it pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backend.db.repositories.identities import Standing
    from backend.schemas.base import Role
    from backend.schemas.identity import ForeignPerson, IdentitySettings

HIGHEST_FIRST: tuple[Role, ...] = ("owner", "editor", "viewer")

REASONS = {
    "no-role": "None of this person's groups has a role in the studio.",
    "unknown": "The studio does not let in people that it does not know yet.",
    "disabled": "An owner of the workspace shut this person out.",
    "email": "Only verified e-mail addresses of certain domains are let in.",
    "organisation": "The issuer names no organisation for this person.",
    "last-owner": "The issuer takes this person's role as the last owner; make somebody else an owner first.",
}
"""Why somebody is not let in, in words for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the rules say about a person."""

    role: Role | None
    """None: the issuer does not say, and there is no default."""
    mapped: bool
    """Whether one of their groups gives the role."""
    refusal: str = ""
    """Why they are not let in; empty if they are."""


def judge(person: ForeignPerson, settings: IdentitySettings) -> Verdict:
    """Return what the rules say about a person, whether or not they are known."""
    roles = {settings.roles[group] for group in person.groups if group in settings.roles}
    mapped: Role | None = next((role for role in HIGHEST_FIRST if role in roles), None)
    role = mapped or settings.default_role
    refusal = ""
    if settings.email_domains and not has_domain(person, settings.email_domains):
        refusal = "email"
    elif settings.joins == "organisation" and not person.organisation:
        refusal = "organisation"
    elif settings.roles and role is None:
        refusal = "no-role"
    return Verdict(role=role, mapped=mapped is not None, refusal=refusal)


def admits(verdict: Verdict, settings: IdentitySettings) -> str:
    """Return why a stranger is not let in; empty if they are."""
    if verdict.refusal:
        return verdict.refusal
    if settings.admit == "nobody":
        return "unknown"
    if settings.admit == "mapped" and not verdict.mapped:
        return "no-role"
    return ""


def has_domain(person: ForeignPerson, domains: tuple[str, ...]) -> bool:
    """Return whether a person's verified e-mail address is in one of the domains."""
    if not person.email or not person.email_verified:
        return False
    return person.email.rpartition("@")[2] in {domain.lower().removeprefix("@") for domain in domains}


def issued_at(person: ForeignPerson) -> datetime:
    """Return when the token was issued that this is known from."""
    return datetime.fromtimestamp(person.issued_at, UTC)


def is_old_news(standing: Standing, person: ForeignPerson) -> bool:
    """Return whether a newer token was acted upon already: this one gives nothing back that it took."""
    return issued_at(person) < standing.identity.claims_at


def role_to_have(verdict: Verdict, settings: IdentitySettings, present: Role | None) -> Role | None:
    """Return the role that a known person has from now on; None for no place any more.

    Where groups are mapped to roles the issuer decides; where none are, the workspace's owners do. Who has a workspace
    of their own owns it.
    """
    if verdict.refusal:
        return None
    if settings.joins == "own":
        return "owner"
    if settings.roles:
        return verdict.role
    return present or verdict.role


def display_name(person: ForeignPerson) -> str:
    """Return what to call a person."""
    return person.name or (person.email or "").partition("@")[0][:100] or "Somebody"
