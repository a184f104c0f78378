"""A process that runs jobs and nothing else: the same rooms as the server's, without its doors."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import structlog

from backend import __version__
from backend.container import build_container
from backend.errors import InvalidRequest
from backend.jobs.tables import bring_up
from backend.observability.opening import answering, telling
from backend.settings.strays import tell_of_strays
from backend.utils.arenas import share_arenas
from backend.utils.lasting import lasting

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Unpack

    from backend.container import Container, Fakes
    from backend.settings import Settings

log = structlog.get_logger()


async def start_work(container: Container, stack: AsyncExitStack) -> None:
    """Begin to run jobs; the stack ends that again, in order."""
    await container.member.join()
    stack.push_async_callback(container.member.leave)
    for chore in container.chores:
        chore.start()
        stack.push_async_callback(chore.aclose)


async def work(settings: Settings, stop: asyncio.Event, ready: Callable[[str], None], **fakes: Unpack[Fakes]) -> None:
    """Run jobs until told to stop; `ready` is called with this worker's name when it has begun.

    Raises:
        InvalidRequest: the database is a file, which one process alone may run jobs on.
    """
    share_arenas()
    tell_of_strays()
    container = build_container(settings, **fakes)
    if container.db.embedded:
        raise InvalidRequest(
            detail="Workers share a PostgreSQL database; on a SQLite file the server runs the jobs. Set DATABASE_URL."
        )
    async with AsyncExitStack() as stack:
        stack.push_async_callback(container.db.aclose)
        stack.push_async_callback(container.workbench.aclose)
        stack.push_async_callback(container.hang_up)
        await asyncio.to_thread(bring_up, settings.database, may_change=settings.db.migrate)
        told = await stack.enter_async_context(telling(settings, container.census, container.db.connections))
        await stack.enter_async_context(answering(told.metrics, settings.metrics.worker_listen))
        await container.engine.open()
        stack.push_async_callback(container.engine.aclose)
        container.hub.start()
        stack.push_async_callback(container.hub.aclose)
        await start_work(container, stack)
        stack.enter_context(lasting())
        log.info("worker.opened", worker=container.member.worker, version=__version__)
        ready(container.member.worker)
        await stop.wait()
        log.info("worker.stopping", worker=container.member.worker)
