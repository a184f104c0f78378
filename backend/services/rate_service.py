"""Who has asked too often: requests are counted by key or person, by workspace, and by network address."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

from backend.services.rates import Rate

if TYPE_CHECKING:
    from backend.schemas.base import Caller
    from backend.schemas.limits import RateKind, StrangerKind
    from backend.services.rates import Counter
    from backend.services.tiers import TierLookup

NETWORK = 64
"""The bits of an IPv6 address that name a household or a server; the rest it chooses itself. (RFC 6177)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a caller stands with one limit; `policy` names it in headers and problems."""

    policy: str
    rate: Rate
    allowed: bool
    remaining: int
    more_in_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Strangers:
    """How many requests without credentials a minute may bring from one network address; None: any number."""

    open: int | None
    sign_in: int | None


class RateService:
    """Counts requests and says where whoever sends them stands."""

    def __init__(
        self,
        tier_of: TierLookup,
        counter: Counter,
        alone: Counter,
        *,
        strangers: Strangers,
    ) -> None:
        self._tier_of = tier_of
        self._counter = counter
        self._alone = alone
        self._strangers = strangers

    async def count(self, caller: Caller, kind: RateKind) -> tuple[Standing, ...]:
        """Count one request of somebody; the last standing is the refusal, if it is one."""
        limits = (await self._tier_of.of(caller.workspace_id)).requests.get(kind)
        if limits is None:
            return ()
        who = f"key:{caller.key_id}" if caller.key_id else f"person:{caller.user_id}"
        wanted = (
            (kind, limits.caller, f"{kind}:{who}@{caller.workspace_id}"),
            (f"{kind}-workspace", limits.workspace, f"{kind}:workspace:{caller.workspace_id}"),
        )
        found: list[Standing] = []
        for policy, units, name in wanted:
            if units is None:
                continue
            found.append(await _standing(self._counter, policy, units, name))
            if not found[-1].allowed:
                break
        return tuple(found)

    async def count_stranger(self, address: str, kind: StrangerKind) -> tuple[Standing, ...]:
        """Count one request from a network address that came without credentials, or with none that count.

        Attempts to sign in are counted for all servers together, everything else in this process: a flood of strangers
        must not become a flood of writes.
        """
        units = self._strangers.sign_in if kind == "sign_in" else self._strangers.open
        if units is None:
            return ()
        counter = self._counter if kind == "sign_in" else self._alone
        return (await _standing(counter, kind.replace("_", "-"), units, f"{kind}:{network_of(address)}"),)


async def _standing(counter: Counter, policy: str, units: int, name: str) -> Standing:
    rate = Rate(units=units)
    got = await counter.take(name, rate, 1)
    return Standing(policy=policy, rate=rate, allowed=got.granted > 0, remaining=got.remaining, more_in_s=got.more_in_s)


def network_of(address: str) -> str:
    """Return what a network address is counted under: an IPv4 address itself, an IPv6 address by its network."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]  # the name that a test or a Unix socket gives
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(IPv6Address(int(parsed) >> (128 - NETWORK) << (128 - NETWORK)))
    return str(parsed)
