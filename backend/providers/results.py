"""Where finished pictures may be fetched from: hosts of the vendor's own, over TLS, and never a host of ours.

A vendor's answer names the address, so it is as hostile as any other: whoever can make it name a machine in our own
network would have us read it.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from typing import TYPE_CHECKING, Final

import httpx2

from backend.errors import ProviderMisbehaved, ProviderUnavailable

if TYPE_CHECKING:
    from backend.providers.http import Reach

_TLS: Final = 443


async def check_address(url: str, reach: Reach) -> None:
    """Let pass an address of a vendor's; on loopback only where the vendor itself is spoken to there.

    Raises:
        ProviderMisbehaved: it is none.
        ProviderUnavailable: its host is not known.
    """
    try:
        there, base = httpx2.URL(url), httpx2.URL(reach.base_url)
    except httpx2.InvalidURL as error:
        raise _foreign(reach, "no address") from error
    if there.userinfo:
        raise _foreign(reach, "an address with a password")
    if there.host == base.host and there.scheme == base.scheme and there.port == base.port:
        return
    if _is_loopback(base.host) and _is_loopback(there.host) and there.scheme in {"http", "https"}:
        return
    if there.scheme != "https" or there.port not in {None, _TLS}:
        raise _foreign(reach, "an address without TLS")
    if not any(_belongs(there.host, host) for host in reach.hosts):
        raise _foreign(reach, f"an address at {there.host or 'no host'}")
    await _check_public(there.host, reach)


async def _check_public(host: str, reach: Reach) -> None:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, _TLS, type=socket.SOCK_STREAM)
    except OSError as error:
        raise ProviderUnavailable(
            detail=f"The host of {reach.label}'s pictures is not known.", provider=reach.provider
        ) from error
    for *_, (address, *_rest) in found:
        if not _is_public(str(address)):
            raise _foreign(reach, "an address in a private network")


def _is_public(address: str) -> bool:
    number = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(number, "ipv4_mapped", None) or getattr(number, "sixtofour", None)
    return (mapped or number).is_global and not number.is_multicast


def _belongs(host: str, allowed: str) -> bool:
    return host.endswith(allowed) if allowed.startswith(".") else host == allowed


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _foreign(reach: Reach, what: str) -> ProviderMisbehaved:
    return ProviderMisbehaved(
        detail=f"{reach.label} broke its word: it said that its picture lies at {what}.", provider=reach.provider
    )
