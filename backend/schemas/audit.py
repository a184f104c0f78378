"""The audit log as its readers see it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from backend.schemas.base import Facts, Frozen

Verb = Literal[
    "session.opened",
    "session.refused",
    "link.made",
    "password.changed",
    "person.added",
    "person.changed",
    "key.made",
    "key.revoked",
    "credits.granted",
    "persona.added",
    "persona.changed",
    "persona.deleted",
    "recipe.added",
    "recipe.changed",
    "recipe.deleted",
    "export_set.added",
    "export_set.changed",
    "export_set.deleted",
    "asset.deleted",
    "collection.added",
    "collection.changed",
    "collection.deleted",
    "trash.emptied",
    "backup.made",
    "backup.restored",
]
"""What is written down."""
Outcome = Literal["done", "refused"]
Via = Literal["session", "key", "command", "nobody"]


class AuditQuery(Frozen):
    """Which entries are asked for; all filters apply together."""

    verb: Annotated[Verb | None, Field(description="What was done.")] = None
    outcome: Annotated[Outcome | None, Field(description="Whether it was done or refused.")] = None
    user_id: Annotated[str | None, Field(max_length=64, description="Who did it.")] = None
    target: Annotated[str | None, Field(max_length=64, description="The id of what it was done to.")] = None
    since: Annotated[AwareDatetime | None, Field(description="From this moment on.")] = None
    until: Annotated[AwareDatetime | None, Field(description="Before this moment.")] = None
    limit: Annotated[int, Field(ge=1, le=500, description="How many entries a page has.")] = 50
    cursor: Annotated[str | None, Field(max_length=64, description="`next_cursor` of the page before.")] = None


class AuditLine(Frozen):
    """One act."""

    id: str
    at: datetime
    via: Via
    """How: in a person's session, by a program's key, on the machine's own command line, or signed in as nobody."""
    user_id: str | None
    key_id: str | None
    verb: Verb
    target_kind: str | None
    target_id: str | None
    outcome: Outcome
    request_id: str | None
    address: str | None
    """The network address that the request came from."""
    facts: Facts


class AuditPage(Frozen):
    """Entries of the audit log, newest first."""

    entries: tuple[AuditLine, ...]
    next_cursor: str | None
