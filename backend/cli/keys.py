"""`image-studio keys`: what programs sign in with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import screen
from backend.cli.options import AsJson
from backend.schemas.account import KeyForm
from backend.schemas.base import KeyId

if TYPE_CHECKING:
    from backend.container import Container
    from backend.schemas.account import KeyList, NewKey

app = typer.Typer(help="API keys: what programs sign in with.", no_args_is_help=True)


@app.command()
def create(
    *,
    name: Annotated[str, typer.Option(help="What it is for, so that you know it again.")],
    scope: Annotated[
        list[str] | None,
        typer.Option(metavar="read|write|admin", help="What it may do; may be repeated. Default: read and write."),
    ] = None,
    expires: Annotated[int | None, typer.Option(metavar="DAYS", min=1, help="After how many days it stops.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make a key and print it, alone. It is shown this once."""
    from backend.cli.at_hand import manage  # noqa: PLC0415 - it takes seconds, and --help needs none of it

    ends = datetime.now(UTC) + timedelta(days=expires) if expires else None
    form = KeyForm.model_validate({"name": name, "scopes": scope or ["read", "write"], "expires_at": ends})

    async def made(container: Container) -> NewKey:
        return await container.access.create_key(await container.access.owner(), form)

    key = manage(made)
    if as_json:
        screen.document(key)
    else:
        screen.line(key.key)


@app.command("list")
def list_keys(*, as_json: AsJson = False) -> None:
    """List the keys that have not been revoked, without their secrets."""
    from backend.cli.at_hand import manage  # noqa: PLC0415 - as above

    async def listed(container: Container) -> KeyList:
        return await container.access.keys(await container.access.owner())

    found = manage(listed)
    if as_json:
        screen.document(found)
        return
    columns = ("id", "name", "begins with", "may", "made", "last used", "ends")
    screen.listing(
        columns,
        [
            (
                k.id,
                k.name,
                k.prefix,
                " ".join(k.scopes),
                k.created_at,
                k.last_used_at or "never",
                k.expires_at or "never",
            )
            for k in found.keys
        ],
    )


@app.command()
def revoke(key: Annotated[str, typer.Argument(metavar="ID", help="The key's id, as `keys list` shows it.")]) -> None:
    """Revoke a key for good."""
    from backend.cli.at_hand import manage  # noqa: PLC0415 - as above

    async def revoked(container: Container) -> None:
        await container.access.revoke_key(await container.access.owner(), KeyId(key))

    manage(revoked)
    screen.aside("Revoked: programs that use it are refused from now on.")
