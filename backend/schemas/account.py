"""People, keys and ways in, as clients see them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, Field, SecretStr, StringConstraints

from backend.schemas.base import Frozen, KeyId, Role, Scope, UserId, WorkspaceId


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("use letters, digits and signs on one line")
    return text


Title = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), AfterValidator(_one_line)
]
"""A name on one line, 1 to 100 characters."""
Email = Annotated[
    str, StringConstraints(strip_whitespace=True, to_lower=True, max_length=254, pattern=r"^[^@\s\x00]+@[^@\s\x00]+$")
]
"""An e-mail address, in lower case: people type it either way."""
NewPassword = Annotated[SecretStr, Field(min_length=12, max_length=256)]
"""A password to be, 12 to 256 characters of any kind."""
Token = Annotated[str, Field(min_length=1, max_length=200)]
"""A secret as it was handed out."""


class LinkForm(Frozen):
    """The token of a sign-in link."""

    token: Token


class LoginForm(Frozen):
    """An e-mail address and its password."""

    email: Email
    password: Annotated[SecretStr, Field(max_length=256)]


class PasswordForm(Frozen):
    """A new password for oneself; the present one proves who asks, where there is one."""

    password: NewPassword
    current_password: Annotated[SecretStr, Field(max_length=256)] | None = None


class PersonView(Frozen):
    """A person, in short."""

    id: UserId
    name: str
    email: str | None


class WorkspaceView(Frozen):
    """A workspace, in short."""

    id: WorkspaceId
    name: str


class SessionView(Frozen):
    """Who is signed in, and where."""

    user: PersonView
    workspace: WorkspaceView
    role: Role


class AccountView(SessionView):
    """Who is signed in, where, and at which tier."""

    tier: str


class UserForm(Frozen):
    """A person to add to the workspace."""

    name: Title
    email: Email | None = None
    """Needed to sign in with a password; a sign-in link works without."""
    role: Role = "editor"
    password: NewPassword | None = None


class UserChange(Frozen):
    """What to change about a person of the workspace; what is not given stays."""

    name: Title | None = None
    email: Email | None = None
    role: Role | None = None
    disabled: bool | None = None
    """True ends their sessions and stops their keys; False lets them back in."""


class UserView(PersonView):
    """A person of the workspace."""

    role: Role
    disabled: bool
    created_at: datetime


class SignInToken(Frozen):
    """The token of a sign-in link: shown once, used once."""

    token: str
    expires_at: datetime


class UserList(Frozen):
    """The people of the workspace."""

    users: tuple[UserView, ...]


class KeyForm(Frozen):
    """An API key to make."""

    name: Title
    scopes: Annotated[frozenset[Scope], Field(min_length=1)] = frozenset({"read", "write"})
    expires_at: AwareDatetime | None = None
    """When it stops working; never by itself otherwise."""


class KeyView(Frozen):
    """An API key without its secret."""

    id: KeyId
    name: str
    prefix: str
    """How the key begins, to tell keys apart."""
    scopes: tuple[Scope, ...]
    user_id: UserId
    """Whose role bounds what the key may."""
    created_at: datetime
    last_used_at: datetime | None
    """To the minute."""
    expires_at: datetime | None


class NewKey(KeyView):
    """An API key with its secret, which is shown this once."""

    key: str


class KeyList(Frozen):
    """The API keys of the workspace that have not been revoked."""

    keys: tuple[KeyView, ...]


class SignedIn(SessionView):
    """Who is signed in now. `token` serves as Bearer where there are no cookies."""

    token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 - the scheme's name, not a secret
    expires_at: datetime
