"""The people whom an issuer vouches for: found again, made, linked, and kept to the role that the issuer gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import structlog

from backend.db.identities import Identity, Organisation
from backend.db.people import Membership, Workspace
from backend.db.repositories.identities import Identities
from backend.db.repositories.keys import Keys
from backend.db.repositories.people import People, blank, role_of
from backend.schemas.base import UserId, WorkspaceId
from backend.services.identity_rules import (
    admits,
    display_name,
    is_old_news,
    issued_at,
    judge,
    role_to_have,
)
from backend.services.tokens import new_id
from backend.utils.audit import Act, note

if TYPE_CHECKING:
    from datetime import datetime

    from backend.db.people import User
    from backend.db.repositories.identities import Standing
    from backend.db.repositories.people import Member
    from backend.db.session import AsyncSession
    from backend.schemas.audit import Verb
    from backend.schemas.base import Role
    from backend.schemas.identity import ForeignPerson, IdentitySettings
    from backend.services.identity_rules import Verdict

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How strangers are dealt with."""

    settings: IdentitySettings
    tier: str
    """The tier of a workspace that is made for one of them."""


class ForeignPeople:
    """The people of other issuers, of one transaction at one moment."""

    def __init__(self, session: AsyncSession, terms: Terms, now: datetime) -> None:
        self._session = session
        self._settings = terms.settings
        self._tier = terms.tier
        self._now = now
        self._identities = Identities(session)
        self._people = People(session)

    async def settle(self, person: ForeignPerson) -> Member | str:
        """Return the person, with the role that they have now; or why they are not let in, in a word.

        What a refusal takes from them is written too: commit it.
        """
        await self._identities.hold(person.issuer, person.subject, person.organisation)
        standing = await self._identities.standing(person)
        verdict = judge(person, self._settings)
        if standing is None:
            return await self._first_time(person, verdict)
        return await self._again(standing, person, verdict)

    # --- somebody who was here before -------------------------------------------------------------------------

    async def _again(self, standing: Standing, person: ForeignPerson, verdict: Verdict) -> Member | str:
        if standing.user.disabled_at:
            return "disabled"
        if is_old_news(standing, person):
            return (standing.user, standing.membership) if standing.membership else "no-role"
        standing.identity.seen_at = self._now
        standing.identity.claims_at = issued_at(person)
        present = role_of(standing.membership) if standing.membership else None
        role = role_to_have(verdict, self._settings, present)
        if role is None:
            return await self._shut_out(standing, verdict.refusal or "no-role")
        if standing.membership is None:
            return standing.user, await self._place(standing.identity.workspace_id, standing.user, role)
        return await self._with_role((standing.user, standing.membership), role)

    async def _with_role(self, member: Member, role: Role) -> Member | str:
        user, membership = member
        if membership.role == role:
            return member
        if membership.role == "owner" and await self._is_needed(membership):
            await self._end_sessions(membership)
            return "last-owner"
        membership.role = role
        await self._people.save()
        await self._tell("person.changed", membership, role=role)
        return user, membership

    async def _shut_out(self, standing: Standing, why: str) -> str:
        membership = standing.membership
        if membership is None:
            return why
        await self._end_sessions(membership)
        if membership.role == "owner" and await self._is_needed(membership):
            return "last-owner"
        await self._tell("person.changed", membership, role="none", why=why)
        await self._identities.remove(membership)
        return why

    async def _is_needed(self, membership: Membership) -> bool:
        """Return whether the studio's first workspace would be left without an owner who can sign in."""
        workspace = WorkspaceId(membership.workspace_id)
        if workspace != await self._identities.first_workspace():
            return False
        return await self._people.hold_owners(workspace) <= {membership.user_id}

    async def _end_sessions(self, membership: Membership) -> None:
        workspace, user = WorkspaceId(membership.workspace_id), UserId(membership.user_id)
        await Keys(self._session).end_sessions(workspace, user, self._now)

    # --- somebody new -----------------------------------------------------------------------------------------

    async def _first_time(self, person: ForeignPerson, verdict: Verdict) -> Member | str:
        if verdict.refusal:
            return verdict.refusal
        home = await self._home(person)
        local = await self._local(person, home)
        if local:
            return await self._linked(local, person, verdict)
        if refusal := admits(verdict, self._settings):
            return refusal
        workspace = home or await self._new_workspace(person)
        role: Role = "owner" if self._settings.joins == "own" else cast("Role", verdict.role)  # admitted: there is one
        email = person.email if person.email and await self._identities.is_free(person.email) else None
        user = blank(new_id(), name=display_name(person), now=self._now, email=email)
        membership = await self._people.add(workspace, user, role)
        await self._know(person, workspace, user)
        await self._tell("person.added", membership, role=role)
        return user, membership

    async def _home(self, person: ForeignPerson) -> WorkspaceId | None:
        match self._settings.joins:
            case "first":
                return await self._identities.first_workspace()
            case "organisation":
                await self._identities.hold(person.issuer, person.organisation)
                return await self._identities.of_organisation(person.issuer, person.organisation)
            case "own":
                return None

    async def _local(self, person: ForeignPerson, home: WorkspaceId | None) -> Member | None:
        """Return the person of that workspace who has the same e-mail address, if the issuer knows it to be theirs.

        Nobody of another workspace: its owners may have given somebody any address.
        """
        if not (self._settings.link_by_email and home and person.email and person.email_verified):
            return None
        found = await self._identities.at_home(home, person.email)
        if found is None or await self._identities.is_linked(person.issuer, UserId(found[0].id)):
            return None
        return found

    async def _linked(self, local: Member, person: ForeignPerson, verdict: Verdict) -> Member | str:
        user, membership = local
        if user.disabled_at:
            return "disabled"
        role = role_to_have(verdict, self._settings, role_of(membership))
        settled = await self._with_role(local, role) if role else "no-role"
        if not isinstance(settled, str):
            await self._know(person, WorkspaceId(membership.workspace_id), user)
            await self._tell("person.changed", membership, linked=person.subject)
        return settled

    async def _know(self, person: ForeignPerson, workspace: WorkspaceId, user: User) -> None:
        identity = Identity(
            issuer=person.issuer,
            subject=person.subject,
            organisation=person.organisation,
            workspace_id=workspace,
            user_id=user.id,
            created_at=self._now,
            seen_at=self._now,
            claims_at=issued_at(person),
        )
        await self._identities.add(identity)

    async def _place(self, workspace: str, user: User, role: Role) -> Membership:
        membership = Membership(workspace_id=workspace, user_id=user.id, role=role, created_at=self._now)
        await self._identities.add(membership)
        await self._tell("person.added", membership, role=role)
        return membership

    async def _tell(self, verb: Verb, membership: Membership, **facts: str) -> None:
        """Write down what the issuer brought about."""
        log.info("identity.changed", verb=verb, user_id=membership.user_id, **facts)
        act = Act(verb=verb, kind="user", target=membership.user_id, facts={"by": self._settings.issuer, **facts})
        await note(self._session, None, act, workspace=WorkspaceId(membership.workspace_id))

    async def _new_workspace(self, person: ForeignPerson) -> WorkspaceId:
        name = person.organisation_name or person.organisation or display_name(person)
        workspace = Workspace(id=new_id(), name=name, tier=self._tier, created_at=self._now)
        await self._people.add_workspace(workspace)
        if person.organisation:
            row = Organisation(
                issuer=person.issuer,
                organisation=person.organisation,
                workspace_id=workspace.id,
                created_at=self._now,
            )
            await self._identities.add(row)
        return WorkspaceId(workspace.id)
