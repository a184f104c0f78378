"""The studio inside this process: its rooms opened as the server opens them, and requests handed to it directly."""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx2

from backend.app import create_app
from backend.datafolder import DataFolder

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, MutableMapping

    from backend.container import Container
    from backend.settings import Settings

    Message = MutableMapping[str, Any]  # Any: ASGI's own shape
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    Asgi = Callable[[Message, Receive, Send], Awaitable[None]]

HERE = "http://127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A studio whose rooms are open: the app that answers requests, and the rooms themselves."""

    app: Asgi
    container: Container


@asynccontextmanager
async def opened(settings: Settings, *, url: str, folder: DataFolder | None = None) -> AsyncGenerator[Opened]:
    """Open the studio and yield it; its rooms are closed in order at the end. `folder` is held already, if given.

    Raises:
        DataFolderInUse: another process holds the data folder.
    """
    app = create_app(settings, url=url, folder=folder or DataFolder(settings.data_dir))
    async with app.router.lifespan_context(app) as state:
        rooms = dict(state or {})

        async def stated(scope: Message, receive: Receive, send: Send) -> None:
            scope["state"] = dict(rooms)  # each request has one of its own
            await app(scope, receive, send)

        try:
            yield Opened(app=stated, container=rooms["container"])
        finally:
            # A job that ends while the studio closes is closed once more at the next start: nothing to be told of.
            logging.getLogger("dbos").setLevel(logging.CRITICAL)


@asynccontextmanager
async def embedded(settings: Settings) -> AsyncGenerator[httpx2.AsyncClient]:
    """Open the studio in this process and yield a client that speaks to it as its owner.

    Raises:
        DataFolderInUse: another process holds the data folder.
    """
    async with AsyncExitStack() as stack:
        # No address: nobody else can reach this studio, and other commands wait until it closes.
        studio = await stack.enter_async_context(opened(settings, url=""))
        access = studio.container.access
        token = access.trust(await access.owner())
        client = httpx2.AsyncClient(
            transport=Direct(studio.app),
            base_url=HERE,
            headers={"Authorization": f"Bearer {token}"},
            timeout=None,  # nothing is on the way here that could get lost
        )
        yield await stack.enter_async_context(client)


class Direct(httpx2.AsyncBaseTransport):
    """Hands requests to an app and its answers back while they are being made, so that events arrive as they happen."""

    def __init__(self, app: Asgi) -> None:
        self._app = app

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the answer as soon as it has begun."""
        exchange = _Exchange(await request.aread())
        exchange.begin(self._app, _scope(request))
        start = await exchange.started()
        return httpx2.Response(start["status"], headers=start.get("headers", []), stream=exchange)


class _Exchange(httpx2.AsyncByteStream):
    """One request and its answer; closing it disconnects."""

    def __init__(self, body: bytes) -> None:
        self._body: bytes | None = body
        self._sent: asyncio.Queue[Message | None] = asyncio.Queue()
        self._gone = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def begin(self, app: Asgi, scope: Message) -> None:
        self._task = asyncio.create_task(app(scope, self._receive, self._sent.put))  # pyright: ignore[reportArgumentType] - an app is a coroutine function
        self._task.add_done_callback(lambda _: self._sent.put_nowait(None))

    async def started(self) -> Message:
        message = await self._sent.get()
        if message is None:
            assert self._task is not None
            await self._task  # raises what kept it from answering
            raise httpx2.RemoteProtocolError("The studio ended a request without an answer.")
        return message

    async def _receive(self) -> Message:
        if self._body is not None:
            body, self._body = self._body, None
            return {"type": "http.request", "body": body, "more_body": False}
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while (message := await self._sent.get()) is not None:
            yield message.get("body", b"")
            if not message.get("more_body", False):
                return

    async def aclose(self) -> None:
        self._gone.set()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)


def _scope(request: httpx2.Request) -> Message:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "scheme": request.url.scheme,
        "path": request.url.path,
        "raw_path": request.url.raw_path.partition(b"?")[0],
        "query_string": request.url.query,
        "server": (request.url.host, request.url.port),
        "client": ("127.0.0.1", 0),
        "root_path": "",
    }
