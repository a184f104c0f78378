"""`image-studio jobs`: what is being done, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import screen
from backend.cli.api import JOBS
from backend.cli.groups import noun
from backend.cli.looking import Kind
from backend.cli.options import Common, with_common
from backend.cli.reach import speak
from backend.cli.watching import CALLED_OFF, call_off
from backend.schemas.jobs import JobStatus

if TYPE_CHECKING:
    from backend.cli.api import Api, Json

app = noun("What is being done, and what became of it.")


def _row(job: Json) -> tuple[object, ...]:
    cost = job["cost"]["captured"] if job["finished_at"] else job["cost"]["estimated"]
    said = job["problem"]["detail"] if job["problem"] else job["message"]
    asked = screen.moment(job["created_at"])
    return job["id"], job["operation"], job["status"], cost, asked, said


ALL = Kind(
    path=JOBS,
    name="jobs",
    columns=("id", "operation", "status", "credits", "asked for", "what happened"),
    row=_row,
)
Id = Annotated[str, typer.Argument(metavar="ID", help="The job's id, as `jobs list` shows it.")]


@app.command("list")
@with_common
def list_jobs(
    common: Common,
    *,
    status: Annotated[JobStatus | None, typer.Option(help="Only those in one state.")] = None,
    operation: Annotated[str | None, typer.Option(help="Only one operation's, such as create.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many at most.")] = 50,
) -> None:
    """List jobs, the newest first."""
    ALL.list(common, status=status, operation=operation, limit=limit)


@app.command()
@with_common
def show(common: Common, job: Id) -> None:
    """Show all that is known about a job."""
    ALL.show(common, job)


@app.command()
@with_common
def cancel(common: Common, job: Id) -> None:
    """Call a job off: pictures that are ready stay, the rest is not charged."""

    async def cancelled(api: Api) -> Json:
        await call_off(api, job)
        return await api.get(f"{JOBS}/{job}")

    found = speak(common, cancelled)
    if common.as_json:
        screen.document(found)
    else:
        screen.aside(CALLED_OFF)
