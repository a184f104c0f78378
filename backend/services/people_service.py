"""The people of a workspace: who is in it, and as what."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from backend.db.repositories.keys import Keys
from backend.db.repositories.people import People, blank, role_of
from backend.errors import Conflict, NotFound
from backend.schemas.account import PersonView, UserList, UserView
from backend.schemas.base import UserId
from backend.utils.audit import Act, note

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from backend.db.people import User
    from backend.db.repositories.people import Member
    from backend.db.session import Database
    from backend.schemas.account import UserChange, UserForm
    from backend.schemas.base import Caller
    from backend.services.passwords import Passwords


class PeopleService:
    """Adds, lists and changes the people of the caller's workspace. A person belongs to one workspace."""

    def __init__(self, db: Database, *, clock: Callable[[], datetime], passwords: Passwords) -> None:
        self._db = db
        self._clock = clock
        self._passwords = passwords

    async def add(self, caller: Caller, form: UserForm) -> UserView:
        """Add a person; a sign-in link or the password lets them in.

        Raises:
            Conflict: somebody in the studio has the e-mail address.
        """
        kept = await self._passwords.hash(form.password.get_secret_value()) if form.password else None
        person = blank(secrets.token_hex(16), name=form.name, now=self._clock(), email=form.email, password_hash=kept)
        async with self._db.begin() as session:
            membership = await People(session).add(caller.workspace_id, person, form.role)
            added = Act(verb="person.added", kind="user", target=person.id, facts={"role": form.role})
            await note(session, caller, added)
            return _view((person, membership))

    async def listed(self, caller: Caller) -> UserList:
        """Return the people of the workspace, oldest first."""
        async with self._db.read() as session:
            return UserList(users=tuple(_view(member) for member in await People(session).members(caller.workspace_id)))

    async def change(self, caller: Caller, user: UserId, change: UserChange) -> UserView:
        """Change a person's name, address or role, or whether they may sign in.

        Raises:
            NotFound: there is no such person in the workspace.
            Conflict: the workspace would be left without an owner, or the e-mail address is taken.
        """
        async with self._db.begin() as session:
            people = People(session)
            owners = await people.hold_owners(caller.workspace_id)
            member = await people.member(caller.workspace_id, user)
            if member is None:
                raise NotFound(detail="There is no such person in this workspace.")
            if owners == {user} and (change.disabled or change.role not in (None, "owner")):
                raise Conflict(detail="The workspace needs an owner who can sign in; make somebody else one first.")
            if change.disabled:
                await Keys(session).end_sessions(caller.workspace_id, user, self._clock())
            self._apply(member, change)
            await people.save()
            changed = change.model_dump(mode="json", exclude_none=True)
            await note(session, caller, Act(verb="person.changed", kind="user", target=user, facts=changed))
            return _view(member)

    def _apply(self, member: Member, change: UserChange) -> None:
        person, membership = member
        person.name = change.name or person.name
        person.email = change.email or person.email
        membership.role = change.role or membership.role
        if change.disabled is not None:
            person.disabled_at = self._clock() if change.disabled else None


def in_short(user: User) -> PersonView:
    """Return a person as others see them."""
    return PersonView(id=UserId(user.id), name=user.name, email=user.email)


def _view(member: Member) -> UserView:
    user, membership = member
    return UserView(
        id=UserId(user.id),
        name=user.name,
        email=user.email,
        role=role_of(membership),
        disabled=user.disabled_at is not None,
        created_at=user.created_at,
    )
