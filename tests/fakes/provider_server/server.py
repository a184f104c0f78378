"""The server: the vendors' ways, a record of what came in, and faults."""

from __future__ import annotations

import asyncio
import re
import socket
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from tests.fakes.provider_server import compatible, huggingface, openai, stability, wavespeed
from tests.fakes.provider_server.faults import FAULTS, at, carries_a_picture
from tests.fakes.provider_server.recorder import Recorded
from tests.fakes.provider_server.vendor import PICTURES, Clock, Vendor, Way, World, world_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterator

    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

    from tests.fakes.provider_server.recorder import Fault, Recorder
    from tests.fakes.provider_server.vendor import Endpoint

VENDORS: tuple[Vendor, ...] = (
    *(compatible.VENDOR, huggingface.VENDOR, openai.VENDOR, stability.VENDOR, wavespeed.VENDOR),
)
"""In the order of the alphabet: a new vendor is a file and a name here."""
SCENARIO = re.compile(rb"\[scenario:([a-z_0-9]+)\]")
ALL = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


@dataclass(slots=True)
class Fake:
    """The application, its world, and where it is served once it is."""

    app: ASGIApp
    world: World
    url: str = ""

    @property
    def record(self) -> Recorder:
        """Return what came in, and what is to go wrong."""
        return self.world.record

    @property
    def clock(self) -> Clock:
        """Return the vendors' time."""
        return self.world.clock

    def environment(self) -> list[str]:
        """Return the lines that point a studio at every vendor."""
        return [line for vendor in VENDORS for line in vendor.environment(self.url)]


def fake() -> Fake:
    """Return a server of its own, which has seen nothing yet."""
    world = World()
    pictures = Way(method="GET", path="/{name}", endpoint=_picture, stage="fetch")
    hung = Vendor(name=PICTURES[1:], key="", ways=(pictures,), refused=_plain)
    served = [Mount(f"/{one.name}", routes=list(_routes(one))) for one in (*VENDORS, huggingface.DIRECT, hung)]
    app = Starlette(routes=[*served, *_CONTROLS])
    app.state.world = world
    return Fake(_with_a_line_to_cut(app), world)


def _routes(vendor: Vendor) -> Iterator[Route]:
    """Yield a vendor's ways, and at the end what it says of addresses that it doesn't have."""
    for way in vendor.ways:
        yield Route(way.path, _recorded(way, vendor), methods=[way.method])

    async def unknown(request: Request) -> Response:
        return vendor.refused(404)

    nowhere = Way(method="GET", path="/{rest:path}", endpoint=unknown, stage="other")
    yield Route(nowhere.path, _recorded(nowhere, vendor), methods=ALL)


def _recorded(way: Way, vendor: Vendor) -> Endpoint:
    async def answered(request: Request) -> Response:
        record, body = world_of(request).record, await request.body()
        request.state.vendor, request.state.stage = vendor, way.stage
        _queue_scenario(request, body, record)
        fault = _next_fault(record, way)
        record.requests.append(_seen(request, body, way, fault))
        if fault is not None:
            record.played.append(fault.__name__)
            return await fault(request, lambda: way.endpoint(request))
        return await _perhaps_spoiled(request, await way.endpoint(request))

    return answered


async def _perhaps_spoiled(request: Request, whole: Response) -> Response:
    """Return an answer, spoiled where a fault waits for one with a picture."""
    record = world_of(request).record
    spoiler = next((one for one in record.waiting if at(one) == "picture"), None)
    if spoiler is None or not carries_a_picture(whole):
        return whole
    record.waiting.remove(spoiler)
    record.played.append(spoiler.__name__)

    async def given() -> Response:
        return whole

    return await spoiler(request, given)


def _next_fault(record: Recorder, way: Way) -> Fault | None:
    if record.faults:
        return record.faults.popleft()
    fault = next((one for one in record.waiting if at(one) == way.stage), None)
    if fault is not None:
        record.waiting.remove(fault)
    return fault


def _queue_scenario(request: Request, body: bytes, record: Recorder) -> None:
    """Let happen what the request itself asks for: by a header, or by `[scenario:NAME]` in what it sends."""
    if request.state.stage != "begin":
        return
    found = SCENARIO.search(body)
    name = request.headers.get("x-fake-scenario") or (found[1].decode() if found else "")
    if name in FAULTS:
        record.play(FAULTS[name])


def _seen(request: Request, body: bytes, way: Way, fault: Fault | None) -> Recorded:
    return Recorded(
        method=request.method,
        path=request.url.path,
        query=request.url.query,
        headers=dict(request.headers),
        body=body,
        vendor=request.state.vendor.name,
        stage=way.stage,
        fault="" if fault is None else fault.__name__,
    )


async def _picture(request: Request) -> Response:
    """Serve what lies at an address, to whoever asks without a key."""
    found = world_of(request).pictures.get(request.path_params["name"])
    return Response(found[0], media_type=found[1]) if found else _plain(404)


def _plain(status: int, said: str = "not here", headers: Any = None) -> Response:
    return Response(said, status, headers=headers, media_type="text/plain")


async def _requests(request: Request) -> Response:
    """List what came in, and forget it when asked to."""
    record = world_of(request).record
    if request.method == "DELETE":
        record.clear()
    shown = [
        {"method": one.method, "path": one.path, "stage": one.stage, "fault": one.fault, "bytes": len(one.body)}
        for one in record.requests
    ]
    return JSONResponse(shown)


async def _play(request: Request) -> Response:
    """Let a fault happen, by its name; an unknown one is answered with the list."""
    fault = FAULTS.get(request.path_params["name"])
    if fault is None:
        return JSONResponse({name: one.__doc__ for name, one in FAULTS.items()}, 404)
    world_of(request).record.play(fault)
    return JSONResponse({"waiting": [one.__name__ for one in world_of(request).record.waiting]})


async def _forward(request: Request) -> Response:
    """Let time pass."""
    world_of(request).clock.forward(request.path_params["seconds"])
    return JSONResponse({"now": world_of(request).clock.now})


_CONTROLS = (
    Route("/fake/requests", _requests, methods=["GET", "DELETE"]),
    Route("/fake/play/{name}", _play, methods=["POST"]),
    Route("/fake/forward/{seconds:float}", _forward, methods=["POST"]),
)


def _with_a_line_to_cut(app: ASGIApp) -> ASGIApp:
    """Return the app, whose faults can break the line as machines do: by a reset, in the middle of anything."""

    async def served(scope: Scope, receive: Receive, send: Send) -> None:
        cycle = getattr(send, "__self__", None)  # uvicorn's; it alone knows the connection
        await app({**scope, "fake.line": getattr(cycle, "transport", None)}, receive, send)

    return served


@asynccontextmanager
async def serving(port: int = 0) -> AsyncGenerator[Fake]:
    """Yield a server on loopback, so that lines break as they do."""
    found, listener = fake(), socket.create_server(("127.0.0.1", port))
    found.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    config = uvicorn.Config(found.app, lifespan="off", log_config=None, timeout_graceful_shutdown=0)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield found
    finally:
        server.should_exit = True
        await running
