"""The HTTP API as commands speak it, wherever the studio is: three verbs, a stream of events, problems raised."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx2

from backend.cli.failing import Refused
from backend.errors import MachineTrouble

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping

Json = Any
"""What JSON holds: it has no narrower name, and a newer studio may say more than this one knows."""
PATIENCE_S = 180.0
"""Longer than a studio waits for a result by default."""
RETRIES = 5
"""How often a stream of events that broke off is taken up again."""
PAUSE_S = 1.0
BAD = 400
UNWELL = 503
STUDIO = "/api/image-studio"
"""Where the studios' own endpoints are."""
ASSETS = "/api/content-assets"
JOBS = "/api/jobs"


class Api:
    """A studio's API, as somebody."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        self._client = client

    async def get(self, path: str, **query: object) -> Json:
        """Return what is at a path; a query's None is left out."""
        return (await self._ask("GET", path, params=given(query))).json()

    async def send(self, method: str, path: str, body: Json = None, headers: Mapping[str, str] | None = None) -> Json:
        """Send JSON and return the answer, None where there is none."""
        answer = await self._ask(method, path, json=body, headers=headers)
        return answer.json() if answer.content else None

    async def post_files(
        self, path: str, files: list[tuple[str, tuple[str, bytes]]], form: Mapping[str, str], headers: Mapping[str, str]
    ) -> Json:
        """Send files as a form, with further fields beside them, and return the answer."""
        return (await self._ask("POST", path, files=files, data=form, headers=headers)).json()

    async def content(self, path: str) -> bytes:
        """Return the bytes at a path."""
        return (await self._ask("GET", path)).content

    async def health(self) -> Json:
        """Return how the studio does, also where it does badly."""
        answer = await self._asked("GET", f"{STUDIO}/health")
        return (answer if answer.status_code == UNWELL else _sound(answer)).json()

    async def events(self, path: str) -> AsyncGenerator[tuple[str, Json]]:
        """Yield the name and data of events as they happen, until the stream ends by itself."""
        last = ""
        for _ in range(RETRIES):
            try:
                async for event in self._stream(path, last):
                    last = event.id or last
                    yield event.event, json.loads(event.data)
            except httpx2.TransportError:
                await asyncio.sleep(PAUSE_S)
            else:
                return
        raise MachineTrouble(detail="The connection to the studio broke off again and again; the job goes on there.")

    async def _stream(self, path: str, last: str) -> AsyncGenerator[httpx2.ServerSentEvent]:
        headers = {"Last-Event-ID": last} if last else {}
        async with self._client.stream("GET", path, headers=headers, timeout=httpx2.Timeout(10, read=60)) as answer:
            if answer.status_code >= BAD:
                await answer.aread()
            _sound(answer)
            async for event in httpx2.EventSource(answer):
                if event.data:
                    yield event

    async def _ask(self, method: str, path: str, **what: Any) -> httpx2.Response:  # noqa: ANN401 - what the client takes
        return _sound(await self._asked(method, path, **what))

    async def _asked(self, method: str, path: str, **what: Any) -> httpx2.Response:  # noqa: ANN401 - as above
        try:
            return await self._client.request(method, path, **what)
        except httpx2.TransportError as error:
            raise unreachable(str(self._client.base_url), error) from error


@asynccontextmanager
async def elsewhere(url: str, token: str) -> AsyncGenerator[Api]:
    """Yield the API of a studio at an address.

    Raises:
        Refused: the address is none.
    """
    try:
        client = httpx2.AsyncClient(
            base_url=url, headers={"Authorization": f"Bearer {token}"}, timeout=httpx2.Timeout(10, read=PATIENCE_S)
        )
    except httpx2.InvalidURL as error:
        raise unreachable(url, error) from error
    async with client:
        yield Api(client)


def unreachable(url: str, error: Exception) -> Refused:
    """Return that no studio answers at an address, and what to do."""
    why = f" ({error})" if str(error) else ""
    detail = f"nothing is heard from {url}{why}. Check the address, and that the studio runs."
    return Refused({"title": "No studio answers", "detail": detail})


def _sound(answer: httpx2.Response) -> httpx2.Response:
    """Return an answer that is none of the refusals.

    Raises:
        Refused: it is one.
    """
    if answer.status_code < BAD:
        return answer
    kind = answer.headers.get("content-type", "")
    if kind.startswith("application/problem+json"):
        raise Refused(answer.json())
    detail = f"{answer.request.url} answered {answer.status_code} {answer.reason_phrase}: is this an Image Studio?"
    raise Refused({"title": "The answer is not a studio's", "detail": detail})


def given(query: Mapping[str, object]) -> dict[str, Any]:
    """Return what was given, without the Nones."""
    return {name: value for name, value in query.items() if value is not None}
