"""Asking the issuer: https alone, no redirects, answers of a bounded size in a bounded time."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, cast
from urllib.parse import quote_plus

import httpx2
import structlog

from backend.errors import IdentityUnavailable
from backend.identity.strict_json import parse
from backend.schemas.identity import is_safe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import JsonValue

    from backend.schemas.identity import IdentitySettings

log = structlog.get_logger()

LARGEST = 512 * 1024
"""The largest answer that is read, in bytes; key sets and discovery documents are a hundredth of it."""

JsonObject = dict[str, "JsonValue"]


class Wire:
    """The line to the issuer. It is opened at the first question."""

    def __init__(self, settings: IdentitySettings, *, transport: httpx2.AsyncBaseTransport | None = None) -> None:
        self._within_s = settings.connect_s + settings.answer_s
        self._timeout = httpx2.Timeout(settings.answer_s, connect=settings.connect_s)
        self._transport = transport
        self._client: httpx2.AsyncClient | None = None

    async def get(self, url: str, *, bearer: str | None = None) -> JsonObject:
        """Return the JSON object at an address.

        Raises:
            IdentityUnavailable: there is none, or not in time.
        """
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        status, found = await self._ask("GET", url, headers=headers)
        if status != HTTPStatus.OK:
            raise self._trouble(url, f"status {status}")
        return found

    async def post(
        self, url: str, form: Mapping[str, str], *, basic: tuple[str, str] | None = None
    ) -> tuple[int, JsonObject]:
        """Return status and JSON object that a form is answered with; `basic` is a client's id and secret.

        Source: https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1 (read 2026-11-22): both are form-encoded first.

        Raises:
            IdentityUnavailable: there is no such answer, or not in time.
        """
        auth = httpx2.BasicAuth(*map(quote_plus, basic)) if basic else None
        return await self._ask("POST", url, data=form, auth=auth)

    async def _ask(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        data: Mapping[str, str] | None = None,
        auth: httpx2.BasicAuth | None = None,
    ) -> tuple[int, JsonObject]:
        if not is_safe(url):
            raise self._trouble(url, "no https")
        try:
            async with (
                asyncio.timeout(self._within_s),
                self._opened().stream(method, url, headers=headers, data=data, auth=auth) as answer,
            ):
                found = parse(await _bounded(answer))
        except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError, ValueError) as error:
            raise self._trouble(url, type(error).__name__) from error
        if not isinstance(found, dict):
            raise self._trouble(url, "no JSON object")
        return answer.status_code, cast("JsonObject", found)

    def _opened(self) -> httpx2.AsyncClient:
        if self._client is None:
            self._client = httpx2.AsyncClient(
                timeout=self._timeout,
                follow_redirects=False,
                transport=self._transport,
                headers={"Accept": "application/json"},
            )
        return self._client

    @staticmethod
    def _trouble(url: str, why: str) -> IdentityUnavailable:
        log.warning("identity.unavailable", url=url.partition("?")[0], why=why)
        return IdentityUnavailable(detail="The issuer can't be asked at present; try again in a moment.")

    async def aclose(self) -> None:
        """Hang up."""
        if self._client is not None:
            await self._client.aclose()


async def _bounded(answer: httpx2.Response) -> bytes:
    body = bytearray()
    async for piece in answer.aiter_bytes():
        body += piece
        if len(body) > LARGEST:
            raise ValueError("the answer is too large")
    return bytes(body)
