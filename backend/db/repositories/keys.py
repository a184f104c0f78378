"""What lets people in: sign-in links, sessions and API keys, found by the hash of their secret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import sqlalchemy as sa

from backend.db.people import ApiKey, Membership, Session, SignInLink, User
from backend.schemas.base import SCOPES, Caller, KeyId, Role, Scope, UserId, WorkspaceId

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyHolder:
    """Whom an API key speaks for, and when it was last noted."""

    caller: Caller
    last_used_at: datetime | None


class Keys:
    """The ways in of one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, way: ApiKey | Session | SignInLink) -> None:
        """Insert a way in."""
        self._session.add(way)
        await self._session.flush()

    async def listed(self, workspace: WorkspaceId) -> Sequence[ApiKey]:
        """Return the workspace's API keys that are not revoked, newest first."""
        query = sa.select(ApiKey).where(ApiKey.workspace_id == workspace, ApiKey.revoked_at.is_(None))
        return (await self._session.execute(query.order_by(ApiKey.created_at.desc(), ApiKey.id))).scalars().all()

    async def revoke(self, workspace: WorkspaceId, key: KeyId, now: datetime) -> bool:
        """Revoke an API key; False if the workspace has no such key in use."""
        query = (
            sa.update(ApiKey)
            .where(ApiKey.workspace_id == workspace, ApiKey.id == key, ApiKey.revoked_at.is_(None))
            .values(revoked_at=now)
            .returning(ApiKey.id)
        )
        return (await self._session.execute(query)).scalar() is not None

    async def note_use(self, workspace: WorkspaceId, key: KeyId, now: datetime) -> None:
        """Write when an API key was last used."""
        query = sa.update(ApiKey).where(ApiKey.workspace_id == workspace, ApiKey.id == key)
        await self._session.execute(query.values(last_used_at=now))

    async def end_sessions(self, workspace: WorkspaceId, user: UserId, now: datetime) -> None:
        """End all sessions of a person, and the links that were not used yet."""
        mine = (Session.workspace_id == workspace, Session.user_id == user, Session.revoked_at.is_(None))
        await self._session.execute(sa.update(Session).where(*mine).values(revoked_at=now))
        links = (SignInLink.workspace_id == workspace, SignInLink.user_id == user, SignInLink.used_at.is_(None))
        await self._session.execute(sa.update(SignInLink).where(*links).values(used_at=now))

    async def end_session(self, token_hash: str, now: datetime) -> str | None:
        """End one session and return the issuer that vouched for it; None for none."""
        query = sa.update(Session).where(Session.token_hash == token_hash, Session.revoked_at.is_(None))
        return (await self._session.execute(query.values(revoked_at=now).returning(Session.issuer))).scalar()

    async def use_link(self, token_hash: str, now: datetime) -> SignInLink | None:
        """Use up a sign-in link and return it; None if it does not exist, is used or too old."""
        query = (
            sa.update(SignInLink)
            .where(SignInLink.token_hash == token_hash, SignInLink.used_at.is_(None), SignInLink.expires_at > now)
            .values(used_at=now)
            .returning(SignInLink)
        )
        return (await self._session.execute(query)).scalar()

    async def session_caller(self, token_hash: str, now: datetime) -> Caller | None:
        """Return whom a session speaks for, if it is in force."""
        query = _sessions(now).where(Session.token_hash == token_hash)
        row = (await self._session.execute(query)).one_or_none()
        if row is None:
            return None
        session, role = row[0], cast("Role", row[1])  # a word of the type; only such are written
        return caller(session.workspace_id, session.user_id, role)

    async def key_holder(self, key_hash: str, now: datetime) -> KeyHolder | None:
        """Return whom an API key speaks for, if it is in force."""
        row = (await self._session.execute(_api_keys(now).where(ApiKey.key_hash == key_hash))).one_or_none()
        if row is None:
            return None
        key, role = row[0], cast("Role", row[1])  # a word of the type; only such are written
        held = Caller(
            user_id=UserId(key.user_id),
            workspace_id=WorkspaceId(key.workspace_id),
            role=role,
            scopes=SCOPES[role] & frozenset(scopes_of(key)),
            key_id=KeyId(key.id),
        )
        return KeyHolder(caller=held, last_used_at=key.last_used_at)


def caller(workspace: str, user: str, role: Role) -> Caller:
    """Return the caller for a person's own session."""
    return Caller(user_id=UserId(user), workspace_id=WorkspaceId(workspace), role=role, scopes=SCOPES[role])


def scopes_of(key: ApiKey) -> tuple[Scope, ...]:
    """Return what an API key was made for."""
    return cast("tuple[Scope, ...]", tuple(key.scopes))  # only words of the type are ever written


def _sessions(now: datetime) -> sa.Select[Session, str]:
    at_home = sa.and_(Membership.user_id == Session.user_id, Membership.workspace_id == Session.workspace_id)
    return (
        sa.select(Session, Membership.role)
        .join(Membership, at_home)
        .join(User, User.id == Session.user_id)
        .where(Session.revoked_at.is_(None), Session.expires_at > now, User.disabled_at.is_(None))
    )


def _api_keys(now: datetime) -> sa.Select[ApiKey, str]:
    at_home = sa.and_(Membership.user_id == ApiKey.user_id, Membership.workspace_id == ApiKey.workspace_id)
    return (
        sa.select(ApiKey, Membership.role)
        .join(Membership, at_home)
        .join(User, User.id == ApiKey.user_id)
        .where(ApiKey.revoked_at.is_(None), sa.or_(ApiKey.expires_at.is_(None), ApiKey.expires_at > now))
        .where(User.disabled_at.is_(None))
    )
