"""What all the words of the studio are made of."""

from __future__ import annotations

from typing import NewType

from pydantic import BaseModel, ConfigDict, JsonValue

WorkspaceId = NewType("WorkspaceId", str)
UserId = NewType("UserId", str)
AssetId = NewType("AssetId", str)
JobId = NewType("JobId", str)

Facts = dict[str, JsonValue]
"""Free-form facts about a picture, for people and for later tools to read; nothing in the studio decides by them."""


class Frozen(BaseModel):
    """A value with exactly these fields, which never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid")
