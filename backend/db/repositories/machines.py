"""The processes that run jobs: who lives, and who has a place at which engine. Moments are the database's own."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, cast

import sqlalchemy as sa

from backend.db.machines import Place, Worker
from backend.db.models import Job
from backend.db.upsert import insert

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

WorkerState = Literal["alive", "leaving", "dead"]


class Machines:
    """The workers of one transaction. They belong to the studio as a whole, not to a workspace."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def join(self, worker: str, *, host: str, pid: int, version: str) -> None:
        """Write down that a process runs jobs from now on."""
        now = sa.func.now()
        row = {"id": worker, "host": host, "pid": pid, "version": version, "state": "alive"}
        await self._session.execute(sa.insert(Worker).values(**row, started_at=now, seen_at=now))

    async def beat(self, worker: str) -> bool:
        """Write down that a worker lives; False if it was taken for dead."""
        query = sa.update(Worker).where(Worker.id == worker, Worker.state != "dead").values(seen_at=sa.func.now())
        return (await self._session.execute(query.returning(Worker.id))).scalar() is not None

    async def become(self, worker: str, state: WorkerState) -> None:
        """Change a worker's state."""
        await self._session.execute(sa.update(Worker).where(Worker.id == worker).values(state=state))

    async def bury(self, silent_for_s: float) -> Sequence[str]:
        """Take those for dead who said nothing for so long, free their places, and return their ids."""
        late = sa.func.now() - timedelta(seconds=silent_for_s)
        query = sa.update(Worker).where(Worker.state != "dead", Worker.seen_at < late).values(state="dead")
        dead = (await self._session.execute(query.returning(Worker.id))).scalars().all()
        if dead:
            await self._session.execute(sa.delete(Place).where(Place.worker_id.in_(dead)))
        return dead

    async def dead(self, version: str) -> Sequence[str]:
        """Return the dead whose jobs a worker of this version can take over."""
        query = sa.select(Worker.id).where(Worker.state == "dead", Worker.version == version)
        return (await self._session.execute(query)).scalars().all()

    async def forget(self, worker: str) -> None:
        """Remove a worker of whom nothing is left to do."""
        await self._session.execute(sa.delete(Worker).where(Worker.id == worker))

    async def lives(self, worker: str) -> bool:
        """Say whether a worker is not taken for dead."""
        query = sa.select(Worker.id).where(Worker.id == worker, Worker.state != "dead")
        return (await self._session.execute(query)).scalar() is not None

    async def eldest(self) -> str | None:
        """Return the worker that does what only one should do."""
        query = sa.select(Worker.id).where(Worker.state == "alive").order_by(Worker.started_at, Worker.id).limit(1)
        return (await self._session.execute(query)).scalar()

    async def all(self) -> Sequence[Worker]:
        """Return all workers, the eldest first."""
        return (await self._session.execute(sa.select(Worker).order_by(Worker.started_at))).scalars().all()

    async def called_off(self, jobs: Collection[str]) -> Sequence[str]:
        """Return those of some jobs that are no longer wanted."""
        query = sa.select(Job.id).where(Job.id.in_(jobs), Job.cancel_requested_at.is_not(None))
        return (await self._session.execute(query)).scalars().all()

    # --- places at engines ------------------------------------------------------------------------------

    async def take_place(self, provider: str, worker: str, limit: int) -> int | None:
        """Take one of an engine's places; None if all are taken, or somebody else was a moment faster."""
        taken = await self._session.execute(sa.select(Place.place).where(Place.provider == provider))
        held = set(taken.scalars())
        free = [place for place in range(limit) if place not in held]
        if not free:
            return None
        # Any of them: those who come at the same moment seldom meet at the same place.
        place = random.choice(free)  # noqa: S311 - no secret
        row = {"provider": provider, "place": place, "worker_id": worker, "taken_at": sa.func.now()}
        made = insert(self._session, Place).values(**row).on_conflict_do_nothing()
        said = cast("sa.Executable", made.returning(Place.place, *self._lossy))
        found: int | None = (await self._session.execute(said)).scalar()
        return found

    @property
    def _lossy(self) -> Sequence[sa.ColumnElement[str]]:
        """Return what, said along with a statement, keeps the commit from waiting for the disk: a place is no loss."""
        if self._session.get_bind().dialect.name == "sqlite":
            return ()
        return (sa.func.set_config("synchronous_commit", "off", sa.true()),)

    async def leave_places(self, worker: str, places: Collection[tuple[str, int]]) -> None:
        """Give places back."""
        for provider, place in places:
            mine = (Place.worker_id == worker, Place.provider == provider, Place.place == place)
            await self._session.execute(sa.delete(Place).where(*mine).returning(Place.place, *self._lossy))

    async def places(self, worker: str, *, older_than_s: float) -> Sequence[tuple[str, int]]:
        """Return the places that a worker took longer ago."""
        since = sa.func.now() - timedelta(seconds=older_than_s)
        query = sa.select(Place.provider, Place.place).where(Place.worker_id == worker, Place.taken_at < since)
        return [(provider, place) for provider, place in await self._session.execute(query)]
