"""Following a job: progress on the terminal, pictures as they are ready, and calling it off with Ctrl-C."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

from backend.cli.api import JOBS
from backend.cli.failing import Refused
from backend.cli.screen import line

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine
    from types import TracebackType
    from typing import Any, Self

    from backend.cli.api import Api, Json

ENDINGS = ("job.done", "job.failed", "job.cancelled")
CALLED_OFF = "Cancelled: pictures that were ready are in the library, the rest is not charged."
CALLED_OFF_S = 10.0
"""How long to wait until a job that is called off has ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watcher:
    """What is done while a job is followed: the terminal is kept up to date, and each picture is taken."""

    bar: Bar
    take: Callable[[Json], Awaitable[None]]
    """Given each picture's asset as soon as it is ready."""


async def follow(api: Api, asking: Coroutine[Any, Any, Json], watcher: Watcher) -> Json:
    """Ask for work, follow its job to the end, and return the job. Interrupted, the job is called off.

    Raises:
        Refused: the work was refused, failed altogether, or was cancelled.
    """
    asked = asyncio.create_task(asking)
    try:
        job = _job_of(await asyncio.shield(asked))
        await _watch(api, job, watcher)
    except asyncio.CancelledError:
        await _call_off(api, _job_of(await asked), watcher.bar)
        raise
    return await api.get(f"{JOBS}/{job}")


def _job_of(answer: Json) -> str:
    """Return the job's id: of a job, or of the finished answer that an Idempotency-Key led back to."""
    return answer.get("job_id") or answer["id"]


async def _watch(api: Api, job: str, watcher: Watcher) -> None:
    async with contextlib.aclosing(api.events(f"{JOBS}/{job}/events")) as events:
        async for name, data in events:
            if name == "job.progress":
                watcher.bar.move(data["progress"], data["message"])
            elif name == "job.result":
                await _part(data, watcher)
            elif name in ENDINGS:
                _end(name, data)
                return


async def _part(data: Json, watcher: Watcher) -> None:
    watcher.bar.count()
    if data.get("asset"):
        await watcher.take(data["asset"])
    elif data.get("problem"):
        watcher.bar.aside(f"Picture {data['ordinal'] + 1} could not be made: {data['problem'].get('detail', '')}")


def _end(name: str, data: Json) -> None:
    if name != "job.done":
        raise Refused(data.get("problem") or {"title": "Nothing was made"})


async def _call_off(api: Api, job: str, bar: Bar) -> None:
    try:
        await call_off(api, job)
    except Refused as refused:
        if refused.problem.get("code") != "job-finished":
            raise
        return
    bar.aside(CALLED_OFF)


async def call_off(api: Api, job: str) -> None:
    """Cancel a job, and wait a moment for its end: a studio opened for this command would close before it.

    Raises:
        Refused: there is no such job, or it has ended by itself.
    """
    await api.send("DELETE", f"{JOBS}/{job}")
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(CALLED_OFF_S), contextlib.aclosing(api.events(f"{JOBS}/{job}/events")) as events:
            async for name, _ in events:
                if name in ENDINGS:
                    return


class Bar:
    """A bar on the terminal that says how far a job is; nothing where nobody looks."""

    def __init__(self, what: str, *, parts: int) -> None:
        self._parts = parts
        self._ready = 0
        screen = Console(stderr=True)
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            TimeElapsedColumn(),
            console=screen,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
            disable=not screen.is_terminal,
        )
        self._task: TaskID = self._progress.add_task(what, total=1.0)

    def move(self, fraction: float, message: str) -> None:
        """Show a fraction 0..1 and what is being done."""
        self._progress.update(self._task, completed=fraction, description=message or None)

    def count(self) -> None:
        """Show that one more part is settled."""
        self._ready += 1
        self.move(self._ready / self._parts, f"{self._ready} of {self._parts} ready")

    def tell(self, text: str) -> None:
        """Write a line of the answer, out of the bar's way."""
        if self._progress.disable or not sys.stdout.isatty():
            line(text)
            return
        self._progress.stop()
        line(text)
        self._progress.start()

    def aside(self, text: str) -> None:
        """Write a line for the person at the terminal, above the bar."""
        self._progress.console.print(Text(text, style="dim"), soft_wrap=True)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()
