"""The keys of programs: made, listed and revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.db.repositories.keys import Keys
from backend.errors import FieldError, InvalidRequest, NotAllowed, NotFound
from backend.schemas.account import KeyList, NewKey
from backend.services.tokens import ORDER, key_view, new_key
from backend.utils.audit import Act, note

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from backend.db.session import Database
    from backend.schemas.account import KeyForm
    from backend.schemas.base import Caller, Facts, KeyId


class ProgramKeys:
    """The API keys of the workspaces of one studio."""

    def __init__(self, db: Database, *, clock: Callable[[], datetime]) -> None:
        self._db = db
        self.clock = clock

    async def create_key(self, caller: Caller, form: KeyForm) -> NewKey:
        """Make an API key that speaks for the caller; its secret is in the answer and nowhere else.

        Raises:
            NotAllowed: it would be allowed more than the caller is.
            InvalidRequest: it would have expired already.
        """
        if more := form.scopes - caller.scopes:
            needs = ", ".join(scope for scope in ORDER if scope in more)
            raise NotAllowed(detail="A key can't be allowed more than the one who makes it.", needs=needs)
        now = self.clock()
        if form.expires_at and form.expires_at <= now:
            wrong = FieldError(pointer="/expires_at", detail="This moment has passed.")
            raise InvalidRequest(detail="The key would have expired already.", errors=(wrong,))
        secret, row = new_key(caller, form, now)
        async with self._db.begin() as session:
            await Keys(session).add(row)
            facts: Facts = {"name": form.name, "scopes": " ".join(sorted(form.scopes))}
            await note(session, caller, Act(verb="key.made", kind="key", target=row.id, facts=facts))
        return NewKey(**dict(key_view(row)), key=secret)

    async def keys(self, caller: Caller) -> KeyList:
        """Return the workspace's keys that have not been revoked, newest first."""
        async with self._db.read() as session:
            return KeyList(keys=tuple(key_view(key) for key in await Keys(session).listed(caller.workspace_id)))

    async def revoke_key(self, caller: Caller, key: KeyId) -> None:
        """Revoke a key for good.

        Raises:
            NotFound: the workspace has no such key in use.
        """
        async with self._db.begin() as session:
            if not await Keys(session).revoke(caller.workspace_id, key, self.clock()):
                raise NotFound(detail="There is no such key in this workspace.")
            await note(session, caller, Act(verb="key.revoked", kind="key", target=key))
