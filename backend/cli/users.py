"""`image-studio users` and `link`: the people of the studio, and letting them in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import screen
from backend.cli.groups import noun
from backend.cli.managing import manage
from backend.cli.options import AsJson
from backend.errors import NotFound
from backend.schemas.account import UserChange, UserForm
from backend.schemas.base import Role

if TYPE_CHECKING:
    from backend.container import Container
    from backend.schemas.account import SignInToken, UserView
    from backend.schemas.base import Caller

app = noun("The people who use the studio.")
COLUMNS = ("id", "name", "e-mail", "role", "may sign in", "since")
DEFAULT_URL = "http://127.0.0.1:8000"

Person = Annotated[str, typer.Argument(metavar="USER", help="The person's e-mail address or id.")]


@app.command()
def add(
    *,
    name: Annotated[str, typer.Option(help="What the person is called.")],
    email: Annotated[str | None, typer.Option(help="Needed for a password; a sign-in link works without.")] = None,
    role: Annotated[Role, typer.Option(help="owner: everything; editor: make and change; viewer: look.")] = "editor",
    as_json: AsJson = False,
) -> None:
    """Add a person. `image-studio link --user …` then lets them in."""
    form = UserForm(name=name, email=email, role=role)
    _tell(manage(lambda rooms, owner: rooms.access.people.add(owner, form)), as_json=as_json)


@app.command("list")
def list_users(*, as_json: AsJson = False) -> None:
    """List the people, those first who have been there longest."""
    found = manage(lambda rooms, owner: rooms.access.people.listed(owner))
    if as_json:
        screen.document(found)
    else:
        screen.listing(COLUMNS, map(_row, found.users))


@app.command("role")
def change_role(
    user: Person, role: Annotated[Role, typer.Argument(help="The role to have.")], *, as_json: AsJson = False
) -> None:
    """Give a person another role."""
    _change(user, UserChange(role=role), as_json=as_json)


@app.command()
def disable(user: Person, *, as_json: AsJson = False) -> None:
    """Keep a person out: sessions end, keys stop. What they made stays."""
    _change(user, UserChange(disabled=True), as_json=as_json)


@app.command()
def enable(user: Person, *, as_json: AsJson = False) -> None:
    """Let a person back in."""
    _change(user, UserChange(disabled=False), as_json=as_json)


def link(
    *,
    user: Annotated[str | None, typer.Option(help="Whom it signs in, by e-mail address or id; the owner.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print a link that signs somebody in once."""

    async def made(rooms: Container, owner: Caller) -> tuple[str, SignInToken]:
        whom = (await _find(rooms, owner, user)).id if user else owner.user_id
        return _home(rooms), await rooms.access.new_link(owner, whom)

    home, token = manage(made)
    address = f"{home}/signin?token={token.token}"
    if as_json:
        screen.document({"url": address, "expires_at": token.expires_at})
    else:
        screen.line(address)


def _home(rooms: Container) -> str:
    """Return where people open the studio: as it is set, else where its server listens now, else where it would."""
    server = rooms.folder.running_server()
    return rooms.settings.home((server.url if server else "") or DEFAULT_URL)


def _change(user: str, change: UserChange, *, as_json: bool) -> None:
    async def changed(rooms: Container, owner: Caller) -> UserView:
        return await rooms.access.people.change(owner, (await _find(rooms, owner, user)).id, change)

    _tell(manage(changed), as_json=as_json)


async def _find(rooms: Container, owner: Caller, user: str) -> UserView:
    everybody = (await rooms.access.people.listed(owner)).users
    found = next((one for one in everybody if user.strip().lower() in {one.id, one.email}), None)
    if found is None:
        raise NotFound(detail=f"Nobody here has the e-mail address or id {user}. `image-studio users` lists everybody.")
    return found


def _tell(user: UserView, *, as_json: bool) -> None:
    if as_json:
        screen.document(user)
    else:
        screen.listing(COLUMNS, [_row(user)])


def _row(user: UserView) -> tuple[object, ...]:
    return user.id, user.name, user.email, user.role, not user.disabled, user.created_at
