"""What all the words of the studio are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NewType

from pydantic import BaseModel, ConfigDict, JsonValue

WorkspaceId = NewType("WorkspaceId", str)
UserId = NewType("UserId", str)
AssetId = NewType("AssetId", str)
JobId = NewType("JobId", str)
KeyId = NewType("KeyId", str)

Facts = dict[str, JsonValue]
"""Free-form facts about a picture, for people and for later tools to read; nothing in the studio decides by them."""

Role = Literal["owner", "editor", "viewer"]
Scope = Literal["read", "write", "admin"]

SCOPES: dict[Role, frozenset[Scope]] = {
    "viewer": frozenset({"read"}),
    "editor": frozenset({"read", "write"}),
    "owner": frozenset({"read", "write", "admin"}),
}
"""What each role may: look; make, change and spend; manage people, keys and credits."""


class Frozen(BaseModel):
    """A value with exactly these fields, which never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who asks, in which workspace, and what they may."""

    user_id: UserId
    workspace_id: WorkspaceId
    role: Role
    scopes: frozenset[Scope]
    """What the credentials allow: the role's scopes, or fewer for an API key."""
    key_id: KeyId | None = None
    """The API key that was used; None for a person's session."""
