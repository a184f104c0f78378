"""The port to whatever makes work durable: few verbs, so that the engine behind it can be another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from backend.db.session import AsyncSession
    from backend.schemas.base import JobId, WorkspaceId

    Work = Callable[[WorkspaceId, JobId], Awaitable[None]]


class JobEngine(Protocol):
    """Runs each admitted job to its end, over any number of crashes."""

    @property
    def version(self) -> str:
        """Return which jobs this code runs: those that were admitted under the same version."""
        ...

    async def open(self) -> None:
        """Be ready to take jobs in; none is run yet."""
        ...

    async def launch(self, work: Work, worker: str) -> None:
        """Begin to run jobs with `work`, those first that an earlier process of the same name left behind."""
        ...

    async def enqueue(self, session: AsyncSession, workspace: WorkspaceId, job: JobId, run: str = "0") -> None:
        """Hand a job over, in the transaction that admits it; another `run` hands over again one that fell out."""
        ...

    async def unfinished(self) -> frozenset[JobId]:
        """Return the jobs that it still has queued or at work, in any process."""
        ...

    async def workers(self) -> frozenset[str]:
        """Return in whose names something is at work."""
        ...

    async def take_over(self, worker: str) -> int:
        """Queue again what a dead worker had begun, and return how much of it is still in its name."""
        ...

    async def prune(self, before: datetime) -> int:
        """Forget the records of what was finished before a moment; return how many."""
        ...

    def stir(self) -> None:
        """Say that there is work, after the transaction is committed."""
        ...

    async def alive(self) -> bool:
        """Say whether jobs are being run here, for health."""
        ...

    def stop_taking(self) -> None:
        """Begin no more jobs; those at work go on."""
        ...

    async def halt(self) -> None:
        """Stop running jobs; what runs is interrupted and goes on at the next launch, here or elsewhere."""
        ...

    async def aclose(self) -> None:
        """Stop running jobs and taking them in."""
        ...
