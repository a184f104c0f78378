"""Writing down what was done, in the transaction that does it."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backend.db.audit import AuditEntry
from backend.db.repositories.audit import AuditLog
from backend.utils.origin import random_id, utc_now

if TYPE_CHECKING:
    from collections.abc import Generator

    from backend.db.session import AsyncSession
    from backend.schemas.audit import Outcome, Verb, Via
    from backend.schemas.base import Caller, Facts, WorkspaceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """Where a request came from; None where there is no request: on the machine's own command line."""

    request_id: str
    address: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What was done to what. `facts` are never secrets."""

    verb: Verb
    kind: str | None = None
    """The kind of thing that it was done to, such as `user`."""
    target: str | None = None
    """The thing's id."""
    outcome: Outcome = "done"
    facts: Facts = field(default_factory=dict)


_circumstances: ContextVar[Circumstances | None] = ContextVar("circumstances", default=None)


@contextmanager
def under(circumstances: Circumstances) -> Generator[None]:
    """Write whatever is done until the end down with where it came from."""
    token = _circumstances.set(circumstances)
    try:
        yield
    finally:
        _circumstances.reset(token)


async def note(session: AsyncSession, who: Caller | None, act: Act, *, workspace: WorkspaceId | None = None) -> None:
    """Write an act down in the caller's transaction; `workspace` where it is not the caller's own."""
    here = _circumstances.get()
    entry = AuditEntry(
        id=random_id(),
        at=utc_now(),
        workspace_id=workspace or (who.workspace_id if who else None),
        via=_via(who, here),
        user_id=who.user_id if who else None,
        key_id=who.key_id if who else None,
        verb=act.verb,
        target_kind=act.kind,
        target_id=act.target,
        outcome=act.outcome,
        request_id=here.request_id if here else None,
        address=here.address if here else None,
        facts=dict(act.facts),
    )
    await AuditLog(session).add(entry)


def _via(who: Caller | None, here: Circumstances | None) -> Via:
    if here is None:
        return "command"
    if who is None:
        return "nobody"
    return "key" if who.key_id else "session"
