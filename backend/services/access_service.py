"""Who gets in and as whom: sign-in links, sessions, and the keys of programs."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from backend.db.people import Workspace
from backend.db.repositories import people as everybody
from backend.db.repositories.keys import Keys
from backend.db.repositories.people import People, blank, role_of
from backend.errors import Conflict, FieldError, InvalidRequest, NotAllowed, NotFound, SignInRequired
from backend.schemas.account import AccountView, SignedIn, SignInToken, WorkspaceView
from backend.schemas.base import SCOPES, Caller, KeyId, UserId, WorkspaceId
from backend.services.passwords import ATTEMPTS, Passwords, Throttle
from backend.services.people_service import PeopleService, in_short
from backend.services.program_keys import ProgramKeys
from backend.services.tokens import KEY, hashed, is_signed_token, new_id, new_link, new_session
from backend.utils.audit import Act, note

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from backend.db.repositories.people import Member
    from backend.db.session import AsyncSession, Database
    from backend.schemas.account import LoginForm, PasswordForm
    from backend.services.passwords import Attempts

NOTED_EVERY = timedelta(minutes=1)
NO_ENTRY = "This session or key is not valid: it is wrong, too old, or was ended."
NO_LINK = "This sign-in link is not valid: it is wrong, too old, or was used before."
NO_MATCH = "This e-mail address and this password do not belong together."


class AccessService(ProgramKeys):
    """The ways into the workspaces of one studio; `people` are those who use them."""

    people: PeopleService
    by_password: bool = True
    """Whether passwords are taken; where another issuer is required, the machine's own links alone are."""
    foreign: Callable[[str], Awaitable[Caller]] | None = None
    """Who knows the tokens of another issuer, if there is one."""

    def __init__(
        self, db: Database, *, clock: Callable[[], datetime], tier: str, session_days: int, link_minutes: int
    ) -> None:
        super().__init__(db, clock=clock)
        self._tier = tier
        self._stay = timedelta(days=session_days)
        self._link_life = timedelta(minutes=link_minutes)
        self._passwords = Passwords()
        self.people = PeopleService(db, clock=clock, passwords=self._passwords)
        self._trusted: dict[str, Caller] = {}
        self.allow(ATTEMPTS)

    def allow(self, attempts: Attempts) -> None:
        """Let so many attempts to sign in through from now on, and forget those made so far."""
        self._per_name = Throttle(attempts.per_name, attempts.span, clock=self.clock)
        self._per_address = Throttle(attempts.per_address, attempts.span, clock=self.clock)

    # --- the first owner, and links -------------------------------------------------------------------------

    async def first_start(self) -> SignInToken | None:
        """Make the workspace and its owner where there is none yet, and return what signs the owner in."""
        async with self._db.begin() as session:
            if await everybody.hold_everything(session):
                return None
            workspace = Workspace(id=new_id(), name="Studio", tier=self._tier, created_at=self.clock())
            people = People(session)
            await people.add_workspace(workspace)
            owner = blank(new_id(), name="Owner", now=self.clock())
            await people.add(WorkspaceId(workspace.id), owner, "owner")
            return await self._link(Keys(session), WorkspaceId(workspace.id), UserId(owner.id))

    async def welcome(self) -> SignInToken | None:
        """Return what signs the owner in as long as nobody has signed in yet; None afterwards."""
        first = await self.first_start()
        if first:
            return first
        async with self._db.read() as session:
            if await everybody.anyone_came_in(session):
                return None
        owner = await self.owner()
        return await self.new_link(owner, owner.user_id)

    def trust(self, caller: Caller) -> str:
        """Return a token that speaks for somebody as long as this process lives; it is written down nowhere here."""
        token = secrets.token_urlsafe(32)
        self._trusted[hashed(token)] = caller
        return token

    async def owner(self) -> Caller:
        """Return the first owner of the first workspace, for whom the machine's own commands act.

        Raises:
            NotFound: there is none yet; `first_start` makes one.
        """
        async with self._db.read() as session:
            return _caller(await everybody.first_owner(session))

    async def person(self, email: str) -> Caller:
        """Return who has an e-mail address, for the machine's own commands.

        Raises:
            NotFound: nobody has it.
        """
        async with self._db.read() as session:
            return _caller(await everybody.find(session, email.strip().lower()))

    async def new_link(self, caller: Caller, user: UserId) -> SignInToken:
        """Make a link that signs a person of the caller's workspace in once.

        Raises:
            NotFound: there is no such person in the workspace.
            Conflict: the person may not sign in.
        """
        async with self._db.begin() as session:
            member = await People(session).member(caller.workspace_id, user)
            if member is None:
                raise NotFound(detail="There is no such person in this workspace.")
            if member[0].disabled_at:
                raise Conflict(detail="This person may not sign in at present.")
            await note(session, caller, Act(verb="link.made", kind="user", target=user))
            return await self._link(Keys(session), caller.workspace_id, user)

    async def _link(self, keys: Keys, workspace: WorkspaceId, user: UserId) -> SignInToken:
        token, row = new_link(workspace, user, self.clock(), self._link_life)
        await keys.add(row)
        return SignInToken(token=token, expires_at=row.expires_at)

    # --- in and out -----------------------------------------------------------------------------------------

    async def redeem(self, token: str) -> SignedIn:
        """Use up a sign-in link and open a session.

        Raises:
            SignInRequired: there is no such link, or not any more.
        """
        async with self._db.begin() as session:
            link = await Keys(session).use_link(hashed(token), self.clock())
            people = People(session)
            member = await people.member(WorkspaceId(link.workspace_id), UserId(link.user_id)) if link else None
            if member and not member[0].disabled_at:
                return await self.let_in(session, member, by="link")
        await self._note_refusal(member, by="link")
        raise SignInRequired(detail=NO_LINK)

    async def login(self, form: LoginForm, *, address: str) -> SignedIn:
        """Open a session for an e-mail address and its password.

        Raises:
            NotAllowed: people sign in at another issuer here.
            SignInRequired: they don't belong together, whether or not the address is known.
            TooManyAttempts: this was tried too often for the e-mail address or from the network address.
        """
        self._check_by_password()
        self._per_address.count(address)
        self._per_name.count(form.email)
        async with self._db.read() as session:
            member = await everybody.find(session, form.email)
        kept = member[0].password_hash if member and not member[0].disabled_at else None
        if not await self._passwords.fits(form.password.get_secret_value(), kept) or member is None:
            await self._note_refusal(member, by="password")
            raise SignInRequired(detail=NO_MATCH)
        self._per_name.forget(form.email)
        async with self._db.begin() as session:
            return await self.let_in(session, member)

    async def _note_refusal(self, member: Member | None, *, by: str) -> None:
        """Write down who was not let in, as far as that is known; what was typed may be a secret, so it is not kept."""
        workspace = WorkspaceId(member[1].workspace_id) if member else None
        whom = member[0].id if member else None
        refused = Act(verb="session.refused", kind="user", target=whom, outcome="refused", facts={"by": by})
        async with self._db.begin() as session:
            await note(session, None, refused, workspace=workspace)

    async def let_in(
        self,
        session: AsyncSession,
        member: Member,
        *,
        stay: timedelta | None = None,
        issuer: str | None = None,
        by: str = "password",
    ) -> SignedIn:
        """Open a session for a person who has proved who they are; `issuer` vouched for it, where another one did."""
        user, membership = member
        workspace = await People(session).workspace(WorkspaceId(membership.workspace_id))
        token, row = new_session(WorkspaceId(workspace.id), UserId(user.id), self.clock(), stay or self._stay)
        row.issuer = issuer
        await Keys(session).add(row)
        opened = Act(verb="session.opened", kind="user", target=user.id, facts={"by": issuer or by})
        await note(session, _caller(member), opened)
        return SignedIn(
            user=in_short(user),
            workspace=WorkspaceView(id=WorkspaceId(workspace.id), name=workspace.name),
            role=role_of(membership),
            token=token,
            expires_at=row.expires_at,
        )

    def _check_by_password(self) -> None:
        if not self.by_password:
            raise NotAllowed(detail="Passwords are not taken here; sign in at the issuer.", needs="the issuer")

    async def logout(self, token: str) -> str | None:
        """End the session of a token and return the issuer that vouched for it; None for none."""
        async with self._db.begin() as session:
            return await Keys(session).end_session(hashed(token), self.clock())

    async def authenticate(self, token: str) -> Caller:
        """Return whom a session's token, an API key or a token of another issuer speaks for.

        Raises:
            SignInRequired: it is not valid, or not any more.
            IdentityRefused: another issuer vouches for somebody who is not let in.
            IdentityUnavailable: that issuer's keys can't be had.
        """
        if trusted := self._trusted.get(hashed(token)):
            return trusted
        if self.foreign and is_signed_token(token):
            return await self.foreign(token)
        now = self.clock()
        async with self._db.read() as session:
            keys = Keys(session)
            holder = await keys.key_holder(hashed(token), now) if token.startswith(KEY) else None
            caller = holder.caller if holder else await keys.session_caller(hashed(token), now)
        if caller is None:
            raise SignInRequired(detail=NO_ENTRY)
        if holder and (holder.last_used_at is None or now - holder.last_used_at >= NOTED_EVERY):
            async with self._db.begin() as session:
                await Keys(session).note_use(caller.workspace_id, caller.key_id or KeyId(""), now)
        return caller

    async def account(self, caller: Caller) -> AccountView:
        """Return who asks, and in which workspace at which tier."""
        async with self._db.read() as session:
            people = People(session)
            member = await people.member(caller.workspace_id, caller.user_id)
            workspace = await people.workspace(caller.workspace_id)
        if member is None:
            raise SignInRequired(detail=NO_ENTRY)
        return AccountView(
            user=in_short(member[0]),
            workspace=WorkspaceView(id=caller.workspace_id, name=workspace.name),
            role=caller.role,
            tier=workspace.tier,
        )

    async def change_password(self, caller: Caller, form: PasswordForm) -> SignedIn:
        """Give the caller a new password, end all their sessions, and open a fresh one.

        Raises:
            NotAllowed: the caller is a program, or passwords are not taken.
            InvalidRequest: the present password is wrong.
            TooManyAttempts: that was tried too often.
        """
        if caller.key_id:
            raise NotAllowed(detail="A key can't change a password; sign in.", needs="a person's session")
        self._check_by_password()
        self._per_name.count(caller.user_id)
        async with self._db.read() as session:
            member = await People(session).member(caller.workspace_id, caller.user_id)
        if member is None:
            raise SignInRequired(detail=NO_ENTRY)
        await self._prove(form, member[0].password_hash)
        self._per_name.forget(caller.user_id)
        kept = await self._passwords.hash(form.password.get_secret_value())
        async with self._db.begin() as session:
            people, keys = People(session), Keys(session)
            await people.give_password(caller.workspace_id, caller.user_id, kept)
            await keys.end_sessions(caller.workspace_id, caller.user_id, self.clock())
            await note(session, caller, Act(verb="password.changed", kind="user", target=caller.user_id))
            return await self.let_in(session, member)

    async def _prove(self, form: PasswordForm, kept: str | None) -> None:
        if kept is None:
            return
        given = form.current_password.get_secret_value() if form.current_password else ""
        if not await self._passwords.fits(given, kept):
            wrong = FieldError(pointer="/current_password", detail="This is not the present password.")
            raise InvalidRequest(detail="The present password is wrong.", errors=(wrong,))


def _caller(member: Member | None) -> Caller:
    if member is None:
        raise NotFound(detail="There is no such person in this studio.")
    user, membership = member
    role = role_of(membership)
    workspace = WorkspaceId(membership.workspace_id)
    return Caller(user_id=UserId(user.id), workspace_id=workspace, role=role, scopes=SCOPES[role])
