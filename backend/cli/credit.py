"""`image-studio credits`: what a workspace has, and giving it more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import screen
from backend.cli.managing import manage
from backend.cli.options import AsJson
from backend.errors import NotFound
from backend.schemas.base import WorkspaceId

if TYPE_CHECKING:
    from backend.container import Container
    from backend.schemas.base import Caller
    from backend.schemas.credits import CreditsView

app = typer.Typer(help="What a workspace has, and giving it more.", no_args_is_help=True)

Which = Annotated[str | None, typer.Option("--workspace", metavar="ID|NAME", help="The first workspace otherwise.")]


@app.command()
def grant(
    *,
    workspace: Annotated[str, typer.Option(metavar="ID|NAME", help="Who gets them.")],
    amount: Annotated[float, typer.Option(min=0.001, help="How many credits.")],
    reason: Annotated[str, typer.Option(help="Why: it stands in the ledger for good.")],
    as_json: AsJson = False,
) -> None:
    """Give credits to a workspace."""

    async def granted(rooms: Container, owner: Caller) -> tuple[str, CreditsView]:
        name, whom = await _workspace(rooms, owner, workspace)
        await rooms.credits.grant(whom.workspace_id, amount, reason=reason)
        return name, await rooms.credits.view(whom)

    _show(*manage(granted), as_json=as_json)


@app.command()
def show(*, workspace: Which = None, as_json: AsJson = False) -> None:
    """Show what a workspace has and has spent this month."""

    async def seen(rooms: Container, owner: Caller) -> tuple[str, CreditsView]:
        name, whom = await _workspace(rooms, owner, workspace)
        return name, await rooms.credits.view(whom)

    _show(*manage(seen), as_json=as_json)


async def _workspace(rooms: Container, owner: Caller, wanted: str | None) -> tuple[str, Caller]:
    """Return a workspace's name, and the owner as if they were in it."""
    from backend.db.repositories.census import workspaces  # noqa: PLC0415 - the database's room is loaded by now

    async with rooms.db.read() as session:
        all_of_them = await workspaces(session)
    meant = wanted or owner.workspace_id
    found = [one for one in all_of_them if meant == one.id] or [one for one in all_of_them if meant == one.name]
    if len(found) != 1:
        known = ", ".join(f"{one.name} ({one.id})" for one in all_of_them)
        raise NotFound(
            detail=f"{'No' if not found else 'More than one'} workspace is called {meant}. There are: {known}."
        )
    return found[0].name, replace(owner, workspace_id=WorkspaceId(found[0].id))


def _show(name: str, view: CreditsView, *, as_json: bool) -> None:
    if as_json:
        screen.document(view)
        return
    available = "not metered" if view.available is None else view.available
    rows = [
        ("workspace", name),
        ("available", available),
        ("reserved", view.reserved),
        ("spent this month", view.spent_this_month),
        ("most a month", "no limit" if view.caps.monthly is None else view.caps.monthly),
        ("most a day", "no limit" if view.caps.daily is None else view.caps.daily),
    ]
    screen.listing(("", "credits"), rows)
