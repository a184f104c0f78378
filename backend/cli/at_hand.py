"""The studio's rooms for commands that manage it: plain SQL, beside a running server or without one, no jobs run."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from backend.container import build_container
from backend.jobs.tables import bring_up
from backend.observability import configure

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from backend.container import Container
    from backend.settings import Settings


@asynccontextmanager
async def rooms(settings: Settings) -> AsyncGenerator[Container]:
    """Yield the studio's rooms, its job engine not launched, and with no word said to the log but trouble."""
    configure(settings.log.model_copy(update={"level": "ERROR"}))
    container = build_container(settings)
    try:
        yield container
    finally:
        await container.workbench.aclose()
        await container.db.aclose()


async def prepare(container: Container) -> None:
    """Bring the tables up to date, and make the first workspace and its owner where there is none yet.

    Raises:
        DatabaseBusy: another program holds the database.
        StorageFull: its disk is full.
    """
    kept = container.settings.db
    await asyncio.to_thread(bring_up, container.settings.database, may_change=kept.migrate, copies=kept.copies)
    await container.access.first_start()
