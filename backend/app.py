"""The server: rooms put together, doors opened, everything closed again in order."""

from __future__ import annotations

import asyncio
import os
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any, Unpack

import structlog
from fastapi import FastAPI

from backend import __version__
from backend.container import Fakes, build_container
from backend.container.keeping import picture_origins
from backend.datafolder import RunningServer
from backend.jobs.tables import bring_up
from backend.observability import configure
from backend.observability.opening import telling
from backend.routers import (
    account,
    audit,
    content_assets,
    control,
    credits,  # noqa: A004 - the router of credits
    crops,
    edge,
    exports,
    frontend,
    health,
    identity,
    image_studio,
    jobs,
    library,
    metrics,
    personas,
    preflight,
    problems,
    prompts,
    recipes,
    recode,
    relayout,
    social,
    upscale_preview,
    verify,
)
from backend.settings import Settings
from backend.settings.strays import tell_of_strays
from backend.utils.arenas import share_arenas
from backend.utils.lasting import lasting
from backend.worker import start_work

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from backend.container import Container

log = structlog.get_logger()

MB = 1_000_000
ROUTERS = (
    image_studio.router,
    control.router,
    personas.router,
    recipes.router,
    recode.router,
    relayout.router,
    social.router,
    exports.router,
    crops.router,
    preflight.router,
    upscale_preview.router,
    prompts.router,
    verify.router,
    library.router,
    content_assets.router,
    content_assets.saving,
    jobs.router,
    credits.router,
    account.sign_in,
    account.account,
    identity.router,
    audit.router,
    health.router,
    metrics.router,
    frontend.pages,
)


def create_app(
    settings: Settings | None = None, *, url: str = "http://127.0.0.1:8000", **fakes: Unpack[Fakes]
) -> FastAPI:
    """Return the server, not yet running. `url` is where it will listen; `fakes` go to `build_container`."""
    share_arenas()
    settings = settings or Settings()
    configure(settings.log)
    tell_of_strays()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[dict[str, Any]]:  # Any: Starlette's own shape
        container = build_container(settings, **fakes)
        async with AsyncExitStack() as stack:
            told = await stack.enter_async_context(telling(settings, container.census, container.db.connections))
            await _start(container, stack, url)
            stack.enter_context(lasting())
            yield {"container": container, "telling": told}

    app = FastAPI(
        title="Image Studio",
        version=__version__,
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    for router in ROUTERS:
        app.include_router(router, responses=edge.TOO_MANY)
    outside = _outside(settings)
    app.mount("/", frontend.Frontend(outside), name="frontend")
    problems.install(app)
    limits = edge.Limits(
        json=settings.limits.json_mb * MB, upload=settings.limits.upload_mb * MB, other=settings.limits.body_mb * MB
    )
    edge.install(app, limits=limits, outside=outside, frontend=frontend.FOLDER)
    return app


def _outside(settings: Settings) -> edge.Outside:
    web = settings.web
    return edge.Outside(
        base_path=settings.base_path,
        home=settings.public_url,
        trusted_proxies=web.trusted_proxies,
        hosts=web.hosts,
        asset_base=web.asset_base,
        cors_origins=web.cors_origins,
        picture_origins=picture_origins(settings),
    )


async def _start(container: Container, stack: AsyncExitStack, url: str) -> None:
    """Open the rooms one after the other; the stack closes them the other way round."""
    stack.enter_context(container.folder)
    kept = container.settings.db
    await asyncio.to_thread(bring_up, container.settings.database, may_change=kept.migrate, copies=kept.copies)
    stack.push_async_callback(container.db.aclose)
    stack.push_async_callback(container.workbench.aclose)
    stack.push_async_callback(container.hang_up)
    await container.engine.open()
    stack.push_async_callback(container.engine.aclose)
    container.hub.start()
    stack.push_async_callback(container.hub.aclose)
    if container.settings.workers.serve or container.db.embedded:
        await start_work(container, stack)
    if container.identity:
        stack.push_async_callback(container.identity.aclose)
    await _let_in(container, stack, url)


async def _let_in(container: Container, stack: AsyncExitStack, url: str) -> None:
    """Make the owner at the very first start, and tell this machine's commands how to reach the server."""
    await container.access.first_start()
    token = container.access.trust(await container.access.owner())
    container.folder.announce(RunningServer(url=url, token=token, pid=os.getpid()))
    stack.callback(container.folder.withdraw)
    stack.callback(container.health.leave)
    log.info("studio.opened", url=url, version=__version__)
