"""The port to whatever makes work durable: few verbs, so that the engine behind it can be another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from backend.db.session import AsyncSession
    from backend.schemas.base import JobId, WorkspaceId

    Work = Callable[[WorkspaceId, JobId], Awaitable[None]]


class JobEngine(Protocol):
    """Runs each admitted job to its end, over any number of crashes."""

    async def launch(self, work: Work) -> None:
        """Begin to run jobs with `work`, those first that an earlier process left behind."""
        ...

    async def enqueue(self, session: AsyncSession, workspace: WorkspaceId, job: JobId, run: str = "0") -> None:
        """Hand a job over, in the transaction that admits it; another `run` hands over again one that fell out."""
        ...

    async def unfinished(self) -> frozenset[JobId]:
        """Return the jobs that it still has queued or at work, in any process."""
        ...

    def stir(self) -> None:
        """Say that there is work, after the transaction is committed."""
        ...

    async def alive(self) -> bool:
        """Say whether jobs are being run, for health."""
        ...

    async def aclose(self) -> None:
        """Stop taking jobs; what runs is interrupted and goes on at the next launch."""
        ...
