"""The server: the vendors' routes, a record of what came in, and faults."""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from tests.fakes.provider_server import openai
from tests.fakes.provider_server.recorder import Recorded, Recorder

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response

    Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(slots=True)
class Fake:
    """The application, its record, and where it is served once it is."""

    app: Starlette
    record: Recorder
    url: str = ""


def fake() -> Fake:
    """Return a server of its own, which has seen nothing yet."""
    record = Recorder()
    routes = [Route("/openai/v1/images/generations", _recorded(openai.generations, record), methods=["POST"])]
    return Fake(Starlette(routes=routes), record)


def _recorded(endpoint: Endpoint, record: Recorder) -> Endpoint:
    async def answered(request: Request) -> Response:
        body = await request.body()
        record.requests.append(
            Recorded(method=request.method, path=request.url.path, headers=dict(request.headers), body=body)
        )
        fault = record.faults.popleft() if record.faults else None
        return await endpoint(request) if fault is None else await fault(request, lambda: endpoint(request))

    return answered


@asynccontextmanager
async def serving() -> AsyncGenerator[Fake]:
    """Yield a server on loopback, so that lines break as they do."""
    found, listener = fake(), socket.create_server(("127.0.0.1", 0))
    found.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    config = uvicorn.Config(found.app, lifespan="off", log_config=None, timeout_graceful_shutdown=0)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield found
    finally:
        server.should_exit = True
        await running
