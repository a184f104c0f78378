"""Where the studio is seen from outside: below a path, behind proxies, by names, from other sites' pages."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit

from starlette.datastructures import URL, Headers, MutableHeaders
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from backend.errors import UnknownHost
from backend.routers.problems import answer

if TYPE_CHECKING:
    from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = re.compile(r"[A-Za-z0-9._-]{1,253}(:\d{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:\d{1,5})?", re.ASCII)

COOKIE_PATH = re.compile(r"(;\s*path=)(/[^;]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What the studio is told about the world before it."""

    base_path: str = ""
    """Such as `/studio`; empty at the root."""
    home: str | None = None
    """The address people open the studio at, where it is known."""
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    hosts: tuple[str, ...] = ()
    asset_base: str | None = None
    cors_origins: tuple[str, ...] = ()
    picture_origins: tuple[str, ...] = ()
    """Where browsers are sent for pictures, besides the studio."""


class BasePath:
    """Lets everything inside speak of paths from the root, as if there were no base path.

    Requests lose it on their way in, and may come without it, as from a proxy that takes it off. On the way out it is
    put before `Location` and the paths of cookies. What is written into bodies finds it in the scope's `root_path`.
    """

    def __init__(self, app: ASGIApp, *, base: str) -> None:
        self._app = app
        self._base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take the base path off, and put it on again."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        scope["root_path"] = self._base
        path: str = scope["path"]
        if path == self._base or path.startswith(self._base + "/"):
            scope["path"] = path[len(self._base) :] or "/"
            scope["raw_path"] = quote(scope["path"]).encode()

        async def outward(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._put_on(MutableHeaders(scope=message), str(URL(scope=scope)))
            await send(message)

        await self._app(scope, receive, outward)

    def _put_on(self, headers: MutableHeaders, asked: str) -> None:
        location = headers.get("location", "")
        if location.startswith("/") and not location.startswith("//"):
            headers["location"] = self._below(location)
        elif location and location.partition("?")[0].rstrip("/") == asked.partition("?")[0].rstrip("/"):
            # The same address but for the slash at its end: the one redirect that is not written by hand.
            own = urlsplit(location)
            headers["location"] = urlunsplit(own._replace(path=self._below(own.path)))
        cookies = headers.getlist("set-cookie")
        if cookies:
            del headers["set-cookie"]
        for cookie in cookies:  # one for the studio alone: another one on the same host never sees it
            headers.append("set-cookie", COOKIE_PATH.sub(lambda at: at[1] + self._below(at[2]), cookie, count=1))

    def _below(self, path: str) -> str:
        """Return a path below the base path; one that is there already as it is."""
        there = path == self._base or path.startswith(self._base + "/")
        return path if there else self._base + (path if path != "/" else "")


class Proxies:
    """Believes what trusted proxies say of the caller: address, scheme and host. Others may say what they like.

    Of several addresses the last that is no trusted proxy's counts. `Forwarded` (RFC 7239) is not read: a proxy that
    sets the other headers lets it pass as the caller wrote it.
    """

    def __init__(self, app: ASGIApp, *, trusted: tuple[IPv4Network | IPv6Network, ...]) -> None:
        self._app = app
        self._trusted = trusted
        self._forwarded = ProxyHeadersMiddleware(app, [str(one) for one in trusted])  # pyright: ignore[reportArgumentType] - uvicorn names the same shapes more narrowly

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put the caller in the place of the proxy."""
        peer = _address(scope["client"][0]) if scope.get("client") else None
        if peer is None or not any(peer in network for network in self._trusted):
            await self._app(scope, receive, send)
            return
        scope["client"] = (str(peer), scope["client"][1])
        given = Headers(scope=scope).getlist("x-forwarded-host")
        # The last is what the nearest proxy wrote; those before it may be the caller's.
        host = given[-1].rpartition(",")[2].strip() if given else ""
        if HOST.fullmatch(host):
            others = [(name, value) for name, value in scope["headers"] if name != b"host"]
            scope["headers"] = [(b"host", host.encode()), *others]
        await self._forwarded(scope, receive, send)  # pyright: ignore[reportArgumentType] - as above


class Hosts:
    """Refuses requests for names that are not the studio's, so that nobody can point one of theirs at it.

    Numeric addresses and `localhost` always come in: no name has been pointed anywhere there.
    """

    def __init__(self, app: ASGIApp, *, names: tuple[str, ...]) -> None:
        self._app = app
        self._names = frozenset(name for name in names if not name.startswith("*"))
        self._below = tuple(name[1:] for name in names if name.startswith("*"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or go on."""
        if scope["type"] != "http" or self._is_ours(Headers(scope=scope).get("host", "")):
            await self._app(scope, receive, send)
            return
        error = UnknownHost(detail="The studio does not answer to this name.", host=_shown(scope))
        await answer(error, scope)(scope, receive, send)

    def _is_ours(self, host: str) -> bool:
        name = re.sub(r":\d*$", "", host).strip("[]").lower().rstrip(".")
        known = name == "localhost" or name in self._names or name.endswith(self._below)
        return known or _address(name) is not None


def _shown(scope: Scope) -> str:
    host = Headers(scope=scope).get("host", "")
    return host if HOST.fullmatch(host) else ""


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """Return an address, that of IPv4 within IPv6 as the former; None where the text is none."""
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
