"""The people whom other issuers vouch for, and their way in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from backend.db.identities import Identity, Organisation, SignInAttempt
from backend.db.people import Membership, User, Workspace
from backend.schemas.base import UserId, WorkspaceId

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncSession

    from backend.schemas.identity import ForeignPerson


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the studio knows of a person whom an issuer vouches for."""

    identity: Identity
    user: User
    membership: Membership | None
    """None for somebody whose place was taken by the issuer."""


class Identities:
    """The people of other issuers, of one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def hold(self, *names: str) -> None:
        """Keep everybody else from making the same person or the same organisation until this transaction ends."""
        if self._session.get_bind().dialect.name == "postgresql":  # on SQLite writers take turns anyway
            key = sa.func.hashtextextended("\n".join(names), 0)
            await self._session.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))

    async def standing(self, person: ForeignPerson) -> Standing | None:
        """Return what is known of a person; None for a stranger."""
        at_home = sa.and_(Membership.user_id == Identity.user_id, Membership.workspace_id == Identity.workspace_id)
        query = (
            sa.select(Identity, User, Membership)
            .join(User, User.id == Identity.user_id)
            .outerjoin(Membership, at_home)
            .where(
                Identity.issuer == person.issuer,
                Identity.subject == person.subject,
                Identity.organisation == person.organisation,
            )
        )
        row = (await self._session.execute(query)).one_or_none()
        return Standing(identity=row[0], user=row[1], membership=row[2]) if row else None

    async def add(self, row: Identity | Organisation | SignInAttempt | Membership) -> None:
        """Insert a row."""
        self._session.add(row)
        await self._session.flush()

    async def remove(self, membership: Membership) -> None:
        """Take somebody's place in a workspace; what they made stays."""
        await self._session.delete(membership)
        await self._session.flush()

    async def is_linked(self, issuer: str, user: UserId) -> bool:
        """Return whether the issuer knows a person of the studio already."""
        query = sa.select(Identity.user_id).where(Identity.issuer == issuer, Identity.user_id == user)
        return (await self._session.execute(query.limit(1))).scalar() is not None

    async def of_organisation(self, issuer: str, organisation: str) -> WorkspaceId | None:
        """Return the workspace of an organisation."""
        row = await self._session.get(Organisation, (issuer, organisation))
        return WorkspaceId(row.workspace_id) if row else None

    async def first_workspace(self) -> WorkspaceId | None:
        """Return the studio's first workspace."""
        query = sa.select(Workspace.id).order_by(Workspace.created_at, Workspace.id).limit(1)
        found = (await self._session.execute(query)).scalar()
        return WorkspaceId(found) if found else None

    async def is_free(self, email: str) -> bool:
        """Return whether nobody in the studio has an e-mail address."""
        return (await self._session.execute(sa.select(User.id).where(User.email == email))).scalar() is None

    async def at_home(self, workspace: WorkspaceId, email: str) -> tuple[User, Membership] | None:
        """Return who in a workspace has an e-mail address."""
        query = (
            sa.select(User, Membership)
            .join(Membership, Membership.user_id == User.id)
            .where(Membership.workspace_id == workspace, User.email == email)
        )
        row = (await self._session.execute(query)).one_or_none()
        return (row[0], row[1]) if row else None

    async def take_attempt(self, state_hash: str, browser_hash: str, now: datetime) -> SignInAttempt | None:
        """Use up an attempt of this browser and return it; None if there is none, or not any more."""
        query = (
            sa.delete(SignInAttempt)
            .where(SignInAttempt.state_hash == state_hash, SignInAttempt.browser_hash == browser_hash)
            .returning(SignInAttempt)
        )
        found = (await self._session.execute(query)).scalar()
        return found if found is not None and found.expires_at > now else None

    async def forget_attempts(self, now: datetime) -> None:
        """Delete the attempts that nobody came back from in time."""
        await self._session.execute(sa.delete(SignInAttempt).where(SignInAttempt.expires_at <= now))
