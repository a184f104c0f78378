"""`image-studio worker` and `workers`: processes that run jobs for the servers of the same database."""

from __future__ import annotations

import asyncio
import signal
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from backend.cli import screen
from backend.cli.managing import manage
from backend.cli.options import AsJson
from backend.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.container import Container
    from backend.db.machines import Worker
    from backend.schemas.base import Caller

COLUMNS = ("worker", "host", "process", "state", "version", "started", "last heard of")


def worker() -> None:
    """Run jobs until Ctrl-C or SIGTERM; what is at work then is finished or handed to others."""
    asyncio.run(_worked(Settings()))


async def _worked(settings: Settings) -> None:
    from backend.observability import configure  # noqa: PLC0415 - with the rooms, below
    from backend.worker import work  # noqa: PLC0415 - it takes seconds, and --help needs none of it

    configure(settings.log)
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, stop.set)
    await work(settings, stop, lambda name: screen.line(f"Worker {name} runs jobs."))


def workers(*, as_json: AsJson = False) -> None:
    """List the processes that run jobs on this database."""
    found = manage(_all)
    if as_json:
        screen.document([_facts(one) for one in found])
    else:
        screen.listing(COLUMNS, [tuple(str(fact) for fact in _facts(one).values()) for one in found])


async def _all(container: Container, _: Caller) -> Sequence[Worker]:
    from backend.db.repositories.machines import Machines  # noqa: PLC0415 - as above

    async with container.db.read() as session:
        return await Machines(session).all()


def _facts(one: Worker) -> dict[str, object]:
    ago = datetime.now(UTC) - one.seen_at
    return {
        "id": one.id,
        "host": one.host,
        "pid": one.pid,
        "state": one.state,
        "version": one.version,
        "started_at": one.started_at.isoformat(timespec="seconds"),
        "silent_s": round(ago.total_seconds(), 1),
    }
