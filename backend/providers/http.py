"""The line to a vendor: one pool of connections, and every way an answer can go wrong as one of our errors.

Nothing here sends a request twice. What began a picture may have been paid, so a line that breaks after the request
has left ends in OutcomeUnknown; before that it is ProviderUnavailable, and another engine may take over.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import httpx2

from backend.errors import (
    KeyRefused,
    OutcomeUnknown,
    ProviderFaltered,
    ProviderMisbehaved,
    ProviderRateLimited,
    ProviderRefused,
    ProviderTimeout,
    ProviderUnavailable,
)
from backend.providers.redaction import redacted
from backend.providers.results import check_address

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic import SecretStr

    from backend.errors import StudioError

    Part = tuple[str, tuple[str | None, bytes | str, str | None]]
    """A part of a form: its field, and its file name, content and type; without a name and a type it is text."""

_MEGA: Final = 1024 * 1024
_PROXIES: Final = 520
"""From here on statuses are those that proxies made up."""
_PAUSE_S: Final = 10
"""How long a vendor is left alone that asks for a pause and doesn't say how long."""
_LONGEST_PAUSE_S: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How a vendor is reached: its address, the header that holds the key, and how long and large answers may be."""

    provider: str
    label: str
    base_url: str
    """Without a slash at its end."""
    key: SecretStr | None = None
    header: str = "Authorization"
    scheme: str = "Bearer "
    hosts: tuple[str, ...] = ()
    """Where its finished pictures lie: hosts, or `.example.org` for all below one."""
    connect_s: float = 10.0
    answer_s: float = 300.0
    """For the whole answer, however steadily it drips."""
    most_bytes: int = 64 * _MEGA
    connections: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a vendor answered, whole; its text is for reading, never for repeating."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    """By names in small letters."""
    body: bytes = field(repr=False)
    is_paid: bool = False
    """True of an answer to a request that makes something."""

    @property
    def ok(self) -> bool:
        """Say whether it is a success."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    def json(self) -> Any:  # noqa: ANN401 - whatever the vendor sends; its reader checks it
        """Return its content; None where it is no JSON."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None


@dataclass(slots=True)
class _Pool:
    """The connections of a vendor, once there are any; lines that differ in their keys alone share them."""

    client: httpx2.AsyncClient | None = None


class Line:
    """A vendor's line. It is opened at the first request, and closed with the studio."""

    def __init__(self, reach: Reach, pool: _Pool | None = None) -> None:
        self.reach = reach
        self._pool = pool or _Pool()

    def keyed(self, key: SecretStr) -> Line:
        """Return a line with another key over the same connections; closing one closes both."""
        return Line(replace(self.reach, key=key), self._pool)

    async def begin(
        self,
        path: str,
        *,
        body: object = None,
        parts: Sequence[Part] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Return the answer to a request that makes something: JSON, or the parts of a form.

        Raises:
            ProviderUnavailable: it can't be reached; the request has not left.
            OutcomeUnknown: the line broke, or was silent for too long, after it had.
            ProviderMisbehaved: the answer is larger than any should be.
        """
        sent: dict[str, Any] = {"files": parts} if parts is not None else {"json": body}
        return await self._answer("POST", self.reach.base_url + path, sent, headers, is_paid=True)

    async def ask(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Return the answer to a question that costs nothing and changes nothing.

        Raises:
            ProviderUnavailable, ProviderTimeout: it can't be reached, or not in time. It may be asked again.
            ProviderMisbehaved: the answer is larger than any should be.
        """
        return await self._answer("GET", self.reach.base_url + path, {}, headers, is_paid=False)

    async def fetch(self, url: str) -> bytes:
        """Return a finished picture that lies at an address of the vendor's; without the key, and without detours.

        Raises:
            ProviderMisbehaved: the address is none of the vendor's, or what lies there is too large or not there.
            ProviderUnavailable, ProviderTimeout, ProviderRateLimited: it may be fetched again.
        """
        await check_address(url, self.reach)
        answer = await self._answer("GET", url, {}, {self.reach.header: ""}, is_paid=False)
        if answer.ok:
            return answer.body
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            raise self.trouble(answer, "its picture can't be fetched yet")
        raise self.misbehaved(f"where its picture should be it answered with status {answer.status}")

    async def _answer(
        self, method: str, url: str, sent: dict[str, Any], headers: Mapping[str, str] | None, *, is_paid: bool
    ) -> Answer:
        given = {name: value for name, value in {**self._key(), **(headers or {})}.items() if value}
        try:
            async with (
                asyncio.timeout(self.reach.answer_s),
                self._opened().stream(method, url, headers=given, **sent) as response,
            ):
                body = await self._body(response)
                names = {name.lower(): value for name, value in response.headers.items()}
                return Answer(status=response.status_code, headers=names, body=body, is_paid=is_paid)
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.WriteError) as error:
            raise self._unavailable(error) from error
        except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError) as error:
            raise self._broken(error, is_paid=is_paid) from error

    async def _body(self, response: httpx2.Response) -> bytes:
        body = bytearray()
        async for piece in response.aiter_bytes():
            body += piece
            if len(body) > self.reach.most_bytes:
                raise self.misbehaved(f"its answer is larger than {self.reach.most_bytes // _MEGA} MB")
        return bytes(body)

    def _key(self) -> dict[str, str]:
        key = self.reach.key
        return {self.reach.header: self.reach.scheme + key.get_secret_value()} if key else {}

    def _opened(self) -> httpx2.AsyncClient:
        if self._pool.client is None:
            reach = self.reach
            self._pool.client = httpx2.AsyncClient(
                timeout=httpx2.Timeout(reach.answer_s, connect=reach.connect_s, pool=reach.answer_s),
                limits=httpx2.Limits(max_connections=reach.connections, max_keepalive_connections=reach.connections),
                follow_redirects=False,
            )
        return self._pool.client

    def _unavailable(self, error: Exception) -> ProviderUnavailable:
        return ProviderUnavailable(
            detail=f"{self.reach.label} can't be reached ({type(error).__name__}).", provider=self.reach.provider
        )

    def _broken(self, error: Exception, *, is_paid: bool) -> StudioError:
        why = f"{type(error).__name__}"
        if is_paid:
            said = f"{self.reach.label} took the request, and the line broke before its answer ({why})."
            return OutcomeUnknown(detail=said, provider=self.reach.provider)
        if isinstance(error, httpx2.TimeoutException | TimeoutError):
            return ProviderTimeout(detail=f"{self.reach.label} did not answer in time.", provider=self.reach.provider)
        return self._unavailable(error)

    def misbehaved(self, what: str) -> ProviderMisbehaved:
        """Return the error for an answer that is not what was promised; `what` completes "NAME broke its word: …"."""
        said = redacted(f"{self.reach.label} broke its word: {what}.", self.reach.key)
        return ProviderMisbehaved(detail=said, provider=self.reach.provider)

    def trouble(self, answer: Answer, said: str) -> StudioError:
        """Return what a status means that no rule of the vendor's own explains; `said` are the vendor's words."""
        reach, words = self.reach, redacted(said, self.reach.key)
        about = {"provider": reach.provider, "request_id": answer.headers.get("x-request-id", "")}
        match answer.status:
            case HTTPStatus.UNAUTHORIZED:
                return KeyRefused(detail=f"{reach.label} does not accept the key: {words}", **about)
            case HTTPStatus.PAYMENT_REQUIRED:
                return KeyRefused(detail=f"The account at {reach.label} has no credits left: {words}", **about)
            case HTTPStatus.TOO_MANY_REQUESTS:
                detail = f"{reach.label} asks for a pause: {words}"
                return ProviderRateLimited(detail=detail, retry_after=pause_of(answer), **about)
            case status if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                return _kind_of_trouble(answer)(
                    detail=f"{reach.label} is in trouble (status {status}): {words}", **about
                )
            case status if status >= HTTPStatus.BAD_REQUEST:
                return ProviderRefused(detail=f"{reach.label} refused the request: {words}", **about)
            case status:
                return self.misbehaved(f"it answered with status {status}")

    async def aclose(self) -> None:
        """Hang up."""
        if self._pool.client is not None:
            await self._pool.client.aclose()
            self._pool.client = None


def _kind_of_trouble(answer: Answer) -> type[ProviderUnavailable | ProviderFaltered | OutcomeUnknown]:
    """Return what a status from 500 on means; what a gateway says leaves open whether the work was begun."""
    if answer.status == HTTPStatus.SERVICE_UNAVAILABLE or not answer.is_paid:
        return ProviderUnavailable
    if answer.status in {HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT} or answer.status >= _PROXIES:
        return OutcomeUnknown
    return ProviderFaltered


def pause_of(answer: Answer) -> int:
    """Return the seconds after which a vendor may be asked again, as `Retry-After` says; at most five minutes.

    Source: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 (read 2026-11-23); of a date nothing is made.
    """
    given = answer.headers.get("retry-after", "").strip()
    return min(_LONGEST_PAUSE_S, max(1, int(given))) if given.isascii() and given.isdigit() else _PAUSE_S
