"""`image-studio audit`: what was done in the studio, and by whom."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import screen
from backend.cli.managing import manage
from backend.cli.options import AsJson
from backend.schemas.audit import AuditQuery, Verb

if TYPE_CHECKING:
    from backend.schemas.audit import AuditLine

COLUMNS = ("id", "when", "what", "outcome", "how", "who", "to what", "address", "facts")


def audit(
    *,
    verb: Annotated[Verb | None, typer.Option(help="Only what was done in this way.")] = None,
    user: Annotated[str | None, typer.Option(metavar="ID", help="Only what this person did.")] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"], help="From this moment on, in UTC.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=500, help="How many at most.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List what was done in the whole studio, the newest first: sign-ins, people, keys, credits, deletions, backups."""
    asked = AuditQuery(verb=verb, user_id=user, since=since and since.replace(tzinfo=UTC), limit=limit)
    found = manage(lambda rooms, _: rooms.audit.everything(asked))
    if as_json:
        screen.document(found)
    else:
        screen.listing(COLUMNS, map(_row, found.entries))


def _row(entry: AuditLine) -> tuple[object, ...]:
    target = f"{entry.target_kind} {entry.target_id}" if entry.target_id else ""
    facts = ", ".join(f"{name} {value}" for name, value in entry.facts.items())
    who = entry.user_id or ""
    return entry.id, entry.at, entry.verb, entry.outcome, entry.via, who, target, entry.address, facts
