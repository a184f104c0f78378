"""`image-studio migrate`: the database's tables, brought up to date by hand."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import screen
from backend.cli.options import AsJson
from backend.datafolder import DataFolder
from backend.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

DUE = 3
"""The exit status of `--check` when the tables are older than the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Revisions:
    """What the tables are, and what this program needs."""

    found: str | None
    newest: str | None

    @property
    def due(self) -> bool:
        return self.found != self.newest


def migrate(
    *,
    check: Annotated[
        bool, typer.Option("--check", help=f"Change nothing; exit {DUE} if the tables have to be brought up to date.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Bring the database's tables up to date. The server does so too when it starts, unless it is told not to.

    On SQLite no server may run meanwhile, and a copy of the database is kept beside it.
    """
    settings = Settings()
    known = _revisions(settings.database)
    copy = None if check or not known.due else _migrated(settings)
    if as_json:
        said = {**asdict(known), "due": known.due and check, "copy": str(copy) if copy else None}
        screen.document(said)
    else:
        screen.line(_told(known, check=check))
    if copy and not as_json:
        screen.aside(f"The database as it was: {copy}")
    if check and known.due:
        raise typer.Exit(DUE)


def _revisions(url: str) -> _Revisions:
    """Return the revisions of the tables and of the program.

    Raises:
        MadeByNewer: the tables are newer.
    """
    from backend.db.migrate import pending  # noqa: PLC0415 - it takes time, and --help needs none of it
    from backend.db.safety import embedded_file  # noqa: PLC0415 - as above
    from backend.db.shapes import newest, require_known  # noqa: PLC0415 - as above

    path = embedded_file(url)
    if path is not None and not path.exists():
        return _Revisions(found=None, newest=newest())
    found, wanted = pending(url)
    if found is not None:
        require_known(found)
    return _Revisions(found=found, newest=wanted)


def _migrated(settings: Settings) -> Path | None:
    """Bring the tables up to date and return the copy of what was there before."""
    from backend.db.safety import embedded_file, keep_copy  # noqa: PLC0415 - as above
    from backend.jobs.tables import bring_up  # noqa: PLC0415 - as above

    with ExitStack() as held:
        if embedded_file(settings.database) is not None:
            held.enter_context(DataFolder(settings.data_dir))
        copy = keep_copy(settings.database, keep=settings.db.copies)
        bring_up(settings.database)
        return copy


def _told(known: _Revisions, *, check: bool) -> str:
    since = known.found or "none"
    if not known.due:
        return f"The tables are up to date: {known.newest}."
    if check:
        return f"The tables have to be brought up to date: from {since} to {known.newest}. Run `image-studio migrate`."
    return f"The tables were brought up to date: from {since} to {known.newest}."
