"""`image-studio backup` and `restore`: a whole studio into one file, and out of it again."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TransferSpeedColumn

from backend import __version__
from backend.cli import screen
from backend.cli.failing import FULL
from backend.cli.noting import write_down
from backend.cli.options import AsJson
from backend.datafolder import DataFolder
from backend.errors import Conflict, MachineTrouble, NotFound
from backend.settings import Settings
from backend.utils.origin import utc_now

if TYPE_CHECKING:
    from collections.abc import Generator

    from backend.services.backup import Manifest, Restored
    from backend.storage import ContentStore

STREAM = Path("-")
"""Standard output, or standard input."""


def backup(
    path: Annotated[
        Path,
        typer.Argument(
            help="The file to write, the folder to put one into, or - for standard output.", allow_dash=True
        ),
    ],
    *,
    without_lost: Annotated[
        bool, typer.Option("--without-lost", help="Go on when files of the library are gone or damaged; note them.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write the whole studio into one file: every row of one moment, and every picture. The server may go on working.

    The backup holds what people wrote, and hashes of their passwords and keys: keep it as you keep the studio.
    """
    if path == STREAM and sys.stdout.isatty():
        raise typer.BadParameter("a terminal can't take a backup; send it on with | or >", param_hint="PATH")
    target = _named(path)
    with _bar("Copying") as bar:
        made = asyncio.run(_backed_up(Settings(), target, bar, without_lost=without_lost))
    where = None if target == STREAM else str(target)
    if path == STREAM:
        screen.aside(_told(made))
    elif as_json:
        screen.document({"path": where, "bytes": target.stat().st_size, **_facts(made)})
    else:
        screen.line(str(where))
        screen.aside(_told(made))


def restore(
    path: Annotated[Path, typer.Argument(help="The backup, or - for standard input.")],
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Only read the backup through, and say whether it is whole.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Bring a backup back into an empty studio, on whatever database and storage are set up here.

    Everybody signs in again afterwards, by password or by a link from `image-studio link`. Jobs that were open go on
    when the server starts.
    """
    with _source(path) as source, _bar("Checking" if check else "Restoring") as bar:
        if check:
            from backend.services.backup import check as checked  # noqa: PLC0415 - it takes time, and --help needs none

            facts = _facts(checked(source, tell=bar.told))
        else:
            back = asyncio.run(_restored(Settings(), source, bar))
            facts = {**_facts(back.manifest), "upgraded_to": back.now}
    if as_json:
        screen.document(facts)
    else:
        screen.line("The backup is whole." if check else "The studio is back.")
        screen.facts(facts)


async def _backed_up(settings: Settings, target: Path, bar: _Bar, *, without_lost: bool) -> Manifest:
    from backend.services.backup import BackupService  # noqa: PLC0415 - it takes time, and --help needs none of it
    from backend.utils.audit import Act  # noqa: PLC0415 - as above

    store, folder = _store(settings), settings.data_dir if target == STREAM else target.parent
    service = BackupService(settings.database, store, application=__version__, clock=utc_now)
    with _out(target) as out:
        made = await service.back_up(out, folder, tell=bar.told, without_lost=without_lost)
    await write_down(settings, Act(verb="backup.made", facts={"rows": made.rows}))
    return made


async def _restored(settings: Settings, source: IO[bytes], bar: _Bar) -> Restored:
    from backend.jobs.tables import bring_up  # noqa: PLC0415 - as above
    from backend.services.backup import RestoreService  # noqa: PLC0415 - as above
    from backend.utils.audit import Act  # noqa: PLC0415 - as above

    service = RestoreService(settings.database, _store(settings), lease_s=settings.workers.lease_s)
    with DataFolder(settings.data_dir):
        back = await service.restore(source, tell=bar.told)
        await asyncio.to_thread(bring_up, settings.database, may_change=True)
        taken_at = back.manifest.taken_at.isoformat(timespec="seconds")
        await write_down(
            settings, Act(verb="backup.restored", facts={"rows": back.manifest.rows, "taken_at": taken_at})
        )
    return back


def _store(settings: Settings) -> ContentStore:
    from backend.container.keeping import store_of  # noqa: PLC0415 - as above

    folder = DataFolder(settings.data_dir)
    folder.make()
    return store_of(settings, folder, clock=utc_now)


def _named(path: Path) -> Path:
    """Return the file that is to be written.

    Raises:
        NotFound: there is no such folder.
        Conflict: there is such a file already.
    """
    if path == STREAM:
        return path
    target = path / f"image-studio-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.tar" if path.is_dir() else path
    if not target.parent.is_dir():
        raise NotFound(detail=f"There is no folder {target.parent}.")
    if target.exists():
        raise Conflict(detail=f"{target} exists already. Choose another name, or a folder.")
    return target


@contextmanager
def _out(target: Path) -> Generator[IO[bytes]]:
    """Yield where the backup goes: standard output, or a file that gets its name when it is whole and on the disk."""
    if target != STREAM:
        with _whole(target) as out:
            yield out
        return
    with _writing(target):
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()


@contextmanager
def _whole(target: Path) -> Generator[IO[bytes]]:
    with _writing(target):
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".partial", dir=target.parent)
    try:
        with _writing(target), os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)
    folder = os.open(target.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


@contextmanager
def _writing(target: Path) -> Generator[None]:
    """Turn what the system says about a file into the studio's own words; a full disk is told of elsewhere."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise
        raise MachineTrouble(detail=f"{target} can't be written: {error.strerror}.") from error


@contextmanager
def _source(path: Path) -> Generator[IO[bytes]]:
    """Yield the bytes of a backup.

    Raises:
        NotFound: there is no such file.
    """
    if path == STREAM:
        yield sys.stdin.buffer
        return
    if not path.is_file():
        raise NotFound(detail=f"There is no file {path}.")
    with path.open("rb") as source:
        yield source


@dataclass(frozen=True, slots=True)
class _Bar:
    """What shows on the terminal how far it is."""

    progress: Progress
    task: TaskID

    def told(self, done: int, whole: int) -> None:
        self.progress.update(self.task, completed=done, total=whole or None)


@contextmanager
def _bar(what: str) -> Generator[_Bar]:
    page = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(bar_width=30), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=page, transient=True, disable=not page.is_terminal) as progress:
        yield _Bar(progress, progress.add_task(what, total=None))


def _facts(made: Manifest) -> dict[str, object]:
    return {
        "application": made.head.application,
        "revision": made.head.revision,
        "taken_at": made.taken_at.isoformat(timespec="seconds"),
        "rows": made.rows,
        "files": made.content.files,
        "file_bytes": made.content.bytes,
        "lost": list(made.content.lost),
        "tables": {table.name: table.rows for table in made.tables if table.rows},
    }


def _told(made: Manifest) -> str:
    lost = f"; {len(made.content.lost)} files were lost" if made.content.lost else ""
    return f"{made.rows} rows and {made.content.files} files of {screen.size(made.content.bytes)}{lost}"
