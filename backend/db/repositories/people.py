"""Workspaces and the people in them."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, cast

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from backend.db.people import Membership, Session, User, Workspace
from backend.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncSession

    from backend.schemas.base import Role, UserId, WorkspaceId

Member = tuple[User, Membership]


class People:
    """The people of one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add_workspace(self, workspace: Workspace) -> None:
        """Insert a workspace."""
        self._session.add(workspace)
        await self._session.flush()

    async def add(self, workspace: WorkspaceId, user: User, role: Role) -> Membership:
        """Insert a person into the workspace.

        Raises:
            Conflict: somebody has the e-mail address already.
        """
        self._session.add(user)
        await self.save()
        membership = Membership(workspace_id=workspace, user_id=user.id, role=role, created_at=user.created_at)
        self._session.add(membership)
        await self._session.flush()
        return membership

    async def workspace(self, workspace: WorkspaceId) -> Workspace:
        """Return the workspace."""
        return await self._session.get_one(Workspace, workspace)

    async def member(self, workspace: WorkspaceId, user: UserId) -> Member | None:
        """Return a person of the workspace."""
        rows = await self._session.execute(_members(workspace).where(User.id == user))
        return _pair(rows.one_or_none())

    async def members(self, workspace: WorkspaceId) -> Sequence[Member]:
        """Return the people of the workspace, oldest first."""
        rows = await self._session.execute(_members(workspace).order_by(User.created_at, User.id))
        return [(user, membership) for user, membership in rows]

    async def hold_workspace(self, workspace: WorkspaceId) -> None:
        """Let whoever else asks for this workspace wait until the transaction ends."""
        held = sa.select(Workspace.id).where(Workspace.id == workspace).with_for_update(key_share=True)
        await self._session.execute(held)

    async def hold_owners(self, workspace: WorkspaceId) -> set[str]:
        """Return the owners who can sign in; nobody else changes owners until this transaction ends."""
        owners = _members(workspace).where(Membership.role == "owner").with_for_update()
        rows = await self._session.execute(owners)
        return {user.id for user, _ in rows if user.disabled_at is None}

    async def give_password(self, workspace: WorkspaceId, user: UserId, password_hash: str) -> None:
        """Write the hash of a person's new password."""
        mine = sa.select(Membership.user_id).where(Membership.workspace_id == workspace)
        query = sa.update(User).where(User.id == user, User.id.in_(mine)).values(password_hash=password_hash)
        await self._session.execute(query)

    async def save(self) -> None:
        """Write what was changed about the people that were read.

        Raises:
            Conflict: somebody has the e-mail address already.
        """
        with _one_address_each():
            await self._session.flush()


def _members(workspace: WorkspaceId) -> sa.Select[User, Membership]:
    return (
        sa.select(User, Membership)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.workspace_id == workspace)
    )


@contextlib.contextmanager
def _one_address_each() -> Generator[None]:
    try:
        yield
    except IntegrityError as error:
        raise Conflict(detail="Somebody in this studio has this e-mail address already.") from error


def _pair(row: sa.Row[User, Membership] | None) -> Member | None:
    return None if row is None else (row[0], row[1])


async def hold_everything(session: AsyncSession) -> bool:
    """Return whether there is a workspace yet; if none, nobody else makes one until this transaction ends."""
    if await _any_workspace(session):
        return True
    if session.get_bind().dialect.name == "postgresql":  # on SQLite the transaction has the file to itself already
        await session.execute(sa.text("LOCK TABLE workspaces IN SHARE ROW EXCLUSIVE MODE"))
    return await _any_workspace(session)


async def _any_workspace(session: AsyncSession) -> bool:
    return (await session.execute(sa.select(Workspace.id).limit(1))).scalar() is not None


async def find(session: AsyncSession, email: str) -> Member | None:
    """Return the person with an e-mail address, of whichever workspace: for signing in."""
    query = sa.select(User, Membership).join(Membership, Membership.user_id == User.id).where(User.email == email)
    return _pair((await session.execute(query.limit(1))).one_or_none())


async def is_workspace(session: AsyncSession, workspace: WorkspaceId) -> bool:
    """Return whether there is such a workspace."""
    return (await session.execute(sa.select(Workspace.id).where(Workspace.id == workspace))).scalar() is not None


async def anyone_came_in(session: AsyncSession) -> bool:
    """Return whether anybody has ever signed in."""
    return (await session.execute(sa.select(Session.token_hash).limit(1))).scalar() is not None


async def first_owner(session: AsyncSession) -> Member | None:
    """Return the first owner of the first workspace: for the one who runs the machine."""
    query = (
        sa.select(User, Membership)
        .join(Membership, Membership.user_id == User.id)
        .join(Workspace, Workspace.id == Membership.workspace_id)
        .where(Membership.role == "owner", User.disabled_at.is_(None))
        .order_by(Workspace.created_at, Workspace.id, User.created_at, User.id)
    )
    return _pair((await session.execute(query.limit(1))).one_or_none())


def role_of(membership: Membership) -> Role:
    """Return the role that a membership gives."""
    return cast("Role", membership.role)  # only words of the type are ever written


def blank(user: str, *, name: str, now: datetime, email: str | None = None, password_hash: str | None = None) -> User:
    """Return a person who is not in the database yet."""
    return User(id=user, name=name, email=email, password_hash=password_hash, created_at=now)
