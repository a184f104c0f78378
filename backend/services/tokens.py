"""Secrets as they are handed out, and the rows that are kept of them.

Every secret is 32 random bytes, shown once and kept as its SHA-256 alone: it is found by its hash, so that comparing
takes no longer for a near miss.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from backend.db.people import ApiKey, Session, SignInLink
from backend.db.repositories.keys import scopes_of
from backend.schemas.account import KeyView
from backend.schemas.base import KeyId, Scope, UserId, WorkspaceId

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from backend.schemas.account import KeyForm
    from backend.schemas.base import Caller

SESSION = "iss_"
"""How the token of a session begins."""
KEY = "isk_"
"""How an API key begins."""
ORDER: tuple[Scope, ...] = ("read", "write", "admin")
DOTS = 2
"""How many dots are in a JWT."""
SHOWN = 10
"""How many characters of a key are kept to tell keys apart."""


def new_id() -> str:
    """Return an id that nothing else has."""
    return secrets.token_hex(16)


def hashed(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def is_signed_token(token: str) -> bool:
    """Return whether a token looks like one that another issuer signed: a JWT, which none of ours is."""
    return token.count(".") == DOTS and not token.startswith((SESSION, KEY))


def new_link(workspace: WorkspaceId, user: UserId, now: datetime, life: timedelta) -> tuple[str, SignInLink]:
    """Return the secret of a sign-in link and its row."""
    secret = secrets.token_urlsafe(32)
    row = SignInLink(
        token_hash=hashed(secret), user_id=user, workspace_id=workspace, created_at=now, expires_at=now + life
    )
    return secret, row


def new_session(workspace: WorkspaceId, user: UserId, now: datetime, life: timedelta) -> tuple[str, Session]:
    """Return the secret of a session and its row."""
    secret = SESSION + secrets.token_urlsafe(32)
    row = Session(
        token_hash=hashed(secret), user_id=user, workspace_id=workspace, created_at=now, expires_at=now + life
    )
    return secret, row


def new_key(caller: Caller, form: KeyForm, now: datetime) -> tuple[str, ApiKey]:
    """Return an API key that speaks for the caller, and its row."""
    secret = KEY + secrets.token_urlsafe(32)
    row = ApiKey(
        id=new_id(),
        workspace_id=caller.workspace_id,
        user_id=caller.user_id,
        name=form.name,
        prefix=secret[:SHOWN],
        key_hash=hashed(secret),
        scopes=[scope for scope in ORDER if scope in form.scopes],
        created_at=now,
        expires_at=form.expires_at,
    )
    return secret, row


def key_view(key: ApiKey) -> KeyView:
    """Return an API key as it is listed."""
    return KeyView(
        id=KeyId(key.id),
        name=key.name,
        prefix=key.prefix,
        scopes=scopes_of(key),
        user_id=UserId(key.user_id),
        created_at=key.created_at,
        last_used_at=key.last_used_at,
        expires_at=key.expires_at,
    )
