"""`image-studio keys`: what programs sign in with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import screen
from backend.cli.groups import noun
from backend.cli.managing import manage
from backend.cli.options import AsJson
from backend.schemas.account import KeyForm
from backend.schemas.base import KeyId

if TYPE_CHECKING:
    from backend.schemas.account import KeyView

app = noun("API keys: what programs sign in with.")
COLUMNS = ("id", "name", "begins with", "may", "made", "last used", "ends")


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
    ends = datetime.now(UTC) + timedelta(days=expires) if expires else None
    form = KeyForm.model_validate({"name": name, "scopes": scope or ["read", "write"], "expires_at": ends})
    key = manage(lambda rooms, owner: rooms.access.create_key(owner, form))
    if as_json:
        screen.document(key)
    else:
        screen.line(key.key)


@app.command("list")
def list_keys(*, as_json: AsJson = False) -> None:
    """List the keys that have not been revoked, without their secrets."""
    found = manage(lambda rooms, owner: rooms.access.keys(owner))
    if as_json:
        screen.document(found)
    else:
        screen.listing(COLUMNS, map(_row, found.keys))


@app.command()
def revoke(key: Annotated[str, typer.Argument(metavar="ID", help="The key's id, as `keys list` shows it.")]) -> None:
    """Revoke a key for good."""
    manage(lambda rooms, owner: rooms.access.revoke_key(owner, KeyId(key)))
    screen.aside("Revoked: programs that use it are refused from now on.")


def _row(key: KeyView) -> tuple[object, ...]:
    may, used, ends = " ".join(key.scopes), key.last_used_at or "never", key.expires_at or "never"
    return key.id, key.name, key.prefix, may, key.created_at, used, ends
